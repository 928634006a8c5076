"""名录里要人确认的事：更新联系人。"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.access import Access, Role
from bot.confirming import After, Kind, Proposal, Slip
from bot.messages import Person, Place

from . import wording
from .edits import Edit
from .service import Directory
from .updating import propose

UPDATE = "directory"


def update_slip(
    edits: Sequence[Edit], summary: str, notes: Sequence[str], words: str
) -> Slip:
    """一次更新。

    参数:
        notes: 预览里要提醒的
        words: 原话，改口时接着读
    """
    touched = sorted({f"{edit.sheet}/{edit.key}" for edit in edits})
    payload = {
        "summary": summary,
        "notes": list(notes),
        "words": words,
        "edits": [
            {
                "sheet": edit.sheet,
                "key": edit.key,
                "before": None if edit.before is None else dict(edit.before),
                "after": dict(edit.after),
            }
            for edit in edits
        ],
    }
    return Slip(UPDATE, payload, f"directory:{'、'.join(touched)}")


class UpdateKind(Kind):
    """更新联系人：照预览的改，预览之后别人改过同一处就不改。"""

    name = UPDATE
    titles = ("更新", "更新联系人", "联系人")

    def __init__(self, directory: Directory, access: Access) -> None:
        self._directory = directory
        self._access = access

    async def show(self, proposal: Proposal, place: Place) -> str:
        """改前改后。"""
        payload = proposal.payload
        lines = [line for edit in _edits(payload) for line in edit.lines()]
        return wording.preview(
            proposal.number, payload["summary"], lines, payload["notes"]
        )

    def brief(self, proposal: Proposal, place: Place) -> str:
        """改的是什么。"""
        return proposal.payload["summary"]

    def refusal(self, proposal: Proposal, by: Person) -> str:
        """要是秘书处的人。"""
        allowed = self._access.rights(by).role >= Role.SECRETARIAT
        return "" if allowed else wording.NO_RIGHT

    async def apply(
        self, session: AsyncSession, proposal: Proposal, by: Person
    ) -> After:
        """记进名录。"""
        summary = proposal.payload["summary"]
        edits = _edits(proposal.payload)
        number = await self._directory.record(session, edits, summary, by)

        async def after() -> str:
            await self._directory.refresh()
            return wording.applied(number, summary)

        return after

    async def amend(
        self, proposal: Proposal, text: str, by: Person
    ) -> Mapping[str, Any] | None:
        """只改一项的，换成新的内容。"""
        edits = _edits(proposal.payload)
        values = {value for edit in edits for value in edit.after.values() if value}
        words = proposal.payload["words"]
        said = next((value for value in values if words.count(value) == 1), None)
        if len(values) != 1 or said is None:
            return None
        words = words.replace(said, text)
        fresh, summary, notes = propose(self._directory, words)
        return update_slip(fresh, summary, notes, words).payload


def _edits(payload: Mapping[str, Any]) -> list[Edit]:
    return [
        Edit(edit["sheet"], edit["key"], edit["before"], edit["after"])
        for edit in payload["edits"]
    ]
