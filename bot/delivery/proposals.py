"""等人确认的事：先复述，回“确认 编号”才做。编号全助手通用，不会撞。"""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, TypeAlias

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.errors import AssistantError
from bot.messages import Message, Person
from bot.storage import Database
from bot.storage.tables import Proposal as ProposalRow

LIFETIME = timedelta(hours=24)
Then: TypeAlias = Callable[[AsyncSession], Awaitable[None]]


class ProposalStatus(StrEnum):
    """一件事等着、做了、不做了，还是所依据的已经变了。"""

    OPEN = "open"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"
    SUPERSEDED = "superseded"


_ALREADY = {
    ProposalStatus.CONFIRMED: "编号 {} 已经确认过了。",
    ProposalStatus.CANCELLED: "编号 {} 已经取消过了。",
    ProposalStatus.SUPERSEDED: (
        "编号 {} 提出之后，同一件事已按别的编号改过，"
        "再照它改会把那次改动冲掉。请看过现在的样子，重新发起。"
    ),
}


class ProposalError(AssistantError):
    """确认不了：已处理、过期，或要带编号。"""


@dataclass(frozen=True, slots=True)
class Proposal:
    """一件等着确认的事。"""

    id: int
    kind: str
    payload: dict[str, Any]
    status: ProposalStatus
    author: Person
    created_at: datetime


def read_number(argument: str) -> int | None:
    """读一个编号；不是编号（或长得不可能是）则为 `None`。"""
    return int(argument) if argument.isdecimal() and len(argument) < 10 else None


class Proposals:
    """全部等着确认的事。"""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def create(
        self, kind: str, payload: dict[str, Any], by: Message, *, subject: str = ""
    ) -> int:
        """记下一件，返回编号。

        参数:
            subject: 它要改的东西，如 `window:3`；同一样东西先确认了一件，其余作废
        """
        row = ProposalRow(
            kind=kind,
            subject=subject,
            payload=payload,
            status=ProposalStatus.OPEN,
            platform=by.person.platform,
            user_id=by.person.id,
            place_kind=by.place.kind,
            place_id=by.place.id,
            created_at=clock.now(),
        )
        async with self._database.write() as session:
            session.add(row)
            await session.flush()
            number = row.id
        return number

    async def get(self, number: int) -> Proposal | None:
        """按编号取；没有则为 `None`。"""
        async with self._database.read() as session:
            row = await session.get(ProposalRow, number)
        return None if row is None else _proposal(row)

    async def chosen(
        self, message: Message, argument: str, kinds: Collection[str]
    ) -> Proposal | None:
        """“确认/取消 [编号]”说的是哪一件；不是这几类的为 `None`。

        异常:
            ProposalError: 已处理、已过期，或有好几件、要带编号
        """
        if (number := read_number(argument)) is not None:
            found = await self.get(number)
            if found is None or found.kind not in kinds:
                return None
            if found.status is not ProposalStatus.OPEN:
                raise ProposalError(_ALREADY[found.status].format(found.id))
            if clock.now() - found.created_at > LIFETIME:
                raise ProposalError(f"编号 {found.id} 超过一天没确认，请重新发起。")
            return found
        if argument:
            return None
        mine = await self._open_here(message)
        if not mine or mine[-1].kind not in kinds:
            return None
        if len(mine) > 1:
            numbers = "、".join(str(proposal.id) for proposal in mine)
            raise ProposalError(
                f"有 {len(mine)} 件事等着（编号 {numbers}），请带上编号，"
                f"如：确认 {mine[-1].id}"
            )
        return mine[0]

    async def _open_here(self, message: Message) -> list[Proposal]:
        async with self._database.read() as session:
            rows = await session.scalars(
                select(ProposalRow)
                .where(
                    ProposalRow.status == ProposalStatus.OPEN,
                    ProposalRow.platform == message.person.platform,
                    ProposalRow.user_id == message.person.id,
                    ProposalRow.place_kind == message.place.kind,
                    ProposalRow.place_id == message.place.id,
                    ProposalRow.created_at > clock.now() - LIFETIME,
                )
                .order_by(ProposalRow.id)
            )
            return [_proposal(row) for row in rows]

    async def settle(
        self, number: int, status: ProposalStatus, by: Person, then: Then | None = None
    ) -> bool:
        """了结一件；别人先了结了则为 `False`。

        参数:
            then: 随之要做的改动，与了结在一个事务里，要么都成要么都不成
        """
        chosen = (ProposalRow.id == number, ProposalRow.status == ProposalStatus.OPEN)
        settled = {"settled_by": by.id, "settled_at": clock.now()}
        async with self._database.write() as session:
            done = await session.execute(
                update(ProposalRow)
                .where(*chosen)
                .values(status=status, **settled)
                .returning(ProposalRow.subject)
            )
            subject = done.scalar_one_or_none()
            if subject is None:
                return False
            if subject and status is ProposalStatus.CONFIRMED:
                await session.execute(
                    update(ProposalRow)
                    .where(
                        ProposalRow.subject == subject,
                        ProposalRow.status == ProposalStatus.OPEN,
                    )
                    .values(status=ProposalStatus.SUPERSEDED, **settled)
                )
            if then:
                await then(session)
        return True


def _proposal(row: ProposalRow) -> Proposal:
    return Proposal(
        row.id,
        row.kind,
        row.payload,
        ProposalStatus(row.status),
        Person(row.platform, row.user_id),
        clock.local(row.created_at),
    )
