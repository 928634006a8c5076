"""名录里要人确认的事：更新联系人。"""

import re
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.access import NATIONWIDE, Access, Role
from bot.confirming import After, Kind, Proposal, Slip, Swap, settle_with
from bot.errors import AssistantError, KnowledgeError
from bot.messages import Person, Place
from bot.referring import REFERRED_FOR, Referral

from . import wording
from .adding import propose_addition, read_addition
from .edits import Edit
from .service import Change, Directory
from .updating import propose

_OF_NAME = re.compile("(?:证书)?的?(?:名[称字]?|全称)")
UPDATE = "directory"
ADD = "directory-add"
UNDO = "directory-undo"


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


def add_slip(
    edits: Sequence[Edit], summary: str, notes: Sequence[str], words: str
) -> Slip:
    """加一个证书；参数同 `update_slip`。"""
    slip = update_slip(edits, summary, notes, words)
    return replace(slip, kind=ADD, subject=f"{ADD}:{summary}")


class Nationwide(Kind):
    """改全国共用的名录：管全国的人确认；别人提出的，转给他们。"""

    def __init__(
        self, directory: Directory, access: Access, referral: Referral
    ) -> None:
        self._directory = directory
        self._access = access
        self._referral = referral

    def _may(self, by: Person) -> bool:
        return self._access.rights(by).covers(NATIONWIDE)

    def lasts(self, slip_payload: Mapping[str, Any], by: Person) -> timedelta:
        """要等管全国的人的，放得久些。"""
        return self.lifetime if self._may(by) else REFERRED_FOR

    def is_for(self, proposal: Proposal, by: Person) -> bool:
        """管全国的人确认得了；连秘书处也不是了的，要让他听到为什么。"""
        return self._may(by) or self.refusal(proposal, by) != ""

    def sees(self, proposal: Proposal, by: Person) -> bool:
        """提出的人与管全国的人。"""
        return by == proposal.author or self._may(by)

    def refusal(self, proposal: Proposal, by: Person) -> str:
        """要是秘书处的人。"""
        allowed = self._access.rights(by).role >= Role.SECRETARIAT
        return "" if allowed else wording.NO_RIGHT

    def _check(self, by: Person) -> None:
        """能不能确认。

        异常:
            AssistantError: 不管全国
        """
        if not self._may(by):
            raise AssistantError(wording.NATIONWIDE_ONLY)

    def _told(self, proposal: Proposal, text: str) -> str:
        """出示时，提出的人自己确认不了的说明转给了谁。"""
        if self._may(proposal.author):
            return f"{text}\n{settle_with(proposal.number)}"
        return f"{text}\n{wording.referred(proposal.number)}"

    async def proposed(self, session: AsyncSession, proposal: Proposal) -> None:
        """转给管全国的人。"""
        if not self._may(proposal.author):
            text = wording.asked(
                proposal.author.id,
                await self.describe(proposal),
                settle_with(proposal.number),
            )
            await self._referral.ask(session, proposal, [NATIONWIDE], text)

    async def declined(
        self, session: AsyncSession, proposal: Proposal, by: Person
    ) -> None:
        """告诉提出的人没有办。"""
        told = wording.not_done(proposal.payload["summary"])
        await self._referral.answer(session, proposal, by, told)

    @abstractmethod
    async def describe(self, proposal: Proposal) -> str:
        """要改什么。"""

    async def show(self, proposal: Proposal, place: Place) -> str:
        """要改什么，怎么确认。"""
        return self._told(proposal, await self.describe(proposal))


