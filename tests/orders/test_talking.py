"""办事时来回说的：问缺的、没听准的、转给别人的，与没填完的登记摆在一起，各归各的。"""

import re

import pytest

from bot.access import Role
from bot.messages import Person
from bot.orders import ORDERS
from bot.orders.models import Told
from bot.orders.writing.knowledge import amended
from bot.text import only_asks
from tests.hall import number

from .conftest import (
    BOSS,
    COLLEAGUE,
    GUANGXI,
    TEACHER,
    Office,
    private,
)

AT_HOME = private(GUANGXI)
RECORD = "登记 广西 桂东示例职业技术学院 高职 陈示例 13900001111"
UNFINISHED = "补报从12月7号开始，帮我记个窗口"
ASKED = "什么时候截止？"


async def _drafting(office: Office) -> None:
    """秘书处的人自己也有一份没确认的登记，又说了件缺一样的事。"""
    await office.say(RECORD, place=AT_HOME)
    assert await office.say(UNFINISHED, place=AT_HOME) == ASKED


async def _registered(office: Office, person: Person = GUANGXI) -> int:
    return len(await office.assistant.registration.mine(person))


async def test_the_missing_piece_goes_to_the_order(office: Office) -> None:
    await _drafting(office)
    shown = await office.say("12月18号截止", place=AT_HOME)
    assert "2026年12月18日" in shown
    assert "记下了" in await office.say("对，记上", place=AT_HOME)
    assert await _registered(office) == 0
    assert "已登记" in await office.say("确认", place=AT_HOME)


async def test_a_no_is_for_what_was_just_asked(office: Office) -> None:
    await _drafting(office)
    assert "不办了" in await office.say("取消", place=AT_HOME)
    assert "已登记" in await office.say("确认", place=AT_HOME)


async def test_a_yes_is_for_the_draft_and_the_order_waits(office: Office) -> None:
    await _drafting(office)
    assert "已登记" in await office.say("确认", place=AT_HOME)
    assert "2026年12月18日" in await office.say("12月18号截止", place=AT_HOME)


async def test_a_field_is_for_the_draft_and_the_order_waits(office: Office) -> None:
    await _drafting(office)
    assert "chen@example.com" in await office.say("chen@example.com", place=AT_HOME)
    assert "2026年12月18日" in await office.say("12月18号截止", place=AT_HOME)


async def test_a_question_is_no_missing_piece(office: Office) -> None:
    await office.say(UNFINISHED)
    assert "确认" not in await office.say("12月18号校车还开吗")
    assert office.assistant.deadlines.store.windows == {}


@pytest.fixture
def unsure(monkeypatch: pytest.MonkeyPatch) -> None:
    """什么都只够提示。"""
    for name in ("OURS", "LIKELY", "THEIRS"):
        monkeypatch.setattr(f"bot.orders.weighing.{name}", 1.1)
    monkeypatch.setattr("bot.orders.clerk.PLAIN", 1.1)


@pytest.mark.parametrize("text", ["对", "确认", "是的", "没错", "好的"])
@pytest.mark.usefixtures("unsure")
async def test_what_was_offered_is_done_on_any_yes(office: Office, text: str) -> None:
    assert "您是想" in await office.say("把登记的名单导出成表格发我")
    assert "没有可导出的内容" in await office.say(text)


@pytest.mark.usefixtures("unsure")
async def test_what_was_offered_and_passed_over_waits_no_more(office: Office) -> None:
    await office.say("把登记的名单导出成表格发我")
    await office.say("校车几点发车")
    assert "没有等着" in await office.say("确认")


async def test_ones_own_order_before_those_of_the_secretariat(office: Office) -> None:
    home = private(TEACHER)
    await office.say(RECORD, TEACHER, home)
    await office.say("确认", TEACHER, home)
    shown = await office.say("名字打错了，应该是黄示立", TEACHER, home)
    assert "黄示立" in shown
    assert "只有秘书处" not in shown
    await office.say("确认", TEACHER, home)
    [record] = await office.assistant.registration.mine(TEACHER)
    assert "黄示立" in record.values.values()


