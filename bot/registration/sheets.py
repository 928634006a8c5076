"""读填好的登记表、一条消息里的好几所：一行一所；哪一行有误、为什么，逐行说。"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.directory import Cell, Sheet
from bot.text.contacts import Invalid

from .books import open_book
from .checks import Checks
from .drafts import region_seen
from .fields import CONTACT_FORM, TITLES, Field
from .masking import mask_problem
from .reader import read
from .records import school_key
from .result import SECRET, Problem
from .tables import columns_of, pasted
from .vocabulary import EMPTY_VALUE

MOST_ROWS = 500
_ONE = frozenset({Field.SCHOOL, Field.PHONE})
"""一行有这两样，才是一所。"""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """表里的一行。

    参数:
        number: 表里的行号
        values: 读出并且有效的
        wrong: 不能登记的原因，每项一句；能登记为空
        skipped: 选填的、写得不对先不存的，每项一句
    """

    number: int
    values: Mapping[Field, str]
    wrong: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()


def read_rows(
    data: bytes, name: str, checks: Checks, region: str | None = None
) -> list[SheetRow]:
    """读一本工作簿里的登记；不是登记表为空。

    参数:
        data: 工作簿的内容
        region: 没写地区、也看不出的算哪里的

    异常:
        AssistantError: 打不开
    """
    rows: list[SheetRow] = []
    for sheet in open_book(data, name):
        if header := _header(sheet):
            position, columns = header
            for number, cells in sheet.rows[position + 1 :]:
                if row := _row(number, cells, columns, checks, region):
                    rows.append(row)
    return _without_twins(rows)


def _header(sheet: Sheet) -> tuple[int, dict[int, Field]] | None:
    """表头在第几行，各列是哪一项；没有表头为 `None`。"""
    for position, (_, cells) in enumerate(sheet.rows):
        if columns := columns_of([cell.text for cell in cells]):
            return position, columns
    return None


def _row(
    number: int,
    cells: Sequence[Cell],
    columns: Mapping[int, Field],
    checks: Checks,
    region: str | None,
) -> SheetRow | None:
    written = {
        field: text
        for column, field in columns.items()
        if column < len(cells)
        and not cells[column].is_no_content
        and (text := cells[column].text.strip())
        and not EMPTY_VALUE.fullmatch(text)
    }
    if len(written) < 2:
        # 空行，或表末的说明
        return None
    values: dict[Field, str] = {}
    problems: dict[Field, Problem] = {}
    for field, text in written.items():
        try:
            values[field] = checks.validate(field, text)
        except Invalid as error:
            problems[field] = Problem(SECRET if error.secret else text, str(error))
    return _judged(number, values, problems, checks, region)


def _judged(
    number: int,
    values: dict[Field, str],
    problems: Mapping[Field, Problem],
    checks: Checks,
    region: str | None,
) -> SheetRow:
    """一行能不能登记。"""
    wrong: list[str] = []
    skipped: list[str] = []
    for field, problem in problems.items():
        raw = mask_problem(field, problem.raw)
        said = f"{TITLES[field]}「{raw[:20]}」：{problem.reason}"
        (wrong if field in CONTACT_FORM.required else skipped).append(said)
    if Field.REGION not in {*values, *problems}:
        if where := region_seen(values, checks.regions) or region:
            values = {**values, Field.REGION: where}
    missing = [
        TITLES[field]
        for field in CONTACT_FORM.required
        if field not in values and field not in problems
    ]
    if missing:
        wrong.append("缺" + "、".join(missing))
    return SheetRow(number, values, tuple(wrong), tuple(skipped))


def read_lines(text: str, checks: Checks, region: str | None = None) -> list[SheetRow]:
    """一条消息里的好几所：贴来的表，或一行、一段一所；不到两所为空。"""
    table = pasted(text)
    if table and len(table.rows) > 1:
        columns = columns_of(table.header)
        rows = [
            _row(number, [Cell(cell) for cell in cells], columns, checks, region)
            for number, cells in enumerate(table.rows, start=1)
        ]
        return _without_twins([row for row in rows if row])
    for parts in (re.split(r"\n\s*\n", text), text.split("\n")):
        readings = [read(part, CONTACT_FORM, checks) for part in parts[:MOST_ROWS]]
        whole = [reading for reading in readings if reading.fields >= _ONE]
        told = [reading for reading in readings if reading.fields]
        if len(whole) > 1 and len(whole) == len(told):
            found = (
                _judged(number, reading.values, reading.problems, checks, region)
                for number, reading in enumerate(whole, start=1)
            )
            return _without_twins(list(found))
    return []


def _without_twins(rows: Sequence[SheetRow]) -> list[SheetRow]:
    """同校同名的只登记前一行。"""
    seen: dict[tuple[str, ...], int] = {}
    kept: list[SheetRow] = []
    for row in rows:
        key = (
            row.values.get(Field.REGION, ""),
            school_key(row.values.get(Field.SCHOOL, "")),
            row.values.get(Field.NAME, ""),
        )
        first = None if row.wrong else seen.setdefault(key, row.number)
        if first not in (None, row.number):
            twin = f"与第 {first} 行是同一所学校的同一个人"
            row = SheetRow(row.number, row.values, (twin,))
        kept.append(row)
    return kept
