"""给已有地区的群换一个地区，要人确认：换错了，整个群看到的都是别处的答案。"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot import wording
from bot.access import Access
from bot.acting import refusal
from bot.confirming import After, Proposal, SecretariatKind, Slip, settle_with
from bot.errors import AssistantError
from bot.groups import Groups
from bot.messages import Person, Place, PlaceKind
from bot.referring import REFERRED_FOR, Referral

REBIND = "rebind"


def rebind_slip(group: Place, before: str, region: str) -> Slip:
    """一个群从 `before` 换到 `region`。"""
    payload = {"group": [group.platform, group.id], "before": before, "region": region}
    return Slip(REBIND, payload, f"group:{group.platform}:{group.id}")


class RebindKind(SecretariatKind):
    """换地区：要换到的由提出的人管，现在的由管它的人确认；一个人都管最好。"""

    name = REBIND
    titles = ("绑定", "绑定地区", "地区")

    def __init__(self, groups: Groups, access: Access, referral: Referral) -> None:
        super().__init__(access)
        self._groups = groups
        self._referral = referral

    def acts(self, proposal: Proposal) -> frozenset[str]:
        """换。"""
        return frozenset({"change", "bind"})

    async def show(self, proposal: Proposal, place: Place) -> str:
        """从哪里换到哪里。"""
        payload = proposal.payload
        name = self._groups.get(_group(proposal)).name
        told = wording.rebinding(name, payload["before"], payload["region"])
        if self.is_for(proposal, proposal.author):
            return f"{told}\n{settle_with(proposal.number)}"
        referred = wording.rebinding_referred(payload["before"], proposal.number)
        return f"{told}\n{referred}"

    def lasts(self, slip_payload: Mapping[str, Any], by: Person) -> timedelta:
        """要等别的地区的，放得久些。"""
        mine = self._access.rights(by).covers(slip_payload["before"])
        return self.lifetime if mine else REFERRED_FOR

    def is_for(self, proposal: Proposal, by: Person) -> bool:
        """管这个群现在的地区的人确认得了。"""
        region = self._groups.get(_group(proposal)).region
        return region is None or self._access.rights(by).covers(region)

    async def proposed(self, session: AsyncSession, proposal: Proposal) -> None:
        """提出的人不管现在的地区，转给管它的人。"""
        if self.is_for(proposal, proposal.author):
            return
        payload = proposal.payload
        name = self._groups.get(_group(proposal)).name or _group(proposal).id
        told = wording.rebinding(name, payload["before"], payload["region"])
        text = f"{told}\n{settle_with(proposal.number)}"
        await self._referral.ask(session, proposal, [payload["before"]], text)

    async def declined(
        self, session: AsyncSession, proposal: Proposal, by: Person
    ) -> None:
        """告诉提出的人。"""
        told = wording.rebinding_declined(proposal.payload["region"])
        await self._referral.answer(session, proposal, by, told)

    def brief(self, proposal: Proposal, place: Place) -> str:
        """换到哪里。"""
        return wording.rebinding_brief(proposal.payload["region"])

    def refusal(self, proposal: Proposal, by: Person) -> str:
        """现在的地区和要换到的，总要管一个。"""
        if self.is_for(proposal, by):
            return ""
        return refusal(self._access.rights(by), proposal.payload["region"])

    async def apply(
        self, session: AsyncSession, proposal: Proposal, by: Person
    ) -> After:
        """换地区；要换到的，提出的或确认的总有一个人管。"""
        group, region = _group(proposal), proposal.payload["region"]
        now = self._groups.get(group).region
        if not self.is_for(proposal, by):
            raise AssistantError(wording.not_your_region(now or ""))
        people = (by, proposal.author)
        if not any(self._access.rights(one).covers(region) for one in people):
            raise AssistantError(wording.not_your_region(region))
        told = wording.rebound(region)
        await self._referral.answer(session, proposal, by, told)
        settled = await self._groups.bind_within(session, group, region)

        async def after() -> str:
            self._groups.keep(settled)
            return wording.bound(region)

        return after


def _group(proposal: Proposal) -> Place:
    platform, number = proposal.payload["group"]
    return Place(platform, PlaceKind.GROUP, number)
