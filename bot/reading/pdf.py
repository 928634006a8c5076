"""PDF：按字的位置排成行，画了线的表格按线读；扫描的页交给文字识别。"""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from .joining import joined
from .pdf_columns import Columns, columns_of
from .pdf_tables import FoundTable, continued, find_tables
from .pieces import Grid, Line, Piece, Read, Unreadable
from .progress import tell
from .recognition import recognise, recognises

MOST_PAGES = 200
_SCALE = 2
"""认字之前放大到每英寸 144 点。"""
_ENOUGH = 12
"""一页至少这么多字，才不算扫描的。"""
_BLANK = frozenset("\r\n\x00\ufffe\uffff")


@dataclass(frozen=True, slots=True)
class _Char:
    text: str
    left: float
    right: float
    low: float
    high: float
    size: float

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2


def read_pdf(path: Path) -> Read:
    """读一份 PDF。

    异常:
        Unreadable: 加了密、坏了、太长，或是扫描的而没有装文字识别
    """
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise Unreadable(
            "这份 PDF 加了密码，请去掉密码再发"
            if locked
            else "这份 PDF 打不开，可能没有下载完或已损坏"
        ) from error
    with document:
        if len(document) > MOST_PAGES:
            raise Unreadable(
                f"这份 PDF 有 {len(document)} 页，最多 {MOST_PAGES} 页，"
                "请只发要用的部分"
            )
        return _Reader(path, document).read()


class _Reader:
    def __init__(self, path: Path, document: pdfium.PdfDocument) -> None:
        self._path = path
        self._document = document

    def read(self) -> Read:
        count = len(self._document)
        pages = [self._chars(number) for number in range(count)]
        scanned = [n for n in range(count) if self._is_scanned(n, pages[n])]
        if scanned and not recognises() and len(scanned) * 2 >= count:
            raise Unreadable(
                "这份 PDF 是扫描的图片，里面没有文字；这台机器没有装文字识别，"
                "请发 Word 原件，或在电脑上转成文字再发"
            )
        drawn = [n for n in range(count) if self._has_rules(n)]
        tables = find_tables(self._path, drawn)
        flow: list[Line | FoundTable] = []
        for number in range(count):
            if number in scanned:
                flow += self._recognised(number)
                tell(number + 1, count)
            else:
                flow += self._flow(number, pages[number], tables.get(number, []))
        return Read(tuple(_pieces(flow)), count)

    def _chars(self, number: int) -> list[_Char]:
        """一页上的字与位置。"""
        page = self._document[number]
        text = page.get_textpage()
        found: list[_Char] = []
        for place in range(text.count_chars()):
            char = chr(raw.FPDFText_GetUnicode(text, place))
            if char in _BLANK:
                continue
            left, low, right, high = text.get_charbox(place, loose=True)
            size = raw.FPDFText_GetFontSize(text, place)
            found.append(_Char(char, left, right, low, high, max(size, high - low)))
        text.close()
        page.close()
        return found

    def _is_scanned(self, number: int, chars: Sequence[_Char]) -> bool:
        if sum(not c.text.isspace() for c in chars) >= _ENOUGH:
            return False
        return self._has(number, raw.FPDF_PAGEOBJ_IMAGE)

    def _has_rules(self, number: int) -> bool:
        """画了线的才可能有表格。"""
        return self._has(number, raw.FPDF_PAGEOBJ_PATH, least=3)

    def _has(self, number: int, kind: int, least: int = 1) -> bool:
        page = self._document[number]
        found = 0
        for item in page.get_objects(filter=[kind], max_depth=3):
            found += 1
            if found >= least:
                break
        page.close()
        return found >= least

    def _flow(
        self, number: int, chars: Sequence[_Char], tables: Sequence[FoundTable]
    ) -> list[Line | FoundTable]:
        """一页从上到下：表格外的各行，与各表。"""
        width = self._document.get_page_size(number)[0]
        outside = [
            c for c in chars if not any(t.holds(c.left, c.middle) for t in tables)
        ]
        lines = _lines(outside)
        columns = columns_of(lines, width)
        if columns is not None:
            return _in_columns(columns, lines, tables, number + 1)
        placed: list[tuple[float, Line | FoundTable]] = [
            (line[0].high, _line(line, number + 1, width)) for line in lines
        ]
        placed += [(table.top, table) for table in tables]
        return [item for _, item in sorted(placed, key=lambda p: -p[0])]

    def _recognised(self, number: int) -> list[Line]:
        if not recognises():
            return []
        page = self._document[number]
        image = page.render(scale=_SCALE).to_numpy()
        page.close()
        return recognise(image, number + 1)


