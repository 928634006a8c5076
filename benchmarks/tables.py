"""纯文字的表格：汉字占两格，照样对齐。"""

import unicodedata
from collections.abc import Sequence

GAP = "  "


def width(text: str) -> int:
    """在等宽终端里占几格。"""
    return sum(
        2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
        if not unicodedata.combining(character)
    )


def show(
    title: str,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    *notes: str,
) -> None:
    """打印一张表：首列靠左，其余靠右；`notes` 是表下的说明。"""
    print("\n".join(["", *layout(title, header, rows), *notes]), flush=True)


def layout(
    title: str, header: Sequence[str], rows: Sequence[Sequence[str]]
) -> list[str]:
    """排好的各行。"""
    columns = zip(header, *rows, strict=True)
    widths = [max(width(cell) for cell in column) for column in columns]
    rule = "-" * (sum(widths) + len(GAP) * (len(widths) - 1))
    lines = [_line(row, widths) for row in (header, *rows)]
    return [f"【{title}】", lines[0], rule, *lines[1:]]


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    blanks = [" " * (w - width(c)) for c, w in zip(cells, widths, strict=True)]
    first = cells[0] + blanks[0]
    rest = [blank + cell for cell, blank in zip(cells[1:], blanks[1:], strict=True)]
    return GAP.join([first, *rest]).rstrip()
