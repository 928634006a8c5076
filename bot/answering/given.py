"""发出的答案：可引用它更正，或说没解决。"""

import asyncio
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from loguru import logger
from sqlalchemy import delete, insert, select
from sqlalchemy.exc import SQLAlchemyError

from bot import clock
from bot.errors import NotStored
from bot.messages import Person, Place
from bot.storage import Database
from bot.storage.tables import Delivered
from bot.text import Masker

KEEP_DELIVERED = timedelta(days=60)
FLUSH_SECONDS = 1.0
CAPACITY = 2000
STILL_MEANT = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Given:
    """发出的一条答案：答谁的什么问题，用了哪些条目。"""

    question: str
    entries: tuple[str, ...]


class DeliveredAnswers:
    """发出的答案；先记在内存，攒一秒再写库，不拖慢回答。"""

    def __init__(self, database: Database, masker: Masker | None = None) -> None:
        self._database = database
        self._masker = masker or Masker()
        self._recent: OrderedDict[tuple[str, str], Given] = OrderedDict()
        self._latest: OrderedDict[Place, tuple[datetime, str]] = OrderedDict()
        self._pending: list[dict[str, Any]] = []
        self._flusher: asyncio.Task[None] | None = None
        self._closing = asyncio.Event()

    def add(self, place: Place, person: Person, message_id: str, given: Given) -> None:
        """记下一条；网关没给消息号的无从引用，不记。"""
        if not message_id:
            return
        given = replace(given, question=self._masker.mask(given.question))
        self._recent[place.platform, message_id] = given
        self._latest[place] = clock.now(), message_id
        self._latest.move_to_end(place)
        for kept in (self._recent, self._latest):
            while len(kept) > CAPACITY:
                kept.popitem(last=False)
        self._pending.append(
            {
                "platform": place.platform,
                "place_id": place.id,
                "message_id": message_id,
                "user_id": person.id,
                "question": given.question,
                "entries": list(given.entries),
                "at": clock.now(),
            }
        )
        if self._flusher is None or self._flusher.done():
            self._flusher = asyncio.create_task(self._flush_soon())

    def latest(self, place: Place) -> str | None:
        """这里最近一条答案的消息号；过了十分钟、之后又说了别的为 `None`。"""
        at, message_id = self._latest.get(place, (None, ""))
        recent = at is not None and clock.now() - at < STILL_MEANT
        return message_id if recent else None

    def passed_by(self, place: Place) -> None:
        """这里之后说了别的，没引用的话不再是说它。"""
        self._latest.pop(place, None)

    async def find(self, place: Place, message_id: str) -> Given | None:
        """被引用的那条答案。"""
        if (given := self._recent.get((place.platform, message_id))) is not None:
            return given
        async with self._database.read() as session:
            row = await session.scalar(
                select(Delivered)
                .where(
                    Delivered.platform == place.platform,
                    Delivered.place_id == place.id,
                    Delivered.message_id == message_id,
                )
                .order_by(Delivered.id.desc())
                .limit(1)
            )
        return None if row is None else Given(row.question, tuple(row.entries))

    async def close(self) -> None:
        """写完剩下的。"""
        self._closing.set()
        if self._flusher is not None:
            await self._flusher
        await self.flush()

    async def _flush_soon(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._closing.wait(), FLUSH_SECONDS)
        await self.flush()

    async def flush(self) -> None:
        """把攒着的写进库里。"""
        rows, self._pending = self._pending, []
        if not rows:
            return
        try:
            async with self._database.write() as session:
                await session.execute(insert(Delivered), rows)
                oldest = clock.now() - KEEP_DELIVERED
                await session.execute(delete(Delivered).where(Delivered.at < oldest))
        except (SQLAlchemyError, NotStored):
            # 答案已经发出；重启之前仍引用得到
            logger.exception("没能记下发出的 {} 条答案", len(rows))
