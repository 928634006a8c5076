"""接受与撤销：几处改动在一个事务里写，提交之后各处才装进内存。"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.answering import FaqSource
from bot.deadlines import (
    Deadlines,
    PutWindow,
    RemoveWindow,
    Window,
    check_window,
)
from bot.deadlines import Kind as WindowKind
from bot.directory import Directory, Edit
from bot.documents.shelf import Imported
from bot.errors import AssistantError
from bot.knowledge import Cited, Knowledge
from bot.messages import Person, Place
from bot.text.dates import parse_moment

from . import wording
from .models import Kind, Proposed

Made = dict[str, Any]
"""接受一处做成了什么。"""


@dataclass(slots=True)
class Changes:
    """写进事务、等着提交之后生效的。"""

    entries: bool = False
    directory: list[int] = field(default_factory=list)
    windows: list[PutWindow | RemoveWindow] = field(default_factory=list)


class Accepting:
    """把提出的改动变成知识、窗口与名录。"""

    def __init__(
        self,
        knowledge: Knowledge,
        faq: FaqSource,
        deadlines: Deadlines,
        directory: Directory,
    ) -> None:
        self._knowledge = knowledge
        self._faq = faq
        self._deadlines = deadlines
        self._directory = directory

    async def apply(
        self,
        session: AsyncSession,
        one: Proposed,
        imported: Imported,
        changes: Changes,
        by: Person,
        place: Place,
    ) -> Made:
        """照办一处，写进这个事务；返回做成了什么。

        异常:
            AssistantError: 这一处现在办不了
        """
        suggestion = one.suggestion
        match suggestion.kind:
            case Kind.WINDOW:
                return await self._window(
                    session, suggestion.payload, imported, changes, by
                )
            case Kind.CONTACT:
                return await self._contact(session, one, changes, by)
            case _:
                cited = Cited(
                    imported.number,
                    suggestion.label,
                    suggestion.payload.get("entry", ""),
                )
                number = await self._knowledge.put(
                    session,
                    suggestion.payload["question"],
                    suggestion.after,
                    imported.region,
                    cited,
                    by,
                    place,
                )
                changes.entries = True
                return {"local": number}

    async def revert(
        self,
        session: AsyncSession,
        made: Iterable[Mapping[str, Any]],
        changes: Changes,
        by: Person,
        place: Place,
    ) -> None:
        """撤销接受过的几处，写进这个事务；名录的提交之后再撤。"""
        made = list(made)
        locals_ = [one["local"] for one in made if "local" in one]
        if locals_:
            await self._knowledge.drop(session, locals_, by, place)
            changes.entries = True
        for one in made:
            if "directory" in one:
                changes.directory.append(one["directory"])
            if "window" in one and one["window"] in self._deadlines.store.windows:
                before = one.get("before")
                change = (
                    PutWindow(unpack(before), by)
                    if before
                    else RemoveWindow(one["window"])
                )
                await change.write(session)
                changes.windows.append(change)

    async def settle(self, changes: Changes) -> None:
        """提交之后：各处装进内存。"""
        if changes.entries:
            await self._knowledge.reload()
            await self._faq.refresh()
        for change in changes.windows:
            await self._deadlines.changed(change)
        await self._directory.refresh()

    async def undo_directory(self, changes: Changes, by: Person) -> Sequence[str]:
        """撤销名录的更新；撤不了的，说明为什么。"""
        problems: list[str] = []
        for number in reversed(changes.directory):
            try:
                await self._directory.undo(number, by)
            except AssistantError as error:
                problems.append(str(error))
        return problems

    async def undo_in_directory(self, made: Mapping[str, Any], by: Person) -> None:
        """撤销接受过的一处对名录的更新；不是名录的没有可撤的。

        异常:
            AssistantError: 后来又改过
        """
        if "directory" in made:
            await self._directory.undo(made["directory"], by)

    async def _window(
        self,
        session: AsyncSession,
        payload: Mapping[str, Any],
        imported: Imported,
        changes: Changes,
        by: Person,
    ) -> Made:
        known = self._deadlines.store.windows.get(payload["replaces"])
        window = unpack({**payload["window"], "region": imported.region, "id": ""})
        if known is not None:
            window = replace(window, id=known.id)
        check_window(window, known, clock.now())
        change = PutWindow(window, by)
        await change.write(session)
        changes.windows.append(change)
        made: Made = {"window": change.window.id}
        return {**made, "before": pack(known)} if known else made

    async def _contact(
        self, session: AsyncSession, one: Proposed, changes: Changes, by: Person
    ) -> Made:
        given = one.suggestion.payload["edits"]
        if not given:
            raise AssistantError(wording.not_in_directory(one.suggestion.title))
        edits = [Edit(e["sheet"], e["key"], e["before"], e["after"]) for e in given]
        number = await self._directory.record(session, edits, one.suggestion.title, by)
        return {"directory": number}


def pack(window: Window) -> dict[str, Any]:
    """一个窗口，存得下的样子。"""
    return {**wording.pack(window), "id": window.id, "region": window.region}


def unpack(packed: Mapping[str, Any]) -> Window:
    """`pack` 的反面；写出的日期都是绝对的。"""
    now = clock.now()
    return Window(
        packed["id"],
        packed["region"],
        packed["title"],
        WindowKind(packed["kind"]),
        parse_moment(packed["opens"], now) if packed["opens"] else None,
        parse_moment(packed["closes"], now),
        packed["notice"],
    )
