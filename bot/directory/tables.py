"""严格读表：CSV 与工作簿共用；任何错误都说明在哪张表哪一行哪一列。"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from bot.errors import KnowledgeError

from .records import TABLES, Row, Table, tidy


@dataclass(frozen=True, slots=True)
class Located:
    """一行与它的出处，如 `contacts.csv 第 5 行`。"""

    where: str
    row: Row


Rows: TypeAlias = dict[str, dict[str, Located]]
"""表名 → 主键 → 行。"""


def read_folder(folder: Path) -> Rows:
    """读 `knowledge/directory` 里的全部表。

    异常:
        KnowledgeError: 缺文件、表头不对、主键缺失或重复
    """
    problems: list[str] = []
    rows = {table.name: _read_csv(folder, table, problems) for table in TABLES}
    if problems:
        raise KnowledgeError(problems)
    return rows


def take(
    table: Table,
    title: str,
    headers: Sequence[str],
    lines: Iterable[tuple[int, Sequence[str]]],
    problems: list[str],
) -> dict[str, Located]:
    """把一张表的各行变成主键 → 行；全空的行跳过。

    参数:
        title: 报错时的表名
        lines: （行号，各格文字）
    """
    if not _headers_fit(table, title, headers, problems):
        return {}
    taken: dict[str, Located] = {}
    for number, cells in lines:
        where = f"{title} 第 {number} 行"
        values = [tidy(cell) for cell in cells]
        if not any(values):
            continue
        if len(values) != len(headers):
            problems.append(f"{where}：应当有 {len(headers)} 格，实际 {len(values)} 格")
            continue
        row = dict(zip(headers, values, strict=True))
        key = row[table.key]
        if not key:
            problems.append(f"{where} {table.key}：不能为空")
        elif key in taken:
            problems.append(f"{where} {table.key}：「{key}」与{taken[key].where}重复")
        else:
            taken[key] = Located(where, row)
    return taken


def parse(table: Table, located: Located, problems: list[str]) -> Any:
    """把一行变成记录；有错则记下并返回 `None`。"""
    values: dict[str, Any] = {}
    for column in table.columns:
        text = located.row.get(column.header, "")
        try:
            if column.required and not text:
                raise ValueError("不能为空")
            values[column.attribute] = column.cell.read(text)
        except ValueError as error:
            problems.append(f"{located.where} {column.header}：{error}")
    if len(values) < len(table.columns):
        return None
    return table.record(**values)


def canonical(table: Table, row: Row) -> Row:
    """同一内容的统一写法，供比较；读不懂的格照原样。"""
    shown: dict[str, str] = {}
    for column in table.columns:
        text = row.get(column.header, "")
        try:
            shown[column.header] = column.cell.write(column.cell.read(text))
        except ValueError:
            shown[column.header] = text
    return shown


def _headers_fit(
    table: Table, title: str, headers: Sequence[str], problems: list[str]
) -> bool:
    missing = [header for header in table.headers if header not in headers]
    unknown = [header or "（空）" for header in headers if header not in table.headers]
    if missing:
        problems.append(f"{title} 第 1 行：缺少列「{'」「'.join(missing)}」")
    if unknown:
        problems.append(f"{title} 第 1 行：不认识的列「{'」「'.join(unknown)}」")
    if len(set(headers)) < len(headers) and not unknown:
        problems.append(f"{title} 第 1 行：有重复的列")
        return False
    return not missing and not unknown


def _read_csv(folder: Path, table: Table, problems: list[str]) -> dict[str, Located]:
    path = folder / table.file
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            headers = [tidy(header) for header in next(reader, [])]
            lines = [(reader.line_num, cells) for cells in reader]
    except (OSError, UnicodeDecodeError):
        problems.append(f"{table.file}：读不了，请确认文件在，并用 UTF-8 编码保存")
        return {}
    except csv.Error as error:
        problems.append(f"{table.file}：CSV 写法不对，{error}")
        return {}
    return take(table, table.file, headers, lines, problems)
