"""打开各种登记表：.xlsx、WPS 的 .et、老的 .xls、.ods，与 .csv。"""

import csv
import io
import tempfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from bot.directory import Cell, Sheet, read_sheets
from bot.errors import AssistantError

SUFFIXES = (".xlsx", ".xls", ".et", ".ods", ".csv")
_MOST_ROWS = 5000
_CANNOT_OPEN = "这个表格打不开，可能没有下载完、加了密码或已损坏；另存为 .xlsx 再发。"


def open_book(data: bytes, name: str) -> list[Sheet]:
    """各页的各行，行号照表里的。

    参数:
        data: 文件的内容；是哪一种，看内容不看名字

    异常:
        AssistantError: 打不开
    """
    if data.startswith(b"PK") and not name.lower().endswith(".ods"):
        with tempfile.TemporaryDirectory() as folder:
            # 只取名字：发来的名字里可能有路径
            path = Path(folder) / (Path(name).name or "登记表.xlsx")
            path.write_bytes(data)
            return read_sheets(path)
    if name.lower().endswith((".csv", ".txt")):
        return [_separated(data)]
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            return [_page(book, title) for title in book.sheet_names]
    except (CalamineError, OSError, ValueError) as error:
        raise AssistantError(_CANNOT_OPEN) from error


def _page(book: CalamineWorkbook, title: str) -> Sheet:
    rows = book.get_sheet_by_name(title).to_python(
        skip_empty_area=False, nrows=_MOST_ROWS
    )
    return _sheet(title, [[_written(value) for value in row] for row in rows])


def _sheet(title: str, rows: list[list[str]]) -> Sheet:
    return Sheet(
        title,
        [
            (number, [Cell(text) for text in row])
            for number, row in enumerate(rows, start=1)
            if any(row)
        ],
    )


def _written(value: Any) -> str:
    """一格照人写的样子：号码存成了数的，不带小数。"""
    match value:
        case bool():
            return ""
        case float() if value.is_integer():
            return str(int(value))
        case datetime() | date():
            return value.isoformat()
        case _:
            return str(value).strip()


def _separated(data: bytes) -> Sheet:
    """以逗号、分号或制表符隔开的文字；国标码的也读。"""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", errors="replace")
    head = text.split("\n", 1)[0]
    mark = max(",;\t，", key=head.count)
    rows = csv.reader(
        io.StringIO(text.replace("，", ",") if mark == "，" else text),
        delimiter="," if mark == "，" else mark,
    )
    return _sheet("", [[cell.strip() for cell in row] for row in rows][:_MOST_ROWS])
