"""名录与工作簿：导出一份，在表格里改好再导回来。"""

import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import xlsxwriter
from openpyxl.utils.exceptions import InvalidFileException
from xlsxwriter.exceptions import FileCreateError

from bot.errors import AssistantError
from bot.text.cleaning import clean

from . import wording
from .records import CONTACTS, TABLES, Certificate, Table, tidy
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
        AssistantError: 写不了
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
        AssistantError: 写不了
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
        AssistantError: 打不开
    """
    try:
        book = openpyxl.load_workbook(path, read_only=True)
    except (OSError, InvalidFileException, zipfile.BadZipFile, KeyError) as error:
        raise AssistantError(wording.cannot_open(path.name)) from error
    problems: list[str] = []
    rows: Rows = {}
    try:
        for sheet in book.worksheets:
            table = _TABLES.get(sheet.title)
            if table is None:
                problems.append(wording.unknown_sheet(sheet.title, list(_TABLES)))
                continue
            rows[table.name] = _sheet(table, list(sheet.iter_rows()), current, problems)
    finally:
        book.close()
    return Book(rows, problems)


def _sheet(
    table: Table,
    content: Sequence[Sequence[Any]],
    current: Rows,
    problems: list[str],
) -> dict[str, Located]:
    title = f"{table.name}表"
    headers = [tidy(_text(cell.value)) for cell in content[0]] if content else []
    while headers and not headers[-1]:
        headers.pop()
    lines: list[list[str]] = []
    for number, cells in enumerate(content[1:], 2):
        where = f"{title} 第 {number} 行"
        for header, cell in zip(headers, cells, strict=False):
            if cell.data_type == "f":
                problems.append(wording.formula(where, header))
        texts = [_text(cell.value) for cell in cells]
        extra = next((t for t in texts[len(headers) :] if t.strip()), None)
        if headers and extra is not None:
            problems.append(wording.outside(where, extra))
        lines.append(texts[: len(headers)])
    if table is CONTACTS and table.key in headers:
        _number_new(lines, headers, current[table.name])
    return take(table, title, headers, list(enumerate(lines, 2)), problems)


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


def _text(value: Any) -> str:
    """单元格的文字；表格软件把号码、日期存成数的，还原成人写的样子。"""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return clean(str(value))


def _write(
    path: Path, sheets: Sequence[tuple[str, list[str], list[list[str]]]]
) -> None:
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with xlsxwriter.Workbook(str(path), options) as book:
            text = book.add_format({"num_format": "@", "valign": "top"})
            head = book.add_format({"bold": True, "num_format": "@"})
            for name, headers, lines in sheets:
                sheet = book.add_worksheet(name)
                sheet.freeze_panes(1, 1)
                sheet.write_row(0, 0, headers, head)
                for place, header in enumerate(headers):
                    width = 32 if header in _WIDE else 14
                    sheet.set_column(place, place, width, text)
                for number, line in enumerate(lines, 1):
                    for place, value in enumerate(line):
                        sheet.write_string(number, place, value, text)
    except (OSError, FileCreateError) as error:
        raise AssistantError(wording.cannot_write(path.name)) from error