async def test_what_was_just_done_is_meant(office: Office) -> None:
    await office.say("窗口 新增 2027年春季补报 4月1日至4月20日")
    await office.say("确认")
    shown = await office.say("截止日写错了，应该是4月22号")
    assert "将修改窗口" in shown
    assert "4月22日" in shown


async def test_a_miss_of_the_secretariat_is_never_a_question(office: Office) -> None:
    assert office.assistant.access.rights(GUANGXI).role is Role.SECRETARIAT
    for text in ("那件事按老规矩弄一弄", "上回说的那个给我办了"):
        assert "您是想" in await office.say(text), text
    assert await office.unanswered() == 0


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("没艾特你的话都别接", False),
        ("停了的话还要补吗", True),
        ("如果把双周报停了，欠的要不要补", True),
    ],
)
def test_forbidding_is_not_supposing(text: str, *, asks: bool) -> None:
    assert only_asks(text) is asks


async def test_a_halt_may_be_the_yes(office: Office) -> None:
    await office.say("窗口 新增 2026年冬季补报 12月1日至12月20日")
    await office.say("确认")
    await office.say("提醒 列表")
    assert "跳过" in await office.say("最近那一次提醒不用发了，我自己去说")
    again = await office.say("不发")
    assert "确认" in again
    done = await office.say("对，不发了")
    assert "这一次不发了" in done
    assert "提醒 恢复 1" in done


async def test_rights_are_taken_back_with_the_same_word(office: Office) -> None:
    await office.assistant.access.grant(COLLEAGUE, "广西", BOSS)
    await office.say("把他的权限收了", BOSS, mentions=(COLLEAGUE,))
    assert "已收回" in await office.say("是的，撤掉", BOSS)


WIDE = str.maketrans("0123456789:= -", "０１２３４５６７８９：＝　－")
"""全角的写法。"""


NEARLY = [
    ("绑定 广西", "广西"),
    ("新增窗口 2027年春季补报 4月1日至4月20日", "将新增窗口"),
    ("窗口新增：2027年春季补报，4月1日-4月20日", "将新增窗口"),
    ("查看申报窗口", "窗口"),
    ("列表 窗口", "窗口"),
    ("恢复双周报", "双周报"),
    ("暂停 双周报", "双周报"),
    ("双周报恢复", "双周报"),
    ("双周报 没交名单", "双周报"),
    ("看双周报名单", "双周报"),
    ("提醒列表", "没有要发的提醒"),
    ("列出提醒", "没有要发的提醒"),
    ("提醒 设置 窗口 截止 7 3 1 当天", "7"),
    ("设置提醒 窗口 截止 5 2", "5"),
    ("导出", "导出"),
    ("导出登记表", "没有可导出"),
    ("教你一条：会务组在哪？答：行政楼三楼", "撤销教"),
    ("教：会务组在哪=行政楼三楼", "撤销教"),
    ("查看未答", "没有待处理"),
    ("未回答", "没有待处理"),
    ("登记名单", "登记"),
    ("登记列表 广西", "登记"),
    ("群发：明天下午三点开会", "将发到"),
    ("广播一下：明天下午三点开会", "将发到"),
    ("答疑 点名", "点名"),
    ("答疑模式改成关闭", "关闭"),
    ("看看教过的", "教过"),
    ("修改记录", "更新"),
    ("更新联系人列表", "更新"),
]


async def test_nearly_right(office: Office) -> None:
    for text, told in NEARLY:
        for width in (text, text.translate(WIDE)):
            shown = await office.say(width)
            assert told in shown, f"{width} → {shown}"
            await office.say("取消")


async def test_merging_by_the_name_of_the_school(office: Office) -> None:
    for person, text in ((TEACHER, RECORD), (COLLEAGUE, RECORD.replace("陈", "韦"))):
        await office.say(text, person, private(person))
        await office.say("确认", person, private(person))
    await office.say("登记 通过 桂东示例", BOSS)
    shown = await office.say("桂东示例职业技术学院有两条登记，合成一条", BOSS)
    assert "将合并" in shown or "两位联系人都留着" in shown
    assert "桂东示例职业技术学院" in shown


