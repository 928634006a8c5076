"""读完一份文件提出的改动：旧条目、新问答、日期、名录；接受、拒绝、撤销。"""

from pathlib import Path

import pytest
import time_machine
import yaml

from bot.access import Rights, Role
from bot.assistant import Assistant
from bot.documents import CONSOLE, Kind, Status
from bot.documents.proposals import Proposed, contact_of
from bot.knowledge import export_local
from bot.messages import Place, PlaceKind
from bot.reading import read_file, rows_of
from tests.conftest import OpenHouse

from . import made, written
from .conftest import Import
from .test_library import answer

PLACE = Place("qq", PlaceKind.PRIVATE, "1")
EVERYWHERE = Rights(Role.SUPERUSER)
BUS = """\
广西示例校车2027年运行指南
一、运行安排
（一）校车改为早上八点发车，逾时不候。
（二）校车停在西门外的临时车站。
（三）乘车费用每人每月三十元，由学校代收。
二、申报时间
（一）2027年乘车申报时间为2027年3月1日至2027年4月15日。
（二）年度总结于2027年12月20日前报送。
"""
SPRING = "2027-01-10"


@pytest.fixture
def bus(tmp_path: Path) -> Path:
    """与小知识里两条说着同样的事、说法不同的一份。"""
    path = tmp_path / "bus.txt"
    path.write_text(BUS)
    return path


async def proposed(assistant: Assistant, number: int, kind: Kind) -> list[Proposed]:
    every = await assistant.imports.proposals(number)
    return [one for one in every if one.suggestion.kind is kind]


@time_machine.travel(SPRING)
async def test_what_the_document_answers_anew_stands_side_by_side(
    open_house: OpenHouse, bring: Import, bus: Path
) -> None:
    assistant = await open_house()
    number = await bring(assistant, bus)
    told = {
        one.suggestion.payload["entry"]: one.suggestion
        for one in await proposed(assistant, number, Kind.ENTRY)
    }
    start = told["bus-start"]
    assert "早上七点" in start.before
    assert start.after == "校车改为早上八点发车，逾时不候。"
    assert start.label == "一（一）"
    assert "西门" in told["bus-stop"].after


@time_machine.travel(SPRING)
async def test_the_newer_clause_goes_first_before_anybody_ticked_it(
    open_house: OpenHouse, bring: Import, bus: Path
) -> None:
    assistant = await open_house()
    number = await bring(assistant, bus)
    assert "八点" in answer(assistant, "校车几点发车")
    assert "七点" in answer(assistant, "2021年校车几点发车")
    await assistant.imports.refuse(number, range(100), CONSOLE)
    assert "七点" in answer(assistant, "校车几点发车")


@time_machine.travel(SPRING)
async def test_accepted_entries_answer_as_taught_ones_and_can_be_undone(
    open_house: OpenHouse, bring: Import, bus: Path
) -> None:
    assistant = await open_house()
    number = await bring(assistant, bus)
    settled = await assistant.imports.accept(
        number, range(100), CONSOLE, EVERYWHERE, PLACE
    )
    assert not settled.problems
    assert settled.left == 0
    said = answer(assistant, "班车啥时候开")
    assert "八点" in said
    assert "2027年运行指南 一（一）" in said
    assert "七点" in answer(assistant, "2021年校车几点发车")
    titles = {w.title: w for w in assistant.deadlines.windows({"广西"}) if w.is_local}
    assert str(titles["2027年申报"].closes) == "2027年4月15日（周四）"
    assert str(titles["2027年年度总结报送"].closes) == "2027年12月20日（周一）"

    again = await open_house()
    assert "八点" in answer(again, "班车啥时候开")
    assert await again.imports.undo(number, CONSOLE, PLACE) == []
    assert "七点" in answer(again, "班车啥时候开")
    assert not [w for w in again.deadlines.windows({"广西"}) if w.is_local]
    statuses = {one.status for one in await again.imports.proposals(number)}
    assert statuses == {Status.UNDONE}


@time_machine.travel(SPRING)
async def test_a_date_that_the_calendar_knows_otherwise_is_shown_with_it(
    open_house: OpenHouse, bring: Import, bus: Path, tmp_path: Path
) -> None:
    assistant = await open_house()
    first = await bring(assistant, bus)
    await assistant.imports.accept(first, range(100), CONSOLE, EVERYWHERE, PLACE)
    later = tmp_path / "later.txt"
    later.write_text(BUS.replace("4月15日", "5月20日").replace("指南", "办法"))
    second = await bring(assistant, later)
    dates = await proposed(assistant, second, Kind.WINDOW)
    (window,) = [one.suggestion for one in dates]
    assert "4月15日" in window.before
    assert "5月20日" in window.after
    assert window.quote == "2027年乘车申报时间为2027年3月1日至2027年5月20日。"


