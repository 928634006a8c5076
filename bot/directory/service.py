"""名录服务：文件加上秘书处的更新，随时可查、可改、可撤销。"""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Self

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.errors import AssistantError
from bot.messages import Person
from bot.storage import Database
from bot.storage.tables import DirectoryChange, DirectoryEdit
from bot.text import Regions

from . import wording
from .catalogue import Catalogue, build
from .edits import DatedEdit, Edit, compare, merge, overlapping, update_days
from .matches import Kind
from .records import CONTACTS, DISABLED, TABLES
from .source import DirectorySource, Snapshot
from .spoken import Spoken
from .tables import Located, Rows, canonical, read_folder


@dataclass(frozen=True, slots=True)
class Change:
    """一次更新的记录。"""

    number: int
    summary: str
    user_id: str
    at: datetime
    edits: tuple[Edit, ...]
    undone: bool


class Directory:
    """名录。

    参数:
        database: 更新存在这里；`None` 时只读文件
        folder: `knowledge/directory`
        regions: 地区表：机构名开头的地名可以不说
        spoken: 人们查名录时怎样说
    """

    def __init__(
        self, database: Database | None, folder: Path, regions: Regions, spoken: Spoken
    ) -> None:
        self._database = database
        self._regions = regions
        self._files = read_folder(folder)
        self._rows = self._files
        self._stamp: tuple[int, int] = (0, 0)
        self._spoken = spoken
        self.snapshot = self._snapshot(build(self._files))
        self.source = DirectorySource(self)

    @classmethod
    async def open(
        cls,
        database: Database | None,
        folder: Path,
        regions: Regions,
        spoken: Spoken | None = None,
    ) -> Self:
        """读文件与更新，建好索引。

        异常:
            KnowledgeError: 文件有误
        """
        directory = await asyncio.to_thread(
            cls, database, folder, regions, spoken or Spoken()
        )
        await directory.refresh()
        return directory

    @property
    def rows(self) -> Rows:
        """当前的各行，已含更新。"""
        return self._rows

    async def refresh(self) -> bool:
        """更新若在别处（如命令行导入）变了就重新装入，返回是否变了。"""
        if self._database is None:
            return False
        stamp = await self._current_stamp()
        if stamp == self._stamp:
            return False
        changes = await self._changes()
        active = [change for change in changes if not change.undone]
        await self._install(active)
        self._stamp = stamp
        return True

    def check(self, edits: Sequence[Edit]) -> None:
        """试着叠加改动，看结果对不对得上。

        异常:
            KnowledgeError: 某格不对，或各表对不上
        """
        build(merge(self._rows, edits))

    def hear(self, spoken: Spoken) -> None:
        """换一批说法。"""
        self._spoken = spoken
        self.snapshot = self._snapshot(self.snapshot.catalogue)

    def _snapshot(self, catalogue: Catalogue) -> Snapshot:
        return Snapshot.of(catalogue, self._regions, self._spoken)

    def compare(self, wanted: Rows, problems: Iterable[str] = ()) -> list[Edit]:
        """工作簿与当前名录相比的改动。

        参数:
            problems: 读工作簿时已经发现的错误，与这里的一起说

        异常:
            KnowledgeError: 工作簿里某格不对，或改后各表对不上
        """
        together = {
            name: {**table, **wanted.get(name, {})}
            for name, table in self._rows.items()
        }
        build(together, found=problems)
        return compare(self._rows, wanted)

    async def apply(self, edits: Sequence[Edit], summary: str, by: Person) -> int:
        """记下并应用改动，返回更新编号。异常同 `record`。"""
        await self.refresh()
        async with self._store.write() as session:
            number = await self.record(session, edits, summary, by)
        await self.refresh()
        return number

    async def record(
        self, session: AsyncSession, edits: Sequence[Edit], summary: str, by: Person
    ) -> int:
        """把改动写进这个事务，返回更新编号；提交之后要再 `refresh`。

        异常:
            KnowledgeError: 改后各表对不上，什么都没改
            AssistantError: 要改的地方在预览之后又变了，什么都没改
        """
        for edit in edits:
            if not _still_applies(self._rows, edit):
                raise AssistantError(wording.CHANGED_MEANWHILE)
        await asyncio.to_thread(self.check, edits)
        row = DirectoryChange(
            summary=summary,
            platform=by.platform,
            user_id=by.id,
            at=clock.now(),
            undone_at=None,
            undone_by=None,
            edits=[
                DirectoryEdit(
                    sheet=edit.sheet,
                    key=edit.key,
                    before=None if edit.before is None else dict(edit.before),
                    after=dict(edit.after),
                )
                for edit in edits
            ],
        )
        session.add(row)
        await session.flush()
        return row.id

    async def undo(self, number: int, by: Person) -> Change:
        """撤销一次更新，返回它。

        异常:
            AssistantError: 没有这次更新、已撤销过，或之后又改过同一处
        """
        changes = await self._changes()
        change = await self.change(number)
        if change is None:
            raise AssistantError(wording.no_change(number))
        if change.undone:
            raise AssistantError(wording.already_undone(number))
        others = [c for c in changes if not c.undone and c.number != number]
        for later in others:
            if later.number > number and overlapping(change.edits, later.edits):
                raise AssistantError(wording.undo_later_first(number, later.number))
        edits = [edit for other in others for edit in other.edits]
        await asyncio.to_thread(build, merge(self._files, edits))
        async with self._store.write() as session:
            row = await session.get_one(DirectoryChange, number)
            row.undone_at = clock.now()
            row.undone_by = by.id
        await self.refresh()
        return change

    async def change(self, number: int) -> Change | None:
        """某个编号的更新；没有为 `None`。"""
        found = (c for c in await self._changes() if c.number == number)
        return next(found, None)

    async def history(self, word: str = "", limit: int = 10) -> list[Change]:
        """最近的更新，新的在前；可只看提到某个词的。"""
        changes = await self._changes()
        told = [change for change in changes if _mentions(change, word)]
        return told[::-1][:limit]

    def contact_rows(self, kind: Kind, name: str) -> list[Located]:
        """一个证书、机构或人最新的联系方式；有几处就给几处。"""
        catalogue = self.snapshot.catalogue
        match kind:
            case Kind.CERTIFICATE:
                found = catalogue.contacts_of(name)[:1]
            case Kind.ORGANISATION:
                found = catalogue.contacts_at(name)
            case Kind.PERSON:
                found = catalogue.people.get(name, [])
        newest: dict[tuple[str, ...], str] = {}
        for contact in sorted(found, key=catalogue.freshness, reverse=True):
            newest.setdefault(contact.certificates, contact.id)
        return [self._rows[CONTACTS.name][key] for key in newest.values()]

    def older_rows(self, newest: Located) -> list[Located]:
        """与这一处管同样的证书、更早的各处。"""
        same = canonical(CONTACTS, newest.row)
        return [
            located
            for located in self._rows[CONTACTS.name].values()
            if located is not newest
            and located.row.get("状态") != DISABLED
            and canonical(CONTACTS, located.row)["证书"] == same["证书"]
        ]

    @property
    def _store(self) -> Database:
        if self._database is None:
            raise AssistantError(wording.READ_ONLY)
        return self._database

    async def _install(self, active: Sequence[Change]) -> None:
        dated = [
            DatedEdit(edit, clock.local(change.at).date())
            for change in active
            for edit in change.edits
        ]
        rows = merge(self._files, [item.edit for item in dated])
        days = update_days(dated)
        self.snapshot = await asyncio.to_thread(
            lambda: self._snapshot(build(rows, days))
        )
        self._rows = rows

    async def _current_stamp(self) -> tuple[int, int]:
        async with self._store.read() as session:
            row = await session.execute(
                select(
                    func.count(DirectoryChange.id),
                    func.count(DirectoryChange.undone_at),
                )
            )
            added, undone = row.one()
        return added, undone

    async def _changes(self) -> list[Change]:
        async with self._store.read() as session:
            query = select(DirectoryChange).order_by(DirectoryChange.id)
            rows = (await session.scalars(query)).all()
        return [
            Change(
                row.id,
                row.summary,
                row.user_id,
                row.at,
                tuple(Edit(e.sheet, e.key, e.before, e.after) for e in row.edits),
                row.undone_at is not None,
            )
            for row in rows
        ]


def _still_applies(rows: Rows, edit: Edit) -> bool:
    known = rows[edit.sheet].get(edit.key)
    if edit.before is None or known is None:
        return edit.before is None and known is None
    table = next(table for table in TABLES if table.name == edit.sheet)
    present = canonical(table, known.row)
    return all(present[header] == value for header, value in edit.before.items())


def _mentions(change: Change, word: str) -> bool:
    if not word:
        return True
    lines = [change.summary, *(line for e in change.edits for line in e.lines())]
    return any(word in line for line in lines)
