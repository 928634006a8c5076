"""测试登记所用的助手：真实的数据库文件，假的网关。"""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import select

from bot import clock
from bot.access import Access
from bot.assistant import Assistant
from bot.delivery import DeliveryService
from bot.errors import SendFailed
from bot.groups import Groups
from bot.knowledge import Lexicon
from bot.messages import Message, Person, Place, PlaceKind, Reply
from bot.outgoing import Gateways
from bot.registration import Checks, Registrations
from bot.routing import Router
from bot.settings import Settings
from bot.storage import Database
from bot.storage.tables import OutboxRow
from plugins.registration import routes
from tests.lexicon import LEXICON, REGIONS

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


@dataclass
class FakeGateways:
    """记下要做的事；`fail` 时发送一律失败。"""

    recallable: bool = False
    fail: bool = False
    sent: list[tuple[Place, Reply]] = field(default_factory=list)
    recalled: list[str] = field(default_factory=list)

    async def send(
        self, place: Place, reply: Reply, *, account: str = "", quote: str = ""
    ) -> str:
        if self.fail:
            raise SendFailed("已被移出")
        self.sent.append((place, reply))
        return "1"

    async def recall(self, place: Place, message_id: str, *, account: str = "") -> bool:
        self.recalled.append(message_id)
        return self.recallable


@dataclass
class FakeAssistant:
    """登记用得到的那几部分。"""

    settings: Settings
    database: Database
    access: Access
    groups: Groups
    registration: Registrations
    delivery: DeliveryService
    gateways: Gateways | None
    lexicon: Lexicon = LEXICON


class Chat:
    """替人说话，取回回复。"""

    def __init__(self, assistant: FakeAssistant, gateways: FakeGateways) -> None:
        self.parts = assistant
        self.assistant = cast(Assistant, assistant)
        self.gateways = gateways
        self.router = Router([routes])

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
        reply = await self.router.handle(self.assistant, message)
        return reply

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

    async def notices(self) -> list[tuple[str, str]]:
        """发件箱里登记的通知：（私聊的谁，文字）。"""
        query = select(OutboxRow).where(OutboxRow.occurrence.contains(":"))
        async with self.parts.database.read() as session:
            rows = await session.scalars(query.order_by(OutboxRow.id))
            return [(row.place_id, row.text) for row in rows]

    async def restart(self) -> None:
        """换一个新的服务，如同重新启动。"""
        self.parts.registration = Registrations(self.parts.database, CHECKS)
        await self.parts.registration.load()


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = await Database.open(f"sqlite+aiosqlite:///{tmp_path / 'assistant.db'}")
    yield opened
    await opened.close()


@pytest.fixture
async def chat(database: Database, tmp_path: Path) -> Chat:
    settings = Settings(data_dir=tmp_path)
    access = Access(database, [f"qq:{BOSS.id}"])
    await access.grant(CLERK, "广西", BOSS)
    groups = Groups(database)
    await groups.bind(GROUP, "广西")
    service = Registrations(database, CHECKS)
    await service.load()
    gateways = FakeGateways()
    delivery = DeliveryService(
        database, access, groups, lambda: None, pictures=tmp_path / "pictures"
    )
    parts = FakeAssistant(
        settings, database, access, groups, service, delivery, cast(Gateways, gateways)
    )
    return Chat(parts, gateways)
