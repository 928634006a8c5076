"""表格文件（.xlsx、.xls）：每一页一张表，合并的格子每一格都有内容。"""

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from .joining import tidy
from .pieces import Grid, Piece, Read, Text

_MOST_CELLS = 400_000


def read_sheets(path: Path) -> Read:
    """读一本工作簿；不看 `<dimension>`，WPS 常写错。"""
    from python_calamine import CalamineWorkbook

    pieces: list[Piece] = []
    with CalamineWorkbook.from_path(path) as book:
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            rows = [[_shown(c) for c in row] for row in sheet.to_python(nrows=20_000)]
            left = sheet.start or (0, 0)
            for (top, first), (bottom, last) in sheet.merged_cell_ranges or ():
                _spread(
                    rows,
                    top - left[0],
                    first - left[1],
                    bottom - left[0],
                    last - left[1],
                )
            pieces += _pieces(name, rows)
    return Read(tuple(pieces))


def _pieces(name: str, rows: list[list[str]]) -> list[Piece]:
    """表上面独占一行的标题、说明单列；其余是表。"""
    kept = [row for row in rows if any(row)]
    found: list[Piece] = []
    while kept and len(set(filter(None, kept[0]))) == 1:
        text = next(filter(None, kept.pop(0)))
        found.append(Text(text, prominent=not found))
    if not kept:
        return found
    width = max(map(len, kept))
    while width > 1 and not any(row[width - 1] for row in kept if len(row) >= width):
        width -= 1
    found.append(Grid(tuple(tuple(row[:width]) for row in kept), name=name))
    return found


def _spread(
    rows: list[list[str]], top: int, first: int, bottom: int, last: int
) -> None:
    if not (0 <= top < len(rows) and 0 <= first < len(rows[top])):
        return
    value = rows[top][first]
    for row in rows[top : min(bottom + 1, len(rows))]:
        for place in range(first, min(last + 1, len(row))):
            row[place] = row[place] or value


def _shown(value: Any) -> str:
    """一格写了什么：数按人写的样子，日期写成年月日。"""
    match value:
        case bool():
            return ""
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime() | date() | time():
            return value.isoformat(" ") if isinstance(value, datetime) else str(value)
        case str():
            return tidy(value.replace("\n", " "))
        case _:
            return str(value)