async def test_a_place_beside_a_name_is_no_part_of_it(office: Office) -> None:
    text = "中车行广西那边的电话换了，现在是13900007788，你帮我改下"
    told = Told(
        text, office.message(text), "广西", office.assistant.lexicon.regions,
        office.assistant.clerk.facts,
    )  # fmt: skip
    command = await ORDERS["contact-update"].write(told)
    assert command == "更新联系人 中车行 电话 13900007788"


async def _taught_twice(office: Office) -> tuple[str, str]:
    """教了一条，有人问过：学会的回执、答的那条。"""
    await office.say("教 示例证书在哪儿领 = 在行政楼302领")
    receipt = office.last
    await office.say("示例证书在哪儿领呀", TEACHER)
    return receipt, office.last


@pytest.mark.parametrize("quoting", [0, 1])
async def test_a_correction_is_of_what_is_quoted_or_was_taught(
    office: Office, quoting: int
) -> None:
    quoted = (await _taught_twice(office))[quoting]
    shown = await office.say("呀说错啦，应该是行政楼305才对", quote=quoted)
    assert "在行政楼305领" in shown
    assert "「示例证书在哪儿领」现在答：在行政楼302领" in shown
    await office.say("教 红头文件找谁盖章 = 办公室刘示例")
    assert "已更正" in await office.say(f"确认 {number(shown)}")
    assert "在行政楼305领" in await office.say("示例证书在哪里领呢", COLLEAGUE)
    assert "红头文件" in await office.say("教过的")


async def test_this_one_is_what_was_just_taught(office: Office) -> None:
    receipt, _ = await _taught_twice(office)
    await office.say("呀说错啦，应该是行政楼305才对", quote=receipt)
    await office.say("确认")
    shown = await office.say("算啦这条还是不要了，帮我删掉吧，省得误导人")
    assert "撤销教 #2（「示例证书在哪儿领」）" in shown
    assert "恢复为" in await office.say("确认")


@pytest.mark.parametrize(
    ("before", "said", "after"),
    [
        ("在行政楼302领", "行政楼305", "在行政楼305领"),
        ("周五下午3点，线上", "下午四点", "周五下午四点，线上"),
        ("在行政楼302领", "找教务处", "找教务处"),
        ("8点到9点都行", "9点", "9点"),
    ],
)
def test_only_the_figure_is_changed(before: str, said: str, after: str) -> None:
    assert amended(before, said, said) == after


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("哎呀邮箱忘填啦，补一个呗：chen@example.com", "空 → chen@example.com"),
        ("邮箱加上 chen@example.com", "空 → chen@example.com"),
        ("补一下职务：科长", "空 → 科长"),
        (
            "还有还有，我们学校升格啦，现在叫桂东示例职业技术大学咯",
            "桂东示例职业技术学院 → 桂东示例职业技术大学\n",
        ),
    ],
)
async def test_what_was_left_out_is_added(office: Office, text: str, told: str) -> None:
    home = private(TEACHER)
    await office.say(RECORD, TEACHER, home)
    await office.say("确认", TEACHER, home)
    shown = await office.say(text, TEACHER, home)
    assert "修改第 1 版" in shown
    assert told in shown


async def test_the_secretariat_asks_for_a_school(office: Office) -> None:
    home = private(TEACHER)
    await office.say(RECORD, TEACHER, home)
    await office.say("确认", TEACHER, home)
    asked = "桂东示例那个学校登记上了没呀，帮我瞅一眼呗"
    assert "共 1 条" in await office.say(asked, place=AT_HOME)
    assert "陈示例" not in await office.say(asked, COLLEAGUE, private(COLLEAGUE))


async def test_one_more_contact_leaves_the_others(office: Office) -> None:
    shown = await office.say(
        "请为老年照护证书增加一名联系人：姜样例，手机13900007702。",
        BOSS,
        private(BOSS),
    )
    assert re.search(r"联系人：(\S+) → \1；姜样例", shown)
    assert re.search(r"手机：(\S+) → \1；13900007702", shown)


@pytest.mark.parametrize(
    "text", ["物流管理的联系人", "BIM的手机", "老年照护联系人邮箱"]
)
async def test_a_look_up_of_the_secretariat_is_a_look_up(
    office: Office, text: str
) -> None:
    told = await office.say(text)
    assert "评价组织" in told
    assert "改成" not in told