def _lines(chars: Iterable[_Char]) -> list[list[_Char]]:
    """同样高低的排成一行，从左到右。"""
    lines: list[list[_Char]] = []
    for char in sorted(chars, key=lambda c: -c.middle):
        if char.text.isspace() and char.right <= char.left:
            continue
        line = lines[-1] if lines else None
        height = max(line[0].high - line[0].low, 1.0) if line else 1.0
        if line and abs(line[0].middle - char.middle) < height * 0.45:
            line.append(char)
        else:
            lines.append([char])
    ordered = [sorted(line, key=lambda c: (c.left, c.right)) for line in lines]
    return [line for line in ordered if any(not c.text.isspace() for c in line)]


def _line(chars: Sequence[_Char], page: int, width: float) -> Line:
    solid = [c for c in chars if not c.text.isspace()]
    size = statistics.median(c.size for c in solid)
    text = solid[0].text
    for before, char in pairwise(solid):
        gap = char.left - before.right
        text += " " * (gap > size * 0.3) + char.text
    left, right = solid[0].left, solid[-1].right
    centred = abs((left + right) / 2 - width / 2) < size and left > width * 0.22
    return Line(text, page, left, right, size, centred)


def _in_columns(
    columns: Columns,
    lines: Iterable[list[_Char]],
    tables: Iterable[FoundTable],
    page: int,
) -> list[Line | FoundTable]:
    """两栏的一页：通栏的一行、一张表之间，先左后右。"""
    middle = columns.left + columns.left_end
    flow: list[Line | FoundTable] = []
    sides: tuple[list[Line], list[Line]] = [], []
    placed: list[tuple[float, list[_Char] | FoundTable]] = [
        (line[0].high, line) for line in lines
    ]
    placed += [(table.top, table) for table in tables]
    for _, item in sorted(placed, key=lambda p: -p[0]):
        parts = None if isinstance(item, FoundTable) else columns.parted(item)
        if parts is not None:
            right = [_shifted(c, columns.shift) for c in parts[1]]
            for side, chars in zip(sides, (parts[0], right), strict=True):
                if any(not c.text.isspace() for c in chars):
                    side.append(_line(chars, page, middle))
            continue
        flow += [*sides[0], *sides[1]]
        sides = [], []
        flow.append(
            item
            if isinstance(item, FoundTable)
            else _line(item, page, 2 * columns.gutter)
        )
    return [*flow, *sides[0], *sides[1]]


def _shifted(char: _Char, shift: float) -> _Char:
    return replace(char, left=char.left - shift, right=char.right - shift)


def _pieces(flow: Iterable[Any]) -> list[Piece]:
    """行拼成段，跨页的表接起来。"""
    pieces: list[Piece] = []
    waiting: list[Line] = []
    open_table: FoundTable | None = None
    for item in [*flow, None]:
        if isinstance(item, Line):
            waiting.append(item)
            continue
        if item is not None and open_table and not _body(waiting):
            if merged := continued(open_table, item):
                open_table, waiting = merged, []
                pieces[-1] = Grid(merged.rows, merged.page)
                continue
        pieces += joined(waiting)
        waiting = []
        if item is not None:
            pieces.append(Grid(item.rows, item.page))
        open_table = item
    return pieces


def _body(lines: Sequence[Line]) -> bool:
    """两张表之间是不是有正文；只隔着页码的不算。"""
    return any(len(line.text.strip()) > 12 for line in lines)
