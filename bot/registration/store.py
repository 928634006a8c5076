"""登记的存取：数据库的行与记录、草稿之间的换算。"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock, confirming, deadlines
from bot.messages import Person, Place, PlaceKind
from bot.storage.tables import (
    Registration,
    RegistrationAudit,
    RegistrationVersion,
)

from .drafts import Draft
from .fields import TITLES, VOCATIONAL, Field, Kind
from .records import Record, changed, entry_of, school_key
from .result import Problem, Reading

WAITING = "join:contact"
"""等着同意的登记，在确认台上的类名。"""
ADDED, CHANGED, WITHDRAWN, STRIPPED = "新增", "修改", "撤销", "去掉个人信息："
"""留痕里的动作，后接是登记还是试点情况。"""


def fields_of(data: Mapping[str, str]) -> dict[Field, str]:
    """数据库里的各项。"""
    return {Field(name): value for name, value in data.items()}


def record_of(row: Any) -> Record:
    """一行登记；整行或只取了这几列的都行。"""
    return Record(
        row.id,
        Kind(row.kind),
        Person(row.platform, row.user_id),
        fields_of(row.data),
        row.version,
        row.created_at,
        row.updated_at,
    )


def held_by(table: Any, person: Person) -> tuple[ColumnElement[bool], ...]:
    """一张表里属于这个人的。"""
    return table.platform == person.platform, table.user_id == person.id


def slip_kind(kind: Kind) -> str:
    """某种草稿在确认台上的类名。"""
    return f"draft:{kind.value}"


async def drafts_of(
    session: AsyncSession, person: Person, kind: Kind | None = None
) -> list[Draft]:
    """一个人的草稿，最近动过的在前；可限定种类。"""
    wanted = {slip_kind(each): each for each in ([kind] if kind else Kind)}
    found = await confirming.opened(session, person)
    return [
        await draft_from(session, proposal)
        for proposal in found
        if proposal.kind in wanted
    ]


async def waiting_of(session: AsyncSession, person: Person) -> list[Draft]:
    """一个人等着同意的登记，最近提的在前。"""
    found = await confirming.opened(session, person, kind=WAITING)
    return [await draft_from(session, proposal) for proposal in found]


async def draft_from(session: AsyncSession, proposal: confirming.Proposal) -> Draft:
    """确认台上的一件 → 草稿。"""
    base = await session.get(Registration, proposal.payload["base"] or 0)
    return Draft(
        Kind(proposal.kind.partition(":")[2]),
        proposal.author,
        proposal.place,
        fields_of(proposal.payload["changes"]),
        {Field(f): Problem(*pair) for f, pair in proposal.payload["wrong"].items()},
        proposal.opened_at,
        proposal.shown_at,
        record_of(base) if base else None,
        proposal.number,
        _begun(proposal),
    )


def _begun(proposal: confirming.Proposal) -> Place | None:
    where = proposal.payload.get("begun")
    if not where:
        return None
    return Place(proposal.author.platform, PlaceKind(where[0]), where[1])


async def put_draft(
    session: AsyncSession, draft: Draft, lifetime: timedelta
) -> tuple[Draft, list[Draft]]:
    """写下草稿：已在确认台上的换内容，否则放上去。

    返回:
        （带编号的草稿，被它取代的）
    """
    begun = draft.begun or draft.place
    payload = {
        "changes": {field.value: value for field, value in draft.changes.items()},
        "wrong": {f.value: [p.raw, p.reason] for f, p in draft.wrong.items()},
        "base": draft.base.id if draft.base else None,
        "begun": [begun.kind, begun.id],
    }
    if draft.number:
        await confirming.show(session, draft.number, draft.place, lifetime, payload)
        return draft, []
    who = f"{draft.person.platform}:{draft.person.id}"
    about = draft.base.id if draft.base else "new"
    slip = confirming.Slip(
        slip_kind(draft.kind), payload, f"draft:{draft.kind.value}:{who}:{about}"
    )
    proposal, replaced = await confirming.put(
        session, slip, draft.person, draft.place, lifetime
    )
    number = replace(draft, number=proposal.number)
    return number, [await draft_from(session, old) for old in replaced]


async def rebased(session: AsyncSession, draft: Draft) -> Draft:
    """新草稿与自己已有的一条说的是同一件事时，就当作改那一条。"""
    if draft.base is not None:
        return draft
    for record in await same_school(session, draft):
        if record.entry == draft.entry and record.owner == draft.person:
            return replace(draft, base=record)
    return draft


async def same_school(session: AsyncSession, what: Draft | Record) -> list[Record]:
    """与草稿或登记同校、同种类的登记，先登记的在前；校名或地区没定时为空。"""
    school, region = what.values.get(Field.SCHOOL), what.values.get(Field.REGION)
    if not school or not region:
        return []
    query = select(Registration).where(
        Registration.region == region,
        Registration.school_key == school_key(school),
        Registration.kind == what.kind.value,
    )
    rows = (await session.scalars(query.order_by(Registration.id))).all()
    return [record_of(row) for row in rows]


async def known(
    session: AsyncSession,
    person: Person,
    kind: Kind,
    region: str | None,
    reading: Reading,
) -> dict[Field, str]:
    """新草稿预先知道的：会话的地区；试点情况还有本人登记过的院校。"""
    known = {Field.REGION: region} if region else {}
    if kind is Kind.CONTACT or Field.SCHOOL in reading.fields:
        return known
    own = await owned(session, person, Kind.CONTACT)
    if len({record.school for record in own}) == 1:
        values = own[0].values
        for field in (Field.REGION, Field.SCHOOL, Field.TYPE, Field.CITY):
            if field in values:
                known[field] = values[field]
        if values.get(Field.TYPE) == VOCATIONAL:
            known.pop(Field.CITY, None)
    return known


async def peers(session: AsyncSession, what: Draft | Record) -> tuple[Record, ...]:
    """同校、同种类的其他登记。"""
    own = what.id if isinstance(what, Record) else what.base and what.base.id
    return tuple(r for r in await same_school(session, what) if r.id != own)


async def owned(
    session: AsyncSession, person: Person, kind: Kind | None = None
) -> list[Record]:
    """一个人的登记，先登记的在前。"""
    query = select(Registration).where(*held_by(Registration, person))
    if kind is not None:
        query = query.where(Registration.kind == kind.value)
    rows = (await session.scalars(query.order_by(Registration.id))).all()
    return [record_of(row) for row in rows]


async def save(session: AsyncSession, draft: Draft) -> Record:
    """把草稿存成登记的新一版；没有变化就不添版本。"""
    now, values = clock.now(), draft.values
    row = await session.get(Registration, draft.base.id) if draft.base else None
    before = fields_of(row.data) if row else {}
    if row is not None and before == values:
        return record_of(row)
    action = ADDED if row is None else CHANGED
    if row is None:
        row = Registration(
            id=await _next_id(session),
            kind=draft.kind.value,
            platform=draft.person.platform,
            user_id=draft.person.id,
            version=0,
            created_at=now,
        )
        session.add(row)
    await put_version(session, row, values, now)
    named = "、".join(TITLES[f] for f in changed(before, values)) if before else ""
    detail = f"第 {row.version} 版" + (f"：{named}" if named else "")
    record = record_of(row)
    session.add(audit(now, action, record, detail=detail))
    if draft.base is not None:
        await rename_school(session, draft.base, record)
    return record


async def rename_school(session: AsyncSession, before: Record, after: Record) -> None:
    """一条登记换了校名：交过的双周报跟着走；改动写完之后再叫。"""
    old, new = (before.region, before.school), (after.region, after.school)
    if old == new or after.kind is not Kind.CONTACT or not before.school:
        return
    query = select(Registration.id).where(
        Registration.kind == Kind.CONTACT.value,
        Registration.region == before.region,
        Registration.school == before.school,
    )
    left = await session.scalar(query.limit(1))
    await deadlines.rename_school(session, old, new, keeping=left is not None)


async def _next_id(session: AsyncSession) -> int:
    """编号撤销后也不再用，留痕里的编号才不会指错。"""
    used = await session.scalar(select(func.max(RegistrationAudit.subject)))
    largest = await session.scalar(select(func.max(Registration.id)))
    return max(used or 0, largest or 0) + 1


async def put_version(
    session: AsyncSession,
    row: Registration,
    values: Mapping[Field, str],
    now: datetime,
) -> None:
    """把一行换成这些值，并记一版。"""
    school = values.get(Field.SCHOOL, "")
    row.region = values.get(Field.REGION, "")
    row.school, row.school_key = school, school_key(school)
    row.entry = entry_of(Kind(row.kind), values)
    row.search = " ".join(values.values()).lower()
    row.data = {field.value: value for field, value in values.items()}
    row.version, row.updated_at = row.version + 1, now
    await session.flush()
    session.add(
        RegistrationVersion(
            registration_id=row.id,
            version=row.version,
            data=row.data,
            at=now,
        )
    )


def audit(
    at: datetime, action: str, record: Record, *, detail: str
) -> RegistrationAudit:
    """一行留痕。"""
    what = "试点情况" if record.kind is Kind.PILOT else "登记"
    return RegistrationAudit(
        at=at,
        action=f"{action}{what}",
        platform=record.owner.platform,
        user_id=record.owner.id,
        region=record.region,
        subject=record.id,
        detail=detail,
    )
