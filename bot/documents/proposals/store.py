"""提出的改动的存取，都在调用者的事务里。"""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.messages import Person
from bot.storage.tables import DocumentProposal

from .models import Kind, Proposed, Status, Suggestion


def put(
    session: AsyncSession, document: int, suggestions: Iterable[Suggestion]
) -> None:
    """存下一份文件提出的。"""
    for number, one in enumerate(suggestions, 1):
        session.add(
            DocumentProposal(
                document_id=document,
                number=number,
                kind=one.kind,
                title=one.title,
                before=one.before,
                after=one.after,
                label=one.label,
                quote=one.quote,
                page=one.page,
                payload={**one.payload, "passage": one.passage, "sure": one.sure},
                status=Status.OPEN,
                settled_by="",
                made={},
            )
        )


async def of(session: AsyncSession, document: int, *statuses: Status) -> list[Proposed]:
    """一份文件提出的，可只要几种。"""
    query = (
        select(DocumentProposal)
        .where(DocumentProposal.document_id == document)
        .order_by(DocumentProposal.number)
    )
    if statuses:
        query = query.where(DocumentProposal.status.in_(statuses))
    return [_proposed(row) for row in await session.scalars(query)]


async def opened(session: AsyncSession) -> list[Proposed]:
    """全部还没定的。"""
    query = select(DocumentProposal).where(DocumentProposal.status == Status.OPEN)
    return [_proposed(row) for row in await session.scalars(query)]


async def settle(
    session: AsyncSession,
    document: int,
    numbers: Collection[int],
    status: Status,
    by: Person,
) -> None:
    """定下几处。"""
    for row in await _rows(session, document, numbers):
        row.status = status
        row.settled_by = f"{by.platform}:{by.id}"
        row.settled_at = clock.now()


async def note(
    session: AsyncSession, document: int, number: int, made: dict[str, Any]
) -> None:
    """记下做成了什么。"""
    for row in await _rows(session, document, [number]):
        row.made = made


async def amend(session: AsyncSession, document: int, number: int, after: str) -> None:
    """换成人写的。"""
    for row in await _rows(session, document, [number]):
        row.after = after


async def _rows(
    session: AsyncSession, document: int, numbers: Collection[int]
) -> Iterable[DocumentProposal]:
    return await session.scalars(
        select(DocumentProposal).where(
            DocumentProposal.document_id == document,
            DocumentProposal.number.in_(numbers),
        )
    )


def _proposed(row: DocumentProposal) -> Proposed:
    payload = dict(row.payload)
    passage, sure = payload.pop("passage", 0), payload.pop("sure", True)
    suggestion = Suggestion(
        Kind(row.kind), row.title, row.before, row.after, row.label, row.quote,
        row.page, payload, passage, sure,
    )  # fmt: skip
    return Proposed(
        row.document_id, row.number, Status(row.status), suggestion, dict(row.made)
    )
