"""一本 .xlsx 里面：各页在哪里，各格写了什么，合并的摊开。"""

import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries
from openpyxl.utils.datetime import CALENDAR_MAC_1904, WINDOWS_EPOCH, from_excel
from openpyxl.utils.escape import unescape

from .cells import LOGICAL, Cell


class Book:
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
            return Cell(LOGICAL[raw.strip() in ("0", "false")], formula)
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
