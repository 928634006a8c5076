"""登记服务：草稿、确认与撤销；一件事在一个事务里。"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock, confirming
from bot.messages import Person, Place
from bot.storage import Database
from bot.storage.tables import Registration, RegistrationAudit

from . import removal, store, wording
from .admission import Limits
from .cards import card
from .checks import Checks
from .drafts import Draft, fitting
from .erasing import erase
from .fields import CONTACT_FORM, Field, Kind
from .lookups import Lookups
from .notices import Change, Herald
from .pilot import read_pilot
from .privacy import flush_log
from .reader import read
from .recognising import Recognised, conceal, recognise
from .records import Record
from .result import Reading
from .roster import Roster
from .schools import SchoolList

DRAFT_LIFETIME = timedelta(days=30)
"""草稿放这么久没动就删，免得个人信息久留。"""
OFFER_LIFETIME = timedelta(days=1)
"""没说要登记、问他要不要的，只放这么久。"""


@dataclass(frozen=True, slots=True)
class Amended:
    """写过的草稿。

    参数:
        draft: 现在的样子
        replaced: 因为另起一份而作废的
        peers: 同校、同种类的其他登记
    """

    draft: Draft
    replaced: tuple[Draft, ...]
    peers: tuple[Record, ...]


class Registrations(Lookups):
    """登记的全部读写；一次确认连同留痕在一个事务里，提交后才返回。

    参数:
        checks: 各字段的验证
        limits: 一个人能登记多少
    """

    def __init__(
        self, database: Database, checks: Checks, limits: Limits | None = None
    ) -> None:
        super().__init__(database)
        self.checks = checks
        self.limits = limits or Limits()
        self.roster = Roster()
        self.schools = SchoolList(database)
        self._after_forgetting: list[Callable[[], Awaitable[None]]] = []
        self._after_renaming: list[Callable[[], Awaitable[None]]] = []

    def on_forgotten(self, refresh: Callable[[], Awaitable[None]]) -> None:
        """忘掉一个人之后，内存里也要换的。"""
        self._after_forgetting.append(refresh)

    def on_renamed(self, refresh: Callable[[], Awaitable[None]]) -> None:
        """登记的校名换了之后，内存里也要换的。"""
        self._after_renaming.append(refresh)

    async def load(self) -> None:
        """读入登记过的学校与导入的院校名单。"""
        await self.schools.load()
        contacts = Registration.kind == Kind.CONTACT.value
        async with self._database.read() as session:
            for row in await session.scalars(select(Registration).where(contacts)):
                self.roster.put(store.record_of(row))

    async def warm_up(self) -> None:
        """头一回读要编译正则，要一秒：不让头一个人等。"""
        for kind in Kind:
            await asyncio.to_thread(self.read, kind, "登记")

    async def tidy(self) -> None:
        """删去已久的登记、日志里的残留也清掉；过期的草稿确认台已经清掉。"""
        async with self._database.write() as session:
            await removal.purge(session)
        await flush_log(self._database)

    def recognise(self, text: str) -> Recognised | None:
        """是不是在登记校级联系人；不是的为 `None`。"""
        return recognise(text, lambda part: self.read(Kind.CONTACT, part))

    def conceal(self, text: str) -> str:
        """遮住话里照登记读出的姓名与地址。"""
        return conceal(text, self.read(Kind.CONTACT, text))

    def read(self, kind: Kind, text: str) -> Reading:
        """按某种表读一条消息。"""
        if kind is Kind.PILOT:
            return read_pilot(text, self.checks)
        return read(text, CONTACT_FORM, self.checks)

    def card(
        self,
        draft: Draft,
        reading: Reading | None,
        here: Place,
        peers: Sequence[Record] = (),
    ) -> str:
        """一份草稿的卡片。"""
        where, school = (draft.values.get(f, "") for f in (Field.REGION, Field.SCHOOL))
        return card(
            draft, reading, here, self.checks, peers,
            open_contacts=self.limits.open_contacts,
            unknown_school=self.schools.caution(where, school) if school else None,
        )  # fmt: skip

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
        lifetime: timedelta = DRAFT_LIFETIME,
    ) -> Amended:
        """在草稿上加上新读到的内容；没有草稿，或说的是另一件事，就另起一份。

        参数:
            place: 开始新草稿时记下的会话
            region: 会话所在的地区
            base: 在改哪一条登记
            starting: 是用口令从头说起的
            lifetime: 这么久没动就删
        """
        now = clock.now()
        async with self._database.write() as session:
            drafts = await store.drafts_of(session, person, kind)
            draft = fitting(drafts, reading, base, starting=starting)
            if draft is None:
                known = await store.known(session, person, kind, region, reading)
                draft = Draft(kind, person, place, known, {}, now, now, base=base)
            draft = draft.amended(reading, now, self.checks.regions).shown_in(place)
            draft, old = await store.put_draft(session, draft, lifetime)
            draft = await store.rebased(session, draft)
            peers = await store.peers(session, draft)
        return Amended(draft, tuple(old), peers)

    async def ready(
        self, session: AsyncSession, proposal: confirming.Proposal
    ) -> Draft:
        """要存下的草稿。

        异常:
            NotReady: 还不齐
        """
        draft = await store.draft_from(session, proposal)
        draft = await store.rebased(session, draft)
        if not draft.ready:
            raise confirming.NotReady(wording.NOT_READY)
        return draft

    async def save(
        self,
        session: AsyncSession,
        draft: Draft,
        herald: Herald | None = None,
    ) -> Change:
        """把一份齐了的草稿存成登记，写进这个事务；提交之后要再 `saved` 一声。

        参数:
            herald: 由它告知有关的人
        """
        record = await store.save(session, draft)
        peers = await store.peers(session, replace(draft, base=record))
        change = Change(record, draft.base, peers)
        if herald:
            await herald.announce(session, change)
        return change

    async def saved(self, change: Change) -> None:
        """存下的已经提交：名单里也换上。"""
        self.roster.put(change.record)
        if change.before and change.before.school != change.record.school:
            await self._renamed()

    async def _renamed(self) -> None:
        for refresh in self._after_renaming:
            await refresh()

    async def tended(self, ids: Collection[int]) -> None:
        """秘书处整理的已经提交：名单照现在的样子。"""
        self.roster.remove(ids)
        for record in await self.records(ids):
            self.roster.put(record)
        await self._renamed()

    async def withdraw(
        self,
        session: AsyncSession,
        person: Person,
        ids: Collection[int],
        herald: Herald | None = None,
        *,
        leaving: bool = False,
    ) -> list[Record]:
        """撤销一个人的几条登记，写进这个事务；提交之后要再 `withdrawn` 一声。

        参数:
            herald: 由它告知有关的人
            leaving: 不再当联系人：草稿和试点情况里的个人信息也删

        返回:
            删去的，与去掉了个人信息的
        """
        records = [r for r in await store.owned(session, person) if r.id in ids]
        changes = [Change(r, peers=await store.peers(session, r)) for r in records]
        touched = await erase(session, person, ids, leaving=leaving)
        if herald:
            for change in changes:
                await herald.announce_withdrawal(session, change)
        return touched

    async def withdrawn(self, ids: Collection[int]) -> None:
        """撤销的已经提交：名单里去掉，日志里的残留也清掉。"""
        self.roster.remove(ids)
        for refresh in self._after_forgetting:
            await refresh()
        await flush_log(self._database)

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
