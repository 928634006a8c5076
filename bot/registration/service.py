"""登记服务：草稿、确认、各版、撤销与查找，全在数据库里。"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.messages import Person, Place, PlaceKind
from bot.storage import Database
from bot.storage.tables import (
    Registration,
    RegistrationAudit,
    RegistrationDraft,
    RegistrationVersion,
)

from .drafts import Draft, Record, entry_of, school_key
from .fields import CONTACT_FORM, PERSONAL, TITLES, Field, Kind
from .pilot import CertificateNames, read_pilot
from .reading import Problem, Reading, read
from .roster import Roster

DRAFT_LIFETIME = timedelta(days=30)
"""草稿放这么久没动就删，免得个人信息久留。"""

JUST_NOW = timedelta(minutes=10)
"""重复的“确认”在这么久之内仍算确认过。"""

ADDED, CHANGED, WITHDRAWN, STRIPPED = "新增", "修改", "撤销", "去掉个人信息："
"""留痕里的动作，后接是登记还是试点情况。"""

Covers = Callable[[str], bool]
"""某地区是否在权限之内。"""


@dataclass(frozen=True, slots=True)
class Version:
    """登记的一版。"""

    number: int
    values: dict[Field, str]
    at: datetime


@dataclass(frozen=True, slots=True)
class Confirmation:
    """一次确认的结果。

    参数:
        draft: 所确认的草稿
        record: 存下的登记；草稿不齐时为 `None`
        before: 确认前的那一版；新登记为 `None`
        peers: 同校的其他登记
    """

    draft: Draft
    record: Record | None = None
    before: Record | None = None
    peers: tuple[Record, ...] = ()


class Registrations:
    """登记的全部读写；一次确认连同留痕在一个事务里，提交后才返回。

    参数:
        certificates: 证书名录，没有时试点证书照写
    """

    def __init__(
        self, database: Database, certificates: CertificateNames | None = None
    ) -> None:
        self._database = database
        self.certificates = certificates
        self._drafting: set[tuple[str, str]] = set()
        self.roster = Roster()

    async def load(self) -> None:
        """读入谁有草稿，并删去放得太久的草稿。"""
        async with self._database.write() as session:
            stale = RegistrationDraft.updated_at < clock.now() - DRAFT_LIFETIME
            await session.execute(delete(RegistrationDraft).where(stale))
            rows = await session.execute(
                select(RegistrationDraft.platform, RegistrationDraft.user_id)
            )
            self._drafting = {(platform, user) for platform, user in rows}
        await self._update_roster()

    async def _update_roster(self) -> None:
        contacts = Registration.kind == Kind.CONTACT.value
        async with self._database.read() as session:
            rows = await session.scalars(select(Registration).where(contacts))
            self.roster.replace(_record(row) for row in rows)

    def drafting(self, person: Person) -> bool:
        """这个人有没有没确认的草稿；只查内存。"""
        return (person.platform, person.id) in self._drafting

    def read(self, kind: Kind, text: str) -> Reading:
        """按某种表读一条消息。"""
        if kind is Kind.PILOT:
            return read_pilot(text, self.certificates)
        return read(text, CONTACT_FORM)

    async def draft(self, person: Person, kind: Kind | None = None) -> Draft | None:
        """最近动过的草稿，可限定种类；没有为 `None`。"""
        async with self._database.read() as session:
            found = await _load_draft(session, person, kind)
            return await _rebased(session, found) if found else None

    async def amend(
        self,
        person: Person,
        kind: Kind,
        place: Place,
        reading: Reading,
        *,
        defaults: dict[Field, str] | None = None,
        base: Record | None = None,
    ) -> Draft:
        """在草稿上加上新读到的内容；没有草稿就开始一份。

        参数:
            place: 开始新草稿时记下的会话
            defaults: 新草稿预先填好的
            base: 新草稿在改哪一条登记
        """
        now = clock.now()
        async with self._database.write() as session:
            draft = await _load_draft(session, person, kind)
            if draft is None:
                draft = Draft(
                    kind, person, place, defaults or {}, {}, now, now, base=base
                )
            draft = draft.amended(reading, now)
            await _store_draft(session, draft)
            draft = await _rebased(session, draft)
        self._drafting.add((person.platform, person.id))
        return draft

    async def drop(self, person: Person, kind: Kind | None = None) -> Draft | None:
        """放弃最近动过的草稿，返回它；没有为 `None`。"""
        async with self._database.write() as session:
            draft = await _load_draft(session, person, kind)
            if draft is not None:
                await _delete_draft(session, draft)
            left = await _load_draft(session, person)
        self._remember(person, left)
        return draft

    async def confirm(self, person: Person) -> Confirmation | None:
        """确认最近动过的草稿；没有草稿为 `None`，不齐则不存。"""
        async with self._database.write() as session:
            draft = await _load_draft(session, person)
            if draft is None:
                return None
            draft = await _rebased(session, draft)
            if not draft.ready:
                return Confirmation(draft)
            record = await _save(session, draft)
            await _delete_draft(session, draft)
            peers = await _peers(session, record)
            left = await _load_draft(session, person)
        self._remember(person, left)
        await self._update_roster()
        return Confirmation(draft, record, draft.base, tuple(peers))

    async def just_confirmed(self, person: Person) -> bool:
        """这个人刚做的最后一件事是不是确认。"""
        query = (
            select(RegistrationAudit)
            .where(
                RegistrationAudit.platform == person.platform,
                RegistrationAudit.user_id == person.id,
                RegistrationAudit.at > clock.now() - JUST_NOW,
            )
            .order_by(RegistrationAudit.id.desc())
            .limit(1)
        )
        async with self._database.read() as session:
            last = await session.scalar(query)
        return last is not None and last.action.startswith((ADDED, CHANGED))

    def _remember(self, person: Person, left: Draft | None) -> None:
        if left is None:
            self._drafting.discard((person.platform, person.id))

    async def mine(self, person: Person, kind: Kind | None = None) -> list[Record]:
        """一个人的登记，先登记的在前。"""
        async with self._database.read() as session:
            return await _owned(session, person, kind)

    async def peers(self, draft: Draft) -> list[Record]:
        """与草稿同校、同种类的其他登记。"""
        values = draft.values
        school, region = values.get(Field.SCHOOL), values.get(Field.REGION)
        if not school or not region:
            return []
        async with self._database.read() as session:
            found = await _of_school(session, draft.kind, region, school)
        return [r for r in found if draft.base is None or r.id != draft.base.id]

    async def history(self, record: Record) -> list[Version]:
        """一条登记的各版，旧的在前。"""
        query = (
            select(RegistrationVersion)
            .where(RegistrationVersion.registration_id == record.id)
            .order_by(RegistrationVersion.version)
        )
        async with self._database.read() as session:
            rows = (await session.scalars(query)).all()
        return [Version(row.version, _fields(row.data), row.at) for row in rows]

    async def find(
        self, kind: Kind, covers: Covers, term: str = "", limit: int | None = None
    ) -> tuple[int, list[Record]]:
        """权限之内、含某个词的登记，按地区和校名排好。

        返回:
            （共几条，前 `limit` 条）
        """
        async with self._database.read() as session:
            regions = (
                await session.scalars(select(Registration.region).distinct())
            ).all()
            allowed = [region for region in regions if covers(region)]
            query = select(Registration).where(
                Registration.kind == kind.value, Registration.region.in_(allowed)
            )
            for part in term.lower().split():
                query = query.where(Registration.search.contains(part, autoescape=True))
            ordered = query.order_by(
                Registration.region, Registration.school_key, Registration.id
            )
            rows = (await session.scalars(ordered.limit(limit))).all()
            total = len(rows)
            if total == limit:
                counted = query.with_only_columns(func.count(Registration.id))
                total = await session.scalar(counted) or 0
        return total, [_record(row) for row in rows]

    async def withdraw(self, person: Person, records: Sequence[Record]) -> None:
        """撤销一个人的登记：连同各版、草稿和试点情况里的个人信息真正删除。"""
        now = clock.now()
        async with self._database.write() as session:
            if self._database.is_sqlite:
                # 删去的内容要从文件里抹掉，不只是标记为空闲
                await session.execute(text("PRAGMA secure_delete=ON"))
            owned = await _owned(session, person)
            gone = {record.id for record in records} & {record.id for record in owned}
            for record in owned:
                if record.id in gone:
                    await _erase(session, record.id)
                    session.add(_audit(now, WITHDRAWN, record, detail=record.school))
            contacts = [r for r in owned if r.kind is Kind.CONTACT]
            kept = {_place(r) for r in contacts if r.id not in gone}
            left = {_place(r) for r in contacts if r.id in gone} - kept
            for record in owned:
                orphan = record.kind is Kind.PILOT and record.id not in gone
                if orphan and _place(record) in left:
                    await _strip(session, record, now)
            await session.execute(delete(RegistrationDraft).where(*_by(person)))
        self._drafting.discard((person.platform, person.id))
        await self._update_roster()
        if self._database.is_sqlite:
            await self._flush_log()

    async def _flush_log(self) -> None:
        """把预写日志并入数据库并截短，其中也有删去的内容。"""
        async with self._database.engine.connect() as connection:
            # 直接用驱动：事务里不能截短
            driver = (await connection.get_raw_connection()).driver_connection
            assert driver is not None
            await driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    async def record_export(
        self, person: Person | None, what: str, region: str, count: int
    ) -> None:
        """留下一次导出的痕迹；`person` 为空是命令行。"""
        async with self._database.write() as session:
            session.add(
                RegistrationAudit(
                    at=clock.now(),
                    action=f"导出{what}",
                    platform=person.platform if person else "",
                    user_id=person.id if person else "命令行",
                    region=region,
                    subject=None,
                    detail=f"{count} 条",
                )
            )


def _place(record: Record) -> tuple[str, str]:
    return record.region, school_key(record.school)


def _by(person: Person) -> tuple:
    table = RegistrationDraft
    return table.platform == person.platform, table.user_id == person.id


def _fields(data: dict[str, str]) -> dict[Field, str]:
    return {Field(name): value for name, value in data.items()}


def _record(row: Registration) -> Record:
    return Record(
        row.id,
        Kind(row.kind),
        Person(row.platform, row.user_id),
        _fields(row.data),
        row.version,
        row.created_at,
        row.updated_at,
    )


async def _load_draft(
    session: AsyncSession, person: Person, kind: Kind | None = None
) -> Draft | None:
    query = select(RegistrationDraft).where(*_by(person))
    if kind is not None:
        query = query.where(RegistrationDraft.kind == kind.value)
    row = await session.scalar(
        query.order_by(RegistrationDraft.updated_at.desc()).limit(1)
    )
    if row is None:
        return None
    base = await session.get(Registration, row.registration_id or 0)
    return Draft(
        Kind(row.kind),
        person,
        Place(row.platform, PlaceKind(row.place_kind), row.place_id),
        _fields(row.data),
        {Field(name): Problem(*pair) for name, pair in row.problems.items()},
        row.created_at,
        row.updated_at,
        _record(base) if base else None,
    )


async def _store_draft(session: AsyncSession, draft: Draft) -> None:
    await session.merge(
        RegistrationDraft(
            platform=draft.person.platform,
            user_id=draft.person.id,
            kind=draft.kind.value,
            registration_id=draft.base.id if draft.base else None,
            place_kind=draft.place.kind.value,
            place_id=draft.place.id,
            data=dict(draft.changes),
            problems={f.value: [p.raw, p.reason] for f, p in draft.wrong.items()},
            created_at=draft.created_at,
            updated_at=draft.updated_at,
        )
    )


async def _delete_draft(session: AsyncSession, draft: Draft) -> None:
    await session.execute(
        delete(RegistrationDraft).where(
            *_by(draft.person), RegistrationDraft.kind == draft.kind.value
        )
    )


async def _rebased(session: AsyncSession, draft: Draft) -> Draft:
    """新草稿与自己已有的一条说的是同一件事时，就当作改那一条。"""
    if draft.base is not None:
        return draft
    values = draft.values
    school, region = values.get(Field.SCHOOL), values.get(Field.REGION)
    if not school or not region:
        return draft
    entry = entry_of(draft.kind, values)
    for record in await _of_school(session, draft.kind, region, school):
        same = entry_of(draft.kind, record.values) == entry
        if same and record.owner == draft.person:
            return replace(draft, base=record)
    return draft


async def _save(session: AsyncSession, draft: Draft) -> Record:
    now, values = clock.now(), draft.values
    row = await session.get(Registration, draft.base.id) if draft.base else None
    if row is not None and _fields(row.data) == values:
        return _record(row)
    action = ADDED if row is None else CHANGED
    if row is None:
        row = Registration(
            kind=draft.kind.value,
            platform=draft.person.platform,
            user_id=draft.person.id,
            version=0,
            created_at=now,
        )
        session.add(row)
    row.version += 1
    row.updated_at = now
    _fill(row, values)
    await session.flush()
    record = _record(row)
    session.add(
        RegistrationVersion(
            registration_id=row.id, version=row.version, data=row.data, at=now
        )
    )
    named = "、".join(TITLES[field] for field in draft.changed)
    detail = f"第 {row.version} 版" + (f"：{named}" if named else "")
    session.add(_audit(now, action, record, detail=detail))
    return record


def _fill(row: Registration, values: dict[Field, str]) -> None:
    school = values.get(Field.SCHOOL, "")
    row.region = values.get(Field.REGION, "")
    row.school, row.school_key = school, school_key(school)
    row.entry = entry_of(Kind(row.kind), values)
    row.search = " ".join(values.values()).lower()
    row.data = {field.value: value for field, value in values.items()}


async def _owned(
    session: AsyncSession, person: Person, kind: Kind | None = None
) -> list[Record]:
    query = select(Registration).where(
        Registration.platform == person.platform, Registration.user_id == person.id
    )
    if kind is not None:
        query = query.where(Registration.kind == kind.value)
    rows = (await session.scalars(query.order_by(Registration.id))).all()
    return [_record(row) for row in rows]


async def _of_school(
    session: AsyncSession, kind: Kind, region: str, school: str
) -> list[Record]:
    query = select(Registration).where(
        Registration.region == region,
        Registration.school_key == school_key(school),
        Registration.kind == kind.value,
    )
    rows = (await session.scalars(query.order_by(Registration.id))).all()
    return [_record(row) for row in rows]


async def _peers(session: AsyncSession, record: Record) -> list[Record]:
    found = await _of_school(session, record.kind, record.region, record.school)
    return [other for other in found if other.id != record.id]


async def _erase(session: AsyncSession, identity: int) -> None:
    for table, column in (
        (RegistrationDraft, RegistrationDraft.registration_id),
        (RegistrationVersion, RegistrationVersion.registration_id),
        (Registration, Registration.id),
    ):
        await session.execute(delete(table).where(column == identity))


async def _strip(session: AsyncSession, record: Record, now: datetime) -> None:
    """留下试点情况，去掉其中的个人信息，旧版一并删去。"""
    if not PERSONAL & {*record.values}:
        return
    row = await session.get_one(Registration, record.id)
    await session.execute(
        delete(RegistrationVersion).where(
            RegistrationVersion.registration_id == record.id
        )
    )
    left = {f: v for f, v in record.values.items() if f not in PERSONAL}
    _fill(row, left)
    row.version, row.updated_at = row.version + 1, now
    session.add(
        RegistrationVersion(
            registration_id=row.id, version=row.version, data=row.data, at=now
        )
    )
    session.add(_audit(now, STRIPPED, record, detail=record.school))


def _audit(
    at: datetime, action: str, record: Record, *, detail: str
) -> RegistrationAudit:
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
