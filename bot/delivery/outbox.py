"""发件箱：不请自来的消息先落盘再发，进程何时被杀都说得清每一条到了哪一步。"""

import asyncio
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Table,
    Update,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.messages import Place
from bot.storage import Database
from bot.storage.tables import OutboxRow as Box

from . import wording
from .models import Delivery, Outgoing, Status
from .rows import KEY, at_place, delivery_of, key_of, place_of, rows_of

LATE_AFTER = timedelta(minutes=30)
"""比原定晚了这么久才算晚发：排队本身要些时间。"""
KEEP = timedelta(days=180)
"""有了结果的记录留多久。"""
_FINISHED = (Status.SENT, Status.FAILED, Status.EXPIRED, Status.CANCELLED)
_SLICE = 500
BATCH = 50
"""一次取出多少条备着。"""
_TABLE = cast(Table, Box.__table__)
# 语句只建一次：每秒几百条时，拼语句比执行还慢
_CLAIM = (
    update(_TABLE)
    .where(
        _TABLE.c.id == bindparam("row_id"),
        _TABLE.c.status == Status.PENDING,
        _TABLE.c.account == bindparam("route"),
        _TABLE.c.attempts == bindparam("tries"),
        _TABLE.c.mark_late == bindparam("marked"),
        _TABLE.c.next_at <= bindparam("now"),
        or_(_TABLE.c.expires_at.is_(None), _TABLE.c.expires_at > bindparam("now")),
    )
    .values(
        status=Status.SENDING,
        sending_at=bindparam("now"),
        attempts=_TABLE.c.attempts + 1,
        text=bindparam("prefix") + _TABLE.c.text,
        mark_late=bindparam("still_mark"),
    )
    .returning(_TABLE.c.text)
)
_FINISH = (
    update(_TABLE)
    .where(_TABLE.c.id == bindparam("row_id"))
    .values(
        status=bindparam("outcome"),
        reason=bindparam("why"),
        next_at=bindparam("later"),
        finished_at=bindparam("done_at"),
        message_id=bindparam("sent_id"),
    )
)


