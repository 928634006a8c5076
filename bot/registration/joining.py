"""同校的第二位联系人：等第一位或秘书处同意，之前什么也没有存。"""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from bot import confirming
from bot.confirming import After, Proposal, Slip
from bot.confirming import Kind as ConfirmingKind
from bot.errors import AssistantError
from bot.messages import Person, Place

from . import store, telling
from .admission import Admission
from .drafts import Draft
from .fields import Field
from .notices import Herald
from .records import Record, school_key
from .service import DRAFT_LIFETIME, Registrations

JOINING = store.WAITING


async def ask_to_join(
    session: AsyncSession,
    proposal: Proposal,
    draft: Draft,
    holders: Sequence[Record],
    herald: Herald,
) -> int:
    """把一份齐了的草稿放上去等同意，告知能同意的人；返回编号。"""
    region, school = draft.values[Field.REGION], draft.values[Field.SCHOOL]
    owners = list(dict.fromkeys(record.owner for record in holders))
    payload = {
        **proposal.payload,
        "region": region,
        "school": school,
        "holders": [[owner.platform, owner.id] for owner in owners],
    }
    who = f"{draft.person.platform}:{draft.person.id}"
    subject = f"{JOINING}:{who}:{region}/{school_key(school)}"
    slip = Slip(JOINING, payload, subject)
    waiting, _ = await confirming.put(
        session, slip, draft.person, proposal.place, DRAFT_LIFETIME
    )
    await herald.ask_to_join(session, waiting.number, draft, owners)
    return waiting.number


class JoinKind(ConfirmingKind):
    """等同意的登记：本校的联系人与本地区的秘书处确认，本人只能取消。"""

    name = JOINING
    titles = ("加入", "登记通过")
    lifetime = DRAFT_LIFETIME

    def __init__(
        self, service: Registrations, admission: Admission, herald: Herald
    ) -> None:
        self._service = service
        self._admission = admission
        self._herald = herald

    async def show(self, proposal: Proposal, place: Place) -> str:
        """在等谁。"""
        return telling.waiting(proposal.payload["school"], proposal.number)

    def brief(self, proposal: Proposal, place: Place) -> str:
        """哪所院校。"""
        return telling.joining_brief(proposal.payload["school"])

    def is_for(self, proposal: Proposal, by: Person) -> bool:
        """本人不能替自己同意。"""
        return by != proposal.author and self._decides(proposal, by)

    def sees(self, proposal: Proposal, by: Person) -> bool:
        """本人与能同意的人。"""
        return by == proposal.author or self._decides(proposal, by)

    def _decides(self, proposal: Proposal, by: Person) -> bool:
        holders = [Person(*pair) for pair in proposal.payload.get("holders", ())]
        region = proposal.payload.get("region", "")
        return by in holders or self._admission.manages(by, region)

    async def apply(
        self, session: AsyncSession, proposal: Proposal, by: Person
    ) -> After:
        """存成登记。"""
        draft = await store.draft_from(session, proposal)
        held = await store.same_school(session, draft)
        region = proposal.payload["region"]
        if not self._admission.manages(by, region) and by not in {
            record.owner for record in held
        }:
            own = by == proposal.author
            raise AssistantError(telling.NOT_YOURSELF if own else telling.NO_LONGER)
        # 能登记多少，请求的时候看过了：等着的也算在内
        change = await self._service.save(session, draft, self._herald)
        school = proposal.payload["school"]
        await self._herald.answer_joining(session, proposal, telling.joined(school))

        async def after() -> str:
            self._herald.hurry()
            await self._service.saved(change)
            return telling.let_in(change.record)

        return after

    async def declined(
        self, session: AsyncSession, proposal: Proposal, by: Person
    ) -> None:
        """问过的话里有他的电话，收回；不同意的，告诉本人。"""
        await self._herald.forget_joining(session, proposal.number)
        if by != proposal.author:
            told = telling.not_let_in(proposal.payload["school"])
            await self._herald.answer_joining(session, proposal, told)

    def dropped(self, proposal: Proposal, place: Place) -> str:
        """取消之后。"""
        self._herald.hurry()
        return telling.joining_dropped(proposal.payload["school"])
