"""发送测试共用的：可拨的钟、数据库、装好的发送。"""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot import clock
from bot.access import Access
from bot.broadcast import Broadcasts, Contents
from bot.groups import Groups
from bot.messages import Place
from bot.outbox import (
    Delivery,
    DeliveryService,
    Lane,
    Outgoing,
    Pace,
)
from bot.storage import Database

from .fakes import FakeGateways

START = datetime(2026, 11, 23, 10, 7, tzinfo=clock.ZONE)


@dataclass
class Hands:
    """拨得动的钟。"""

    now: datetime = START

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Office:
    """装好的发送，没有后台任务，由测试一步步推。"""

    hands: Hands
    gateways: FakeGateways
    access: Access
    groups: Groups
    service: DeliveryService
    database: Database
    broadcasts: Broadcasts

    async def put(self, place: Place, text: str = "请按时申报", **more: object) -> None:
        item = Outgoing("test:1", "1", place, text, self.hands.now, **more)  # pyright: ignore[reportArgumentType]
        await self.service.outbox.put([item])

    async def run(self, account: str = "10001", platform: str = "qq") -> None:
        """把现在能做的都做完。"""
        courier = self.service.courier
        lane = Lane(platform, account)
        for _ in range(50):
            await courier.oversee()
            settled = await courier.settle_one(platform, account)
            if not settled and await courier.send_one(lane) is None:
                break

    async def rows(self) -> list[Delivery]:
        return await self.service.outbox.deliveries("test:1")


@pytest.fixture
def hands() -> Iterator[Hands]:
    found = Hands()
    clock.use(lambda: found.now)
    yield found
    clock.use(None)


@pytest_asyncio.fixture
async def office(hands: Hands, tmp_path: Path) -> AsyncIterator[Office]:
    database = await Database.open(f"sqlite+aiosqlite:///{tmp_path / 'a.db'}")
    access = Access(database, ["1"])
    groups = Groups(database)
    gateways = FakeGateways()
    service = DeliveryService(
        database,
        access,
        groups,
        lambda: gateways,
        pace=Pace(0, 0),
    )
    await service.load()
    broadcasts = Broadcasts(
        service.outbox,
        service.courier,
        service.proposals,
        access,
        groups,
        Contents(lambda: gateways, tmp_path / "pictures"),
    )
    yield Office(hands, gateways, access, groups, service, database, broadcasts)
    await service.stop()
    await database.close()
