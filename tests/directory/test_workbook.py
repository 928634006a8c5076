"""工作簿：导出再导回来不变；改动先列出；有错什么都不动。"""

import argparse
from pathlib import Path

import openpyxl
import pytest

from bot.commands import directory as command
from bot.directory import Directory, export, read_workbook
from bot.directory.records import TABLES
from bot.errors import AssistantError, KnowledgeError
from bot.storage import Database
from tests.lexicon import REGIONS

from .conftest import FOLDER, SECRETARY


def change(path: Path, sheet: str, cell: str, value: str | int) -> None:
    book = openpyxl.load_workbook(path)
    book[sheet][cell] = value
    book.save(path)


@pytest.fixture
def book(files: Directory, tmp_path: Path) -> Path:
    path = tmp_path / "名录.xlsx"
    export(files.rows, path)
    return path


def test_export_then_import_changes_nothing(files: Directory, book: Path) -> None:
    assert files.compare(*read_workbook(book, files.rows)) == []


def test_everything_is_stored_as_text(files: Directory, book: Path) -> None:
    for sheet in openpyxl.load_workbook(book).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.value is None or cell.data_type == "s"


def test_a_changed_cell_is_the_only_difference(files: Directory, book: Path) -> None:
    change(book, "联系人", "F2", 13800138000)
    edits = files.compare(*read_workbook(book, files.rows))
    assert [edit.lines() for edit in edits] == [
        ["联系人「20-1-01」手机：18611533890；13366465781 → 13800138000"]
    ]


def test_only_some_rows_are_fine(files: Directory, tmp_path: Path) -> None:
    path = tmp_path / "少.xlsx"
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "方向"
    sheet.append(["方向", "别名"])
    sheet.append(["养老", "老年；银发"])
    book.save(path)
    edits = files.compare(*read_workbook(path, files.rows))
    assert [(edit.key, edit.after) for edit in edits] == [
        ("养老", {"别名": "老年；银发"})
    ]


def test_a_new_contact_gets_a_number(files: Directory, book: Path) -> None:
    opened = openpyxl.load_workbook(book)
    sheet = opened["联系人"]
    headers = [cell.value for cell in sheet[1]]
    new = {
        "证书": "物流管理",
        "联系人": "王五",
        "来源": "山东2020",
        "截至": "2026-11-01",
    }
    sheet.append([new.get(str(header), "") for header in headers])
    opened.save(book)
    edits = files.compare(*read_workbook(book, files.rows))
    assert [(edit.key, edit.before) for edit in edits] == [("新-1", None)]


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "problem"),
    [
        ("联系人", "F5", "1380013800", "联系人表 第 5 行 手机：「1380013800」"),
        ("联系人", "B4", "不存在的证书", "联系人表 第 4 行 证书：没有「不存在的证书」"),
        ("联系人", "A3", "20-1-01", "联系人表 第 3 行 编号：「20-1-01」"),
        ("证书", "B3", "九", "证书表 第 3 行 批次：「九」应当是整数"),
        ("证书", "A1", "名称", "不认识的列「名称」"),
        ("机构", "C4", "x", ""),
    ],
)
def test_mistakes_are_told_with_row_and_column(
    files: Directory, book: Path, sheet: str, cell: str, value: str, problem: str
) -> None:
    change(book, sheet, cell, value)
    if not problem:
        assert len(files.compare(*read_workbook(book, files.rows))) == 1
        return
    with pytest.raises(KnowledgeError) as caught:
        files.compare(*read_workbook(book, files.rows))
    assert problem in "\n".join(caught.value.problems)


def test_a_formula_is_a_mistake_not_an_empty_cell(files: Directory, book: Path) -> None:
    change(book, "联系人", "F5", "=1+1")
    with pytest.raises(KnowledgeError) as caught:
        files.compare(*read_workbook(book, files.rows))
    assert "联系人表 第 5 行 手机：是公式" in caught.value.problems[0]


