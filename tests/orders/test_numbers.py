"""打回来的编号：从 1 数起，说的是最近列给他的那一份；`#` 开头的一直不变。"""

import pytest

from bot.listing import MOST, Numbered, read_numbers
from bot.messages import Person

from .conftest import BOSS, GUANGXI, GX_GROUP, UNBOUND, Office, private

LESSONS = (
    ("会务组在哪间屋", "行政楼三楼"),
    ("红头文件找谁盖章", "找办公室刘示例"),
    ("示例证书在哪儿领", "在行政楼302领"),
)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("2", (Numbered(2),)),
        ("第2条", (Numbered(2),)),
        ("编号 #12", (Numbered(12, lasting=True),)),
        ("＃12", (Numbered(12, lasting=True),)),
        ("2-4、6", tuple(map(Numbered, (2, 3, 4, 6)))),
        ("#2-#3 2", (*(Numbered(n, lasting=True) for n in (2, 3)), Numbered(2))),
        ("3 号", (Numbered(3),)),
        ("甲", ()),
        ("2 甲", ()),
        ("", ()),
        ("1" * 5000, ()),
        ("1  " * 2000 + "甲", ()),
    ],
)
def test_numbers_are_read_whole_or_not_at_all(
    text: str, numbers: tuple[Numbered, ...]
) -> None:
    assert read_numbers(text) == numbers


def test_an_endless_range_is_cut() -> None:
    assert len(read_numbers("1-999999999")) == MOST


async def _teach(office: Office, person: Person = BOSS) -> list[str]:
    """教三条，返回各条一直不变的编号。"""
    for question, answer in LESSONS:
        assert "学会了" in await office.say(f"教 {question} = {answer}", person)
    edits = office.assistant.knowledge.local_edits()
    return [f"#{edit.number}" for edit in reversed(edits)]


async def test_a_line_keeps_its_number_while_others_go(office: Office) -> None:
    await _teach(office)
    listed = await office.say("教过的", BOSS)
    assert [line[:2] for line in listed.splitlines()[1:4]] == ["1.", "2.", "3."]
    first = await office.say("撤销教 1", BOSS)
    assert "「示例证书在哪儿领」→ 在行政楼302领（广西）" in first
    third = await office.say("撤销教 3", BOSS)
    assert "「会务组在哪间屋」→ 行政楼三楼" in third
    assert "没有编号" in await office.say("撤销教 3", BOSS)
    [left] = office.assistant.knowledge.local_edits()
    assert left.question == "红头文件找谁盖章"


async def test_beyond_the_list_nothing_is_done(office: Office) -> None:
    await _teach(office)
    await office.say("教过的", BOSS)
    told = await office.say("撤销教 4", BOSS)
    assert "只有 3 条" in told
    assert "「教过的」" in told
    assert len(office.assistant.knowledge.local_edits()) == 3


async def test_the_number_of_a_receipt_may_be_typed_back(office: Office) -> None:
    await _teach(office)
    receipt = await office.say("教 打印纸找谁领 = 找后勤的路示例", BOSS)
    last = receipt.rpartition("撤销教 ")[2]
    assert last.startswith("#")
    await office.say("教过的", BOSS)
    assert "「打印纸找谁领」" in await office.say(f"撤销教 {last}", BOSS)


async def test_a_number_nobody_listed_is_the_lasting_one(office: Office) -> None:
    first, *_ = await _teach(office)
    told = await office.say(f"撤销教 {first.lstrip('#')}", BOSS)
    assert "「会务组在哪间屋」" in told


async def test_each_has_ones_own_list_and_a_group_has_one(office: Office) -> None:
    await _teach(office)
    await office.say("教 打印纸找谁领 = 找后勤的路示例", BOSS, UNBOUND)
    assert "1. 打印纸" in await office.say("教过的", BOSS, private(BOSS))
    assert "1. 示例证书" in await office.say("教过的", GUANGXI, private(GUANGXI))
    assert "「示例证书" in await office.say("撤销教 1", GUANGXI, private(GUANGXI))
    assert "「打印纸" in await office.say("撤销教 1", BOSS, private(BOSS))
    # 群里后列的，群里的人都看得见
    assert "1. 红头文件" in await office.say("教过的", BOSS, GX_GROUP)
    assert "「红头文件" in await office.say("撤销教 1", GUANGXI, GX_GROUP)


async def test_windows(office: Office) -> None:
    for number in (4, 5, 6):
        await office.say(
            f"窗口 新增 {number}月补报 2027年{number}月1日至{number}月20日"
        )
        assert f"编号 #{number - 3}" in await office.say("确认")
    await office.say("窗口 列表")
    assert "4月补报" in await office.say("窗口 删除 1")
    assert "已删除窗口：广西 4月补报" in await office.say("确认")
    assert "5月补报" in await office.say("窗口 删除 2")
    await office.say("确认")
    listed = await office.say("窗口 列表")
    assert "1. 广西 6月补报" in listed
    assert "没有编号 2" in await office.say("窗口 修改 2 截止 6月25日")
    assert "6月25日" in await office.say("窗口 修改 #3 截止 6月25日")
    await office.say("确认")
    shown = await office.say("把第1个窗口删了吧")
    assert "6月补报" in shown


async def _register(office: Office, count: int) -> None:
    for number in range(count):
        school = f"桂{'甲乙丙丁'[number]}示例职业技术学院"
        person = Person("qq", f"2009{number}")
        form = f"登记 广西 {school} 高职 陈示例 1390000111{number}"
        await office.say(form, person, private(person))
        assert "已登记" in await office.say("确认", person, private(person))


async def test_registrations_and_those_removed(office: Office) -> None:
    await _register(office, 4)
    listed = (await office.say("登记列表")).splitlines()[1:5]
    assert [line[:2] for line in listed] == ["1.", "2.", "3.", "4."]
    schools = [line.split()[2] for line in listed]
    await office.say("登记 删除 1")
    await office.say("确认")
    shown = await office.say("登记 删除 3-4")
    assert schools[2] in shown
    assert schools[3] in shown
    assert schools[1] not in shown
    receipt = await office.say("确认")
    assert "登记 恢复 #" in receipt
    assert "只有 4 条" in await office.say("登记 删除 4-5")
    removed = (await office.say("登记 恢复")).splitlines()[1:4]
    assert [line[:2] for line in removed] == ["1.", "2.", "3."]
    assert removed[2].split()[2] in await office.say("登记 恢复 3")
    await office.say("确认")
    numbers = receipt.rpartition("登记 恢复 ")[2]
    assert "将恢复 2 条" in await office.say(f"登记 恢复 {numbers}")
