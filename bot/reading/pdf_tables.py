"""PDF 里画了线的表格：合并的格子每一格都有内容，跨页的接起来。"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from .joining import tidy

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class FoundTable:
    """一张表。

    参数:
        box: 左、下、右、上，从页面左下角量起
        at_top, at_bottom: 挨着页面的上边、下边，可能接着前一页、后一页
    """

    rows: tuple[tuple[str, ...], ...]
    page: int
    box: Box
    at_top: bool
    at_bottom: bool

    @property
    def top(self) -> float:
        """上边的位置。"""
        return self.box[3]

    def holds(self, x: float, y: float) -> bool:
        """这一点在不在表里。"""
        left, low, right, high = self.box
        return left - 1 <= x <= right + 1 and low - 1 <= y <= high + 1


def find_tables(path: Path, pages: Iterable[int]) -> dict[int, list[FoundTable]]:
    """这几页上的表格。"""
    wanted = list(pages)
    if not wanted:
        return {}
    import pdfplumber

    found: dict[int, list[FoundTable]] = {}
    with pdfplumber.open(path, pages=[n + 1 for n in wanted]) as document:
        for number, page in zip(wanted, document.pages, strict=True):
            height = float(page.height)
            for table in page.find_tables():
                rows = _rows(table)
                if len(rows) < 2 and len(rows[0] if rows else ()) < 2:
                    continue
                left, top, right, bottom = table.bbox
                box = (left, height - bottom, right, height - top)
                at_top, at_bottom = top < height * 0.2, bottom > height * 0.75
                one = FoundTable(rows, number + 1, box, at_top, at_bottom)
                found.setdefault(number, []).append(one)
            page.close()
    return found


def continued(above: FoundTable, below: FoundTable) -> FoundTable | None:
    """接成一张：上页到底、下页从头、列数一样；不是同一张为 `None`。"""
    fits = len(above.rows[0]) == len(below.rows[0])
    if not (fits and below.page == _last(above) + 1 and below.at_top):
        return None
    rows = list(below.rows)
    while rows and rows[0] in above.rows[:3]:
        rows.pop(0)
    kept = list(above.rows)
    if rows and _is_rest(rows[0]):
        # 一行断在两页上：后半截接回去
        last, rest = kept[-1], rows.pop(0)
        kept[-1] = tuple(tidy(a + b) for a, b in zip(last, rest, strict=True))
    return replace(above, rows=(*kept, *rows), box=below.box, page=above.page)


def _last(table: FoundTable) -> int:
    return table.page if table.at_bottom else -1


def _is_rest(row: tuple[str, ...]) -> bool:
    """头一格（序号）空着、内容不全的，是上一行的后半截。"""
    return not row[0] and any(row) and sum(map(bool, row)) <= len(row) / 2


def _rows(table: "object") -> tuple[tuple[str, ...], ...]:
    """各行；被合并掉的格子，取盖住它的那一格。"""
    texts = table.extract(x_tolerance=1.5, y_tolerance=3)  # type: ignore[attr-defined]
    rows = table.rows  # type: ignore[attr-defined]
    known: list[tuple[Box, str]] = [
        (cell, tidy((text or "").replace("\n", "")))
        for row, line in zip(rows, texts, strict=True)
        for cell, text in zip(row.cells, line, strict=True)
        if cell
    ]
    columns = _columns(rows)
    result: list[tuple[str, ...]] = []
    for row in rows:
        _, top, _, bottom = row.bbox
        line = [
            _covering(known, x, (top + bottom) / 2) if cell is None else None
            for cell, x in zip(row.cells, columns, strict=True)
        ]
        own = dict(
            zip(
                (c for c in row.cells if c),
                (t for c, t in known if c in row.cells),
                strict=False,
            )
        )
        result.append(
            tuple(
                own.get(cell, "") if cell else covered or ""
                for cell, covered in zip(row.cells, line, strict=True)
            )
        )
    return tuple(line for line in result if any(line))


def _columns(rows: Iterable["object"]) -> list[float]:
    """各列中间的位置。"""
    lefts: dict[int, list[Box]] = {}
    for row in rows:
        for place, cell in enumerate(row.cells):  # type: ignore[attr-defined]
            if cell:
                lefts.setdefault(place, []).append(cell)
    count = max(lefts, default=-1) + 1
    narrow = [
        min(lefts.get(n, [(0, 0, 0, 0)]), key=lambda c: c[2] - c[0])
        for n in range(count)
    ]
    return [(cell[0] + cell[2]) / 2 for cell in narrow]


def _covering(known: Iterable[tuple[Box, str]], x: float, y: float) -> str:
    for (left, top, right, bottom), text in known:
        if left < x < right and top < y < bottom:
            return text
    return ""