class UpdateKind(Nationwide):
    """更新联系人：照预览的改，预览之后别人改过同一处就不改。"""

    name = UPDATE
    titles = ("更新", "更新联系人", "联系人")

    def acts(self, proposal: Proposal) -> frozenset[str]:
        """改。"""
        return frozenset({"change"})

    async def describe(self, proposal: Proposal) -> str:
        """改前改后。"""
        payload = proposal.payload
        lines = [line for edit in _edits(payload) for line in edit.lines()]
        return wording.preview(payload["summary"], lines, payload["notes"])

    def brief(self, proposal: Proposal, place: Place) -> str:
        """改的是什么。"""
        return proposal.payload["summary"]

    async def apply(
        self, session: AsyncSession, proposal: Proposal, by: Person
    ) -> After:
        """记进名录。"""
        self._check(by)
        summary = proposal.payload["summary"]
        edits = _edits(proposal.payload)
        number = await self._directory.record(session, edits, summary, by)
        told = wording.applied(number, summary)
        await self._referral.answer(session, proposal, by, told)

        async def after() -> str:
            await self._directory.refresh()
            return told

        return after

    async def changed(
        self, proposal: Proposal, swap: Swap, by: Person
    ) -> Mapping[str, Any] | None:
        """话里改一处；只改一项的，说新的内容就行。"""
        words = swap.applied(proposal.payload["words"])
        if words is None and not swap.what:
            return await self.amend(proposal, swap.value, by)
        return self._again(words) if words else None

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
        return self._again(words.replace(said, text))

    def _again(self, words: str) -> Mapping[str, Any]:
        """照改过的话重新提。"""
        fresh, summary, notes = propose(self._directory, words)
        return update_slip(fresh, summary, notes, words).payload


class AddKind(UpdateKind):
    """往名录里加一个证书，连同没有收的机构。"""

    name = ADD
    titles = ("名录新增", "名录")

    def acts(self, proposal: Proposal) -> frozenset[str]:
        """加。"""
        return frozenset({"add"})

    async def describe(self, proposal: Proposal) -> str:
        """要加的证书。"""
        rows = {edit.sheet: edit.after for edit in _edits(proposal.payload)}
        return wording.addition(rows, proposal.payload["notes"])

    async def changed(
        self, proposal: Proposal, swap: Swap, by: Person
    ) -> Mapping[str, Any] | None:
        """话里改一处；说的是名称的，换掉开头的名称。"""
        words = proposal.payload["words"]
        if _OF_NAME.fullmatch(swap.what):
            value = swap.value.strip('“”「」『』"')
            changed = words.replace(read_addition(words).name, value, 1)
        else:
            changed = swap.applied(words)
        return self._again(changed) if changed else None

    async def amend(
        self, proposal: Proposal, text: str, by: Person
    ) -> Mapping[str, Any] | None:
        """补上没说的一项：“座机 0771-……”。"""
        return self._again(f"{proposal.payload['words']} {text}")

    def _again(self, words: str) -> Mapping[str, Any]:
        today = clock.local(clock.now()).date()
        fresh, summary, notes = propose_addition(self._directory, words, today)
        return add_slip(fresh, summary, notes, words).payload


def undo_slip(change: Change) -> Slip:
    """撤销一次更新。"""
    payload = {"change": change.number, "summary": change.summary}
    return Slip(UNDO, payload, f"directory-undo:{change.number}")


class UndoKind(Nationwide):
    """别处的人提出的撤销更新。"""

    name = UNDO
    titles = ("撤销更新",)

    def acts(self, proposal: Proposal) -> frozenset[str]:
        """撤。"""
        return frozenset({"remove"})

    async def describe(self, proposal: Proposal) -> str:
        """撤销哪一次。"""
        payload = proposal.payload
        return wording.undoing(payload["change"], payload["summary"])

    def brief(self, proposal: Proposal, place: Place) -> str:
        """撤销哪一次。"""
        return wording.undoing(proposal.payload["change"], proposal.payload["summary"])

    async def apply(
        self, session: AsyncSession, proposal: Proposal, by: Person
    ) -> After:
        """撤销自己写库，等提交之后。"""
        self._check(by)
        number, summary = proposal.payload["change"], proposal.payload["summary"]
        told = wording.undone(number, summary)
        await self._referral.answer(session, proposal, by, told)

        async def after() -> str:
            try:
                await self._directory.undo(number, by)
            except KnowledgeError as error:
                return wording.rejected(error.problems)
            except AssistantError as error:
                return str(error)
            return told

        return after


def _edits(payload: Mapping[str, Any]) -> list[Edit]:
    return [
        Edit(edit["sheet"], edit["key"], edit["before"], edit["after"])
        for edit in payload["edits"]
    ]
