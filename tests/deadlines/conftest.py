"""时间功能测试共用的：可拨的钟、装好的窗口与发送、能说话的秘书处。"""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest_asyncio

from bot import clock
from bot.access import Access
from bot.assistant import Assistant
from bot.broadcast import Broadcasts, Contents
from bot.deadlines import Deadlines, DeadlinesSource, School, read_calendar
from bot.groups import Groups
from bot.knowledge import Lexicon
from bot.messages import Message, Person
from bot.outbox import DeliveryService, Lane, Pace
from bot.routing import Router
from bot.storage import Database
from plugins import broadcast
from plugins import deadlines as plugin
from tests.delivery.fakes import FakeGateways, group
from tests.delivery.messages import private
from tests.paths import KNOWLEDGE

NOW = datetime(2026, 11, 23, 10, 7, tzinfo=clock.ZONE)
SHANDONG = Person("qq", "7")
LEXICON = Lexicon(KNOWLEDGE / "lexicon")


@dataclass
class Schools:
    """登记过的学校。"""

    by_region: dict[str, list[School]] = field(default_factory=dict)

    def schools(self, region: str) -> list[School]:
        return self.by_region.get(region, [])

    def school_of(self, person: Person) -> str | None:
        every = (s for schools in self.by_region.values() for s in schools)
        return next((s.name for s in every if s.coordinator == person), None)


@dataclass
class Bureau:
    """装好的一切，没有后台任务。"""

    now: datetime
    database: Database
    access: Access
    gateways: FakeGateways
    groups: Groups
    delivery: DeliveryService
    deadlines: Deadlines
    source: DeadlinesSource
    schools: Schools
    assistant: Assistant
    router: Router
    pace: Pace = field(default_factory=lambda: Pace(0, 0))

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

    async def restart(self) -> None:
        """提醒与发送重新从数据库读起。"""
        self.delivery = DeliveryService(
            self.database,
            self.access,
            self.groups,
            lambda: self.gateways,
            pace=self.pace,
        )
        calendar = self.deadlines.calendar
        self.deadlines = Deadlines(
            self.database, self.groups, self.delivery, calendar, self.schools
        )
        await self.deadlines.load()
        self.assistant.delivery = self.delivery
        self.assistant.deadlines = self.deadlines

    async def pass_to(self, moment: datetime) -> None:
        """时间走到那一刻，该发的都发掉。"""
        self.now = moment
        await self.deadlines.tick()
        lane = Lane("qq", "10001")
        await self.delivery.courier.oversee()
        while await self.delivery.courier.send_one(lane) is not None:
            pass


@pytest_asyncio.fixture
async def bureau(tmp_path: Path) -> AsyncIterator[Bureau]:
    database = await Database.open(f"sqlite+aiosqlite:///{tmp_path / 'a.db'}")
    access = Access(database, ["1"])
    await access.grant(SHANDONG, "山东", Person("qq", "1"))
    groups = Groups(database)
    for number, region in enumerate(["山东", "山东", "广西"], 1):
        await groups.seen(group(number), f"{region}{number}群")
        await groups.bind(group(number), region)
    gateways = FakeGateways()
    delivery = DeliveryService(
        database,
        access,
        groups,
        lambda: gateways,
        pace=Pace(0, 0),
    )
    schools = Schools()
    calendar = read_calendar(KNOWLEDGE / "calendar")
    deadlines = Deadlines(database, groups, delivery, calendar, schools)
    source = DeadlinesSource(deadlines)
    broadcasts = Broadcasts(
        delivery.outbox,
        delivery.courier,
        delivery.proposals,
        access,
        groups,
        Contents(lambda: gateways, tmp_path),
    )
    parts = SimpleNamespace(
        delivery=delivery,
        broadcasts=broadcasts,
        deadlines=deadlines,
        access=access,
        groups=groups,
        lexicon=LEXICON,
    )
    found = Bureau(
        NOW,
        database,
        access,
        gateways,
        groups,
        delivery,
        deadlines,
        source,
        schools,
        cast(Assistant, parts),
        Router([plugin.routes, broadcast.routes]),
    )
    clock.use(lambda: found.now)
    await deadlines.tick()
    yield found
    clock.use(None)
    await found.delivery.stop()
    await database.close()
