"""一屋子人：真的助手、全部插件、假的网关，几个人和几个群，说一句得一句。"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import count

from sqlalchemy import select

from bot import clock
from bot.assistant import Assistant
from bot.messages import Message, Person, Place, PlaceKind, Quote
from bot.outbox import Lane
from bot.routing import Router
from bot.storage.tables import Base
from tests.conftest import OpenHouse
from tests.everything import whole_router
from tests.gateways import FakeGateways

BOSS = Person("qq", "10000", "管理员")
NATIONAL = Person("qq", "20010", "全国秘书处")
GUANGXI = Person("qq", "20011", "广西秘书处")
SHANDONG = Person("qq", "20012", "山东秘书处")
TEACHER = Person("qq", "20021", "覃老师")
OTHER = Person("qq", "20022", "韦老师")
STRANGER = Person("qq", "20029", "路人")
COLLEAGUE = Person("qq", "20031", "新同事")
GX_GROUP = Place("qq", PlaceKind.GROUP, "30001")
SD_GROUP = Place("qq", PlaceKind.GROUP, "30002")
UNBOUND = Place("qq", PlaceKind.GROUP, "30003")


def private(person: Person) -> Place:
    """与某人的私聊。"""
    return Place(person.platform, PlaceKind.PRIVATE, person.id)


def number(text: str, word: str = "确认") -> str:
    """回复里让人带上的编号。"""
    found = re.search(rf"{word} (#?\d+)", text)
    assert found, text
    return found[1]


@dataclass
class Hall:
    """一屋子人。"""

    assistant: Assistant
    gateways: FakeGateways
    router: Router = field(default_factory=whole_router)
    last: str = ""
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.assistant.words = self.router.words
        self.assistant.obedience.obey = partial(self.router.obey, self.assistant)

    def message(
        self,
        text: str,
        person: Person,
        place: Place | None = None,
        *,
        addressed: bool = True,
        quote: str = "",
        mentions: tuple[Person, ...] = (),
    ) -> Message:
        """一条消息；不说在哪里就是私聊。"""
        return Message(
            "10001", place or private(person), person, text,
            f"m{next(self._numbers)}", addressed, clock.now(),
            quote=Quote(quote, by_assistant=True) if quote else None,
            mentions=mentions,
        )  # fmt: skip

    async def hear(self, message: Message) -> str:
        """来了一条，返回回复的文字；沉默为空。"""
        await self.assistant.delivery.heard(message)
        reply = await self.router.handle(self.assistant, message)
        if reply is None:
            return ""
        self.last = f"r{next(self._numbers)}"
        if reply.on_sent:
            await reply.on_sent(self.last)
        return reply.text

    async def say(
        self,
        text: str,
        person: Person,
        place: Place | None = None,
        *,
        addressed: bool = True,
        quote: str = "",
    ) -> str:
        """说一句话，返回回复的文字；沉默为空。"""
        return await self.hear(
            self.message(text, person, place, addressed=addressed, quote=quote)
        )

    async def deliver(self) -> None:
        """把发件箱里能发的都发出去，没发成的也告诉到。"""
        courier, lane = self.assistant.delivery.courier, Lane("qq", "10001")
        for _ in range(2):
            for _ in range(50):
                await courier.oversee()
                if not await courier.settle_one("qq", "10001"):
                    if await courier.send_one(lane) is None:
                        break
            await self.assistant.delivery.reporting.flush()

    def read_by(self, where: Person | Place) -> str:
        """发到一处的全部文字。"""
        place = private(where) if isinstance(where, Person) else where
        return "\n".join(self.gateways.texts(place))

    async def unanswered(self) -> int:
        """记着几个没答上来的问题。"""
        return len(await self.assistant.conversation.unanswered.open(None))

    async def everything_kept(self) -> str:
        """数据库里的全部文字。"""
        await self.assistant.conversation.delivered.flush()
        async with self.assistant.database.read() as session:
            rows = [
                str(tuple(row))
                for table in Base.metadata.sorted_tables
                for row in await session.execute(select(table))
            ]
        return "\n".join(rows)


async def furnish(
    open_house: OpenHouse, granted: Mapping[Person, str]
) -> tuple[Assistant, FakeGateways]:
    """开一间，授了权，绑好两个群。"""
    gateways = FakeGateways()
    assistant = await open_house(gateways, superusers=[f"qq:{BOSS.id}"])
    for person, region in granted.items():
        await assistant.access.grant(person, region, BOSS)
    for place, region in ((GX_GROUP, "广西"), (SD_GROUP, "山东")):
        await assistant.groups.seen(place, f"{region}群")
        await assistant.groups.bind(place, region)
    await assistant.groups.seen(UNBOUND, "没有地区的群")
    return assistant, gateways
