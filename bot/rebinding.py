"""给已有地区的群换一个地区，要人确认：换错了，整个群看到的都是别处的答案。"""

from sqlalchemy.ext.asyncio import AsyncSession

from bot import wording
from bot.access import Access, Role
from bot.acting import refusal
from bot.confirming import After, Kind, Proposal, Slip, settle_with
from bot.groups import Groups
from bot.messages import Person, Place, PlaceKind

REBIND = "rebind"


def rebind_slip(group: Place, before: str, region: str) -> Slip:
    """一个群从 `before` 换到 `region`。"""
    payload = {"group": [group.platform, group.id], "before": before, "region": region}
    return Slip(REBIND, payload, f"group:{group.platform}:{group.id}")


class RebindKind(Kind):
    """换地区：两边的地区都要管。"""

    name = REBIND
    titles = ("绑定", "绑定地区", "地区")

    def __init__(self, groups: Groups, access: Access) -> None:
        self._groups = groups
        self._access = access

    async def show(self, proposal: Proposal, place: Place) -> str:
        """从哪里换到哪里。"""
        payload = proposal.payload
        name = self._groups.get(_group(proposal)).name
        told = wording.rebinding(name, payload["before"], payload["region"])
        return f"{told}\n{settle_with(proposal.number)}"

    def brief(self, proposal: Proposal, place: Place) -> str:
        """换到哪里。"""
        return wording.rebinding_brief(proposal.payload["region"])

    def sees(self, proposal: Proposal, by: Person) -> bool:
        """秘书处的人都看得到。"""
        is_author = by == proposal.author
        return is_author or self._access.rights(by).role >= Role.SECRETARIAT

    def refusal(self, proposal: Proposal, by: Person) -> str:
        """现在的地区和要换到的，都要管。"""
        now = self._groups.get(_group(proposal)).region
        touched = filter(None, (now, proposal.payload["region"]))
        return refusal(self._access.rights(by), *touched)

    async def apply(
        self, session: AsyncSession, proposal: Proposal, by: Person
    ) -> After:
        """换地区。"""
        group, region = _group(proposal), proposal.payload["region"]
        settled = await self._groups.bind_within(session, group, region)

        async def after() -> str:
            self._groups.keep(settled)
            return wording.bound(region)

        return after


def _group(proposal: Proposal) -> Place:
    platform, number = proposal.payload["group"]
    return Place(platform, PlaceKind.GROUP, number)
