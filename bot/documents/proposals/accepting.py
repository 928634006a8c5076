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
    report_key,
)
from bot.deadlines import Kind as WindowKind
from bot.directory import Directory, Edit
from bot.documents.shelf import CONSOLE, Imported
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
    held: list[str] = field(default_factory=list)
    released: list[str] = field(default_factory=list)
    by: Person = CONSOLE


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
        changes.by = by
        match suggestion.kind:
            case Kind.PERIOD:
                return await self._period(
                    session, suggestion.payload, imported, changes, by
                )
            case Kind.CHANNEL if "old" in suggestion.payload:
                return await self._channel(session, one, imported, changes, by, place)
            case Kind.WINDOW:
                return await self._window(
                    session, suggestion.payload, imported, changes, by
                )
            case Kind.CONTACT:
                return await self._contact(session, one, changes, by)
            case _:
                number = await self._put(
                    session,
                    suggestion.payload["question"],
                    suggestion.after,
                    imported,
                    Cited(
                        imported.number,
                        suggestion.label,
                        suggestion.payload.get("entry", ""),
                    ),
                    changes,
                    by,
                    place,
                )
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
        locals_ += [number for one in made for number in one.get("locals", ())]
        if locals_:
            await self._knowledge.drop(session, locals_, by, place)
            changes.entries = True
        for one in made:
            if "directory" in one:
                changes.directory.append(one["directory"])
            if "window" in one:
                await self._restore(session, one, changes, by)
            for number in one.get("windows", ()):
                await self._restore(session, {"window": number}, changes, by)
            changes.released += one.get("held", ())

    async def _restore(
        self,
        session: AsyncSession,
        made: Mapping[str, Any],
        changes: Changes,
        by: Person,
    ) -> None:
        """一个窗口改回原样；新记的删去。"""
        if made["window"] not in self._deadlines.store.windows:
            return
        before = made.get("before")
        change = (
            PutWindow(unpack(before), by) if before else RemoveWindow(made["window"])
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
        for scope in changes.held:
            await self._deadlines.hold(scope, changes.by)
        if changes.released:
            await self._deadlines.release(changes.released)
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

    async def _period(
        self,
        session: AsyncSession,
        payload: Mapping[str, Any],
        imported: Imported,
        changes: Changes,
        by: Person,
    ) -> Made:
        """每月一个期限；双周报不再报的停下提醒。"""
        numbers: list[str] = []
        for packed in payload["windows"]:
            window = unpack({**packed, "region": imported.region, "id": ""})
            if window.is_over(clock.now()):
                continue
            check_window(window, None, clock.now())
            change = PutWindow(window, by)
            await change.write(session)
            changes.windows.append(change)
            numbers.append(change.window.id)
        made: Made = {"windows": numbers}
        if payload["ends"] and not self._deadlines.is_paused(imported.region):
            made["held"] = [report_key(imported.region)]
            changes.held += made["held"]
        return made

    async def _channel(
        self,
        session: AsyncSession,
        one: Proposed,
        imported: Imported,
        changes: Changes,
        by: Person,
        place: Place,
    ) -> Made:
        """写着旧的各条，换成新的。"""
        suggestion, old = one.suggestion, one.suggestion.payload["old"]
        numbers: list[int] = []
        for name in suggestion.payload["entries"]:
            entry = self._knowledge.entries.get(name)
            if entry is None or old not in entry.answer:
                continue
            answer = entry.answer.replace(old, suggestion.after)
            cited = Cited(imported.number, suggestion.label, entry.id)
            numbers.append(
                await self._put(
                    session, entry.question, answer, imported, cited, changes, by, place
                )
            )
        if not numbers:
            raise AssistantError(wording.nothing_to_move(old))
        return {"locals": numbers}

    async def _put(
        self,
        session: AsyncSession,
        question: str,
        answer: str,
        imported: Imported,
        cited: Cited,
        changes: Changes,
        by: Person,
        place: Place,
    ) -> int:
        changes.entries = True
        return await self._knowledge.put(
            session, question, answer, imported.region, cited, by, place
        )

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
