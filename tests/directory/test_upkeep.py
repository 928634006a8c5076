"""更新、历史与撤销。"""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import clock
from bot.directory import Directory, Edit, Key, propose, propose_addition
from bot.directory.updating import read_update
from bot.errors import AssistantError, KnowledgeError
from bot.storage import Database
from tests.lexicon import REGIONS

from .conftest import FOLDER, SECRETARY, ask

PHONE = Key.read("cert:物流管理#phone")


async def update(directory: Directory, text: str) -> int:
    edits, summary, _ = propose(directory, text)
    return await directory.apply(edits, summary, SECRETARY)


@pytest.mark.parametrize(
    ("text", "who", "values"),
    [
        (
            "物流管理 电话 010-00000000",
            "物流管理",
            {"固定电话": "010-00000000"},
        ),
        ("bim手机改成13800138000", "bim", {"手机": "13800138000"}),
        ("：华为，邮箱改为 a@example.com", "华为", {"邮箱": "a@example.com"}),
        (
            "母婴护理 联系人 张三、李四 电话 13800138000 13900139000，"
            "邮箱 a@example.com",
            "母婴护理",
            {
                "联系人": "张三；李四",
                "手机": "13800138000；13900139000",
                "邮箱": "a@example.com",
            },
        ),
        (
            "母婴护理的电话：13800138000，010-12345678",
            "母婴护理",
            {"手机": "13800138000", "固定电话": "010-12345678"},
        ),
        ("物流管理 13800138000", "物流管理", {"手机": "13800138000"}),
        ("物流管理 电话 01012345678", "物流管理", {"固定电话": "010-12345678"}),
        ("物流管理 电话 (0531)12345678", "物流管理", {"固定电话": "0531-12345678"}),
        ("物流管理 电话 +86 13800138000", "物流管理", {"手机": "13800138000"}),
        ("物流管理 手机 138 0013 8000", "物流管理", {"手机": "13800138000"}),
        ("把物流管理的联系人改成张三", "物流管理", {"联系人": "张三"}),
        ("物流管理 传真 无", "物流管理", {"传真": ""}),
        ("物流管理 地址→北京市某区某路1号", "物流管理", {"地址": "北京市某区某路1号"}),
    ],
)
def test_an_update_is_read(text: str, who: str, values: dict[str, str]) -> None:
    wanted = read_update(text)
    assert wanted.who == who
    assert wanted.values == values


@pytest.mark.parametrize(
    "text", ["", "物流管理", "电话 010-12345678", "物流管理 电话", "物流管理 电话 无"]
)
def test_an_incomplete_update_is_refused(text: str) -> None:
    with pytest.raises(AssistantError):
        read_update(text)


@given(st.text(max_size=80))
def test_reading_an_update_never_breaks(text: str) -> None:
    try:
        wanted = read_update(text)
    except AssistantError:
        return
    assert wanted.who
    assert wanted.values


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("物流管理 邮箱 a@qq.con", "写错了"),
        ("物流管理 手机 1380013800", "手机号应是 11 位，读到 10 位，少 1 位"),
        ("物流管理 电话 12345", "不是电话号码"),
        ("物流管理 邮编 25000", "不是 6 位邮编"),
        ("药品购销 电话 010-12345678", "名录里没有「药品购销」"),
        ("中联集团 电话 010-12345678", "有几处：智能财税、智能估值数据采集与应用"),
        ("物流管理 邮箱 clppCN@126.com", "已经是这样了"),
    ],
)
def test_a_wrong_update_is_explained(files: Directory, text: str, problem: str) -> None:
    with pytest.raises(AssistantError) as caught:
        propose(files, text)
    assert problem in str(caught.value)


async def test_update_shows_at_once_and_survives_a_restart(
    database: Database, directory: Directory
) -> None:
    clock.use(lambda: datetime(2026, 11, 22, 4, tzinfo=UTC))
    try:
        await update(directory, "物流管理 电话 010-00000000")
    finally:
        clock.use(None)
    again = await Directory.open(database, FOLDER, REGIONS)
    for each in (directory, again):
        answer = each.source.answer("cert:物流管理#phone", ask("x"))
        assert answer
        assert "010-00000000" in answer.text
        assert "010-83775911" not in answer.text
        assert "电话：010-00000000（2026-11-22 秘书处更新）\n手机" in answer.text
        assert "2026-11-22 秘书处更新过部分内容" in answer.text
    owner = directory.source.answer("number:01000000000", ask("x"))
    assert owner
    assert "物流管理" in owner.text