def test_all_mistakes_are_told_at_once(files: Directory, book: Path) -> None:
    change(book, "联系人", "A3", "20-1-01")
    change(book, "联系人", "F5", "1380013800")
    change(book, "联系人", "F6", "=A1")
    change(book, "联系人", "Z7", "备注")
    change(book, "联系人", "B9", "不存在的证书")
    change(book, "证书", "B3", "九")
    change(book, "证书", "D5", "不存在的机构")
    with pytest.raises(KnowledgeError) as caught:
        files.compare(*read_workbook(book, files.rows))
    told = "\n".join(caught.value.problems)
    for place in (
        "联系人表 第 3 行 编号",
        "联系人表 第 5 行 手机",
        "联系人表 第 6 行 手机：是公式",
        "联系人表 第 7 行：表头之外还有文字「备注」",
        "联系人表 第 9 行 证书：没有「不存在的证书」",
        "证书表 第 3 行 批次",
        "证书表 第 5 行 机构：没有「不存在的机构」",
    ):
        assert place in told
    assert len([p for p in caught.value.problems if "证书表 第 3 行" in p]) == 1


@pytest.mark.parametrize(
    ("header", "value", "problem"),
    [
        ("截至", "2099-01-01", "还没到"),
        ("地址", "路" * 600, "有 600 个字，最多 500 个"),
    ],
)
def test_values_out_of_bounds(
    files: Directory, book: Path, header: str, value: str, problem: str
) -> None:
    opened = openpyxl.load_workbook(book)
    sheet = opened["联系人"]
    column = [cell.value for cell in sheet[1]].index(header) + 1
    sheet.cell(4, column, value)
    opened.save(book)
    with pytest.raises(KnowledgeError, match=problem):
        files.compare(*read_workbook(book, files.rows))


async def test_the_same_row_without_a_number_is_added_once(
    directory: Directory, tmp_path: Path
) -> None:
    path = tmp_path / "新.xlsx"
    headers = next(table for table in TABLES if table.name == "联系人").headers
    new = {
        "证书": "物流管理",
        "联系人": "王五",
        "手机": "13800138000",
        "来源": "山东2020",
        "截至": "2026-11-01",
    }
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "联系人"
    sheet.append(headers)
    sheet.append([new.get(header, "") for header in headers])
    book.save(path)
    edits = directory.compare(*read_workbook(path, directory.rows))
    await directory.apply(edits, "试", SECRETARY)
    assert directory.compare(*read_workbook(path, directory.rows)) == []


def test_not_a_workbook(files: Directory, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    with pytest.raises(AssistantError, match="打不开"):
        read_workbook(path, files.rows)
    path.write_text("不是工作簿", encoding="utf-8")
    with pytest.raises(AssistantError, match="打不开"):
        read_workbook(path, files.rows)


def test_unknown_sheet(files: Directory, book: Path) -> None:
    opened = openpyxl.load_workbook(book)
    opened.create_sheet("别的")
    opened.save(book)
    with pytest.raises(KnowledgeError, match="不认识的工作表「别的」"):
        files.compare(*read_workbook(book, files.rows))


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("KNOWLEDGE_DIR", str(FOLDER.parent))
    return tmp_path


def run(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    command.register(parser.add_subparsers())
    parsed = parser.parse_args(["directory", *arguments])
    return parsed.handler(parsed)


async def history(folder: Path) -> list[str]:
    database = await Database.open(
        f"sqlite+aiosqlite:///{folder / 'data' / 'assistant.db'}"
    )
    directory = await Directory.open(database, FOLDER, REGIONS)
    found = [change.summary for change in await directory.history()]
    await database.close()
    return found


async def test_command_line(
    settings: Path, book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import asyncio

    async def call(*arguments: str) -> tuple[int, str, str]:
        code = await asyncio.to_thread(run, *arguments)
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    code, out, _ = await call("import", str(book))
    assert (code, out) == (0, "工作簿与当前名录一致，没有要改的。\n")
    change(book, "联系人", "C2", "张三")
    code, out, _ = await call("import", str(book), "--dry-run")
    assert code == 0
    assert "联系人：胡晓光；张建奇 → 张三" in out
    assert "什么都没改" in out
    assert await history(settings) == []
    change(book, "联系人", "F9", "x")
    code, _, err = await call("import", str(book))
    assert code == 1
    assert "联系人表 第 9 行 手机" in err
    assert await history(settings) == []
    change(book, "联系人", "F9", "13800138000")
    code, out, _ = await call("import", str(book))
    assert code == 0
    assert "编号 1" in out
    assert await history(settings) == ["导入 名录.xlsx，2 处"]
    exported = settings / "again.xlsx"
    code, out, _ = await call("export", str(exported))
    assert code == 0
    code, out, _ = await call("import", str(exported))
    assert "没有要改的" in out
