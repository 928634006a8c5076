"""时间功能测试共用的：可拨的钟、装好的窗口与发送、能说话的秘书处。"""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime

import pytest_asyncio

from bot import clock
from bot.assistant import Assistant
from bot.deadlines import Deadlines, DeadlinesSource, School
from bot.groups import Groups
from bot.messages import Message, Person
from bot.outbox import DeliveryService, Lane
from bot.routing import Router
from plugins import broadcast, confirming
from plugins import deadlines as plugin
from tests.conftest import OpenHouse
from tests.gateways import FakeGateways, group
from tests.outbox.messages import private

NOW = datetime(2026, 11, 23, 10, 7, tzinfo=clock.ZONE)
SHANDONG = Person("qq", "7")


@dataclass
class Schools:
    """登记过的学校。"""

    by_region: dict[str, list[School]] = field(default_factory=dict)

    def schools(self, region: str) -> list[School]:
        return self.by_region.get(region, [])

    def school_of(self, person: Person) -> str | None:
        every = (s for schools in self.by_region.values() for s in schools)
        return next((s.name for s in every if s.coordinator == person), None)


class Bureau:
    """装好的助手，没有后台任务。"""

    assistant: Assistant

    def __init__(self, reopen: OpenHouse) -> None:
        self.now = NOW
        self.gateways = FakeGateways()
        self.schools = Schools()
        self.router = Router([confirming.routes, plugin.routes, broadcast.routes])
        self._reopen = reopen

    @property
    def groups(self) -> Groups:
        return self.assistant.groups

    @property
    def delivery(self) -> DeliveryService:
        return self.assistant.delivery

    @property
    def deadlines(self) -> Deadlines:
        return self.assistant.deadlines

    @property
    def source(self) -> DeadlinesSource:
        return DeadlinesSource(self.deadlines)

    async def say(self, message: Message | str, user: str = SHANDONG.id) -> str:
        """说一句，得一句。"""
        if isinstance(message, str):
            message = private(message, user)
        reply = await self.router.handle(self.assistant, message)
        return reply.text if reply else ""

    async def do(self, text: str, user: str = SHANDONG.id) -> str:
        """说一句并确认。"""
        shown = await self.say(text, user)
        assert "确认 " in shown, shown
        return await self.say("确认", user)

    async def open(self, **settings: float) -> None:
        """打开助手。"""
        self.assistant = await self._reopen(self.gateways, superusers=["1"], **settings)
        roster = self.assistant.registration.roster
        vars(roster).update(
            schools=self.schools.schools, school_of=self.schools.school_of
        )

    async def restart(self, **settings: float) -> None:
        """重新启动，可换几项设置。"""
        await self.assistant.close()
        await self.open(**settings)

    async def pass_to(self, moment: datetime) -> None:
        """时间走到那一刻，该发的都发掉。"""
        self.now = moment
        await self.deadlines.tick()
        lane = Lane("qq", "10001")
        await self.delivery.courier.oversee()
        while await self.delivery.courier.send_one(lane) is not None:
            pass


@pytest_asyncio.fixture
async def bureau(open_house: OpenHouse) -> AsyncIterator[Bureau]:
    found = Bureau(open_house)
    clock.use(lambda: found.now)
    await found.open()
    await found.assistant.access.grant(SHANDONG, "山东", Person("qq", "1"))
    for number, region in enumerate(["山东", "山东", "广西"], 1):
        await found.groups.seen(group(number), f"{region}{number}群")
        await found.groups.bind(group(number), region)
    await found.deadlines.tick()
    yield found
    clock.use(None)