async def test_a_new_email_drops_the_old_doubt(directory: Directory) -> None:
    await update(directory, "游戏美术设计 邮箱 new@example.com")
    answer = directory.source.answer("cert:游戏美术设计#email", ask("x"))
    assert answer
    assert "new@example.com" in answer.text
    assert "pwrd" not in answer.text


async def test_undo_restores_and_history_is_kept(directory: Directory) -> None:
    before = directory.source.answer("cert:物流管理", ask("x"))
    number = await update(directory, "物流管理 手机 13800138000")
    change = await directory.undo(number, SECRETARY)
    assert change.number == number
    assert directory.source.answer("cert:物流管理", ask("x")) == before
    history = await directory.history()
    assert [(change.number, change.undone) for change in history] == [(number, True)]
    with pytest.raises(AssistantError, match="已经撤销过"):
        await directory.undo(number, SECRETARY)
    with pytest.raises(AssistantError, match="没有编号 99"):
        await directory.undo(99, SECRETARY)


async def test_undo_of_an_earlier_change_to_the_same_cell_is_refused(
    directory: Directory,
) -> None:
    first = await update(directory, "物流管理 手机 13800138000")
    second = await update(directory, "物流管理 手机 13900139000")
    other = await update(directory, "物流管理 传真 010-12345678")
    with pytest.raises(AssistantError, match=f"先撤销 {second}"):
        await directory.undo(first, SECRETARY)
    await directory.undo(other, SECRETARY)
    await directory.undo(second, SECRETARY)
    assert "13800138000" in (directory.source.say(PHONE) or "")
    await directory.undo(first, SECRETARY)


async def test_history_can_be_searched(directory: Directory) -> None:
    await update(directory, "物流管理 手机 13800138000")
    await update(directory, "母婴护理 手机 13900139000")
    found = await directory.history("母婴")
    assert [change.summary for change in found] == ["母婴护理的手机"]


async def test_nothing_is_applied_when_it_changed_after_the_preview(
    directory: Directory,
) -> None:
    edits, summary, _ = propose(directory, "物流管理 手机 13800138000")
    await update(directory, "物流管理 手机 13900139000")
    with pytest.raises(AssistantError, match="已被别人改过"):
        await directory.apply(edits, summary, SECRETARY)


async def test_nothing_is_applied_when_tables_would_disagree(
    directory: Directory,
) -> None:
    edit = Edit(
        "证书", "物流管理", {"机构": "北京中物联物流采购培训中心"}, {"机构": "无"}
    )
    with pytest.raises(KnowledgeError):
        await directory.apply([edit], "试", SECRETARY)
    assert await directory.history() == []


async def test_changes_made_elsewhere_are_noticed(
    database: Database, directory: Directory
) -> None:
    other = await Directory.open(database, FOLDER, REGIONS)
    await update(other, "物流管理 手机 13800138000")
    assert await directory.refresh()
    assert "13800138000" in (directory.source.say(PHONE) or "")
    assert not await directory.refresh()


def said(directory: Directory, key: str) -> str:
    text = directory.source.say(Key.read(key))
    assert text
    return text


async def test_a_mistake_names_the_certificate_not_the_file(
    directory: Directory,
) -> None:
    with pytest.raises(KnowledgeError) as caught:
        propose(directory, "物流管理 邮编 1")
    assert caught.value.problems == ["物流管理的联系方式 邮编：「1」不是 6 位邮编"]


