"""别的软件写出的工作簿：尺寸、样式写坏了照样读，读不了的说清楚，什么都不悄悄丢。"""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from bot.directory import Directory, export, read_workbook
from bot.directory.records import CONTACTS
from bot.errors import AssistantError, KnowledgeError

CONTACTS_PART = "xl/worksheets/sheet3.xml"
STYLES = "xl/styles.xml"
Patch = Callable[[str], str]


@pytest.fixture
def book(files: Directory, tmp_path: Path) -> Path:
    """导出的一本，改过一个手机号。"""
    path = tmp_path / "名录.xlsx"
    export(files.rows, path)
    opened = openpyxl.load_workbook(path)
    opened["联系人"]["F9"] = "13800138000"
    opened.save(path)
    return path


def patched(path: Path, part: str, patch: Patch) -> None:
    """改写工作簿里的一个部件。"""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    before = parts[part].decode("utf-8")
    parts[part] = patch(before).encode("utf-8")
    assert parts[part] != before.encode("utf-8")
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def replaced(pattern: str, by: str) -> Patch:
    return lambda text: re.sub(pattern, by, text, count=1)


@pytest.mark.parametrize(
    ("part", "patch"),
    [
        (CONTACTS_PART, replaced(r'<dimension ref="[^"]*"', '<dimension ref="A1"')),
        (CONTACTS_PART, replaced(r'<dimension ref="[^"]*"', '<dimension ref="A1:Q2"')),
        (STYLES, replaced(r"<fill>.*?</fill>", "<fill/>")),
        (STYLES, replaced(r'<family val="\d+"', '<family val="34"')),
        (CONTACTS_PART, replaced("<sheetView ", '<sheetView zoomScale="100%" ')),
    ],
    ids=["尺寸A1", "尺寸只两行", "空填充", "坏字体", "坏缩放"],
)
def test_a_change_is_never_lost_to_bad_looks(
    files: Directory, book: Path, part: str, patch: Patch
) -> None:
    patched(book, part, patch)
    edits = files.compare(*read_workbook(book, files.rows))
    assert [edit.after for edit in edits] == [{"手机": "13800138000"}]


@pytest.mark.parametrize("value", ["#N/A", "#REF!", True, "TRUE"])
def test_what_a_program_computed_is_no_contact(
    files: Directory, book: Path, value: str | bool
) -> None:
    opened = openpyxl.load_workbook(book)
    opened["联系人"]["C5"] = value
    opened.save(book)
    with pytest.raises(KnowledgeError) as caught:
        files.compare(*read_workbook(book, files.rows))
    shown = str(value).upper()
    assert caught.value.problems == [
        f"联系人表 第 5 行 联系人：「{shown}」是表格软件算出来的，"
        "请改成要写的内容，或清空"
    ]


def test_blanks_and_breaks_in_names_are_only_layout(
    files: Directory, book: Path
) -> None:
    opened = openpyxl.load_workbook(book)
    sheet = opened["联系人"]
    column = CONTACTS.headers.index("固定电话") + 1
    sheet.cell(1, column, "固定\n电话")
    sheet.title = "联系人 "
    opened.save(book)
    edits = files.compare(*read_workbook(book, files.rows))
    assert [edit.after for edit in edits] == [{"手机": "13800138000"}]


def test_two_sheets_of_one_name_are_refused(files: Directory, book: Path) -> None:
    opened = openpyxl.load_workbook(book)
    opened.copy_worksheet(opened["联系人"]).title = "联系人 "
    opened.save(book)
    with pytest.raises(KnowledgeError, match="有两页都叫「联系人」"):
        files.compare(*read_workbook(book, files.rows))


def test_merged_cells_count_for_every_row(files: Directory, book: Path) -> None:
    opened = openpyxl.load_workbook(book)
    sheet = opened["证书"]
    assert {sheet[f"B{row}"].value for row in (2, 3, 4)} == {"1"}
    sheet.merge_cells("B2:B4")
    opened.save(book)
    edits = files.compare(*read_workbook(book, files.rows))
    assert [edit.after for edit in edits] == [{"手机": "13800138000"}]


def test_a_broken_sheet_is_named(files: Directory, book: Path) -> None:
    patched(book, CONTACTS_PART, lambda text: text[: len(text) // 2])
    with pytest.raises(AssistantError, match="「联系人」这一页坏了"):
        read_workbook(book, files.rows)


def test_a_cut_file_is_said_to_be_incomplete(files: Directory, book: Path) -> None:
    content = book.read_bytes()
    book.write_bytes(content[: len(content) // 2])
    with pytest.raises(AssistantError, match="传完整了"):
        read_workbook(book, files.rows)


def test_dates_and_numbers_read_as_people_write_them(
    files: Directory, book: Path
) -> None:
    opened = openpyxl.load_workbook(book)
    sheet = opened["联系人"]
    sheet["F9"].number_format = "General"
    sheet["F9"] = 13800138000
    place = CONTACTS.headers.index("截至") + 1
    sheet.cell(9, place).number_format = "yyyy/m/d"
    sheet.cell(9, place, 43935)
    opened.save(book)
    edits = files.compare(*read_workbook(book, files.rows))
    assert [edit.after for edit in edits] == [{"手机": "13800138000"}]


def test_an_export_prints_on_wide_pages(files: Directory, book: Path) -> None:
    export(files.rows, book)
    for sheet in openpyxl.load_workbook(book).worksheets:
        assert sheet.page_setup.orientation == "landscape"
        fit = sheet.sheet_properties.pageSetUpPr
        assert fit is not None
        assert fit.fitToPage
        assert sheet.page_setup.fitToWidth in (None, 1)
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.print_title_rows == "$1:$1"