class Outbox:
    """发件箱的存取；谁来发由 `Courier` 管。"""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.changed = asyncio.Event()

    async def put(self, items: Iterable[Outgoing], *, late_by: str = "") -> int:
        """放进若干条；同一处已有同一次的不再放。返回新放了几条。

        参数:
            late_by: 不发、只留记录时，写明原因；空为照常等着发
        """
        now = clock.now()
        rows = [row for item in items for row in rows_of(item, now, late_by)]
        if not rows:
            return 0
        occurrences = {(row["what"], row["occurrence"]) for row in rows}
        async with self._database.write() as session:
            known = await _known(session, occurrences)
            fresh = [row for row in rows if key_of(row) not in known]
            for start in range(0, len(fresh), _SLICE):
                await session.execute(insert(Box), fresh[start : start + _SLICE])
        self.changed.set()
        return len(fresh)

    async def cancel(
        self, what: str, reason: str, *, keep: Collection[str] = ()
    ) -> int:
        """停掉一件事里还没发的；`keep` 里的那几次照旧。返回停了几条。"""
        changed = (
            update(Box)
            .where(
                Box.what == what,
                Box.status == Status.PENDING,
                Box.occurrence.not_in(keep),
            )
            .values(status=Status.CANCELLED, reason=reason, finished_at=clock.now())
        )
        return await self._update(changed)

    async def reword(self, what: str, occurrence: str, text: str) -> int:
        """换掉还没发的文字；只用于没有拆开的。"""
        changed = (
            update(Box)
            .where(
                Box.what == what,
                Box.occurrence == occurrence,
                Box.part == 0,
                Box.status == Status.PENDING,
            )
            .values(text=text)
        )
        return await self._update(changed)

    async def expire(self) -> list[Delivery]:
        """把过了有效时间还没发的记为过期，返回它们。"""
        now = clock.now()
        changed = (
            update(_TABLE)
            .where(
                _TABLE.c.status == Status.PENDING,
                _TABLE.c.expires_at <= now,
            )
            .values(status=Status.EXPIRED, reason=wording.TOO_LATE, finished_at=now)
            .returning(_TABLE)
        )
        async with self._database.write() as session:
            return [delivery_of(row) for row in await session.execute(changed)]

    async def recover(self, before: datetime | None = None) -> int:
        """正在发却没有下文的，都不知道送到没有。返回有几条。

        参数:
            before: 只管这之前交给网关的；启动时不传，全都是
        """
        changed = (
            update(Box)
            .where(
                Box.status == Status.SENDING,
                Box.sending_at <= (before or clock.now()),
            )
            .values(status=Status.UNKNOWN, reason=wording.CRASHED, next_at=clock.now())
        )
        return await self._update(changed)

    async def _update(self, changed: Update) -> int:
        async with self._database.write() as session:
            done = await session.execute(changed)
        return cast(CursorResult[Any], done).rowcount

    async def prune(self) -> None:
        """清掉很久以前、已有结果的记录。"""
        async with self._database.write() as session:
            await session.execute(
                delete(Box).where(
                    Box.status.in_(_FINISHED), Box.finished_at < clock.now() - KEEP
                )
            )

    async def waiting(self) -> list[tuple[Place, str]]:
        """有待发或待查的（会话，账号），不重复；没定账号的为空。"""
        key = (Box.platform, Box.place_kind, Box.place_id, Box.account)
        active = or_(
            Box.status == Status.PENDING,
            (Box.status == Status.UNKNOWN) & Box.next_at.is_not(None),
        )
        async with self._database.read() as session:
            rows = await session.execute(select(*key).where(active).distinct())
            return [(place_of(row), row.account) for row in rows.all()]

    async def assign(self, changes: Iterable[tuple[Place, str]]) -> None:
        """定下各会话待发的由哪个账号发。"""
        async with self._database.write() as session:
            for place, account in changes:
                await session.execute(
                    update(Box)
                    .where(Box.status == Status.PENDING, *at_place(place))
                    .values(account=account)
                )

    async def upcoming(
        self,
        platform: str,
        account: str,
        *,
        only_urgent: bool = False,
        limit: int = BATCH,
    ) -> list[Delivery]:
        """这个账号接下来该发的几条；前一段还没着落的，后一段等着。"""
        now = clock.now()
        query = (
            select(_TABLE)
            .where(
                _TABLE.c.status == Status.PENDING,
                _TABLE.c.platform == platform,
                _TABLE.c.account == account,
                _TABLE.c.next_at <= now,
                or_(_TABLE.c.expires_at.is_(None), _TABLE.c.expires_at > now),
                (_TABLE.c.part == 0) | ~_earlier_part_unsettled(),
            )
            .order_by(_TABLE.c.next_at, _TABLE.c.id)
            .limit(limit)
        )
        if only_urgent:
            query = query.where(_TABLE.c.urgent)
        async with self._database.read() as session:
            return [delivery_of(row) for row in await session.execute(query)]

    async def claim(self, delivery: Delivery) -> Delivery | None:
        """在交给网关之前记下“正在发”；取出以后有变动的为 `None`。"""
        now = clock.now()
        is_late = delivery.mark_late and now - delivery.due_at > LATE_AFTER
        values = {
            "row_id": delivery.id,
            "route": delivery.account,
            "tries": delivery.attempts,
            "marked": delivery.mark_late,
            "now": now,
            "prefix": wording.late_prefix(delivery.due_at) if is_late else "",
            "still_mark": delivery.mark_late and not is_late,
        }
        async with self._database.write() as session:
            text = (await session.execute(_CLAIM, values)).scalar_one_or_none()
        if text is None:
            return None
        return replace(
            delivery,
            status=Status.SENDING,
            text=text,
            sending_at=now,
            attempts=delivery.attempts + 1,
            mark_late=values["still_mark"],
        )

    async def finish(
        self,
        delivery: Delivery,
        status: Status,
        *,
        reason: str = "",
        message_id: str = "",
        next_at: datetime | None = None,
    ) -> None:
        """记下一条的结果。

        参数:
            next_at: 退回待发的，最早何时再发；下落不明的，何时去查，空为不再查
        """
        values = {
            "row_id": delivery.id,
            "outcome": status,
            "why": reason,
            "later": next_at,
            "done_at": clock.now() if status in _FINISHED else None,
            "sent_id": message_id,
        }
        async with self._database.write() as session:
            await session.execute(_FINISH, values)

    async def postpone(self, delivery: Delivery, until: datetime) -> None:
        """没有交出去：退回待发，不算一次。"""
        await self._update(
            update(Box)
            .where(Box.id == delivery.id)
            .values(
                status=Status.PENDING, next_at=until, attempts=delivery.attempts - 1
            )
        )

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
            select(_TABLE)
            .where(
                _TABLE.c.status == Status.UNKNOWN,
                _TABLE.c.platform == platform,
                _TABLE.c.account == account,
                _TABLE.c.next_at <= clock.now(),
            )
            .order_by(_TABLE.c.sending_at)
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

    async def homes(self) -> dict[Place, str]:
        """各会话最近一次发成用的账号。"""
        last = (
            select(func.max(Box.id))
            .where(Box.status == Status.SENT)
            .group_by(Box.platform, Box.place_kind, Box.place_id)
        )
        async with self._database.read() as session:
            rows = await session.execute(select(_TABLE).where(_TABLE.c.id.in_(last)))
            return {place_of(row): row.account for row in rows}

    async def deliveries(self, what: str) -> list[Delivery]:
        """一件事的全部记录，按会话与先后排好。"""
        async with self._database.read() as session:
            rows = await session.execute(
                select(_TABLE)
                .where(_TABLE.c.what == what)
                .order_by(_TABLE.c.platform, _TABLE.c.place_id, _TABLE.c.part)
            )
            return [delivery_of(row) for row in rows]

    async def troubles(self, since: datetime) -> list[Delivery]:
        """某时以来没发成、过期或下落不明的，新的在前。"""
        bad = (Status.FAILED, Status.EXPIRED, Status.UNKNOWN)
        async with self._database.read() as session:
            rows = await session.execute(
                select(_TABLE)
                .where(_TABLE.c.status.in_(bad), _TABLE.c.due_at >= since)
                .order_by(_TABLE.c.due_at.desc())
                .limit(100)
            )
            return [delivery_of(row) for row in rows]

    async def counts(self) -> dict[Status, int]:
        """各状态有几条。"""
        async with self._database.read() as session:
            rows = await session.execute(
                select(Box.status, func.count()).group_by(Box.status)
            )
            return {Status(status): number for status, number in rows}


def _earlier_part_unsettled() -> ColumnElement[bool]:
    """同一条长消息里，前面有一段还没着落。"""
    before = _TABLE.alias("before")
    same = (before.c[name] == _TABLE.c[name] for name in KEY if name != "part")
    unsettled = or_(
        before.c.status.in_((Status.PENDING, Status.SENDING)),
        (before.c.status == Status.UNKNOWN) & before.c.next_at.is_not(None),
    )
    earlier = before.c.part < _TABLE.c.part
    return select(before.c.id).where(*same, earlier, unsettled).exists()


async def _known(
    session: AsyncSession, occurrences: Collection[tuple[str, str]]
) -> set[tuple[Any, ...]]:
    """这几次里已经有了的。"""
    columns = [_TABLE.c[name] for name in KEY]
    found: set[tuple[Any, ...]] = set()
    for what, occurrence in occurrences:
        same = (Box.what == what, Box.occurrence == occurrence)
        rows = await session.execute(select(*columns).where(*same))
        found.update(tuple(row) for row in rows)
    return found
