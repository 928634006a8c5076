"""办事测试共用的：真的助手、全部插件、几个人和几个群，说一句得一句。"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import count

import pytest

from bot import clock
from bot.assistant import Assistant
from bot.messages import Message, Person, Place, PlaceKind, Quote
from bot.routing import Router
from tests.conftest import OpenHouse
from tests.everything import whole_router
from tests.gateways import FakeGateways

BOSS = Person("qq", "10000", "管理员")
GUANGXI = Person("qq", "20011", "广西秘书处")
TEACHER = Person("qq", "20021", "覃老师")
COLLEAGUE = Person("qq", "20031", "新同事")
GX_GROUP = Place("qq", PlaceKind.GROUP, "30001")
SD_GROUP = Place("qq", PlaceKind.GROUP, "30002")
UNBOUND = Place("qq", PlaceKind.GROUP, "30003")
NOW = datetime(2026, 11, 23, 10, 7, tzinfo=clock.ZONE)


def private(person: Person) -> Place:
    """与某人的私聊。"""
    return Place(person.platform, PlaceKind.PRIVATE, person.id)


@dataclass
class Office:
    """一间办公室：谁在哪里说了什么，得到什么。"""

    assistant: Assistant
    gateways: FakeGateways
    router: Router = field(default_factory=whole_router)
    now: datetime = NOW
    last: str = ""
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.assistant.words = self.router.words
        self.assistant.obedience.obey = partial(self.router.obey, self.assistant)
        clock.use(lambda: self.now)

    def message(
        self,
        text: str,
        person: Person = GUANGXI,
        place: Place = GX_GROUP,
        *,
        addressed: bool = True,
        quote: str = "",
        mentions: tuple[Person, ...] = (),
    ) -> Message:
        """一条消息。"""
        return Message(
            "10001", place, person, text, f"m{next(self._numbers)}", addressed,
            clock.now(), quote=Quote(quote, by_assistant=True) if quote else None,
            mentions=mentions,
        )  # fmt: skip

    async def say(self, text: str, person: Person = GUANGXI, **more: object) -> str:
        """说一句，得一句；沉默为空。"""
        message = self.message(text, person, **more)  # type: ignore[arg-type]
        reply = await self.router.handle(self.assistant, message)
        if reply is None:
            return ""
        self.last = f"r{next(self._numbers)}"
        if reply.on_sent:
            await reply.on_sent(self.last)
        return reply.text

    async def unanswered(self) -> int:
        """记着几个没答上来的问题。"""
        return len(await self.assistant.conversation.unanswered.open(None))

    def pass_by(self, **by: float) -> None:
        """过一会儿。"""
        self.now += timedelta(**by)


@pytest.fixture
async def office(open_house: OpenHouse) -> object:
    gateways = FakeGateways()
    assistant = await open_house(gateways, superusers=[f"qq:{BOSS.id}"])
    clock.use(lambda: NOW)
    await assistant.access.grant(GUANGXI, "广西", BOSS)
    for place, region in ((GX_GROUP, "广西"), (SD_GROUP, "山东")):
        await assistant.groups.seen(place, f"{region}群")
        await assistant.groups.bind(place, region)
    await assistant.groups.seen(UNBOUND, "没有地区的群")
    yield Office(assistant, gateways)
    clock.use(None)
