"""导入的院校名单：登记的校名不在其中，就提醒核对。"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from rapidfuzz import process
from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import AssistantError
from bot.storage import Database
from bot.storage.tables import ListedSchool
from bot.text import Regions

from .records import school_key

LONGEST = 60
"""再长的不是校名。"""
UNLISTED = "（不在院校名单）"
_NEAR = 75
"""像到这个程度（百分），就问是不是它。"""
_ENDINGS = ("学院", "学校", "大学", "中专", "职校", "技校", "中心", "分校", "校区")


class SchoolList:
    """各地区的院校名单，在内存里；没有导入过的地区什么都不说。"""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._names: dict[str, dict[str, str]] = {}

    async def load(self) -> None:
        """从数据库读入。"""
        names: dict[str, dict[str, str]] = {}
        async with self._database.read() as session:
            for row in await session.scalars(select(ListedSchool)):
                names.setdefault(row.region, {})[row.key] = row.name
        self._names = names

    def is_unknown(self, region: str, school: str) -> bool:
        """这个地区有名单，而名单里没有这所。"""
        listed = self._names.get(region)
        return bool(listed) and school_key(school) not in listed

    def marked(self, region: str, school: str) -> str:
        """校名；不在名单里的注明。"""
        return f"{school}{UNLISTED}" if self.is_unknown(region, school) else school

    def caution(self, region: str, school: str) -> str | None:
        """要提醒的话；在名单里、或这个地区没有名单的为 `None`。"""
        if not self.is_unknown(region, school):
            return None
        listed = self._names[region]
        near = process.extractOne(school_key(school), list(listed), score_cutoff=_NEAR)
        hint = f"，是不是 {listed[near[0]]}" if near else ""
        return f"校名不在{region}的院校名单里{hint}；请照法人证书核对"


async def put_schools(session: AsyncSession, region: str, names: Iterable[str]) -> int:
    """换下一个地区的名单，返回有几所。"""
    rows = {school_key(name): name for name in names}
    await session.execute(delete(ListedSchool).where(ListedSchool.region == region))
    listed = [
        {"region": region, "key": key, "name": name} for key, name in rows.items()
    ]
    await session.execute(insert(ListedSchool), listed)
    return len(rows)


def read_schools(
    path: Path, regions: Regions, region: str | None = None
) -> dict[str, list[str]]:
    """读一份名单：一行一所，地区写在同一行，或单独写在前面一行。

    参数:
        path: xlsx、csv 或 txt
        region: 没写地区的算哪里的

    异常:
        AssistantError: 读不了，或没有校名，或不知是哪里的
    """
    found: dict[str, list[str]] = {}
    current = region
    for number, cells in enumerate(_rows(path), start=1):
        named = next(filter(None, map(regions.named, cells)), None)
        school = next((cell for cell in cells if _is_school(cell)), None)
        if school is None:
            current = named or current
            continue
        where = named or current
        if where is None:
            raise AssistantError(
                f"{path} 第 {number} 行的学校不知是哪个地区的：请加一列地区，"
                "或用 --region 广西 说明"
            )
        found.setdefault(where, []).append(school)
    if not found:
        raise AssistantError(f"{path} 里没有读到校名：一行一所，写全称")
    return found


def _is_school(cell: str) -> bool:
    plain = cell.rstrip(")）").rpartition("（")[0] or cell
    return 4 <= len(cell) <= LONGEST and (
        cell.endswith(_ENDINGS) or plain.endswith(_ENDINGS)
    )


def _rows(path: Path) -> Iterator[Sequence[str]]:
    """各行不空的格。"""
    try:
        if path.suffix.lower() == ".xlsx":
            yield from _sheet(path)
            return
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise AssistantError(f"读不了 {path}：请存成 UTF-8 的文本或 xlsx") from error
    for cells in csv.reader(text.replace("\t", ",").splitlines()):
        yield [part for cell in cells for part in cell.lstrip("#").split() if part]


def _sheet(path: Path) -> Iterator[Sequence[str]]:
    # 只有导入时用得着
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise AssistantError(f"{path} 不是完好的 xlsx") from error
    for sheet in book.worksheets:
        for row in sheet.iter_rows(values_only=True):
            yield [str(cell).strip() for cell in row if cell not in (None, "")]
    book.close()
