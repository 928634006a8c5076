"""发件箱里有什么：只读。"""

from datetime import datetime

from sqlalchemy import func, or_, select

from bot import clock
from bot.messages import Place
from bot.storage import Database
from bot.storage.tables import OutboxRow as Box

from . import transitions as sql
from .models import Delivery, Status
from .rows import at_place, delivery_of, place_of
from .transitions import BOX

BATCH = 50
"""一次取出多少条备着。"""


class OutboxReader:
    """查发件箱。"""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def waiting(self) -> list[tuple[Place, str]]:
        """有待发的（会话，账号），不重复；没定账号的为空。"""
        key = (Box.platform, Box.place_kind, Box.place_id, Box.account)
        query = select(*key).where(Box.status == Status.PENDING).distinct()
        async with self._database.read() as session:
            rows = (await session.execute(query)).all()
        return [(place_of(row), row.account) for row in rows]

    async def in_doubt(self) -> set[tuple[str, str]]:
        """有下落不明、还要再查的（平台，账号）。"""
        query = select(BOX.c.platform, BOX.c.account).where(sql.IN_DOUBT).distinct()
        async with self._database.read() as session:
            return {(row.platform, row.account) for row in await session.execute(query)}

    async def backlog(self) -> dict[Place, int]:
        """各会话有几条待发。"""
        key = (Box.platform, Box.place_kind, Box.place_id)
        query = (
            select(*key, func.count().label("number"))
            .where(Box.status == Status.PENDING)
            .group_by(*key)
        )
        async with self._database.read() as session:
            rows = (await session.execute(query)).all()
        return {place_of(row): row.number for row in rows}

    async def upcoming(
        self, platform: str, account: str, *, only_urgent: bool = False
    ) -> list[Delivery]:
        """这个账号接下来该发的几条，原定在前的在前；前一段没发到的，后一段等着。"""
        now = clock.now()
        query = (
            select(BOX)
            .where(
                BOX.c.status == Status.PENDING,
                BOX.c.platform == platform,
                BOX.c.account == account,
                BOX.c.next_at <= now,
                or_(BOX.c.expires_at.is_(None), BOX.c.expires_at > now),
                sql.READY,
            )
            .order_by(BOX.c.due_at, BOX.c.id)
            .limit(BATCH)
        )
        if only_urgent:
            query = query.where(BOX.c.urgent)
        async with self._database.read() as session:
            return [delivery_of(row) for row in await session.execute(query)]

    async def next_moment(self, platform: str, account: str) -> datetime | None:
        """这个账号的队里，下一件事最早在什么时候。"""
        active = (Status.PENDING, Status.UNKNOWN)
        async with self._database.read() as session:
            return await session.scalar(
                select(Box.next_at)
                .where(
                    Box.status.in_(active),
                    Box.platform == platform,
                    Box.account == account,
                    Box.next_at.is_not(None),
                )
                .order_by(Box.next_at)
                .limit(1)
            )

    async def unsettled_for(self, platform: str, account: str) -> Delivery | None:
        """这个账号发的、下落不明且到了该去查的一条，先发的在前。"""
        query = (
            select(BOX)
            .where(
                BOX.c.status == Status.UNKNOWN,
                BOX.c.platform == platform,
                BOX.c.account == account,
                BOX.c.next_at <= clock.now(),
            )
            .order_by(BOX.c.sending_at)
            .limit(1)
        )
        async with self._database.read() as session:
            row = (await session.execute(query)).one_or_none()
        return None if row is None else delivery_of(row)

    async def recorded_ids(self, place: Place, since: datetime) -> set[str]:
        """这个会话里，已经对上号的消息号。"""
        async with self._database.read() as session:
            rows = await session.scalars(
                select(Box.message_id).where(
                    *at_place(place), Box.sending_at >= since, Box.message_id != ""
                )
            )
            return set(rows)

    async def last_senders(self) -> dict[Place, str]:
        """各会话最近一次发成用的账号。"""
        last = (
            select(func.max(Box.id))
            .where(Box.status == Status.SENT)
            .group_by(Box.platform, Box.place_kind, Box.place_id)
        )
        async with self._database.read() as session:
            rows = await session.execute(select(BOX).where(BOX.c.id.in_(last)))
            return {place_of(row): row.account for row in rows}

    async def deliveries(self, what: str) -> list[Delivery]:
        """一件事的全部记录，按会话与先后排好。"""
        query = (
            select(BOX)
            .where(BOX.c.what == what)
            .order_by(BOX.c.platform, BOX.c.place_id, BOX.c.part)
        )
        async with self._database.read() as session:
            return [delivery_of(row) for row in await session.execute(query)]

    async def latest(self, kind: str, limit: int = 20) -> list[str]:
        """最近放进来的同一类的几件事，新的在前；`kind` 是 `what` 的开头。"""
        newest = func.max(BOX.c.id)
        query = (
            select(BOX.c.what)
            .where(BOX.c.what.startswith(kind, autoescape=True))
            .group_by(BOX.c.what)
            .order_by(newest.desc())
            .limit(limit)
        )
        async with self._database.read() as session:
            return list(await session.scalars(query))

    async def troubles(
        self, since: datetime, *, untold: bool = False, limit: int = 100
    ) -> list[Delivery]:
        """某时以来没发成、过期或下落不明的，新的在前。

        参数:
            untold: 只要还没告诉过秘书处的
        """
        query = select(BOX).where(sql.TROUBLE, BOX.c.due_at >= since)
        if untold:
            query = query.where(~BOX.c.told)
        query = query.order_by(BOX.c.due_at.desc()).limit(limit)
        async with self._database.read() as session:
            return [delivery_of(row) for row in await session.execute(query)]

    async def counts(self) -> dict[Status, int]:
        """各状态有几条。"""
        async with self._database.read() as session:
            rows = await session.execute(
                select(Box.status, func.count()).group_by(Box.status)
            )
            return {Status(status): number for status, number in rows}
