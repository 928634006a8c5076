"""记录：发出的答案（可引用它更正或说没解决）与没答上来的问题。"""

import asyncio
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, delete, insert, select

from bot import clock
from bot.access import NATIONWIDE
from bot.messages import Message, Person, Place, PlaceKind
from bot.storage import Database
from bot.storage.tables import Delivered, Unanswered
from bot.text import fold

KEEP_DELIVERED = timedelta(days=60)
FLUSH_SECONDS = 1.0
CAPACITY = 2000


@dataclass(frozen=True, slots=True)
class Given:
    """发出的一条答案：答谁的什么问题，用了哪些条目。"""

    question: str
    entries: tuple[str, ...]


class DeliveredAnswers:
    """发出的答案；先记在内存，攒一秒再写库，不拖慢回答。"""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._recent: OrderedDict[tuple[str, str], Given] = OrderedDict()
        self._pending: list[dict[str, Any]] = []
        self._flusher: asyncio.Task[None] | None = None
        self._closing = asyncio.Event()

    def add(self, place: Place, person: Person, message_id: str, given: Given) -> None:
        """记下一条；网关没给消息号的无从引用，不记。"""
        if not message_id:
            return
        self._recent[place.platform, message_id] = given
        while len(self._recent) > CAPACITY:
            self._recent.popitem(last=False)
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
        await self._flush()

    async def _flush_soon(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._closing.wait(), FLUSH_SECONDS)
        await self._flush()

    async def _flush(self) -> None:
        rows, self._pending = self._pending, []
        if not rows:
            return
        async with self._database.write() as session:
            await session.execute(insert(Delivered), rows)
            oldest = clock.now() - KEEP_DELIVERED
            await session.execute(delete(Delivered).where(Delivered.at < oldest))


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """一个等着处理的问题；`number` 用来回答它，`asked_at` 是最近一次问的。"""

    number: int
    text: str
    region: str | None
    times: int
    asked_at: datetime


class UnansweredQuestions:
    """没答上来、等秘书处处理的问题。"""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, message: Message, text: str, region: str | None) -> int:
        """记下一个问题，返回编号；同一处问过同样的，只累计次数。"""
        folded = fold(text)
        place = message.place
        async with self._database.write() as session:
            same = await session.scalar(
                _alike(folded, region).where(
                    Unanswered.platform == place.platform,
                    Unanswered.place_kind == place.kind.value,
                    Unanswered.place_id == place.id,
                )
            )
            if same is not None:
                same.times += 1
                return same.id
            row = Unanswered(
                platform=place.platform,
                account=message.account,
                place_kind=place.kind.value,
                place_id=place.id,
                user_id=message.person.id,
                user_name=message.person.name,
                message_id=message.message_id,
                text=text,
                folded=folded,
                region=region,
                times=1,
                asked_at=clock.now(),
            )
            session.add(row)
            await session.flush()
            return row.id

    async def open(
        self, regions: frozenset[str] | None, limit: int = 20
    ) -> list[OpenQuestion]:
        """还没处理的，问得多的、新的在前；几处问的同一个问题合成一个。

        参数:
            regions: 只看这些地区与没有地区的；`None` 看全部
        """
        query = select(Unanswered).where(Unanswered.answered_at.is_(None))
        if regions is not None and NATIONWIDE not in regions:
            query = query.where(
                Unanswered.region.in_(regions) | Unanswered.region.is_(None)
            )
        merged: dict[tuple[str, str | None], OpenQuestion] = {}
        async with self._database.read() as session:
            for row in await session.scalars(query.order_by(Unanswered.id)):
                key = (row.folded, row.region)
                before = merged.get(key)
                merged[key] = OpenQuestion(
                    before.number if before else row.id,
                    row.text,
                    row.region,
                    row.times + (before.times if before else 0),
                    row.asked_at,
                )
        ordered = sorted(merged.values(), key=lambda q: (-q.times, -q.number))
        return ordered[:limit]

    async def get(self, number: int) -> Unanswered | None:
        """某个编号的问题。"""
        async with self._database.read() as session:
            return await session.get(Unanswered, number)

    async def settle(self, number: int, entry: int | None) -> list[Unanswered]:
        """处理完毕：连同别处问的同一个问题。返回要回复的各处；早已处理过的为空。

        参数:
            entry: 由此而来的本地知识编号
        """
        async with self._database.write() as session:
            row = await session.get_one(Unanswered, number)
            if row.answered_at is not None:
                return []
            rows = list(await session.scalars(_alike(row.folded, row.region)))
            for one in rows:
                one.answered_at = clock.now()
                one.entry_id = entry
        return rows


def _alike(folded: str, region: str | None) -> Select[Unanswered]:
    """还没处理的、同一地区的同一个问题。"""
    return select(Unanswered).where(
        Unanswered.folded == folded,
        Unanswered.region.is_not_distinct_from(region),
        Unanswered.answered_at.is_(None),
    )


def place_of(row: Unanswered) -> Place:
    """问题是在哪里问的。"""
    return Place(row.platform, PlaceKind(row.place_kind), row.place_id)
