"""名录与工作簿：导出一份，在表格里改好再导回来。"""

import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.utils.exceptions import InvalidFileException
from xlsxwriter.exceptions import FileCreateError

from bot.errors import AssistantError, KnowledgeError

from . import wording
from .reading import Rows, canonical, take
from .records import CONTACTS, TABLES, Certificate, Table, tidy

_TABLES = {table.name: table for table in TABLES}
_WIDE = frozenset({"证书", "机构", "别名", "地址", "说明", "邮箱", "邮箱说明", "标题"})


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


def read_workbook(path: Path, current: Rows) -> Rows:
    """读工作簿；可以只有几张表，也可以只有几行。

    参数:
        current: 当前的各行，给没写编号的新联系方式编号

    异常:
        AssistantError: 打不开
        KnowledgeError: 有任何错误，逐项带表名、行号与列名
    """
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
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
            content = [[_text(value) for value in row] for row in sheet.values]
            rows[table.name] = _sheet(table, content, current, problems)
    finally:
        book.close()
    if problems:
        raise KnowledgeError(problems)
    return rows


def _sheet(
    table: Table, content: list[list[str]], current: Rows, problems: list[str]
) -> dict[str, Any]:
    headers = [tidy(header) for header in content[0]] if content else []
    while headers and not headers[-1]:
        headers.pop()
    lines = [row[: len(headers)] for row in content[1:]]
    if table is CONTACTS and table.key in headers:
        _number_new(lines, headers.index(table.key), set(current[table.name]))
    numbered = list(enumerate(lines, 2))
    return dict(take(table, f"{table.name}表", headers, numbered, problems))


def _number_new(lines: list[list[str]], column: int, known: set[str]) -> None:
    """没写编号的联系方式是新的，给它一个编号。"""
    known |= {line[column] for line in lines if len(line) > column}
    number = 1
    for line in lines:
        if any(line) and len(line) > column and not line[column]:
            while f"新-{number}" in known:
                number += 1
            line[column] = f"新-{number}"
            known.add(line[column])


def _text(value: Any) -> str:
    """单元格的文字；表格软件把号码、日期存成数的，还原成人写的样子。"""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


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
