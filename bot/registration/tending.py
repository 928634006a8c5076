"""秘书处整理登记要确认的：删除、合并、恢复。"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.confirming import After, Proposal, Slip, settle_with
from bot.confirming import Kind as ConfirmingKind
from bot.errors import AssistantError
from bot.messages import Person, Place
from bot.wording import not_your_region

from . import removal, telling
from .admission import Admission
from .notices import Herald
from .records import Record
from .service import Registrations

TENDING = "tending"
DELETE, MERGE, RESTORE = "删除", "合并", "恢复"

_ACTS = {DELETE: "remove", MERGE: "merge", RESTORE: "resume"}


def tending_slip(action: str, records: Sequence[Record]) -> Slip:
    """删除、合并或恢复几条。"""
    ids = [record.id for record in records]
    payload = {
        "action": action,
        "ids": ids,
        "regions": sorted({record.region for record in records}),
    }
    return Slip(TENDING, payload, f"registrations:{','.join(map(str, sorted(ids)))}")


class TendKind(ConfirmingKind):
    """秘书处整理登记：先给人看动的是哪几条。"""

    name = TENDING
    titles = ("登记删除", "登记合并", "登记恢复")

    def __init__(
        self, service: Registrations, admission: Admission, herald: Herald
    ) -> None:
        self._service = service
        self._admission = admission
        self._herald = herald

    def acts(self, proposal: Proposal) -> frozenset[str]:
        """删、并，或恢复。"""
        return frozenset({_ACTS[proposal.payload["action"]]})

    async def show(self, proposal: Proposal, place: Place) -> str:
        """动哪几条。"""
        action, ids = proposal.payload["action"], proposal.payload["ids"]
        found = await self._service.records(ids, removed=action == RESTORE)
        same = len(found) == 2 and removal.is_same_person(*found)
        shown = telling.tending(action, found, same=same, masked=place.is_group)
        return f"{shown}\n{settle_with(proposal.number)}"

    def brief(self, proposal: Proposal, place: Place) -> str:
        """做什么、几条。"""
        return telling.tending_brief(
            proposal.payload["action"], len(proposal.payload["ids"])
        )

    def refusal(self, proposal: Proposal, by: Person) -> str:
        """动到的地区都要管。"""
        for region in proposal.payload["regions"]:
            if not self._admission.manages(by, region):
                return not_your_region(region)
        return ""

    async def apply(
        self, session: AsyncSession, proposal: Proposal, by: Person
    ) -> After:
        """照办，并告诉登记的人。"""
        done = await self._do(session, proposal.payload, by)
        for record in done:
            await self._herald.tended(session, proposal, record)

        async def after() -> str:
            self._herald.hurry()
            await self._service.tended([record.id for record in done])
            return telling.tended(proposal.payload["action"], done)

        return after

    async def _do(
        self, session: AsyncSession, payload: Mapping[str, Any], by: Person
    ) -> list[Record]:
        ids = payload["ids"]
        match payload["action"]:
            case "删除":
                done = await removal.remove(session, ids, by)
            case "恢复":
                done = await removal.restore(session, ids, by)
            case _:
                done = [r for r in await removal.merge(session, ids, by) if r]
        if not done:
            raise AssistantError(telling.NO_LONGER_THERE)
        return done
