"""撤销：把一个人的登记连同各处的痕迹真正删除。"""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock, confirming
from bot.messages import Person
from bot.storage.tables import (
    Delivered,
    OutboxRow,
    Registration,
    RegistrationVersion,
    Unanswered,
)

from .fields import PERSONAL, REACHING, Field, Kind
from .masking import mask, mask_text
from .notices import key_prefix
from .records import Record, school_key
from .store import (
    STRIPPED,
    WITHDRAWN,
    audit,
    drafts_of,
    fields_of,
    held_by,
    owned,
    put_version,
)


async def erase(
    session: AsyncSession, person: Person, ids: Collection[int], *, leaving: bool
) -> list[Record]:
    """删除几条登记：各版、草稿、通知、问题里的个人信息都不留。

    参数:
        ids: 要删的几条；不是本人的不动
        leaving: 不再当联系人了：草稿全删，试点情况里的个人信息也删

    返回:
        删去的，与去掉了个人信息的
    """
    now, mine = clock.now(), await owned(session, person)
    gone = [record for record in mine if record.id in ids]
    stripped = [r for r in mine if r.id not in ids and _orphan(r, mine, gone, leaving)]
    touched = [*gone, *stripped]
    secrets = await _secrets(session, person, touched)
    drafts = await drafts_of(session, person)
    about = [d.number for d in drafts if leaving or (d.base and d.base.id in ids)]
    await confirming.settle(session, about, confirming.Status.SUPERSEDED, person)
    await _drop_versions(session, touched)
    for record in gone:
        session.add(audit(now, WITHDRAWN, record, detail=record.school))
    await session.execute(
        delete(Registration).where(Registration.id.in_([r.id for r in gone]))
    )
    for record in stripped:
        await _strip(session, record, now)
    await _forget_notices(session, touched)
    await _forget_questions(session, person, secrets)
    return touched


def _orphan(
    record: Record, mine: list[Record], gone: list[Record], leaving: bool
) -> bool:
    """一行试点情况里的人，是不是随联系人一起走了。"""
    if record.kind is not Kind.PILOT or not PERSONAL & {*record.values}:
        return False
    kept = {_school(r) for r in mine if r.kind is Kind.CONTACT and r not in gone}
    left = {_school(r) for r in gone if r.kind is Kind.CONTACT}
    return leaving or _school(record) in left - kept


def _school(record: Record) -> tuple[str, str]:
    return record.region, school_key(record.school)


async def _secrets(
    session: AsyncSession, person: Person, records: list[Record]
) -> dict[str, Field]:
    """这些登记的各版和本人草稿里出现过的个人信息：内容 → 字段。"""
    versions = select(RegistrationVersion.data).where(
        RegistrationVersion.registration_id.in_([record.id for record in records])
    )
    held = [fields_of(data) for data in await session.scalars(versions)]
    held += [draft.changes for draft in await drafts_of(session, person)]
    return {
        value: field
        for values in held
        for field, value in values.items()
        if value and field in PERSONAL
    }


async def _drop_versions(session: AsyncSession, records: list[Record]) -> None:
    held = RegistrationVersion.registration_id.in_([record.id for record in records])
    await session.execute(delete(RegistrationVersion).where(held))


async def _strip(session: AsyncSession, record: Record, now: datetime) -> None:
    """留下试点情况，去掉其中的个人信息。"""
    row = await session.get_one(Registration, record.id)
    left = {f: v for f, v in record.values.items() if f not in PERSONAL}
    await put_version(session, row, left, now)
    session.add(audit(now, STRIPPED, record, detail=record.school))


async def _forget_notices(session: AsyncSession, records: Iterable[Record]) -> None:
    """发件箱里说起这些登记的，不论发了没有。"""
    for record in records:
        about = OutboxRow.occurrence.startswith(key_prefix(record), autoescape=True)
        await session.execute(delete(OutboxRow).where(about))


async def _forget_questions(
    session: AsyncSession, person: Person, secrets: dict[str, Field]
) -> None:
    """没答上的问题与答案的记录：本人带个人信息的删去，别人说起的号码遮住。"""
    asked, given = Unanswered.text, Delivered.question
    for table, column in ((Unanswered, asked), (Delivered, given)):
        query = select(table.id, column).where(*held_by(table, person))
        rows = await session.execute(query)
        telling = [number for number, text in rows if _tells(text, secrets)]
        await session.execute(delete(table).where(table.id.in_(telling)))
    nameless = update(Unanswered).where(*held_by(Unanswered, person))
    await session.execute(nameless.values(user_name=""))
    for secret, field in secrets.items():
        if field in REACHING:
            told = given.contains(secret, autoescape=True)
            await session.execute(delete(Delivered).where(told))
            await _hide(session, secret, mask(field, secret))


async def _hide(session: AsyncSession, secret: str, instead: str) -> None:
    """别人没答上的问题里，遮住这个号码。"""
    told = Unanswered.text.contains(secret, autoescape=True)
    for row in await session.scalars(select(Unanswered).where(told)):
        row.text = row.text.replace(secret, instead)
        row.folded = row.folded.replace(secret.lower(), instead)


def _tells(text: str, secrets: Iterable[str]) -> bool:
    return mask_text(text) != text or any(secret in text for secret in secrets)
