"""名录与工作簿：导出一份，在表格里改好再导回来。"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from bot.printing import print_on_wide_pages, whole_workbook

from . import wording
from .cells import Sheet
from .records import CONTACTS, TABLES, Certificate, Table, tidy
from .sheets import read_sheets
from .tables import Located, Rows, canonical, take

_SAME = ("证书", "联系人", "来源")
"""这几列都相同，就是同一处联系方式。"""
_TABLES = {table.name: table for table in TABLES}
_WIDE = frozenset({"证书", "机构", "别名", "地址", "说明", "邮箱", "邮箱说明", "标题"})


class Book(NamedTuple):
    """读到的工作簿：各行，与读的时候发现的错误。"""

    rows: Rows
    problems: list[str]


def export(rows: Rows, path: Path) -> None:
    """把当前名录写成工作簿，每张表一页，全部按文字存。

    异常:
        NotStored: 写不了
    """
    sheets = [
        (
            table.name,
            table.headers,
            [
                list(canonical(table, located.row).values())
                for located in rows[table.name].values()
            ],
        )
        for table in TABLES
    ]
    _write(path, sheets)


def export_list(certificates: Sequence[Certificate], path: Path) -> None:
    """把一份证书清单写成工作簿。

    异常:
        NotStored: 写不了
    """
    lines = [
        [str(c.batch), str(c.number), c.name, c.organisation, "、".join(c.fields)]
        for c in certificates
    ]
    _write(path, [("证书", ["批次", "序号", "证书", "机构", "方向"], lines)])


def read_workbook(path: Path, current: Rows) -> Book:
    """读工作簿；可以只有几张表，也可以只有几行。

    参数:
        current: 当前的各行，给没写编号的新联系方式编号

    异常:
        AssistantError: 打不开，或哪一页坏了
    """
    problems: list[str] = []
    rows: Rows = {}
    for sheet in read_sheets(path):
        title = tidy(sheet.title)
        table = _TABLES.get(title)
        if table is None:
            problems.append(wording.unknown_sheet(title, list(_TABLES)))
        elif title in rows:
            problems.append(wording.same_sheet(title))
        else:
            rows[title] = _take(table, sheet, current, problems)
    return Book(rows, problems)


def _take(
    table: Table, sheet: Sheet, current: Rows, problems: list[str]
) -> dict[str, Located]:
    title = f"{table.name}表"
    content = dict(sheet.rows)
    headers = [_header(cell.text) for cell in content.pop(1, [])]
    while headers and not headers[-1]:
        headers.pop()
    lines: list[tuple[int, list[str]]] = []
    for number, cells in content.items():
        where = f"{title} 第 {number} 行"
        for header, cell in zip(headers, cells, strict=False):
            if cell.is_formula:
                problems.append(wording.formula(where, header))
            elif cell.is_no_content:
                problems.append(wording.no_content(where, header, cell.text))
        extra = next((c for c in cells[len(headers) :] if c.text.strip()), None)
        if headers and extra is not None:
            problems.append(wording.outside(where, extra.text))
        texts = [cell.text for cell in cells[: len(headers)]]
        lines.append((number, texts + [""] * (len(headers) - len(texts))))
    if table is CONTACTS and table.key in headers:
        _number_new([line for _, line in lines], headers, current[table.name])
    return take(table, title, headers, lines, problems)


def _header(text: str) -> str:
    """表头里的空格与换行只是排版。"""
    return re.sub(r"\s", "", tidy(text))


def _number_new(
    lines: list[list[str]], headers: list[str], known: Mapping[str, Located]
) -> None:
    """没写编号的联系方式：名录里有同一来源、同样证书与人的就是它，否则给一个新编号。"""
    column = headers.index(CONTACTS.key)
    places = [headers.index(h) for h in _SAME if h in headers]
    same = {
        tuple(located.row.get(headers[place], "") for place in places): key
        for key, located in known.items()
    }
    taken = known.keys() | {line[column] for line in lines if len(line) > column}
    number = 1
    for line in lines:
        if not any(line) or len(line) <= column or line[column]:
            continue
        key = same.get(tuple(tidy(line[p]) if p < len(line) else "" for p in places))
        while key is None:
            fresh = f"新-{number}"
            key = None if fresh in taken else fresh
            number += 1
        line[column] = key
        taken = taken | {key}


def _write(
    path: Path, sheets: Sequence[tuple[str, list[str], list[list[str]]]]
) -> None:
    with whole_workbook(path) as book:
        text = book.add_format({"num_format": "@", "valign": "top"})
        head = book.add_format({"bold": True, "num_format": "@"})
        for name, headers, lines in sheets:
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 1)
            print_on_wide_pages(sheet, header=0)
            sheet.write_row(0, 0, headers, head)
            for place, header in enumerate(headers):
                width = 32 if header in _WIDE else 14
                sheet.set_column(place, place, width, text)
            for number, line in enumerate(lines, 1):
                for place, value in enumerate(line):
                    sheet.write_string(number, place, value, text)
