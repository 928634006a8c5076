"""接受之前要问一声的：答案里有个人的号码，本人同意公开才接受。"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.access import Access
from bot.confirming import After, Proposal, SecretariatKind, Slip
from bot.errors import AssistantError
from bot.messages import Person, Place
from bot.wording import not_your_region

from . import wording
from .imports import Imports
from .results import Settled
from .shelf import Imported

ACCEPTING = "accepting"


def asking_slip(imported: Imported, settled: Settled) -> Slip:
    """放上确认台的一件。"""
    payload = {"document": imported.number, "numbers": sorted(settled.private)}
    return Slip(ACCEPTING, payload, f"accepting:{imported.number}")


class AcceptingKind(SecretariatKind):
    """接受答案里有个人号码的几处。"""

    name = ACCEPTING
    titles = ("接受",)

    def __init__(self, imports: Imports, access: Access) -> None:
        super().__init__(access)
        self._imports = imports

    async def show(self, proposal: Proposal, place: Place) -> str:
        """哪几处，谁会读到。"""
        imported = self._imported(proposal.payload)
        if imported is None:
            return wording.no_such_document(f"#{proposal.payload['document']}")
        chosen = proposal.payload["numbers"]
        opened = await self._imports.proposals(imported.number)
        hidden = {
            one.number: self._imports.private(one)
            for one in opened
            if one.number in chosen
        }
        return wording.asks_private(hidden, imported.region, proposal.number)

    def brief(self, proposal: Proposal, place: Place) -> str:
        """哪几处。"""
        return wording.asks_private_brief(proposal.payload["numbers"])

    def refusal(self, proposal: Proposal, by: Person) -> str:
        """还管得着。"""
        imported = self._imported(proposal.payload)
        if imported is None or self._access.rights(by).covers(imported.region):
            return ""
        return not_your_region(imported.region)

    async def apply(
        self, session: AsyncSession, proposal: Proposal, by: Person
    ) -> After:
        """提交之后再接受：接受自己写库。"""
        imported = self._imported(proposal.payload)
        if imported is None:
            number = proposal.payload["document"]
            raise AssistantError(wording.no_such_document(f"#{number}"))

        async def after() -> str:
            settled = await self._imports.accept(
                imported.number,
                proposal.payload["numbers"],
                by,
                self._access.rights(by),
                proposal.place,
                agreed=True,
            )
            return wording.accepted(settled)

        return after

    def _imported(self, payload: Mapping[str, Any]) -> Imported | None:
        return self._imports.library.documents.get(payload["document"])
