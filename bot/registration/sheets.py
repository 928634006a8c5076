"""读填好的登记表：一行一所院校，第一行是名目；哪一行有误、为什么，逐行说。"""

import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.directory import Cell, Sheet, read_sheets
from bot.text.contacts import Invalid

from .checks import Checks
from .drafts import region_seen
from .fields import CONTACT_FORM, TITLES, Field
from .labels import label_names
from .masking import mask_problem
from .records import school_key
from .result import SECRET
from .vocabulary import EMPTY_VALUE

MOST_ROWS = 500
_LEAST_NAMED = 3
"""一行里有这么多格是名目，才是表头。"""
_DRESS = re.compile(r"[*＊\s]|[（(].*?[）)]|^\d+[.、]")


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
    for sheet in _sheets(data, name):
        if header := _header(sheet):
            position, columns = header
            for number, cells in sheet.rows[position + 1 :]:
                if row := _row(number, cells, columns, checks, region):
                    rows.append(row)
    return _without_twins(rows)


def _sheets(data: bytes, name: str) -> list[Sheet]:
    with tempfile.TemporaryDirectory() as folder:
        # 只取名字：发来的名字里可能有路径
        path = Path(folder) / (Path(name).name or "登记表.xlsx")
        path.write_bytes(data)
        return read_sheets(path)


def _header(sheet: Sheet) -> tuple[int, dict[int, Field]] | None:
    """表头在第几行，各列是哪一项；没有表头为 `None`。"""
    names = label_names(CONTACT_FORM)
    for position, (_, cells) in enumerate(sheet.rows):
        columns: dict[int, Field] = {}
        for column, cell in enumerate(cells):
            field = names.get(_DRESS.sub("", cell.text).lower())
            if field and field not in columns.values():
                columns[column] = field
        if len(columns) >= _LEAST_NAMED and Field.SCHOOL in columns.values():
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
        field: cells[column].text.strip()
        for column, field in columns.items()
        if column < len(cells) and not EMPTY_VALUE.fullmatch(cells[column].text.strip())
    }
    written = {field: text for field, text in written.items() if text}
    if len(written) < 2:
        # 空行，或表末的说明
        return None
    values: dict[Field, str] = {}
    wrong: list[str] = []
    skipped: list[str] = []
    for field, text in written.items():
        try:
            values[field] = checks.validate(field, text)
        except Invalid as error:
            raw = SECRET if error.secret else mask_problem(field, text)
            said = f"{TITLES[field]}「{raw[:20]}」：{error}"
            (wrong if field in CONTACT_FORM.required else skipped).append(said)
    if Field.REGION not in written:
        if where := region_seen(values, checks.regions) or region:
            values[Field.REGION] = where
    missing = [
        TITLES[field]
        for field in CONTACT_FORM.required
        if field not in values and field not in written
    ]
    if missing:
        wrong.append("缺" + "、".join(missing))
    return SheetRow(number, values, tuple(wrong), tuple(skipped))


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
