"""院校名单：导入之后，不在其中的校名看得出来。"""

from pathlib import Path

import pytest
from openpyxl import Workbook

from bot.__main__ import main
from bot.errors import AssistantError
from bot.registration import put_schools, read_schools
from tests.lexicon import REGIONS

from .conftest import GUANGXI, STRANGER, TEACHER, Hall

LISTED = "桂东示例职业技术学院"


async def _import(hall: Hall) -> None:
    async with hall.assistant.database.write() as session:
        await put_schools(session, "广西", [LISTED, "南岭演示工业学校"])
    await hall.assistant.registration.schools.load()


async def test_unknown_names_are_marked(hall: Hall) -> None:
    await _import(hall)
    good = await hall.say(f"登记 {LISTED} 高职 覃一 13800138000 广西", TEACHER)
    assert "院校名单" not in good
    await hall.say("确认", TEACHER)
    card = await hall.say("登记 桂东示例职业学院 高职 路二 13900139000 广西", STRANGER)
    assert f"校名不在广西的院校名单里，是不是 {LISTED}" in card
    await hall.say("确认", STRANGER)
    listed = (await hall.say("登记列表", GUANGXI)).splitlines()
    marked = [line for line in listed if "（不在院校名单）" in line]
    assert len(marked) == 1
    assert "桂东示例职业学院" in marked[0]


async def test_unknown_names_are_marked_in_the_report_roster(hall: Hall) -> None:
    await _import(hall)
    for name, person in ((LISTED, TEACHER), ("乱填示例职业学院", STRANGER)):
        await hall.say(f"登记 {name} 高职 覃一 13800138000 广西", person)
        await hall.say("确认", person)
    await hall.say("双周报 设置 广西 首次截止 2026-11-27 17:00", GUANGXI)
    await hall.say("确认", GUANGXI)
    roster = await hall.say("双周报 名单", GUANGXI)
    assert f"没交：乱填示例职业学院（不在院校名单）、{LISTED}\n" in f"{roster}\n"


async def test_regions_without_a_list_say_nothing(hall: Hall) -> None:
    await _import(hall)
    card = await hall.say("登记 鲁中示例学院 高职 路二 13900139000 山东", STRANGER)
    assert "院校名单" not in card


def _xlsx(path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["序号", "地区", "院校名称"],
        [1, "广西", LISTED],
        [2, "山东省", "鲁中示例学院"],
    ):
        sheet.append(row)
    book.save(path)


def test_lists_in_several_forms(tmp_path: Path) -> None:
    _xlsx(tmp_path / "a.xlsx")
    (tmp_path / "a.csv").write_text(
        f"地区,院校\n广西,{LISTED}\n山东,鲁中示例学院\n", "utf-8-sig"
    )
    (tmp_path / "a.txt").write_text(
        f"# 广西\n{LISTED}\n\n山东\n鲁中示例学院\n", "utf-8"
    )
    for name in ("a.xlsx", "a.csv", "a.txt"):
        assert read_schools(tmp_path / name, REGIONS) == {
            "广西": [LISTED],
            "山东": ["鲁中示例学院"],
        }


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.txt", f"{LISTED}\n".encode(), "不知是哪个地区的"),
        ("a.txt", b"\xff\xfe\x00", "读不了"),
        ("a.xlsx", b"PK nonsense", "不是完好的 xlsx"),
        ("a.csv", "说明\n".encode(), "没有读到校名"),
    ],
)
def test_what_cannot_be_read(
    tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(AssistantError, match=told):
        read_schools(path, REGIONS)


def test_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    (tmp_path / "a.txt").write_text(f"{LISTED}\n南岭演示工业学校\n", "utf-8")
    assert main(["import-schools", str(tmp_path / "a.txt"), "--region", "广西"]) == 0
    assert "广西：2 所" in capsys.readouterr().out
    assert main(["import-schools", str(tmp_path / "a.txt"), "--region", "火星"]) == 1
