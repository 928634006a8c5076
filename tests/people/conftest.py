"""替各人说话，看他们读到什么；钟拨得动。"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from bot import clock
from tests.conftest import OpenHouse
from tests.hall import (
    BOSS,
    GUANGXI,
    GX_GROUP,
    NATIONAL,
    OTHER,
    SD_GROUP,
    SHANDONG,
    STRANGER,
    TEACHER,
    UNBOUND,
    Hall,
    furnish,
    number,
    private,
)

__all__ = [
    "BOSS", "GUANGXI", "GX_GROUP", "NATIONAL", "OTHER", "SD_GROUP", "SHANDONG",
    "STRANGER", "TEACHER", "UNBOUND", "Hall", "number", "private",
]  # fmt: skip


@dataclass
class Hands:
    """拨得动的钟。"""

    now: datetime = datetime(2026, 11, 23, 10, 7, tzinfo=clock.ZONE)

    def forward(self, **by: float) -> None:
        """往前拨。"""
        self.now += timedelta(**by)


@pytest.fixture(autouse=True)
def hands() -> Iterator[Hands]:
    """拨得动的钟；整点和半点前后不发，不能凭运气。"""
    found = Hands()
    clock.use(lambda: found.now)
    yield found
    clock.use(None)


@pytest.fixture
async def hall(open_house: OpenHouse) -> Hall:
    granted = {NATIONAL: "全国", GUANGXI: "广西", SHANDONG: "山东"}
    return Hall(*await furnish(open_house, granted))