@time_machine.travel("2027-08-01")
async def test_what_is_over_is_not_proposed(
    open_house: OpenHouse, bring: Import, bus: Path
) -> None:
    assistant = await open_house()
    number = await bring(assistant, bus)
    titles = [
        o.suggestion.title for o in await proposed(assistant, number, Kind.WINDOW)
    ]
    assert titles == ["2027年年度总结报送"]


@time_machine.travel(SPRING)
async def test_an_answer_can_be_changed_before_it_is_accepted(
    open_house: OpenHouse, bring: Import, bus: Path
) -> None:
    assistant = await open_house()
    number = await bring(assistant, bus)
    (one,) = [
        o
        for o in await proposed(assistant, number, Kind.ENTRY)
        if o.suggestion.payload["entry"] == "bus-start"
    ]
    assert await assistant.imports.amend(number, one.number, "早上八点，在西门上车。")
    await assistant.imports.accept(number, [one.number], CONSOLE, EVERYWHERE, PLACE)
    assert "在西门上车" in answer(assistant, "校车几点发车")


CONTACT = """\
关于更新全国培训评价组织联系方式的通知
各省、自治区、直辖市教育厅：
现将更新后的联系方式印发给你们，2027年按此联系。
附件
联系人信息表
单位名称\t职业技能等级证书\t负责人\t联系方式\t电子邮件
示例公司\t{name}职业技能等级证书\t陈 示例、李样本\t010-5550101 13900000101\tnew@example.com
示例公司\t没有的示例证书\t王模拟\t13900000102\tother@example.com
"""


@time_machine.travel(SPRING)
async def test_a_contact_table_with_other_headers_is_a_difference_to_the_directory(
    open_house: OpenHouse, bring: Import, tmp_path: Path
) -> None:
    assistant = await open_house()
    path = tmp_path / "contacts.txt"
    path.write_text(CONTACT.format(name="失智老年人照护"))
    number = await bring(assistant, path, "全国", 2027)
    known, unknown = await proposed(assistant, number, Kind.CONTACT)
    assert "new@example.com" in known.suggestion.after
    assert "13900000101" in known.suggestion.after
    assert "名录里没有" in unknown.suggestion.title

    regional = Rights(Role.SECRETARIAT, frozenset({"广西"}))
    refused = await assistant.imports.accept(
        number, [known.number], CONSOLE, regional, PLACE
    )
    assert "管全国" in refused.problems[0]
    await assistant.imports.accept(number, range(100), CONSOLE, EVERYWHERE, PLACE)
    assert "new@example.com" in answer(assistant, "失智老年人照护的邮箱")
    await assistant.imports.undo(number, CONSOLE, PLACE)
    assert "new@example.com" not in answer(assistant, "失智老年人照护的邮箱")


@pytest.mark.parametrize("making", [made.as_docx, made.as_pdf, made.as_html])
async def test_every_field_of_the_contacts_is_read(making, tmp_path: Path) -> None:
    document = (await read_file(making(written.NOTICE, tmp_path))).document
    _, table = next(document.tables())
    found = [contact_of(row) for row in rows_of(table)]
    header, *rows = written.NOTICE.attachments[0][1]
    right = total = 0
    for contact, row in zip(found, rows, strict=True):
        wanted = dict(zip(header, row, strict=True))
        pairs = {
            "证书": "职业技能等级证书名称",
            "联系人": "联系人",
            "固定电话": "办公电话",
            "手机": "手机",
            "邮箱": "电子邮箱",
        }
        for name, column in pairs.items():
            total += 1
            right += (contact or {}).get(name) == wanted[column]
    assert right >= 0.98 * total


@time_machine.travel(SPRING)
async def test_what_was_accepted_is_exported_with_the_document_it_stands_in(
    open_house: OpenHouse, bring: Import, bus: Path, tmp_path: Path
) -> None:
    assistant = await open_house()
    number = await bring(assistant, bus)
    await assistant.imports.accept(number, range(100), CONSOLE, EVERYWHERE, PLACE)
    path = tmp_path / "taught.yaml"
    assert export_local(assistant.knowledge, path) >= 2
    content = yaml.safe_load(path.read_text("utf-8"))
    assert content["source"]["title"] == "广西示例校车2027年运行指南"
    assert content["source"]["year"] == 2027
    sections = {entry["answer"]: entry["section"] for entry in content["entries"]}
    assert sections["校车改为早上八点发车，逾时不候。"] == "一（一）"
