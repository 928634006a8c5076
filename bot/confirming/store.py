"""等着确认的事的存取，都在调用者的事务里。"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.messages import Person, Place, PlaceKind
from bot.storage.tables import Proposal as Row

from .models import Proposal, Status

JUST_NOW = timedelta(minutes=10)
"""重复的“确认”在这么久之内仍算确认过。"""


@dataclass(frozen=True, slots=True)
class Slip:
    """要放上确认台的一件事。

    参数:
        subject: 它要改的东西；同一人再提同一样的，取代先前的
    """

    kind: str
    payload: Mapping[str, Any]
    subject: str = ""


async def add(
    session: AsyncSession, slip: Slip, by: Person, place: Place, lifetime: timedelta
) -> Proposal:
    """放上一件。"""
    now = clock.now()
    row = Row(
        kind=slip.kind,
        subject=slip.subject,
        payload=dict(slip.payload),
        status=Status.OPEN,
        platform=by.platform,
        user_id=by.id,
        place_kind=place.kind,
        place_id=place.id,
        created_at=now,
        shown_at=now,
        expires_at=now + lifetime,
    )
    session.add(row)
    await session.flush()
    return _proposal(row)


async def put(
    session: AsyncSession, slip: Slip, by: Person, place: Place, lifetime: timedelta
) -> tuple[Proposal, list[Proposal]]:
    """放上一件；同一人先前提的同一样东西由它取代。

    返回:
        （放上的，被取代的）
    """
    before = []
    if slip.subject:
        before = await opened(session, by, subject=slip.subject)
    numbers = [proposal.number for proposal in before]
    await settle(session, numbers, Status.REPLACED, by)
    return await add(session, slip, by, place, lifetime), before


async def get(session: AsyncSession, number: int) -> Proposal | None:
    """按编号取；没有则为 `None`。"""
    row = await session.get(Row, number, populate_existing=True)
    return None if row is None else _proposal(row)


async def opened(
    session: AsyncSession,
    by: Person,
    *,
    kind: str | None = None,
    subject: str | None = None,
) -> list[Proposal]:
    """一个人还等着的事，最近出示的在前；可只要一类或一样东西的。"""
    query = select(Row).where(*_open_of(by))
    if kind is not None:
        query = query.where(Row.kind == kind)
    if subject is not None:
        query = query.where(Row.subject == subject)
    rows = await session.scalars(query.order_by(Row.shown_at.desc(), Row.id.desc()))
    return [_proposal(row) for row in rows]


async def last_settled(
    session: AsyncSession, by: Person, place: Place
) -> Proposal | None:
    """一个人最近了结的、在这里出示过的；没有为 `None`。"""
    row = await session.scalar(
        select(Row)
        .where(
            Row.platform == by.platform,
            Row.settled_by == by.id,
            Row.place_kind == place.kind,
            Row.place_id == place.id,
            Row.status.in_((Status.CONFIRMED, Status.CANCELLED)),
        )
        .order_by(Row.settled_at.desc())
        .limit(1)
    )
    return None if row is None else _proposal(row)


async def waiting(session: AsyncSession, kind: str) -> list[Proposal]:
    """一类里还等着的，不论谁提的，先提的在前。"""
    chosen = (
        Row.kind == kind, Row.status == Status.OPEN, Row.expires_at > clock.now(),
    )  # fmt: skip
    rows = await session.scalars(select(Row).where(*chosen).order_by(Row.id))
    return [_proposal(row) for row in rows]


async def unfulfilled(
    session: AsyncSession, by: Person, kind: str, since: datetime
) -> int:
    """一个人某时以来提过几件这一类的，还等着、取消了的都算，办成了的不算。"""
    query = select(func.count()).where(
        Row.kind == kind,
        Row.platform == by.platform,
        Row.user_id == by.id,
        Row.created_at >= since,
        Row.status != Status.CONFIRMED,
    )
    return await session.scalar(query) or 0


async def show(
    session: AsyncSession,
    number: int,
    place: Place,
    lifetime: timedelta,
    payload: Mapping[str, Any] | None = None,
) -> Proposal | None:
    """又出示了一次，期限从头算起；返回现在的样子，已了结的不动，为 `None`。

    参数:
        payload: 换过的内容
    """
    now = clock.now()
    values: dict[str, Any] = {
        "place_kind": place.kind,
        "place_id": place.id,
        "shown_at": now,
        "expires_at": now + lifetime,
    }
    if payload is not None:
        values["payload"] = dict(payload)
    chosen = (Row.id == number, Row.status == Status.OPEN)
    await session.execute(update(Row).where(*chosen).values(**values))
    shown = await get(session, number)
    return shown if shown and shown.status is Status.OPEN else None


async def settle(
    session: AsyncSession, numbers: Sequence[int], status: Status, by: Person
) -> list[int]:
    """了结几件，清空内容；返回真正了结了的，别人先了结的不在其中。"""
    chosen = (Row.id.in_(numbers), Row.status == Status.OPEN)
    done = await session.scalars(
        update(Row).where(*chosen).values(_settled(status, by)).returning(Row.id)
    )
    return list(done)


async def supersede(session: AsyncSession, subject: str, by: Person) -> None:
    """同一样东西的其余各件（不论谁提的）作废。"""
    if subject:
        chosen = (Row.subject == subject, Row.status == Status.OPEN)
        closing = update(Row).where(*chosen).values(_settled(Status.SUPERSEDED, by))
        await session.execute(closing)


async def forget(session: AsyncSession, person: Person) -> None:
    """了结了的事里，不再记着谁提的、谁了结的；刚刚了结的还要认得重复的“确认”。"""
    closed = (Row.status != Status.OPEN, Row.settled_at < clock.now() - JUST_NOW)
    mine = (Row.platform == person.platform, *closed)
    for column in (Row.user_id, Row.settled_by):
        nameless = update(Row).where(*mine, column == person.id)
        await session.execute(nameless.values({column.key: ""}))


async def expire(session: AsyncSession) -> None:
    """放过了期限的作废。"""
    overdue = (Row.status == Status.OPEN, Row.expires_at <= clock.now())
    closed = {"status": Status.EXPIRED, "payload": {}, "settled_at": clock.now()}
    await session.execute(update(Row).where(*overdue).values(closed))


async def authors(session: AsyncSession) -> set[Person]:
    """谁有事等着。"""
    waiting = select(Row.platform, Row.user_id).where(Row.status == Status.OPEN)
    rows = await session.execute(waiting.distinct())
    return {Person(platform, user) for platform, user in rows}


def _open_of(by: Person) -> tuple[ColumnElement[bool], ...]:
    return (
        Row.platform == by.platform,
        Row.user_id == by.id,
        Row.status == Status.OPEN,
        Row.expires_at > clock.now(),
    )


def _settled(status: Status, by: Person) -> dict[str, Any]:
    # 内容里可能有个人信息，了结之后不留
    return {
        "status": status,
        "payload": {},
        "settled_by": by.id,
        "settled_at": clock.now(),
    }


def _proposal(row: Row) -> Proposal:
    return Proposal(
        row.id,
        row.kind,
        row.subject,
        row.payload,
        Status(row.status),
        Person(row.platform, row.user_id),
        Place(row.platform, PlaceKind(row.place_kind), row.place_id),
        clock.local(row.created_at),
        clock.local(row.shown_at),
        clock.local(row.expires_at),
        clock.local(row.settled_at) if row.settled_at else None,
    )
