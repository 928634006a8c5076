"""等人确认的事：先复述，回“确认 编号”才做。编号全助手通用，不会撞。"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import select, update

from bot import clock
from bot.errors import AssistantError
from bot.messages import Message, Person
from bot.storage import Database
from bot.storage.tables import Proposal as ProposalRow

LIFETIME = timedelta(hours=24)


class ProposalStatus(StrEnum):
    """一件事等着、做了、还是不做了。"""

    OPEN = "open"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"


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


class Proposals:
    """全部等着确认的事。"""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def create(self, kind: str, payload: dict[str, Any], by: Message) -> int:
        """记下一件，返回编号。"""
        row = ProposalRow(
            kind=kind,
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
        """按编号取。"""
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
        if argument.isdecimal():
            found = await self.get(int(argument))
            if found is None or found.kind not in kinds:
                return None
            if found.status is not ProposalStatus.OPEN:
                done = found.status is ProposalStatus.CONFIRMED
                raise ProposalError(
                    f"编号 {found.id} 已经{'确认' if done else '取消'}过了。"
                )
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

    async def settle(self, number: int, status: ProposalStatus, by: Person) -> bool:
        """了结一件；别人先了结了则为 `False`。"""
        async with self._database.write() as session:
            done = await session.execute(
                update(ProposalRow)
                .where(
                    ProposalRow.id == number,
                    ProposalRow.status == ProposalStatus.OPEN,
                )
                .values(status=status, settled_by=by.id, settled_at=clock.now())
                .returning(ProposalRow.id)
            )
            return done.scalar_one_or_none() is not None


def _proposal(row: ProposalRow) -> Proposal:
    return Proposal(
        row.id,
        row.kind,
        row.payload,
        ProposalStatus(row.status),
        Person(row.platform, row.user_id),
        clock.local(row.created_at),
    )
