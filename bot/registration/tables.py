"""贴来的表：一行名目、下面一行一所；从表格里复制来的多半是这样。"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .fields import CONTACT_FORM, Field
from .labels import label_names

_DRESS = re.compile(r"[*＊\s]|[（(].*?[）)]|^\d+[.、]")
_LEAST = 3
"""一行里有这么多格是名目，才是表头。"""
_SEPARATORS = (r"\t", r"\s*\|\s*", r"[,，]", r"[、]", r"[ \t]+", r"\s*/\s*")
_MOST_LINES = 60
_RULE = re.compile(r"[-|:+ ]+")
"""表头下面的一道线。"""


@dataclass(frozen=True, slots=True)
class Pasted:
    """贴来的一张表。

    参数:
        before: 表前面的话
        header: 各列的名目
        rows: 各行
        after: 表后面的话
    """

    before: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    after: str = ""

    def unrolled(self, row: Sequence[str]) -> str:
        """一行写成“名目：内容”。"""
        pairs = zip(self.header, row, strict=True)
        return "\n".join(f"{name}：{value}" for name, value in pairs if field_of(name))


def field_of(cell: str) -> Field | None:
    """表头的一格是哪一项；不是名目、不收的为 `None`。"""
    return label_names(CONTACT_FORM).get(_DRESS.sub("", cell).lower())


def columns_of(cells: Sequence[str]) -> dict[int, Field]:
    """一行是表头时，各列是哪一项；不是表头为空。"""
    columns: dict[int, Field] = {}
    for column, cell in enumerate(cells):
        field = field_of(cell)
        if field and field not in columns.values():
            columns[column] = field
    named = len(columns) >= _LEAST and Field.SCHOOL in columns.values()
    return columns if named else {}


def pasted(text: str) -> Pasted | None:
    """话里贴的表；没有为 `None`。"""
    plain = unicodedata.normalize("NFKC", text).split("\n")[:_MOST_LINES]
    lines = [part for line in plain for part in _apart(line)]
    for position, header, separator in _headers(lines):
        rows: list[tuple[str, ...]] = []
        after = lines[position + 1 :]
        while after:
            line = after[0]
            cells = [cell.strip() for cell in re.split(separator, line.strip("|\n "))]
            if len(cells) == len(header) and not _RULE.fullmatch(line):
                rows.append(tuple(cells))
            elif line.strip() and not _RULE.fullmatch(line):
                break
            after = after[1:]
        if rows:
            before = "\n".join(lines[:position])
            return Pasted(before, header, tuple(rows), "\n".join(after))
    return _stacked([line.strip() for line in lines if line.strip()])


def _apart(line: str) -> list[str]:
    """“姓名/手机/学校：甲/1…/某校”一行里又有表头又有内容，分成两行。"""
    head, colon, row = line.partition(":")
    for separator in _SEPARATORS if colon else ():
        cells, values = re.split(separator, head), re.split(separator, row)
        fits = not row.strip() or len(values) == len(cells)
        if fits and columns_of(cells) and _all_named(cells):
            return [head, *filter(str.strip, [row])]
    return [line]


def _stacked(cells: list[str]) -> Pasted | None:
    """一格占一行的：从文档、图片里来的表多半是这样。"""
    named = [_all_named([cell]) for cell in cells]
    for first in range(len(cells) - 2 * _LEAST + 1):
        last = first
        while last < len(cells) and named[last]:
            last += 1
        width, rest = last - first, cells[last:]
        header = tuple(cells[first:last])
        if columns_of(header) and rest and len(rest) % width == 0:
            rows = zip(*(iter(rest),) * width, strict=True)
            return Pasted("\n".join(cells[:first]), header, tuple(rows))
    return None


def _headers(lines: list[str]) -> Iterator[tuple[int, tuple[str, ...], str]]:
    """像表头的各行：（第几行，各格，怎么隔开）。"""
    for position, line in enumerate(lines[:-1]):
        if len(line) > 200 or re.search(r"\d{5}|[:：@]", line):
            continue
        for separator in _SEPARATORS:
            cells = [cell.strip() for cell in re.split(separator, line.strip("|\n "))]
            if columns_of(cells) and _all_named(cells):
                yield position, tuple(cells), separator


def _all_named(cells: Sequence[str]) -> bool:
    names = label_names(CONTACT_FORM)
    return all(
        (plain := _DRESS.sub("", cell).lower()) in names or plain in ("序号", "编号")
        for cell in cells
    )
