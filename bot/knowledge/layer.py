"""秘书处的改动：放在数据库里，盖在文件之上；每次改动都留痕。"""

import asyncio
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.messages import Person, Place
from bot.storage import Database, Derived
from bot.storage.tables import DocumentRow, LocalEntry
from bot.text import normalise

from .local import (
    LOCAL_PREFIX,
    Change,
    Cited,
    LocalEdit,
    author_of,
    corrected,
    edit,
    edited,
    taught,
)
from .models import Entry, Source
from .phrasings import phrasing_paths, phrasings_folder, with_phrasings
from .reader import faq_paths, read_entries


class Knowledge:
    """全部可供回答的条目。

    参数:
        database: 秘书处的改动所在；`None` 则只读文件，不能改
        faq: FAQ 文件或文件夹；文件夹旁边的 phrasings 里是各人的问法
        shared_wordings: 不同条目可以有相同的问法
        derived: 由这些文件算出来的各样东西
    """

    def __init__(
        self,
        database: Database | None,
        faq: Path,
        *,
        shared_wordings: bool = False,
        derived: Derived | None = None,
    ) -> None:
        self.derived = derived or Derived()
        self._database = database
        self._shared_wordings = shared_wordings
        self._faq = faq
        self._files: dict[str, Entry] = {}
        self._locals: dict[int, LocalEntry] = {}
        self._sources: dict[int, Source] = {}
        self._listeners: list[Callable[[], None]] = []
        self._file_wordings: dict[str, list[str]] = {}
        self._wordings: dict[str, list[str]] = {}
        self._turn = asyncio.Lock()
        self.entries: dict[str, Entry] = {}

    async def load(self) -> None:
        """读入文件与数据库里的改动。

        异常:
            KnowledgeError: 知识文件有误
        """
        entries = self.derived.of("entries", self._read)
        self._files = {entry.id: entry for entry in entries}
        self._file_wordings = {}
        for entry in self._files.values():
            for wording in entry.wordings:
                self._file_wordings.setdefault(normalise(wording), []).append(entry.id)
        if self._database is not None:
            await self._load_changes(self._database)
        self._rebuild()

    def _read(self) -> list[Entry]:
        """文件里的条目，连同各人的问法。"""
        paths = faq_paths(self._faq)
        entries = read_entries(paths, shared_wordings=self._shared_wordings)
        written = phrasing_paths(phrasings_folder(self._faq))
        return with_phrasings(entries, written)[0]

    @property
    def files(self) -> Mapping[str, Entry]:
        """文件里的条目，没有秘书处的改动。"""
        return self._files

    async def reload(self) -> None:
        """数据库里的改动在别处变过：与现在不同才换上，并通知。"""
        async with self._turn:
            before = {n: (row.question, row.answer) for n, row in self._locals.items()}
            await self._load_changes(self._writable)
            after = {n: (row.question, row.answer) for n, row in self._locals.items()}
            if before != after:
                self._rebuild()

    def on_change(self, listener: Callable[[], None]) -> None:
        """条目变动后通知。"""
        self._listeners.append(listener)

    def find_wording(self, question: str, region: str) -> Entry | None:
        """这个地区里问法（不计标点大小写）完全相同的条目，几年都有的取最新的。"""
        same = self._same_wording(question)
        own = [entry for entry in same if entry.source.region == region]
        return max(own, key=lambda entry: entry.source.year, default=None)

    async def teach(
        self, question: str, answer: str, region: str, by: Person, place: Place
    ) -> Change:
        """教一条；同地区已有同样问法的，改为更正它；别处的、全国的不动。"""
        async with self._turn:
            if existing := self.find_wording(question, region):
                return await self._correct(existing, answer, by, place)
            async with self._writable.write() as session:
                row = self._new_row(session, question, answer, region, None, by)
                await session.flush()
                name = f"{LOCAL_PREFIX}{row.id}"
                session.add(edit("教", name, None, answer, by, place))
            return self._changed(row, name, None, "教")

    async def correct(
        self, entry_id: str, answer: str, by: Person, place: Place
    ) -> Change:
        """更正一条的答案。

        异常:
            KeyError: 没有这一条，或刚被撤销
        """
        async with self._turn:
            return await self._correct(self.entries[entry_id], answer, by, place)

    async def withdraw(self, number: int, by: Person, place: Place) -> Change | None:
        """撤销一次教或更正；没有这个编号则返回 `None`。"""
        async with self._turn:
            row = self._locals.get(number)
            if row is None:
                return None
            name = row.replaces or f"{LOCAL_PREFIX}{number}"
            async with self._writable.write() as session:
                stored = await session.get_one(LocalEntry, number)
                stored.active = False
                session.add(edit("撤销", name, row.answer, None, by, place))
            del self._locals[number]
            self._rebuild()
            return Change(number, self.entries.get(name), row.answer, "撤销")

    async def _correct(
        self, entry: Entry, answer: str, by: Person, place: Place
    ) -> Change:
        async with self._writable.write() as session:
            row = self._new_row(
                session, entry.question, answer, entry.source.region, entry.id, by
            )
            await session.flush()
            session.add(edit("更正", entry.id, entry.answer, answer, by, place))
        return self._changed(row, entry.id, entry.answer, "更正")

    async def put(
        self,
        session: AsyncSession,
        question: str,
        answer: str,
        region: str,
        cited: Cited,
        by: Person,
        place: Place,
    ) -> int:
        """由文件来的一条写进这个事务，返回本地编号；提交之后要 `reload`。"""
        row = self._new_row(session, question, answer, region, None, by)
        row.document_id = cited.document
        row.section = cited.section
        row.beside = cited.beside or None
        await session.flush()
        name = f"{LOCAL_PREFIX}{row.id}"
        session.add(edit("导入", name, None, answer, by, place))
        return row.id

    async def drop(
        self, session: AsyncSession, numbers: Iterable[int], by: Person, place: Place
    ) -> None:
        """撤下几条，写进这个事务；提交之后要 `reload`。"""
        for number in numbers:
            row = await session.get(LocalEntry, number)
            if row is not None and row.active:
                row.active = False
                name = f"{LOCAL_PREFIX}{number}"
                session.add(edit("撤销", name, row.answer, None, by, place))

    def _same_wording(self, question: str) -> list[Entry]:
        ids = self._wordings.get(normalise(question), ())
        return [entry for i in ids if (entry := self.entries.get(i))]

    def asked(self) -> list[str]:
        """文件里各条目的全部问法。"""
        return [text for entry in self._files.values() for text, _ in entry.asked]

    def local_edit(self, number: int) -> LocalEdit | None:
        """某个本地编号的教或更正；没有则为 `None`。"""
        row = self._locals.get(number)
        return None if row is None else edited(row)

    def local_edits(self, regions: Collection[str] | None = None) -> list[LocalEdit]:
        """还算数的教与更正，新的在前；可只要某些地区的。"""
        rows = sorted(self._locals.values(), key=lambda row: -row.id)
        return [edited(row) for row in rows if regions is None or row.region in regions]

    def last_by(self, person: Person) -> LocalEdit | None:
        """这个人最近的一次教或更正；没有为 `None`。"""
        author = author_of(person)
        return next((e for e in self.local_edits() if e.author == author), None)

    async def _load_changes(self, database: Database) -> None:
        async with database.read() as session:
            rows = await session.scalars(select(LocalEntry).where(LocalEntry.active))
            self._locals = {row.id: row for row in rows}
            cited = {row.document_id for row in self._locals.values()}
            found = await session.execute(
                select(
                    DocumentRow.id,
                    DocumentRow.title,
                    DocumentRow.region,
                    DocumentRow.year,
                ).where(DocumentRow.id.in_(cited - {None}))
            )
            self._sources = {
                number: Source(title=title, short=title, region=region, year=year)
                for number, title, region, year in found
            }

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
            author=author_of(by),
            created_at=clock.now(),
        )
        session.add(row)
        return row

    def _changed(
        self, row: LocalEntry, name: str, before: str | None, kind: str
    ) -> Change:
        """编号最大的盖在最后，其余不必重来。"""
        self._locals[row.id] = row
        self.entries = dict(self.entries)
        self._cover(row)
        self._notify()
        return Change(row.id, self.entries[name], before, kind)

    def _rebuild(self) -> None:
        self.entries = dict(self._files)
        self._wordings = {key: list(ids) for key, ids in self._file_wordings.items()}
        for row in sorted(self._locals.values(), key=lambda row: row.id):
            self._cover(row)
        self._notify()

    def _cover(self, row: LocalEntry) -> None:
        """盖上一次改动。"""
        if row.replaces is None:
            self._add_taught(row)
        elif (replaced := self.entries.get(row.replaces)) is not None:
            self.entries[row.replaces] = corrected(replaced, row)

    def _notify(self) -> None:
        for listener in self._listeners:
            listener()

    def _add_taught(self, row: LocalEntry) -> None:
        """教的一条；别处已有同样问法的，与它算同一件事，各地区用各自的。"""
        same = self.entries.get(row.beside) if row.beside else None
        same = same or next(iter(self._same_wording(row.question)), None)
        source = self._sources.get(row.document_id) if row.document_id else None
        name = f"{LOCAL_PREFIX}{row.id}"
        self.entries[name] = taught(row, source, same)
        self._wordings.setdefault(normalise(row.question), []).append(name)
