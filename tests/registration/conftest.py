"""测试登记所用的助手：真的助手、小知识，假的网关。"""

import re

import pytest
from sqlalchemy import select

from bot import clock
from bot.assistant import Assistant
from bot.messages import Message, Person, Place, PlaceKind, Reply
from bot.registration import Checks, Draft
from bot.routing import Router
from bot.storage.tables import OutboxRow
from plugins import confirming
from plugins.registration import routes
from tests.conftest import OpenHouse
from tests.gateways import FakeGateways
from tests.lexicon import REGIONS

from .names import PlainNames

CERTIFICATES = PlainNames(
    [
        "物流管理",
        "建筑信息模型（BIM）",
        "大数据应用开发（JAVA）",
        "智能财税",
        "母婴护理",
    ]
)
CHECKS = Checks(REGIONS, CERTIFICATES)
GROUP = Place("qq", PlaceKind.GROUP, "30003")
OTHER_GROUP = Place("qq", PlaceKind.GROUP, "30004")
ZHANG = Person("qq", "20001", "张三")
LI = Person("qq", "20002", "李四")
CLERK = Person("qq", "20009", "秘书处")
BOSS = Person("qq", "10000")


def private(person: Person) -> Place:
    """与某人的私聊。"""
    return Place(person.platform, PlaceKind.PRIVATE, person.id)


def number(text: str) -> str:
    """回复里让人确认的编号。"""
    found = re.search(r"确认 (\d+)", text)
    assert found, text
    return found[1]


class Chat:
    """替人说话，取回回复。"""

    def __init__(
        self, parts: Assistant, gateways: FakeGateways, reopen: OpenHouse
    ) -> None:
        self.parts = parts
        self.gateways = gateways
        self.use(Router([confirming.routes, routes]))
        self._reopen = reopen

    def use(self, router: Router) -> None:
        """换一个路由。"""
        self.router = router
        self.parts.words = router.words

    async def reply(
        self,
        text: str,
        person: Person = ZHANG,
        place: Place | None = None,
        addressed: bool | None = None,
    ) -> Reply | None:
        """说一句话，返回完整的回复。"""
        place = place or private(person)
        if addressed is None:
            addressed = not place.is_group
        message = Message("10001", place, person, text, "m1", addressed, clock.now())
        await self.parts.delivery.heard(message)
        return await self.router.handle(self.parts, message)

    async def say(
        self,
        text: str,
        person: Person = ZHANG,
        place: Place | None = None,
        addressed: bool | None = None,
    ) -> str:
        """说一句话，返回回复的文字；沉默为空。"""
        reply = await self.reply(text, person, place, addressed)
        return reply.text if reply else ""

    async def draft(self, person: Person = ZHANG) -> Draft:
        """他最近动过的草稿；一定有。"""
        draft = await self.parts.registration.draft(person)
        assert draft is not None
        return draft

    async def notices(self) -> list[tuple[str, str]]:
        """发件箱里登记的通知：（私聊的谁，文字）。"""
        query = select(OutboxRow).where(OutboxRow.occurrence.contains(":"))
        async with self.parts.database.read() as session:
            rows = await session.scalars(query.order_by(OutboxRow.id))
            return [(row.place_id, row.text) for row in rows]

    async def restart(self) -> None:
        """重新启动。"""
        await self.parts.close()
        self.parts = await open_registration(self._reopen, self.gateways)
        self.use(self.router)


async def open_registration(open_house: OpenHouse, gateways: FakeGateways) -> Assistant:
    """打开助手；证书只凭一份短短的清单，同校的第二位联系人不用谁同意。"""
    assistant = await open_house(
        gateways, superusers=[f"qq:{BOSS.id}"], open_contacts=True
    )
    assistant.registration.checks = CHECKS
    return assistant


@pytest.fixture
async def chat(open_house: OpenHouse) -> Chat:
    gateways = FakeGateways()
    assistant = await open_registration(open_house, gateways)
    await assistant.access.grant(CLERK, "广西", BOSS)
    await assistant.groups.bind(GROUP, "广西")
    return Chat(assistant, gateways, open_house)
