"""文件库：读进来的文件存在数据库里，原件放在数据目录，随时可查、可撤销。"""

import asyncio
import hashlib
import os
import shutil
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Self

from loguru import logger
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.access import NATIONWIDE
from bot.errors import AssistantError
from bot.memory import give_back
from bot.messages import Person, Place
from bot.reading import Document, OnPage, Passage, read_file
from bot.storage import Database
from bot.storage.tables import DocumentRow, PassageRow
from bot.text import Regions
from bot.text.contacts import EMAIL_IN_TEXT, PHONE_IN_TEXT

from . import wording
from .facts import evident_region, evident_year
from .forgetting import MASKED
from .index import Indexed, PassageIndex
from .shelf import Draft, Imported, Stored
from .tables import Tables

WHOLE = 30
"""有这么多段，才是把事情从头说到尾的指南。"""


class Library:
    """全部导入的文件。

    参数:
        folder: 原件放在哪里
        names: 切词时不切开的名字
    """

    def __init__(
        self, database: Database, folder: Path, regions: Regions, names: Iterable[str]
    ) -> None:
        self._database = database
        self._folder = folder
        self._regions = regions
        self._names = tuple(names)
        self._stamp: tuple[int, int] = (0, 0)
        self._turn = asyncio.Lock()
        self.documents: Mapping[int, Imported] = {}
        self.passages: Mapping[int, Stored] = {}
        self._sizes: Counter[int] = Counter()
        self._tables: dict[int, Tables] = {}
        self.index = PassageIndex()

    @classmethod
    async def open(
        cls, database: Database, folder: Path, regions: Regions, names: Iterable[str]
    ) -> Self:
        """读入导入过的。"""
        library = cls(database, folder, regions, names)
        await library.refresh()
        return library

    async def refresh(self) -> bool:
        """在别处（如命令行）导入、撤销过的也装进来；返回变了没有。"""
        async with self._turn:
            stamp = await self._current_stamp()
            if stamp == self._stamp:
                return False
            await self._load()
            self._stamp = stamp
            return True

    async def read(
        self, path: Path, name: str = "", on_page: OnPage | None = None
    ) -> Draft:
        """读一份，不存。

        参数:
            on_page: 扫描的认完一页时叫它

        异常:
            AssistantError: 读不了，或导入过
        """
        digest = await asyncio.to_thread(_digest, path)
        if known := self.same(digest):
            raise AssistantError(wording.same_file(known.number, known.title))
        reading = await read_file(path, name, self._names, on_page=on_page)
        return Draft(
            path,
            name or path.name,
            digest,
            reading,
            evident_region(reading.document, self._regions),
            evident_year(reading.document),
        )

    def same(self, digest: str) -> Imported | None:
        """导入过的同一个文件。"""
        found = (one for one in self.documents.values() if one.digest == digest)
        return next(found, None)

    @staticmethod
    def require_scope(draft: Draft) -> tuple[str, int]:
        """是哪里哪年的。

        异常:
            AssistantError: 还不知道
        """
        if draft.region is None or draft.year is None:
            raise AssistantError(wording.not_evident(draft.region, draft.year))
        return draft.region, draft.year

    async def store(
        self, session: AsyncSession, draft: Draft, by: Person, place: Place | None
    ) -> tuple[int, list[int]]:
        """写进这个事务，返回编号与各段的编号；提交之后要 `refresh`。

        异常:
            AssistantError: 还不知道是哪里哪年的，或原件存不下
        """
        region, year = self.require_scope(draft)
        document = draft.reading.document
        await asyncio.to_thread(self._keep, draft)
        row = DocumentRow(
            file_name=draft.file_name,
            digest=draft.digest,
            format=draft.reading.format,
            title=document.title or Path(draft.file_name).stem,
            number=document.number,
            issuer=document.issuer,
            day=document.day,
            region=region,
            year=year,
            content=document.pack(),
            platform=by.platform,
            user_id=by.id,
            place_kind=place.kind.value if place else "",
            place_id=place.id if place else "",
            at=clock.now(),
        )
        session.add(row)
        await session.flush()
        rows = [_row(row.id, passage) for passage in draft.reading.passages]
        session.add_all(rows)
        await session.flush()
        return row.id, [passage.id for passage in rows]

    async def withdraw(self, session: AsyncSession, number: int, by: Person) -> None:
        """不再算数；原件与记录留着。提交之后要 `refresh`。"""
        row = await session.get_one(DocumentRow, number)
        row.undone_at = clock.now()
        row.undone_by = f"{by.platform}:{by.id}"

    async def forgotten(self) -> None:
        """文件里遮住了一个人的号码：照新的检索；遮过的原件删去。"""
        masked = DocumentRow.content[MASKED].as_boolean().is_(True)
        async with self._database.read() as session:
            digests = set(
                await session.scalars(select(DocumentRow.digest).where(masked))
            )
        if not digests:
            return
        await asyncio.to_thread(self._drop_originals, digests)
        async with self._turn:
            await self._load()

    async def content(self, number: int) -> Document | None:
        """一份文件的条款树。"""
        async with self._database.read() as session:
            row = await session.get(DocumentRow, number)
        return None if row is None else Document.unpack(row.content)

    def passages_of(self, number: int) -> list[Stored]:
        """一份文件的各段，按先后。"""
        return [p for p in self.passages.values() if p.document == number]

    def tables(self, number: int) -> Tables:
        """一份文件的各个表。"""
        if number not in self._tables:
            self._tables[number] = Tables(self.passages_of(number))
        return self._tables[number]

    def covering(self, region: str | None) -> list[Imported]:
        """一个地区用得上的：它自己的与全国的；不知道地区就是全部。"""
        return [
            one
            for one in self.documents.values()
            if region is None or one.region in (region, NATIONWIDE)
        ]

    def has_year(self, region: str | None, year: int) -> bool:
        """有没有一个地区某年的文件。"""
        ours = self.covering(region)
        return any(one.year == year for one in ours)

    def newest_year(self, region: str | None) -> int | None:
        """一个地区自己最新的一份指南是哪一年的；没有为 `None`。

        只有几段的通知说不了全部的事，不算。
        """
        own = (d for d in self.documents.values() if d.region == region)
        years = (one.year for one in own if self._sizes[one.number] >= WHOLE)
        return max(years, default=None)

    async def _load(self) -> None:
        live = DocumentRow.undone_at.is_(None)
        async with self._database.read() as session:
            rows = (await session.scalars(select(DocumentRow).where(live))).all()
            found = await session.scalars(
                select(PassageRow)
                .where(PassageRow.document_id.in_([row.id for row in rows]))
                .order_by(PassageRow.id)
            )
            passages = found.all()
        self.index = await asyncio.to_thread(_index, passages)
        self.passages = {row.id: _stored(row) for row in passages}
        self._sizes = Counter(one.document for one in self.passages.values())
        self.documents = {row.id: _imported(row) for row in rows}
        self._tables.clear()
        del passages
        await asyncio.to_thread(give_back)

    async def _current_stamp(self) -> tuple[int, int]:
        async with self._database.read() as session:
            counts = await session.execute(
                select(func.count(DocumentRow.id), func.count(DocumentRow.undone_at))
            )
            added, undone = counts.one()
        return added, undone

    def _drop_originals(self, digests: Collection[str]) -> None:
        for path in self._folder.glob("*"):
            if path.name.partition(".")[0] in digests:
                path.unlink(missing_ok=True)
                logger.info("一份导入的文件里遮住了一个人的号码，原件已删去")

    def _keep(self, draft: Draft) -> None:
        """留下原件；先写到旁边，写完再改名。

        异常:
            AssistantError: 存不下
        """
        suffix = Path(draft.file_name).suffix.lower()[:10]
        target = self._folder / f"{draft.digest}{suffix}"
        waiting = target.with_suffix(".part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            shutil.copyfile(draft.path, waiting)
            waiting.chmod(0o600)
            os.replace(waiting, target)
        except OSError as error:
            waiting.unlink(missing_ok=True)
            raise AssistantError(wording.cannot_keep(str(error.strerror))) from error


def with_scope(draft: Draft, region: str | None, year: int | None) -> Draft:
    """人说了是哪里哪年的，以说的为准。"""
    return replace(draft, region=region or draft.region, year=year or draft.year)


def _digest(path: Path) -> str:
    if not path.is_file():
        raise AssistantError(wording.no_file(path.name))
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _row(document: int, passage: Passage) -> PassageRow:
    return PassageRow(
        document_id=document,
        label=passage.label,
        heading=passage.heading,
        text=passage.text,
        page=passage.page,
        terms=passage.terms,
        is_row=passage.is_row,
    )


def _stored(row: PassageRow) -> Stored:
    return Stored(
        row.id, row.document_id, row.label, row.heading, row.text, row.page, row.is_row
    )


def _index(rows: Iterable[PassageRow]) -> PassageIndex:
    return PassageIndex(map(_indexed, rows))


def _indexed(row: PassageRow) -> Indexed:
    lists = row.is_row and any(
        form.search(row.text) for form in (PHONE_IN_TEXT, EMAIL_IN_TEXT)
    )
    return Indexed(row.id, row.document_id, row.terms, lists)


def _imported(row: DocumentRow) -> Imported:
    return Imported(
        row.id,
        row.file_name,
        row.digest,
        row.title,
        row.number,
        row.region,
        row.year,
        Person(row.platform, row.user_id),
    )
