"""读 .xlsx 里各格写了什么：样式、尺寸写坏了也不妨碍，公式与错误值认得出来。

不用 openpyxl 读：它照 `<dimension>` 截断（WPS 常写错，后面的行无声无息地没了），
一种坏字体、坏填充就整本打不开；python-calamine 不怕这些，却把 #N/A 读成空格，
也看不出公式。
"""

import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries
from openpyxl.utils.datetime import CALENDAR_MAC_1904, WINDOWS_EPOCH, from_excel
from openpyxl.utils.escape import unescape

from bot.errors import AssistantError

from . import wording

LARGEST = 50_000_000
"""解开以后最多这么多字节。"""
_UNREADABLE = (
    OSError,
    EOFError,
    KeyError,
    IndexError,
    ValueError,
    RuntimeError,
    OverflowError,
    NotImplementedError,
    ElementTree.ParseError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)
"""文件缺了、断了、写坏了、加了密时会遇到的。"""
_ERROR = re.compile(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!)")
_LOGICAL = ("TRUE", "FALSE")


@dataclass(frozen=True, slots=True)
class Cell:
    """一格：文字；是公式，或是错误值、真假值的另作记号。"""

    text: str = ""
    is_formula: bool = False

    @property
    def is_no_content(self) -> bool:
        """表格软件算错的 #N/A、当成真假的 TRUE，都不是谁写的内容。"""
        return self.text in _LOGICAL or _ERROR.fullmatch(self.text) is not None


class Sheet(NamedTuple):
    """一页：名称，与从 1 数起的（行号，各格），全空的行没有。"""

    title: str
    rows: list[tuple[int, list[Cell]]]


def read_sheets(path: Path) -> list[Sheet]:
    """读一本工作簿的各页；合并的格子，每一格都算有那个内容。

    异常:
        AssistantError: 打不开，或哪一页坏了
    """
    try:
        archive = zipfile.ZipFile(path)
    except _UNREADABLE as error:
        raise AssistantError(wording.cannot_open(path.name)) from error
    with archive:
        try:
            if sum(item.file_size for item in archive.infolist()) > LARGEST:
                raise AssistantError(wording.too_large(path.name))
            book = _Book(archive)
        except _UNREADABLE as error:
            raise AssistantError(wording.cannot_open(path.name)) from error
        sheets: list[Sheet] = []
        for title, part in book.parts:
            try:
                sheets.append(Sheet(title, book.rows(part)))
            except _UNREADABLE as error:
                raise AssistantError(wording.broken_sheet(path.name, title)) from error
        return sheets


class _Book:
    """一本打开的工作簿：各页在哪里，共用的文字，哪些格式是日期。"""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        main = "xl/workbook.xml"
        book = self._tree(main)
        targets = {
            link.get("Id"): (str(link.get("Type")), str(link.get("Target")))
            for link in self._tree("xl/_rels/workbook.xml.rels")
        }
        self.parts: list[tuple[str, str]] = []
        for sheet in _all(book, "sheet"):
            link = next(v for k, v in sheet.attrib.items() if _local(k) == "id")
            kind, target = targets[link]
            if kind.endswith("/worksheet"):
                place = posixpath.join(posixpath.dirname(main), target)
                part = posixpath.normpath(place).lstrip("/")
                self.parts.append((str(sheet.get("name")), part))
        mac = any(p.get("date1904") in ("1", "true") for p in _all(book, "workbookPr"))
        self._epoch = CALENDAR_MAC_1904 if mac else WINDOWS_EPOCH
        names = set(archive.namelist())
        shared, styles = "xl/sharedStrings.xml", "xl/styles.xml"
        self._strings = (
            [_written(item) for item in _all(self._tree(shared), "si")]
            if shared in names
            else []
        )
        self._dated = self._date_styles(styles) if styles in names else []

    def rows(self, part: str) -> list[tuple[int, list[Cell]]]:
        """一页的各行。"""
        tree = self._tree(part)
        grid: dict[int, dict[int, Cell]] = {}
        number = 0
        for row in _all(tree, "row"):
            number = int(row.get("r") or number + 1)
            line = grid.setdefault(number, {})
            column = 0
            for cell in _children(row, "c"):
                place = cell.get("r")
                column = coordinate_to_tuple(place)[1] if place else column + 1
                line[column] = self._cell(cell)
        for merged in _all(tree, "mergeCell"):
            _spread(grid, str(merged.get("ref")))
        return [
            (number, [line.get(column, Cell()) for column in range(1, max(line) + 1)])
            for number, line in sorted(grid.items())
            if line
        ]

    def _cell(self, cell: ElementTree.Element) -> Cell:
        formula = next(_children(cell, "f"), None) is not None
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return Cell("".join(map(_written, _children(cell, "is"))), formula)
        raw = next((v.text or "" for v in _children(cell, "v")), "")
        if kind == "s" and raw:
            return Cell(self._strings[int(raw)], formula)
        if kind == "b":
            return Cell(_LOGICAL[raw.strip() in ("0", "false")], formula)
        if kind == "n" and raw.strip():
            return Cell(self._number(raw.strip(), int(cell.get("s", 0))), formula)
        return Cell(unescape(raw), formula)

    def _number(self, raw: str, style: int) -> str:
        """表格软件把号码、日期存成数的，还原成人写的样子。"""
        if style < len(self._dated) and self._dated[style]:
            moment: Any = from_excel(float(raw), self._epoch)
            return moment.strftime("%Y-%m-%d")
        value = float(raw)
        if raw.lstrip("-").isdecimal():
            return raw
        return str(int(value)) if value.is_integer() else str(value)

    def _date_styles(self, part: str) -> list[bool]:
        """各格式是不是日期；只看这一样，字体、填充写坏了不管。"""
        tree = self._tree(part)
        codes = dict(BUILTIN_FORMATS)
        for item in _all(tree, "numFmt"):
            codes[int(item.get("numFmtId", 0))] = str(item.get("formatCode"))
        return [
            is_date_format(codes.get(int(style.get("numFmtId", 0)), "General"))
            for group in _all(tree, "cellXfs")
            for style in _children(group, "xf")
        ]

    def _tree(self, part: str) -> ElementTree.Element:
        return ElementTree.fromstring(self._archive.read(part))


def _spread(grid: dict[int, dict[int, Cell]], reference: str) -> None:
    """合并的格子：左上角的内容，里面空着的各格都有。"""
    left, top, right, bottom = range_boundaries(reference)
    if not (left and top and right and bottom):
        raise ValueError(f"合并的范围 {reference}")
    value = grid.get(top, {}).get(left)
    if value is None or not value.text:
        return
    for number in [n for n in grid if top <= n <= bottom]:
        for column in range(left, right + 1):
            if not grid[number].get(column, Cell()).text:
                grid[number][column] = value


def _written(item: ElementTree.Element) -> str:
    """一段文字，几种字体拼成的连起来；注音不算。"""
    parts: list[str] = []
    for child in item:
        if _local(child.tag) == "t":
            parts.append(child.text or "")
        elif _local(child.tag) == "r":
            parts.extend(t.text or "" for t in _children(child, "t"))
    return unescape("".join(parts))


def _all(tree: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    return (element for element in tree.iter() if _local(element.tag) == name)


def _children(element: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    return (child for child in element if _local(child.tag) == name)


def _local(tag: Any) -> str:
    """去掉命名空间的名字；注释没有名字。"""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
