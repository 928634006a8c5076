"""工作簿：登记名册与两种年份的试点院校情况汇总表。"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bot import clock
from bot.printing import print_on_wide_pages, whole_workbook

from .checks import unfinished
from .fields import (
    CONTACT_FORM,
    COUNTS,
    SCHOOL_TYPES,
    SECONDARY,
    TITLES,
    VOCATIONAL,
    Field,
)
from .records import Record, completeness, school_key

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

YEARS = (2020, 2019)
"""汇总表的两种：2020 年附件 3、2019 年附件 2。"""

Column = tuple[str, int, Callable[[Record], str | int]]
"""一列：名目、宽度、取值。"""


def _of(field: Field) -> Callable[[Record], str | int]:
    def value(record: Record) -> str | int:
        found = record.values.get(field, "")
        return int(found) if found and field in COUNTS else found

    return value


def _column(field: Field, width: int) -> Column:
    return TITLES[field], width, _of(field)


def _both(*fields: Field) -> Callable[[Record], str | int]:
    return lambda record: " ".join(filter(None, map(record.values.get, fields)))


_CONTACT_WIDTHS = {
    Field.SCHOOL: 30,
    Field.TYPE: 14,
    Field.USCC: 22,
    Field.CODE: 14,
    Field.WEBSITE: 28,
    Field.ADDRESS: 40,
    Field.PHONE: 16,
    Field.EMAIL: 28,
    Field.POSITION: 20,
}
_CONTACTS: list[Column] = [
    *(_column(field, _CONTACT_WIDTHS.get(field, 12)) for field in CONTACT_FORM.fields),
    ("完整度", 9, lambda r: "{}/{}".format(*completeness(r.values, CONTACT_FORM))),
    ("版本", 6, lambda r: r.version),
    ("更新时间", 17, lambda r: f"{clock.local(r.updated_at):%Y-%m-%d %H:%M}"),
]
_SUMMARY: list[Column] = [
    ("试点院校名称", 30, _of(Field.SCHOOL)),
    ("学校类型", 14, _of(Field.TYPE)),
    ("参与试点证书及等级", 32, _both(Field.CERTIFICATE, Field.LEVEL)),
    ("参与试点专业数量", 10, _of(Field.MAJOR_COUNT)),
    ("参与试点专业名称", 40, _of(Field.MAJORS)),
    ("参与试点学生规模", 10, _of(Field.SIZE)),
]
_SUMMARIES: Mapping[int, list[Column]] = {
    2020: [
        *_SUMMARY,
        ("院校校长及手机", 22, _both(Field.PRINCIPAL, Field.PRINCIPAL_PHONE)),
        ("具体联系人及手机", 22, _both(Field.NAME, Field.PHONE)),
        _column(Field.CITY, 10),
    ],
    2019: [*_SUMMARY, _column(Field.REMARK, 30)],
}
_HEADS = {
    2020: (
        "1+X 证书制度试点院校情况汇总表",
        ("报送单位：", "联系人：", "时间：{:%Y年%m月%d日}"),
    ),
    2019: (
        "第二批1+X证书制度试点院校情况汇总表",
        ("报送单位（盖章）：", "联系人：", "电话：", "邮箱："),
    ),
}


class _Book:
    """一个正在写的工作簿。"""

    def __init__(self, book: "Workbook") -> None:
        self.book = book
        wrap = {"text_wrap": True, "valign": "top", "border": 1}
        self.text = self.book.add_format({**wrap, "num_format": "@"})
        self.number = self.book.add_format(wrap)
        self.header = self.book.add_format(
            {**wrap, "bold": True, "bg_color": "#DCE6F1", "valign": "vcenter"}
        )
        self.title = self.book.add_format({"bold": True, "font_size": 14})
        self.plain = self.book.add_format()

    def put(self, sheet: "Worksheet", row: int, column: int, value: str | int) -> None:
        """写一格：数字按数字，其余一律按文本，空的不写。"""
        if isinstance(value, int):
            sheet.write_number(row, column, value, self.number)
        elif value:
            sheet.write_string(row, column, value, self.text)

    def table(
        self,
        sheet: "Worksheet",
        top: int,
        columns: Sequence[Column],
        rows: Sequence[Record],
    ) -> int:
        """写一张带筛选、冻结表头的表，返回下一个空行。"""
        for index, (name, width, _) in enumerate([("序号", 6, len), *columns]):
            sheet.set_column(index, index, width)
            sheet.write_string(top, index, name, self.header)
        for offset, record in enumerate(rows, start=1):
            self.put(sheet, top + offset, 0, offset)
            for index, (_, _, value) in enumerate(columns, start=1):
                self.put(sheet, top + offset, index, value(record))
        sheet.freeze_panes(top + 1, 0)
        print_on_wide_pages(sheet, header=top)
        sheet.autofilter(top, 0, top + max(len(rows), 1), len(columns))
        return top + len(rows) + 1

    def line(self, sheet: "Worksheet", row: int, text: str, style: "Format") -> None:
        """写一行说明文字。"""
        sheet.write_string(row, 0, text, style)


@contextmanager
def _new_book(path: Path) -> Iterator[_Book]:
    """写一个工作簿。"""
    with whole_workbook(path) as book:
        yield _Book(book)


def write_contacts(path: Path, records: Sequence[Record]) -> None:
    """写登记名册，第二页是待完善的。

    异常:
        NotStored: 写不了文件
    """
    with _new_book(path) as book:
        book.table(book.book.add_worksheet("登记"), 0, _CONTACTS, records)
        lacking = [(r, _lacking(r)) for r in records]
        _write_todo(book, [pair for pair in lacking if pair[1]])


def _lacking(record: Record) -> list[str]:
    fields = CONTACT_FORM.fields
    return [f"缺{TITLES[f]}" for f in fields if not record.values.get(f)]


def write_summary(path: Path, records: Sequence[Record], year: int) -> None:
    """写试点院校情况汇总表，第二页是待完善的。

    参数:
        year: 2020 或 2019

    异常:
        NotStored: 写不了文件
    """
    with _new_book(path) as book:
        sheet = book.book.add_worksheet("汇总表")
        bottom = _write_rows(book, sheet, records, year)
        if year == 2019:
            _write_totals(book, sheet, bottom + 1, records)
        twice = _repeated(records)
        problems = [
            (record, [*unfinished(record.values, year), *twice.get(record.id, ())])
            for record in records
        ]
        _write_todo(book, [pair for pair in problems if pair[1]])


def _write_rows(
    book: _Book, sheet: "Worksheet", records: Sequence[Record], year: int
) -> int:
    """表名、表头与各行，返回下一个空行。"""
    title, heads = _HEADS[year]
    book.line(sheet, 0, title, book.title)
    book.line(sheet, 1, "    ".join(heads).format(clock.now()), book.plain)
    columns = _SUMMARIES[year]
    if len({record.region for record in records}) > 1:
        columns = [_column(Field.REGION, 10), *columns]
    return book.table(sheet, 2, columns, records)


def _repeated(records: Sequence[Record]) -> dict[int, list[str]]:
    """同校同一个证书等级报了两行的，除第一行外都指出来。"""
    seen: dict[tuple[str, str, str], int] = {}
    found: dict[int, list[str]] = {}
    for number, record in enumerate(records, start=1):
        key = record.region, school_key(record.school), record.entry
        first = seen.setdefault(key, number)
        if first != number:
            found[record.id] = [f"与序号 {first} 重复，请核对后留一行"]
    return found


def _write_totals(
    book: _Book, sheet: "Worksheet", top: int, records: Sequence[Record]
) -> None:
    """2019 年的表末有总体情况：重复的行与一校多行都只计一次。"""
    twice = _repeated(records)
    records = [record for record in records if record.id not in twice]
    kinds = {record.school: record.values.get(Field.TYPE, "") for record in records}
    counts = {kind: list(kinds.values()).count(kind) for kind in SCHOOL_TYPES}
    totals = [
        ("试点学生总规模", sum(int(r.values.get(Field.SIZE) or 0) for r in records)),
        ("试点院校数量（中职）", counts[SECONDARY]),
        ("试点院校数量（高职）", counts[VOCATIONAL]),
        ("试点院校数量（本科）", counts[SCHOOL_TYPES[2]] + counts[SCHOOL_TYPES[3]]),
        ("试点院校总规模", len(kinds)),
    ]
    sheet.write_string(top, 1, "总体情况", book.header)
    for offset, (name, count) in enumerate(totals, start=1):
        book.put(sheet, top + offset, 1, name)
        book.put(sheet, top + offset, 2, count)


def _write_todo(book: _Book, rows: Sequence[tuple[Record, list[str]]]) -> None:
    problems = {record.id: "；".join(found) for record, found in rows}
    columns: list[Column] = [
        _column(Field.REGION, 10),
        _column(Field.SCHOOL, 30),
        ("内容", 30, _label),
        ("待完善", 60, lambda record: problems[record.id]),
    ]
    sheet = book.book.add_worksheet("待完善")
    book.table(sheet, 0, columns, [record for record, _ in rows])


def _label(record: Record) -> str:
    return record.entry
