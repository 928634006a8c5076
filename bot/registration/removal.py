"""秘书处整理登记：删去、恢复、合并；都在调用者的事务里。"""

from collections.abc import Collection, Sequence
from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.errors import AssistantError
from bot.messages import Person
from bot.storage.tables import Registration, RegistrationVersion, RemovedRegistration

from . import store, telling
from .fields import Field
from .records import Record

KEPT = timedelta(days=30)
"""删去的留这么久，其间可以恢复。"""
REMOVED, RESTORED, MERGED = "秘书处删除", "秘书处恢复", "秘书处合并"


async def records(session: AsyncSession, ids: Collection[int]) -> list[Record]:
    """这几条登记，按给的次序；没有的略过。"""
    query = select(Registration).where(Registration.id.in_(ids))
    found = {row.id: store.record_of(row) for row in await session.scalars(query)}
    return [found[number] for number in ids if number in found]


async def removed(
    session: AsyncSession, ids: Collection[int] | None = None
) -> list[Record]:
    """删去了、还能恢复的，后删的在前；可只要几条。"""
    query = select(RemovedRegistration).order_by(
        RemovedRegistration.removed_at.desc(), RemovedRegistration.id
    )
    if ids is not None:
        query = query.where(RemovedRegistration.id.in_(ids))
    return [store.record_of(row) for row in await session.scalars(query)]


async def remove(
    session: AsyncSession, ids: Collection[int], by: Person
) -> list[Record]:
    """删去几条：现值留着好恢复，历次版本不留。"""
    gone = await records(session, ids)
    now, numbers = clock.now(), [record.id for record in gone]
    for record in gone:
        session.add(
            RemovedRegistration(
                id=record.id,
                kind=record.kind.value,
                platform=record.owner.platform,
                user_id=record.owner.id,
                region=record.region,
                data={field.value: value for field, value in record.values.items()},
                version=record.version,
                created_at=record.created_at,
                updated_at=record.updated_at,
                removed_at=now,
            )
        )
        session.add(store.audit(now, REMOVED, record, detail=_by(by)))
    versions = RegistrationVersion.registration_id.in_(numbers)
    await session.execute(delete(RegistrationVersion).where(versions))
    await session.execute(delete(Registration).where(Registration.id.in_(numbers)))
    return gone


async def restore(
    session: AsyncSession, ids: Collection[int], by: Person
) -> list[Record]:
    """恢复几条，还用原来的编号。"""
    back, now = await removed(session, ids), clock.now()
    for record in back:
        row = Registration(
            id=record.id,
            kind=record.kind.value,
            platform=record.owner.platform,
            user_id=record.owner.id,
            version=record.version,
            created_at=record.created_at,
        )
        session.add(row)
        await store.put_version(session, row, record.values, now)
        session.add(store.audit(now, RESTORED, record, detail=_by(by)))
    numbers = [record.id for record in back]
    held = RemovedRegistration.id.in_(numbers)
    await session.execute(delete(RemovedRegistration).where(held))
    return await records(session, numbers)


async def merge(
    session: AsyncSession, ids: Sequence[int], by: Person
) -> tuple[Record, Record | None]:
    """后一条并进前一条：同一个人的补上前一条缺的，不同的人归到前一条的院校。

    返回:
        （改过的一条，因此删去的一条）

    异常:
        AssistantError: 其中有的已经没有了
    """
    found = await records(session, ids)
    if len(found) != 2 or found[0].kind is not found[1].kind:
        raise AssistantError(telling.CANNOT_MERGE)
    kept, other = found
    if is_same_person(kept, other):
        changed, values = kept, {**other.values, **kept.values}
        await remove(session, [other.id], by)
    else:
        theirs = {f: v for f, v in kept.values.items() if f in _OF_SCHOOL}
        changed, values = other, {**other.values, **theirs}
    row = await session.get_one(Registration, changed.id)
    now = clock.now()
    await store.put_version(session, row, values, now)
    record = store.record_of(row)
    session.add(store.audit(now, MERGED, record, detail=_by(by)))
    await store.rename_school(session, other, record)
    return record, other if changed is kept else None


_OF_SCHOOL = frozenset({Field.REGION, Field.SCHOOL, Field.TYPE, Field.CITY})


def is_same_person(one: Record, other: Record) -> bool:
    """两条登记说的是不是同一位联系人。"""
    phone = one.values.get(Field.PHONE)
    same_phone = phone is not None and phone == other.values.get(Field.PHONE)
    return one.entry == other.entry and (one.owner == other.owner or same_phone)


async def purge(session: AsyncSession) -> None:
    """留够了日子的真的删去。"""
    old = RemovedRegistration.removed_at < clock.now() - KEPT
    await session.execute(delete(RemovedRegistration).where(old))


def _by(person: Person) -> str:
    return f"由 {person.platform}:{person.id}"