async def test_what_replaces_a_value_replaces_the_older_document_too(
    directory: Directory,
) -> None:
    old = "01068607700"
    assert "工业机器人操作与运维" in said(directory, f"number:{old}")
    await update(directory, "工业机器人操作与运维 传真 无")
    assert "没有登记这个号码" in said(directory, f"number:{old}")
    text = said(directory, "cert:工业机器人操作与运维#fax")
    assert "传真：没有登记（" in text
    assert "秘书处清空" in text
    assert text.splitlines()[-1].startswith("截至2020-04-14（鲁教职处函")
    number = await update(directory, "工业机器人操作与运维 手机 13800138000")
    owners = directory.snapshot.catalogue.numbers
    for contact in directory.snapshot.catalogue.contacts_of("工业机器人操作与运维"):
        assert set(contact.mobiles) <= {"13800138000"}
    assert "13800138000" in owners
    await directory.undo(number, SECRETARY)
    assert "13800138000" not in directory.snapshot.catalogue.numbers


async def test_a_new_contact_does_not_inherit_position_and_mobile(
    directory: Directory,
) -> None:
    edits, _, notes = propose(directory, "游戏美术设计 联系人 张三")
    changed = {header for edit in edits for header in edit.after}
    assert changed == {"联系人", "职务", "手机"}
    assert "沿用前任的" in notes[0]
    assert "邮箱" in notes[0]
    await update(directory, "游戏美术设计 联系人 张三 手机 13800138000 职务 主任")
    assert "联系人：张三（主任）" in said(directory, "cert:游戏美术设计#contact")


async def test_one_more_contact_keeps_the_rest(directory: Directory) -> None:
    present = directory.snapshot.catalogue.contacts_of("游戏美术设计")[0].people[0]
    edits, _, notes = propose(directory, f"游戏美术设计 联系人 {present}、张三")
    assert [set(edit.after) for edit in edits] == [{"联系人"}]
    assert notes == []


async def test_a_person_may_be_named(directory: Directory) -> None:
    contact = directory.snapshot.catalogue.contacts_of("空中乘务")[0]
    edits, summary, _ = propose(directory, f"{contact.people[0]} 手机 13800138000")
    assert summary == "空中乘务的手机"
    assert edits[0].key == contact.id


async def test_somebody_must_stay_reachable(directory: Directory) -> None:
    with pytest.raises(KnowledgeError, match="至少要留一项"):
        propose(directory, "空中乘务 固定电话 无 手机 无 邮箱 无")


ADDED = (
    "示例茶艺 机构 示例茶业公司 批次 第四批 等级 初、中级 "
    "联系人 陈示例 电话 13900000000 邮箱 a@example.com"
)
TODAY = date(2026, 11, 29)


async def test_a_certificate_is_added_with_its_organisation(
    directory: Directory,
) -> None:
    edits, summary, notes = propose_addition(directory, ADDED, TODAY)
    number = await directory.apply(edits, summary, SECRETARY)
    catalogue = directory.snapshot.catalogue
    certificate = catalogue.certificates["示例茶艺"]
    (contact,) = catalogue.contacts_of("示例茶艺")
    assert certificate.batch == 4
    assert certificate.organisation == "示例茶业公司"
    assert certificate.levels == ("初级", "中级")
    assert (contact.people, contact.mobiles) == (("陈示例",), ("13900000000",))
    assert contact.emails == ("a@example.com",)
    assert "示例茶业公司" in notes[0]
    await directory.undo(number, SECRETARY)
    assert "示例茶艺" not in directory.snapshot.catalogue.certificates


async def test_a_second_certificate_of_a_known_house_names_it_in_full(
    directory: Directory,
) -> None:
    text = "示例课程 机构 华为 批次 第三批 电话 010-12345678"
    edits, _, notes = propose_addition(directory, text, TODAY)
    rows = {edit.sheet: edit.after for edit in edits}
    assert rows["证书"]["机构"] == "华为技术有限公司"
    assert "机构" not in rows
    assert not notes


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("", "证书名称"),
        ("示例茶艺", "评价组织"),
        ("示例茶艺 机构 示例茶业公司 电话 13900000000", "第几批"),
        ("示例茶艺 机构 示例茶业公司 批次 第四批", "电话或邮箱"),
        ("物流管理 机构 示例公司 批次 第四批 电话 13900000000", "已经有"),
        ("示例茶艺 机构 示例公司 批次 第四批 电话 1390000", "不是电话号码"),
    ],
)
def test_an_incomplete_addition_says_what_is_missing(
    directory: Directory, text: str, lacking: str
) -> None:
    with pytest.raises(AssistantError, match=lacking):
        propose_addition(directory, text, TODAY)
