"""工作簿、查找与命令行的导出。"""

import argparse
import stat
import time
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import select

from bot import clock
from bot.commands import registration as command
from bot.messages import Person, Reply
from bot.registration import (
    Field,
    Kind,
    Record,
    exporting,
    write_contacts,
    write_summary,
)
from bot.storage.tables import RegistrationAudit
from plugins.registration import secretariat as plugin

from .conftest import BOSS, CLERK, GROUP, LI, OTHER_GROUP, ZHANG, Chat

NASTY = ["=1+1", "+8613800138000", "@x", "-1", '=HYPERLINK("http://x")', "00123"]


def _record(number: int, kind: Kind, values: dict[Field, str]) -> Record:
    now = clock.now()
    return Record(number, kind, Person("qq", str(number)), values, 1, now, now)


def _sheet(path: Path, name: str) -> Worksheet:
    return openpyxl.load_workbook(path)[name]


def test_no_cell_becomes_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    fields = [f for f in Field if f not in (Field.SIZE, Field.MAJOR_COUNT)]
    records = [
        _record(number, Kind.CONTACT, dict.fromkeys(fields, nasty))
        for number, nasty in enumerate(NASTY)
    ]
    write_contacts(path, records)
    sheet = _sheet(path, "登记")
    for row, nasty in zip(sheet.iter_rows(min_row=2), NASTY, strict=True):
        cells = row[1:13]
        assert [cell.value for cell in cells] == [nasty] * 12
        assert {cell.data_type for cell in cells} == {"s"}
        assert {cell.number_format for cell in cells} == {"@"}
        assert all(cell.hyperlink is None for cell in cells)
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:P7"
    assert (sheet.column_dimensions["C"].width or 0) > 25
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_incomplete_ones_are_listed(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    whole = dict.fromkeys(Field, "甲")
    part = {**whole, Field.EMAIL: "", Field.NAME: "张三"}
    del part[Field.CITY]
    write_contacts(
        path, [_record(1, Kind.CONTACT, whole), _record(2, Kind.CONTACT, part)]
    )
    [header, row] = _sheet(path, "待完善").iter_rows(values_only=True)
    assert header[-1] == "待完善"
    assert row[-2:] == ("张三", "缺联系人邮箱；缺所属市")


ROW = {
    Field.SCHOOL: "桂东示例职业技术学院",
    Field.TYPE: "高职",
    Field.CERTIFICATE: "智能财税",
    Field.LEVEL: "初级",
    Field.MAJORS: "会计、金融",
    Field.MAJOR_COUNT: "2",
    Field.SIZE: "50",
    Field.PRINCIPAL: "李四",
    Field.PRINCIPAL_PHONE: "13900139000",
    Field.NAME: "张三",
    Field.PHONE: "13800138000",
    Field.REMARK: "省级示范",
}


def test_summary_of_2020(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_summary(path, [_record(1, Kind.PILOT, ROW)], 2020)
    rows = list(_sheet(path, "汇总表").iter_rows(values_only=True))
    assert rows[2][1:] == (
        "试点院校名称",
        "学校类型",
        "参与试点证书及等级",
        "参与试点专业数量",
        "参与试点专业名称",
        "参与试点学生规模",
        "院校校长及手机",
        "具体联系人及手机",
        "所属市",
    )
    assert rows[3][1:9] == (
        "桂东示例职业技术学院",
        "高职",
        "智能财税 初级",
        2,
        "会计、金融",
        50,
        "李四 13900139000",
        "张三 13800138000",
    )
    assert _sheet(path, "汇总表").freeze_panes == "A4"
    assert len(list(_sheet(path, "待完善").iter_rows())) == 1


def test_a_summary_prints_on_wide_pages(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_summary(path, [_record(1, Kind.PILOT, ROW)], 2020)
    sheet = _sheet(path, "汇总表")
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.fitToWidth in (None, 1)
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.print_title_rows == "$1:$3"


def test_summary_of_2019_has_totals(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    other = {**ROW, Field.LEVEL: "中级", Field.SIZE: "30"}
    mid = {**ROW, Field.SCHOOL: "南岭演示工业学校", Field.TYPE: "中职"}
    records = [_record(n, Kind.PILOT, v) for n, v in enumerate((ROW, other, mid))]
    write_summary(path, records, 2019)
    rows = [row[1:3] for row in _sheet(path, "汇总表").iter_rows(values_only=True)]
    assert ("试点学生总规模", 130) in rows
    assert ("试点院校数量（高职）", 1) in rows
    assert ("试点院校总规模", 2) in rows
    assert _sheet(path, "汇总表")["H3"].value == "学校情况备注"


def test_rows_reported_twice_are_pointed_out_and_counted_once(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    south = {**ROW, Field.REGION: "山东", Field.SCHOOL: "齐东虚构职业中专"}
    rows = [{**ROW, Field.REGION: "广西"}, {**ROW, Field.REGION: "广西"}, south]
    write_summary(path, [_record(n, Kind.PILOT, v) for n, v in enumerate(rows)], 2019)
    table = list(_sheet(path, "汇总表").iter_rows(values_only=True))
    assert table[2][1] == "地区"
    assert ("试点学生总规模", 100) in [row[1:3] for row in table]
    todo = [row[-1] for row in _sheet(path, "待完善").iter_rows(values_only=True)]
    assert "与序号 1 重复，请核对后留一行" in todo


async def test_scope_is_named_as_it_is(chat: Chat) -> None:
    await _two_regions(chat)
    await chat.parts.groups.bind(OTHER_GROUP, "山东")
    for word in ("登记列表", "导出登记"):
        assert "没有山东的权限" in await chat.say(word, CLERK, OTHER_GROUP, True)
    for word in ("导出登记", "导出登记 全国", "导出登记 广西壮族自治区"):
        assert "登记名册（广西）共 1 条" in await chat.say(word, CLERK)
    assert "登记名册（全国）共 2 条" in await chat.say("导出登记 全国", BOSS)


async def _two_regions(chat: Chat) -> None:
    await chat.say("登记 桂东示例职业技术学院 高职 张三 13800138000 广西")
    await chat.say("确认")
    await chat.say("登记 齐东虚构职业中专 中职 李四 13900139000 山东", LI)
    await chat.say("确认", LI)


async def test_only_the_secretariat_of_the_region_lists(chat: Chat) -> None:
    await _two_regions(chat)
    assert "只有秘书处能用" in await chat.say("登记列表")
    assert "只有秘书处能用" in await chat.say("导出登记", LI)
    listed = await chat.say("登记列表", CLERK)
    assert "13800138000" in listed
    assert "齐东" not in listed
    assert "共 2 条" in await chat.say("登记列表", BOSS)
    assert "李四" in await chat.say("登记列表 齐东", BOSS)
    assert "没有含" in await chat.say("登记列表 %", BOSS)
    shown = await chat.say("登记列表", BOSS, GROUP, True)
    assert "138****8000" in shown
    assert "13800138000" not in shown
    assert "齐东" not in shown


async def test_export_is_private_and_audited(chat: Chat) -> None:
    await _two_regions(chat)
    reply = await chat.reply("导出登记", CLERK, GROUP, True)
    assert reply is not None
    assert reply.private
    [attachment] = reply.attachments
    rows = list(_sheet(attachment.path, "登记").iter_rows(values_only=True))
    assert len(rows) == 2
    assert "13800138000" in rows[1]
    folder = attachment.path.parent
    assert folder == chat.parts.settings.data_dir / "exports"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(attachment.path.stat().st_mode) == 0o600
    assert "没有山东的权限" in await chat.say("导出登记 山东", CLERK)
    assert "不认识地区「火星」" in await chat.say("导出登记 火星", CLERK)
    assert "还没有可导出" in await chat.say("导出汇总表 2019", CLERK)
    async with chat.parts.database.read() as session:
        last = (await session.scalars(select(RegistrationAudit))).all()[-1]
    assert (last.action, last.user_id, last.region, last.detail) == (
        "导出登记名册",
        CLERK.id,
        "广西",
        "1 条",
    )


async def test_a_slow_export_says_so_first(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _two_regions(chat)
    monkeypatch.setattr(plugin, "PROGRESS_AFTER", 0.01)

    def slowly(path: Path, records: list[Record]) -> None:
        time.sleep(0.2)
        write_contacts(path, records)

    monkeypatch.setattr(exporting, "write_contacts", slowly)
    reply = await chat.reply("导出登记", CLERK)
    assert reply is not None
    assert reply.attachments
    assert chat.gateways.texts() == ["正在生成工作簿，请稍等…"]


async def test_summary_by_message(chat: Chat) -> None:
    await chat.say(
        "登记试点 桂东示例职业技术学院 高职 物流管理 初级 广西 专业：物流 规模50"
    )
    await chat.say("确认")
    for word, title in (("导出汇总表", "所属市"), ("导出汇总表 2019", "学校情况备注")):
        reply = await chat.reply(word, CLERK)
        assert isinstance(reply, Reply)
        sheet = _sheet(reply.attachments[0].path, "汇总表")
        assert title in [cell.value for cell in sheet[3]]


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("registrations {file}", 2),
        ("registrations {file} --region 山东", 1),
        ("registrations {file} --region 山东省", 1),
        ("summary {file} --region 广西 --year 2019", 0),
    ],
)
async def test_command_line(
    chat: Chat,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    line: str,
    count: int,
) -> None:
    await _two_regions(chat)
    monkeypatch.setenv("DATA_DIR", str(chat.parts.settings.data_dir))
    parser = argparse.ArgumentParser()
    command.register(parser.add_subparsers())
    file = tmp_path / "out.xlsx"
    arguments = parser.parse_args(line.format(file=file).split())
    assert await command.run(arguments) == 0
    assert f"已导出 {count} 条" in capsys.readouterr().out
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    arguments.region = "火星"
    assert await command.run(arguments) == 2
    assert "不认识地区「火星」" in capsys.readouterr().err
    arguments.region = ""
    with pytest.raises(SystemExit):
        parser.parse_args(["registrations", "out.csv"])
    arguments.file = tmp_path / "missing" / "out.xlsx"
    assert await command.run(arguments) == 1
    assert "写不了" in capsys.readouterr().err


async def test_owner_is_the_only_other_reader(chat: Chat) -> None:
    await _two_regions(chat)
    assert "13800138000" in await chat.say("我的登记", ZHANG)
    assert "13800138000" not in await chat.say("我的登记", LI)
