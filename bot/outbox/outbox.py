"""发件箱：不请自来的消息先落盘再发，进程何时被杀都说得清每一条到了哪一步。"""

import asyncio
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, Row, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.messages import Place
from bot.storage import Database
from bot.storage.tables import OutboxRow as Box

from . import transitions as sql
from . import wording
from .models import Content, Delivery, Outgoing, Status
from .queries import OutboxReader
from .rows import at_place, key_of, people_row, rows_of
from .transitions import BOX, KEY

KEEP = timedelta(days=180)
"""有了结果的记录留多久。"""
SENT_WORDS_KEPT = timedelta(days=1)
WORDS_KEPT = timedelta(days=8)
"""没发成的，内容留到告诉了秘书处之后（`reporting.TELL_WITHIN`）：里面可能有个人信息。"""
ABANDON_AFTER = timedelta(hours=24)
"""下落不明、发它的账号又一直没回来，等这么久就不再等。"""
_SLICE = 500
_UNTOUCHED = {"account": "", "attempts": 0, "sending_at": None, "message_id": ""}
"""还没有交给过网关的样子。"""


class Outbox(OutboxReader):
    """发件箱的存取；谁来发由 `Courier` 管。"""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.changed = asyncio.Event()

    async def put(self, items: Iterable[Outgoing], *, late_by: str = "") -> int:
        """放进若干条；同一处已有同一次的不再放，停掉了的重新排上。返回新放了几条。

        参数:
            late_by: 不发、只留记录时，写明原因；空为照常等着发
        """
        async with self._database.write() as session:
            number = await self.put_within(session, items, late_by=late_by)
        self.changed.set()
        return number

    async def put_within(
        self, session: AsyncSession, items: Iterable[Outgoing], *, late_by: str = ""
    ) -> int:
        """同 `put`，但与别的改动在一个事务里；提交之后由调用方设 `changed`。"""
        now = clock.now()
        rows = [row for item in items for row in rows_of(item, now, late_by)]
        occurrences = {(row["what"], row["occurrence"]) for row in rows}
        known = await _known(session, occurrences)
        fresh = [row for row in rows if key_of(row) not in known]
        for start in range(0, len(fresh), _SLICE):
            await session.execute(insert(Box), fresh[start : start + _SLICE])
        if late_by:
            return len(fresh)
        again = [(known[k], row) for row in rows if (k := key_of(row)) in known]
        return len(fresh) + await _revive(session, again)

    async def cancel(
        self, what: str, reason: str, *, keep: Collection[str] = ()
    ) -> int:
        """停掉一件事里还没发的；`keep` 里的那几次照旧。返回停了几条。

        正在发的和下落不明的收不回，但不会再退回去重发。
        """
        values = {"thing": what, "why": reason, "now": clock.now()}
        changed = sql.CANCEL.where(BOX.c.occurrence.not_in(keep))
        async with self._database.write() as session:
            left = (await session.execute(changed, values)).scalars()
            return sum(status == Status.CANCELLED for status in left)

    async def sweep(self, stuck_before: datetime) -> None:
        """收拾：过期的、等不来账号的、前一段没发成的、发到一半没了下文的。

        参数:
            stuck_before: 这之前交给网关、至今没有下文的算下落不明
        """
        now = clock.now()
        async with self._database.write() as session:
            await session.execute(sql.RECOVER, {"before": stuck_before, "now": now})
            await session.execute(sql.EXPIRE, {"now": now})
            await session.execute(sql.ABANDON, {"long_ago": now - ABANDON_AFTER})
            await session.execute(sql.DROP_REST, {"now": now})

    async def recover(self) -> int:
        """启动时：上次正在发的，都不知道送到没有。返回有几条。

        数据库此时已归自己（`Database.claim`），正在发的都是上次留下的。
        """
        now = clock.now()
        async with self._database.write() as session:
            done = await session.execute(sql.RECOVER, {"before": now, "now": now})
        return cast(CursorResult[Any], done).rowcount

    async def prune(self) -> None:
        """清掉很久以前、已有结果的记录；有了结果一阵子的，只留结果，不留内容。"""
        now = clock.now()
        ended = or_(BOX.c.status.in_(sql.FINISHED), sql.GIVEN_UP)
        at = func.coalesce(BOX.c.finished_at, BOX.c.sending_at)
        sent = (BOX.c.status == Status.SENT) & (at < now - SENT_WORDS_KEPT)
        told = or_(BOX.c.text != "", BOX.c.sent_text != "")
        wordless = update(BOX).where(told, ended, or_(sent, at < now - WORDS_KEPT))
        async with self._database.write() as session:
            await session.execute(delete(BOX).where(ended, at < now - KEEP))
            await session.execute(wordless.values(text="", sent_text="", mentions=[]))

    async def assign(self, changes: Iterable[tuple[Place, str]]) -> None:
        """定下各会话待发的由哪个账号发；空为先等着。"""
        async with self._database.write() as session:
            for place, account in changes:
                await session.execute(
                    update(Box)
                    .where(Box.status == Status.PENDING, *at_place(place))
                    .values(account=account)
                )

    async def claim(self, delivery: Delivery, content: Content) -> Delivery | None:
        """在交给网关之前记下“正在发”与发的内容；取出以后有变动的为 `None`。"""
        now = clock.now()
        is_late = delivery.late_at is not None and now > delivery.late_at
        prefix = wording.late_prefix(delivery.due_at) if is_late else ""
        values = {
            "row_id": delivery.id,
            "route": delivery.account,
            "tries": delivery.attempts,
            "now": now,
            "words": content.text,
            "handed": prefix + content.text,
            "people": people_row(content.mention),
        }
        async with self._database.write() as session:
            taken = (await session.execute(sql.CLAIM, values)).scalar_one_or_none()
        if taken is None:
            return None
        return replace(
            delivery,
            status=Status.SENDING,
            text=prefix + content.text,
            mention=content.mention,
            sending_at=now,
            attempts=delivery.attempts + 1,
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
        """记下一条的结果；它已不是取出时的样子就不动它。

        参数:
            next_at: 退回待发的，最早何时再发；下落不明的，何时去查，空为不再查
        """
        await self._move(
            delivery, status, delivery.attempts, reason, message_id, next_at
        )

    async def give_back(
        self, delivery: Delivery, *, reason: str = "", later: datetime | None = None
    ) -> None:
        """没有交出去：退回待发，不算一次。

        参数:
            later: 最早何时再发，空为现在
        """
        moment = later or clock.now()
        tries = delivery.attempts - 1
        await self._move(delivery, Status.PENDING, tries, reason, "", moment)

    async def resume(self, place: Place) -> None:
        """这里又能发了：已到点、还压着的马上再发。"""
        now = clock.now()
        held = (Box.status == Status.PENDING, Box.due_at <= now, Box.next_at > now)
        async with self._database.write() as session:
            await session.execute(
                update(Box).where(*held, *at_place(place)).values(next_at=now)
            )
        self.changed.set()

    async def _move(
        self,
        delivery: Delivery,
        status: Status,
        attempts: int,
        reason: str,
        message_id: str,
        next_at: datetime | None,
    ) -> None:
        now = clock.now()
        values = {
            "row_id": delivery.id,
            "was": delivery.status,
            "tries": delivery.attempts,
            "tried": attempts,
            "outcome": status,
            "why": reason,
            "later": next_at,
            "done_at": now if status in sql.FINISHED else None,
            "now": now,
            "sent_id": message_id,
        }
        async with self._database.write() as session:
            await session.execute(sql.FINISH, values)


async def mark_told(session: AsyncSession, numbers: Sequence[int]) -> None:
    """这些没发成的，已经告诉了秘书处。"""
    for start in range(0, len(numbers), _SLICE):
        some = numbers[start : start + _SLICE]
        await session.execute(update(BOX).where(BOX.c.id.in_(some)).values(told=True))


async def _known(
    session: AsyncSession, occurrences: Collection[tuple[str, str]]
) -> dict[tuple[Any, ...], Row[Any]]:
    """这几次里已经有了的，按唯一键。"""
    columns = [BOX.c[name] for name in KEY]
    found: dict[tuple[Any, ...], Row[Any]] = {}
    for what, occurrence in occurrences:
        query = select(*columns, BOX.c.id, BOX.c.status).where(
            BOX.c.what == what, BOX.c.occurrence == occurrence
        )
        for row in await session.execute(query):
            found[tuple(row)[: len(KEY)]] = row
    return found


async def _revive(
    session: AsyncSession, again: Sequence[tuple[Row[Any], dict[str, Any]]]
) -> int:
    """又要发了：停下的照新的重新排上，正在发与下落不明的不再算叫停。

    改在原处，编号总指着同一个会话：队里备着的旧副本不会认领到别处去。
    """
    stopped = [
        {**row, **_UNTOUCHED, "id": known.id}
        for known, row in again
        if known.status == Status.CANCELLED
    ]
    if stopped:
        await session.execute(update(Box), stopped)
    numbers = [known.id for known, _ in again]
    for start in range(0, len(numbers), _SLICE):
        some = BOX.c.id.in_(numbers[start : start + _SLICE])
        await session.execute(update(BOX).where(some).values(stopped=""))
    return len(stopped)
