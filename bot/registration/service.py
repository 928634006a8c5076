"""登记服务：草稿、确认与撤销；一件事在一个事务里。"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from bot import clock
from bot.messages import Person, Place
from bot.storage import Database
from bot.storage.tables import (
    Registration,
    RegistrationAudit,
    RegistrationDraft,
)

from . import finding, store
from .checks import Checks
from .drafts import Draft
from .erasing import erase
from .fields import CONTACT_FORM, Kind
from .finding import Covers
from .notices import Change, Herald
from .pilot import read_pilot
from .privacy import flush_log
from .reader import read
from .records import Record, Version
from .result import Reading
from .roster import Roster

DRAFT_LIFETIME = timedelta(days=30)
"""草稿放这么久没动就删，免得个人信息久留。"""

JUST_NOW = timedelta(minutes=10)
"""重复的“确认”在这么久之内仍算确认过。"""


@dataclass(frozen=True, slots=True)
class Amended:
    """写过的草稿。

    参数:
        draft: 现在的样子
        replaced: 因为另起一份而作废的；没有为 `None`
        peers: 同校、同种类的其他登记
    """

    draft: Draft
    replaced: Draft | None
    peers: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Confirmation:
    """一次确认的结果。

    参数:
        draft: 所确认的草稿
        change: 存下的；草稿不齐时为 `None`
        left: 另一份还没确认的草稿
    """

    draft: Draft
    change: Change | None = None
    left: Draft | None = None


class Registrations:
    """登记的全部读写；一次确认连同留痕在一个事务里，提交后才返回。

    参数:
        checks: 各字段的验证
    """

    def __init__(self, database: Database, checks: Checks) -> None:
        self._database = database
        self.checks = checks
        self._drafting: set[Person] = set()
        self.roster = Roster()

    async def load(self) -> None:
        """读入谁有草稿与名单，清理过期的草稿。"""
        await self.tidy()
        contacts = Registration.kind == Kind.CONTACT.value
        async with self._database.read() as session:
            for row in await session.scalars(select(Registration).where(contacts)):
                self.roster.put(store.record_of(row))

    async def tidy(self) -> None:
        """删去放得太久的草稿，连同日志里的残留。"""
        async with self._database.write() as session:
            stale = RegistrationDraft.updated_at < clock.now() - DRAFT_LIFETIME
            await session.execute(delete(RegistrationDraft).where(stale))
            rows = await session.execute(
                select(RegistrationDraft.platform, RegistrationDraft.user_id)
            )
            self._drafting = {Person(platform, user) for platform, user in rows}
        await flush_log(self._database)

    def drafting(self, person: Person) -> bool:
        """这个人有没有没确认的草稿；只查内存。"""
        return person in self._drafting

    def read(self, kind: Kind, text: str) -> Reading:
        """按某种表读一条消息。"""
        if kind is Kind.PILOT:
            return read_pilot(text, self.checks)
        return read(text, CONTACT_FORM, self.checks)

    async def draft(self, person: Person, kind: Kind | None = None) -> Draft | None:
        """最近动过的草稿，可限定种类；没有为 `None`。"""
        async with self._database.read() as session:
            found = await store.load_draft(session, person, kind)
            return await store.rebased(session, found) if found else None

    async def amend(
        self,
        person: Person,
        kind: Kind,
        place: Place,
        reading: Reading,
        *,
        region: str | None = None,
        base: Record | None = None,
        starting: bool = False,
    ) -> Amended:
        """在草稿上加上新读到的内容；没有草稿，或说的是另一件事，就另起一份。

        参数:
            place: 开始新草稿时记下的会话
            region: 会话所在的地区
            base: 在改哪一条登记
            starting: 是用口令从头说起的
        """
        now, old = clock.now(), None
        async with self._database.write() as session:
            draft = await store.load_draft(session, person, kind)
            if draft and not draft.goes_on(reading, base, starting=starting):
                old, draft = draft, None
            if draft is None:
                known = await store.known(session, person, kind, region, reading)
                draft = Draft(kind, person, place, known, {}, now, now, base=base)
            draft = draft.amended(reading, now, self.checks.regions)
            await store.store_draft(session, draft)
            draft = await store.rebased(session, draft)
            peers = await store.peers(session, draft)
        self._drafting.add(_key(person))
        return Amended(draft, old, peers)

    async def drop(self, person: Person, kind: Kind | None = None) -> Draft | None:
        """放弃最近动过的草稿，返回它；没有为 `None`。"""
        async with self._database.write() as session:
            draft = await store.load_draft(session, person, kind)
            if draft is not None:
                await store.delete_draft(session, draft)
            left = await store.load_draft(session, person)
        self._remember(person, left)
        return draft

    async def confirm(
        self, person: Person, kind: Kind | None = None, herald: Herald | None = None
    ) -> Confirmation | None:
        """确认草稿；没有草稿为 `None`，不齐则不存。

        参数:
            kind: 哪一种；空为最近动过的
            herald: 由它告知有关的人
        """
        async with self._database.write() as session:
            draft = await store.load_draft(session, person, kind)
            if draft is None:
                return None
            draft = await store.rebased(session, draft)
            if not draft.ready:
                return Confirmation(draft)
            record = await store.save(session, draft)
            await store.delete_draft(session, draft)
            peers = await store.peers(session, replace(draft, base=record))
            left = await store.load_draft(session, person)
            change = Change(record, draft.base, peers)
            if herald:
                await herald.announce(session, change)
        if herald:
            herald.hurry()
        self._remember(person, left)
        self.roster.put(record)
        return Confirmation(draft, change, left)

    async def last_confirmed(self, person: Person) -> datetime | None:
        """这个人刚才最后一件事若是确认，那是什么时候。"""
        query = (
            select(RegistrationAudit)
            .where(
                *store.held_by(RegistrationAudit, person),
                RegistrationAudit.at > clock.now() - JUST_NOW,
            )
            .order_by(RegistrationAudit.id.desc())
            .limit(1)
        )
        async with self._database.read() as session:
            last = await session.scalar(query)
        if last is None or not last.action.startswith((store.ADDED, store.CHANGED)):
            return None
        return last.at

    def _remember(self, person: Person, left: Draft | None) -> None:
        if left is None:
            self._drafting.discard(_key(person))

    async def mine(self, person: Person, kind: Kind | None = None) -> list[Record]:
        """一个人的登记，先登记的在前。"""
        async with self._database.read() as session:
            return await store.owned(session, person, kind)

    async def peers(self, what: Draft | Record) -> tuple[Record, ...]:
        """同校、同种类的其他登记。"""
        async with self._database.read() as session:
            return await store.peers(session, what)

    async def history(self, record: Record) -> list[Version]:
        """一条登记的各版，旧的在前。"""
        async with self._database.read() as session:
            return await finding.history(session, record)

    async def find(
        self, kind: Kind, covers: Covers, term: str = "", limit: int | None = None
    ) -> tuple[int, list[Record]]:
        """权限之内、含某个词的登记：（共几条，前 `limit` 条）。"""
        async with self._database.read() as session:
            return await finding.find(session, kind, covers, term, limit)

    async def withdraw(
        self,
        person: Person,
        records: Sequence[Record],
        herald: Herald | None = None,
        *,
        leaving: bool = False,
    ) -> list[Record]:
        """撤销一个人的几条登记，真正删除。

        参数:
            herald: 由它告知有关的人
            leaving: 不再当联系人：草稿和试点情况里的个人信息也删

        返回:
            删去的，与去掉了个人信息的
        """
        ids: Collection[int] = {record.id for record in records}
        async with self._database.write() as session:
            changes = [Change(r, peers=await store.peers(session, r)) for r in records]
            touched = await erase(session, person, ids, leaving=leaving)
            left = await store.load_draft(session, person)
            if herald:
                for change in changes:
                    await herald.announce_withdrawal(session, change)
        if herald:
            herald.hurry()
        self._remember(person, left)
        self.roster.remove(ids)
        await flush_log(self._database)
        return touched

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


def _key(person: Person) -> Person:
    return Person(person.platform, person.id)
