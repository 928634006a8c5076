"""秘书处的改动：放在数据库里，盖在文件之上；每次改动都留痕。"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.access import NATIONWIDE
from bot.messages import Person, Place
from bot.storage import Database
from bot.storage.tables import Edit, LocalEntry
from bot.text import normalise

from .models import Entry, Source
from .reader import faq_paths, read_entries

LOCAL_PREFIX = "local-"


@dataclass(frozen=True, slots=True)
class Change:
    """一次改动的结果。

    参数:
        number: 本地编号，`撤销教` 用它
        entry: 改动后的条目；撤销后不再存在则为 `None`
        before: 改动前的答案
        kind: 教、更正、撤销
    """

    number: int
    entry: Entry | None
    before: str | None
    kind: str


class Knowledge:
    """全部可供回答的条目。

    参数:
        database: 秘书处的改动所在；`None` 则只读文件，不能改
        faq: FAQ 文件或文件夹
    """

    def __init__(self, database: Database | None, faq: Path) -> None:
        self._database = database
        self._faq = faq
        self._files: dict[str, Entry] = {}
        self._locals: dict[int, LocalEntry] = {}
        self._listeners: list[Callable[[], None]] = []
        self.entries: dict[str, Entry] = {}

    async def load(self) -> None:
        """读入文件与数据库里的改动。

        异常:
            KnowledgeError: 知识文件有误
        """
        self._files = {e.id: e for e in read_entries(faq_paths(self._faq))}
        if self._database is not None:
            await self._load_changes(self._database)
        self._rebuild()

    def on_change(self, listener: Callable[[], None]) -> None:
        """条目变动后通知。"""
        self._listeners.append(listener)

    def find_wording(self, question: str) -> Entry | None:
        """问法（不计标点大小写）完全相同的条目。"""
        wanted = normalise(question)
        return next(
            (
                entry
                for entry in self.entries.values()
                if any(normalise(wording) == wanted for wording in entry.wordings)
            ),
            None,
        )

    async def teach(
        self, question: str, answer: str, region: str, by: Person, place: Place
    ) -> Change:
        """教一条；同地区已有同样问法的，改为更正它。"""
        existing = self.find_wording(question)
        if existing and existing.source.region in (region, NATIONWIDE):
            return await self.correct(existing.id, answer, by, place)
        async with self._writable.write() as session:
            row = self._new_row(session, question, answer, region, None, by)
            await session.flush()
            name = f"{LOCAL_PREFIX}{row.id}"
            session.add(_edit("教", name, None, answer, by, place))
        return self._changed(row, name, None, "教")

    async def correct(
        self, entry_id: str, answer: str, by: Person, place: Place
    ) -> Change:
        """更正一条的答案。

        异常:
            KeyError: 没有这一条
        """
        entry = self.entries[entry_id]
        async with self._writable.write() as session:
            row = self._new_row(
                session, entry.question, answer, entry.source.region, entry_id, by
            )
            await session.flush()
            session.add(_edit("更正", entry_id, entry.answer, answer, by, place))
        return self._changed(row, entry_id, entry.answer, "更正")

    async def withdraw(self, number: int, by: Person, place: Place) -> Change | None:
        """撤销一次教或更正；没有这个编号则返回 `None`。"""
        row = self._locals.get(number)
        if row is None:
            return None
        name = row.replaces or f"{LOCAL_PREFIX}{number}"
        async with self._writable.write() as session:
            stored = await session.get_one(LocalEntry, number)
            stored.active = False
            session.add(_edit("撤销", name, row.answer, None, by, place))
        del self._locals[number]
        self._rebuild()
        return Change(number, self.entries.get(name), row.answer, "撤销")

    def local_region(self, number: int) -> str | None:
        """某个本地编号所属的地区；没有则为 `None`。"""
        row = self._locals.get(number)
        return None if row is None else row.region

    async def _load_changes(self, database: Database) -> None:
        async with database.read() as session:
            rows = await session.scalars(select(LocalEntry).where(LocalEntry.active))
            self._locals = {row.id: row for row in rows}

    @property
    def _writable(self) -> Database:
        if self._database is None:
            raise RuntimeError("只读的知识不能改")
        return self._database

    def _new_row(
        self,
        session: AsyncSession,
        question: str,
        answer: str,
        region: str,
        replaces: str | None,
        by: Person,
    ) -> LocalEntry:
        row = LocalEntry(
            question=question,
            answer=answer,
            region=region,
            replaces=replaces,
            active=True,
            author=f"{by.platform}:{by.id}",
            created_at=clock.now(),
        )
        session.add(row)
        return row

    def _changed(
        self, row: LocalEntry, name: str, before: str | None, kind: str
    ) -> Change:
        self._locals[row.id] = row
        self._rebuild()
        return Change(row.id, self.entries[name], before, kind)

    def _rebuild(self) -> None:
        entries = dict(self._files)
        for row in sorted(self._locals.values(), key=lambda row: row.id):
            _apply(row, entries)
        self.entries = entries
        for listener in self._listeners:
            listener()


def _apply(row: LocalEntry, entries: dict[str, Entry]) -> None:
    day = clock.local(row.created_at)
    if row.replaces is None:
        name = f"{LOCAL_PREFIX}{row.id}"
        source = Source(
            title="秘书处答复", short=_dated("秘书处答复", day), region=row.region,
            year=day.year,
        )  # fmt: skip
        entries[name] = Entry(
            id=name, question=row.question, answer=row.answer, source=source
        )
    elif (replaced := entries.get(row.replaces)) is not None:
        short = _dated("秘书处更正", day)
        source = replaced.source.model_copy(update={"short": short, "year": day.year})
        entries[row.replaces] = replaced.model_copy(
            update={
                "answer": row.answer, "source": source, "section": None,
                "until": None, "corrected": True,
            }
        )  # fmt: skip


def _dated(name: str, day: datetime) -> str:
    return f"{name}（{day:%Y-%m-%d}）"


def _edit(
    kind: str, entry: str, before: str | None, after: str | None, by: Person, at: Place
) -> Edit:
    return Edit(
        kind=kind,
        entry=entry,
        before=before,
        after=after,
        platform=by.platform,
        user_id=by.id,
        place_id=at.id,
        at=clock.now(),
    )
