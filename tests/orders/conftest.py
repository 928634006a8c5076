"""办事测试共用的：一间办公室，多半是广西秘书处在广西的群里说话。"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from bot import clock
from bot.messages import Message, Person, Place
from tests.conftest import OpenHouse
from tests.hall import (
    BOSS,
    COLLEAGUE,
    GUANGXI,
    GX_GROUP,
    SD_GROUP,
    TEACHER,
    UNBOUND,
    Hall,
    furnish,
    private,
)

__all__ = [
    "BOSS", "COLLEAGUE", "GUANGXI", "GX_GROUP", "SD_GROUP", "TEACHER", "UNBOUND",
    "Office", "private",
]  # fmt: skip
NOW = datetime(2026, 11, 23, 10, 7, tzinfo=clock.ZONE)


@dataclass
class Office(Hall):
    """一间办公室：谁在哪里说了什么，得到什么。"""

    now: datetime = NOW

    def __post_init__(self) -> None:
        super().__post_init__()
        clock.use(lambda: self.now)

    def message(
        self,
        text: str,
        person: Person = GUANGXI,
        place: Place | None = GX_GROUP,
        *,
        addressed: bool = True,
        quote: str = "",
        mentions: tuple[Person, ...] = (),
    ) -> Message:
        """一条消息；不说是谁、在哪里，就是广西秘书处在广西的群里。"""
        return super().message(
            text, person, place, addressed=addressed, quote=quote, mentions=mentions
        )

    async def say(
        self,
        text: str,
        person: Person = GUANGXI,
        place: Place | None = GX_GROUP,
        *,
        addressed: bool = True,
        quote: str = "",
        mentions: tuple[Person, ...] = (),
    ) -> str:
        """说一句，得一句；沉默为空。"""
        return await self.hear(
            self.message(
                text, person, place, addressed=addressed, quote=quote, mentions=mentions
            )
        )

    def pass_by(self, **by: float) -> None:
        """过一会儿。"""
        self.now += timedelta(**by)


@pytest.fixture
async def office(open_house: OpenHouse) -> AsyncIterator[Office]:
    clock.use(lambda: NOW)
    assistant, gateways = await furnish(open_house, {GUANGXI: "广西"})
    yield Office(assistant, gateways)
    clock.use(None)
