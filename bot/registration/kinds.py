"""登记里要人确认的几类事：存下草稿、撤销登记。"""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.confirming import After, Proposal, Slip, settle_with
from bot.confirming import Kind as ConfirmingKind
from bot.messages import Person, Place

from . import telling, wording
from .admission import Admission
from .drafts import Draft
from .fields import FORMS, Field, Kind
from .joining import ask_to_join
from .notices import Herald
from .records import Record
from .service import DRAFT_LIFETIME, Registrations
from .store import slip_kind

WITHDRAWAL = "withdrawal"


class DraftKind(ConfirmingKind):
    """一份草稿：齐了才能确认，只有本人知道它。

    参数:
        kind: 哪一张表
        titles: 人怎么称呼它
    """

    lifetime = DRAFT_LIFETIME

    def __init__(
        self,
        kind: Kind,
        titles: tuple[str, ...],
        service: Registrations,
        herald: Herald,
        admission: Admission,
    ) -> None:
        self.name = slip_kind(kind)
        self.titles = titles
        self._form = FORMS[kind]
        self._service = service
        self._herald = herald
        self._admission = admission

    def acts(self, proposal: Proposal) -> frozenset[str]:
        """报上去。"""
        return frozenset({"join"})

    async def show(self, proposal: Proposal, place: Place) -> str:
        """卡片。"""
        draft = await self._service.draft_of(proposal)
        peers = await self._service.peers(draft)
        return self._service.card(draft, None, place, peers)

    def brief(self, proposal: Proposal, place: Place) -> str:
        """哪张表、哪所院校。"""
        school = proposal.payload["changes"].get(Field.SCHOOL.value, "")
        return wording.draft_brief(
            self._form.title, school, changing=bool(proposal.payload["base"])
        )

    async def is_ready(self, proposal: Proposal) -> bool:
        """齐了没有。"""
        return (await self._service.draft_of(proposal)).ready

    async def apply(
        self, session: AsyncSession, proposal: Proposal, by: Person
    ) -> After:
        """存成登记；同校已有别人登记的，等他们或秘书处同意。"""
        draft = await self._service.ready(session, proposal)
        await self._admission.check(session, draft)
        if holders := await self._admission.holders(session, draft):
            return await self._wait(session, proposal, draft, holders)
        change = await self._service.save(session, draft, self._herald)

        async def after() -> str:
            self._herald.hurry()
            await self._service.saved(change)
            return wording.saved(change.record, change.peers)

        return after

    async def _wait(
        self,
        session: AsyncSession,
        proposal: Proposal,
        draft: Draft,
        holders: Sequence[Record],
    ) -> After:
        number = await ask_to_join(session, proposal, draft, holders, self._herald)
        school = draft.values[Field.SCHOOL]

        async def after() -> str:
            self._herald.hurry()
            return telling.waiting(school, number)

        return after

    def dropped(self, proposal: Proposal, place: Place) -> str:
        """放弃草稿。"""
        return wording.dropped(self._form.title, bool(proposal.payload["base"]))


def withdrawal_slip(
    person: Person, records: Sequence[Record], kind: Kind, *, leaving: bool
) -> Slip:
    """撤销一个人的几条。

    参数:
        leaving: 不再当联系人：草稿和试点情况里的个人信息也删
    """
    ids = [record.id for record in records]
    payload = {"ids": ids, "kind": kind.value, "leaving": leaving}
    about = ",".join(map(str, ids)) or kind.value
    return Slip(
        WITHDRAWAL, payload, f"withdrawal:{person.platform}:{person.id}:{about}"
    )


class WithdrawalKind(ConfirmingKind):
    """撤销自己的登记：真正删除，所以先给人看删的是什么。"""

    name = WITHDRAWAL
    titles = ("撤销", "撤销登记", "撤销试点")
    lifetime = timedelta(days=1)

    def __init__(self, service: Registrations, herald: Herald) -> None:
        self._service = service
        self._herald = herald

    def acts(self, proposal: Proposal) -> frozenset[str]:
        """撤。"""
        return frozenset({"remove"})

    async def show(self, proposal: Proposal, place: Place) -> str:
        """要删的各条。"""
        ids = proposal.payload["ids"]
        records = [r for r in await self._service.mine(proposal.author) if r.id in ids]
        text = wording.withdrawal(
            records, leaving=proposal.payload["leaving"], masked=place.is_group
        )
        return f"{text}\n{settle_with(proposal.number)}"

    def brief(self, proposal: Proposal, place: Place) -> str:
        """删几条。"""
        return wording.withdrawal_brief(len(proposal.payload["ids"]))

    async def apply(
        self, session: AsyncSession, proposal: Proposal, by: Person
    ) -> After:
        """删去。"""
        ids, leaving = proposal.payload["ids"], proposal.payload["leaving"]
        touched = await self._service.withdraw(
            session, proposal.author, ids, self._herald, leaving=leaving
        )
        gone = [record for record in touched if record.id in ids]

        async def after() -> str:
            self._herald.hurry()
            await self._service.withdrawn(ids)
            if gone:
                return wording.withdrawn(gone)
            return wording.ONLY_PILOTS_LEFT if touched else wording.DRAFT_DROPPED

        return after
