"""发送测试共用的：可拨的钟、数据库、装好的发送。"""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
import pytest_asyncio

from bot import clock
from bot.access import Access
from bot.assistant import Assistant
from bot.groups import Groups
from bot.messages import Place
from bot.outbox import (
    Delivery,
    DeliveryService,
    Lane,
    Outgoing,
)
from bot.storage import Database
from tests.conftest import OpenHouse
from tests.gateways import FakeGateways

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
    assistant: Assistant

    @property
    def access(self) -> Access:
        return self.assistant.access

    @property
    def groups(self) -> Groups:
        return self.assistant.groups

    @property
    def service(self) -> DeliveryService:
        return self.assistant.delivery

    @property
    def database(self) -> Database:
        return self.assistant.database

    async def put(self, place: Place, text: str = "请按时申报", **more: object) -> None:
        item = Outgoing("test:1", "1", place, text, self.hands.now, **more)  # pyright: ignore[reportArgumentType]
        await self.service.outbox.put([item])

    async def run(self, account: str = "10001", platform: str = "qq") -> None:
        """把现在能做的都做完。"""
        courier = self.service.courier
        lane = Lane(platform, account)
        for _ in range(50):
            await courier.oversee()
            await courier.inquiry.settle()
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
async def office(hands: Hands, open_house: OpenHouse) -> AsyncIterator[Office]:
    gateways = FakeGateways()
    assistant = await open_house(gateways, superusers=["1"])
    yield Office(hands, gateways, assistant)
