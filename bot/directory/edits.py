"""叠加在文件之上的改动：比较、合并，都在“行”上做。"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from .records import CONTACTS, TABLES, Row, Table
from .tables import Located, Rows, canonical

AS_OF = "截至"


@dataclass(frozen=True, slots=True)
class Edit:
    """对一行的改动；`before` 为 `None` 是新增，两者都只含改动的列。"""

    sheet: str
    key: str
    before: Row | None
    after: Row

    def lines(self) -> list[str]:
        """改前改后，每列一行。"""
        if self.before is None:
            shown = "；".join(f"{h}={v}" for h, v in self.after.items() if v)
            return [f"{self.sheet}「{self.key}」新增：{shown}"]
        return [
            f"{self.sheet}「{self.key}」{header}："
            f"{self.before.get(header) or '（空）'} → {value or '（空）'}"
            for header, value in self.after.items()
        ]


@dataclass(frozen=True, slots=True)
class DatedEdit:
    """已生效的改动与生效日期。"""

    edit: Edit
    day: date


def compare(current: Rows, wanted: Rows) -> list[Edit]:
    """把 `current` 变成 `wanted` 要做的改动；`wanted` 里没有的行保持不变。"""
    edits: list[Edit] = []
    for table in TABLES:
        for key, located in wanted.get(table.name, {}).items():
            known = current[table.name].get(key)
            if edit := _difference(table, key, known, located.row):
                edits.append(edit)
    return edits


def merge(rows: Rows, edits: Iterable[Edit]) -> Rows:
    """在各行上依次叠加改动，返回新的各行。"""
    merged: Rows = {name: dict(table) for name, table in rows.items()}
    for edit in edits:
        table = merged[edit.sheet]
        known = table.get(edit.key)
        if known is None and edit.before is not None:
            # 文件里已经删去的行，旧的改动不再适用
            continue
        row = {**(known.row if known else {}), **edit.after}
        table[edit.key] = Located(_described(edit, row), row)
    return merged


def update_days(edits: Iterable[DatedEdit]) -> dict[tuple[str, str], date]:
    """（联系方式编号，表头）→ 最近一次更新的日期；连“截至”一起改的以“截至”为准。"""
    days: dict[tuple[str, str], date] = {}
    for dated in edits:
        edit = dated.edit
        if edit.sheet != CONTACTS.name or edit.before is None:
            continue
        for header in edit.after:
            if AS_OF in edit.after:
                days.pop((edit.key, header), None)
            else:
                days[edit.key, header] = dated.day
    return days


def overlapping(edits: Iterable[Edit], others: Iterable[Edit]) -> bool:
    """两组改动有没有动同一格。"""
    cells = {cell for edit in edits for cell in _cells(edit)}
    return any(cell in cells for edit in others for cell in _cells(edit))


def _described(edit: Edit, row: Row) -> str:
    """报错时怎么称呼改过的一行。"""
    if edit.sheet == CONTACTS.name:
        return f"{row.get('证书', edit.key)}的联系方式"
    return f"{edit.sheet}「{edit.key}」"


def _cells(edit: Edit) -> list[tuple[str, str, str]]:
    headers: Mapping[str, str] = edit.after
    whole = [""] if edit.before is None else []
    return [(edit.sheet, edit.key, header) for header in (*headers, *whole)]


def _difference(table: Table, key: str, known: Located | None, row: Row) -> Edit | None:
    wanted = canonical(table, row)
    if known is None:
        return Edit(table.name, key, None, wanted)
    present = canonical(table, known.row)
    changed = [h for h in table.headers if present[h] != wanted[h]]
    if not changed:
        return None
    before = {header: present[header] for header in changed}
    return Edit(table.name, key, before, {header: wanted[header] for header in changed})
