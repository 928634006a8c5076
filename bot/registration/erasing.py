"""撤销：把一个人的登记连同各处的痕迹真正删除。"""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import (
    answering,
    clock,
    confirming,
    deadlines,
    directory,
    documents,
    knowledge,
    outbox,
)
from bot.messages import Person
from bot.storage.tables import (
    Registration,
    RegistrationVersion,
    RemovedRegistration,
)

from .drafts import Draft
from .fields import PERSONAL, REACHING, Field, Kind
from .masking import mask
from .notices import WHAT, joining_key, key_prefix
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
    waiting_of,
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
    drafts = await _drafts(session, person)
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
    prefixes = [*map(key_prefix, touched), *map(joining_key, about)]
    await _forget_elsewhere(session, person, prefixes, secrets)
    if leaving:
        await _leave(session, person)
    return touched


async def _leave(session: AsyncSession, person: Person) -> None:
    """不再当联系人：秘书处删去了还留着的、别处记着他的号的，也不留。"""
    held = held_by(RemovedRegistration, person)
    await session.execute(delete(RemovedRegistration).where(*held))
    await deadlines.forget(session, person)
    await confirming.forget(session, person)


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
    removed = select(RemovedRegistration.data).where(
        *held_by(RemovedRegistration, person)
    )
    held += [fields_of(data) for data in await session.scalars(removed)]
    held += [draft.changes for draft in await _drafts(session, person)]
    return {
        value: field
        for values in held
        for field, value in values.items()
        if value and field in PERSONAL
    }


async def _drafts(session: AsyncSession, person: Person) -> list[Draft]:
    """没确认的，与等着同意的。"""
    waiting = await waiting_of(session, person)
    return [*await drafts_of(session, person), *waiting]


async def _drop_versions(session: AsyncSession, records: list[Record]) -> None:
    held = RegistrationVersion.registration_id.in_([record.id for record in records])
    await session.execute(delete(RegistrationVersion).where(held))


async def _strip(session: AsyncSession, record: Record, now: datetime) -> None:
    """留下试点情况，去掉其中的个人信息。"""
    row = await session.get_one(Registration, record.id)
    left = {f: v for f, v in record.values.items() if f not in PERSONAL}
    await put_version(session, row, left, now)
    session.add(audit(now, STRIPPED, record, detail=record.school))


async def _forget_elsewhere(
    session: AsyncSession,
    person: Person,
    prefixes: Collection[str],
    secrets: Mapping[str, Field],
) -> None:
    """别处记着的，由各处自己忘掉：通知，问题与答案的记录，教过的，名录的历史，
    导入的文件。

    号码、邮箱遮住；姓名这样的，别人说的可能是另一个人，只管本人说的。
    """
    reaching = {s: mask(field, s) for s, field in secrets.items() if field in REACHING}
    await outbox.forget(
        session,
        what=WHAT,
        prefixes=prefixes,
        person=person,
        secrets=reaching,
    )
    await knowledge.forget(session, reaching)
    await directory.forget(session, reaching)
    await documents.forget(session, reaching)
    nameless = dict.fromkeys(secrets, "")
    await answering.forget(session, person, {**nameless, **reaching})
