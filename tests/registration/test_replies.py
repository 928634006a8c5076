"""草稿开着时：哪些话算答应、放弃、补充、改正，哪些话不该接。"""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.registration import Field, Kind
from bot.registration.fields import CONTACT_FORM
from bot.registration.people import may_be_name
from bot.registration.rephrasing import rephrase
from tests.everything import whole_router

from .conftest import GROUP, LI, ZHANG, Chat

REPLIES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("fresh.yaml").read_text("utf-8")
)["replies"]
WHOLE = "登记 桂东示例职业技术学院 高职 张三 13800138000 广西"
PILOT = "登记试点 桂东示例职业技术学院 高职 物流管理 初级 广西 专业：物流 规模50"


@pytest.mark.parametrize("case", REPLIES, ids=[case["reply"] for case in REPLIES])
async def test_replies_to_an_open_draft(chat: Chat, case: dict[str, Any]) -> None:
    await chat.say(case["start"])
    before = await chat.parts.registration.draft(ZHANG)
    await chat.say(case["reply"])
    draft = await chat.parts.registration.draft(ZHANG)
    assert draft is not None
    if not case["fields"]:
        assert draft == before
    for name, value in case["fields"].items():
        assert draft.values.get(Field(name)) == value
        assert Field(name) not in draft.problems


@pytest.mark.parametrize(
    "text",
    [
        "确认。",
        "确认！",
        "好的，确认",
        "确定",
        "确认无误",
        "确认保存",
        "保存吧",
        "那就确认",
    ],
)
async def test_ways_of_confirming(chat: Chat, text: str) -> None:
    await chat.say(WHOLE)
    await chat.say("双周报怎么交")
    assert "已登记" in await chat.say(text)


@pytest.mark.parametrize("text", ["没问题", "对的", "OK", "可以", "好的", "是", "都对"])
async def test_a_soft_yes_counts_only_right_after_the_card(
    chat: Chat, text: str
) -> None:
    chat.use(whole_router())
    await chat.say(WHOLE)
    assert "早上七点" in await chat.say("校车几点发车？")
    assert "您说的是这件事吗" in await chat.say(text)
    await chat.say("手机 13900139000")
    assert "已登记" in await chat.say(text)


@pytest.mark.parametrize("text", ["取消。", "取消吧", "不登记了", "先不登记", "算了"])
async def test_ways_of_giving_up(chat: Chat, text: str) -> None:
    await chat.say("登记 张三")
    assert "已取消" in await chat.say(text)
    assert await chat.parts.registration.draft(ZHANG) is None


async def test_a_soft_yes_needs_a_ready_draft(chat: Chat) -> None:
    await chat.say("登记 张三")
    assert await chat.say("好的") == ""
    assert "还不能确认" in await chat.say("确认")
    assert (await chat.draft()).values[Field.NAME] == "张三"


async def test_confirming_again_in_other_words(chat: Chat) -> None:
    await chat.say(WHOLE)
    await chat.say("确认")
    assert "已经确认过了" in await chat.say("确认无误")


async def test_own_words_are_whole_words(chat: Chat) -> None:
    await chat.say("登记 桂东示例职业技术学院 高职 张三 广西")
    assert "13800138000" in await chat.say("我的手机是13800138000")
    assert "13900139000" in await chat.say("登记的手机号写错了，是13900139000")
    assert "【登记草稿】" in await chat.say("我的登记")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("电话错了，应该是13800138000", "电话:13800138000"),
        ("请把学校改成桂西假想学院", "学校:桂西假想学院"),
        ("网址去掉", "网址:无"),
        ("删掉职务", "职务:无"),
        ("多打了一位，13800138000", "13800138000"),
        ("高职，不是中职", "高职"),
    ],
)
def test_corrections_become_plain(text: str, plain: str) -> None:
    assert rephrase(text, CONTACT_FORM) == (plain, True)


@pytest.mark.parametrize("text", ["是不是高职，是不是中职", "桂东示例学院"])
def test_what_is_no_correction(text: str) -> None:
    assert rephrase(text, CONTACT_FORM)[0].endswith(text[-4:])


@pytest.mark.parametrize(
    ("text", "usually", "asked"),
    [
        ("韦小明", True, True),
        ("林好", False, True),
        ("阿依古丽", False, True),
        ("古丽·示例", True, True),
        ("高兴", False, False),
        ("张老师", False, False),
        ("教务处", False, False),
        ("收到", False, False),
        ("哈哈哈", False, False),
    ],
)
def test_what_may_be_a_name(text: str, usually: bool, asked: bool) -> None:
    assert may_be_name(text, asked=False) is usually
    assert may_be_name(text, asked=True) is asked


@pytest.mark.parametrize(
    "text",
    [
        "这个号13900139001打不通",
        "王老师的电话是13900139001",
        "有事找黄处长13900139001",
        "材料发到 abc@example.com 谢谢",
        "李明",
        "好的",
        "我在南宁市青秀区示例路1号",
        "南宁市",
        "我们也是中职",
        "确认一下参会名单",
    ],
)
async def test_group_chatter_is_left_alone(chat: Chat, text: str) -> None:
    await chat.say("登记 桂东示例职业技术学院 高职", place=GROUP)
    chat.gateways.recalled.clear()
    before = await chat.parts.registration.draft(ZHANG)
    assert await chat.say(text, place=GROUP) == ""
    assert await chat.parts.registration.draft(ZHANG) == before
    assert chat.gateways.recalled == []


async def test_an_awaited_number_is_taken_unaddressed_but_not_recalled(
    chat: Chat,
) -> None:
    await chat.say("登记 桂东示例职业技术学院 高职 张三", place=GROUP)
    card = await chat.say("手机13800138000", place=GROUP)
    assert "都齐了" in card
    assert "建议您长按撤回" in card
    assert chat.gateways.recalled == []
    assert await chat.say("手机13900139000", place=GROUP) == ""


async def test_a_name_alone_is_no_reason_to_recall(chat: Chat) -> None:
    card = await chat.say("登记 桂东示例职业技术学院 张三 科长", place=GROUP)
    assert "撤回" not in card
    assert "@我" in card


@pytest.mark.parametrize(
    "text",
    [
        "登记好了",
        "登记了",
        "登记一下各位老师",
        "登记谢谢",
        "登记 好了 谢谢",
        "登记电话13800138000有误请更正",
        "登记工作请各校周五前完成",
    ],
)
async def test_talk_of_registering_in_a_group_starts_nothing(
    chat: Chat, text: str
) -> None:
    assert await chat.say(text, place=GROUP) == ""
    assert await chat.parts.registration.draft(ZHANG) is None


async def test_change_of_another_record_leaves_the_first_alone(chat: Chat) -> None:
    await chat.say(WHOLE)
    await chat.say("确认")
    await chat.say("登记 桂东示例职业技术学院 高职 王五 13700137000 广西")
    await chat.say("确认")
    await chat.say("修改登记 1 邮箱 a@example.com")
    await chat.say("取消")
    for words in ("修改登记 2", "修改登记 第2条", "修改登记 王五"):
        card = await chat.say(f"{words} 手机 13700137009")
        assert "桂东示例职业技术学院 王五" in card
        assert "第二位" not in card
    await chat.say("确认")
    phones = [r.values[Field.PHONE] for r in await chat.parts.registration.mine(ZHANG)]
    assert phones == ["13800138000", "13700137009"]


async def test_registering_anew_leaves_the_one_being_changed(
    chat: Chat,
) -> None:
    await chat.say(WHOLE)
    await chat.say("确认")
    await chat.say("修改登记 邮箱 a@example.com")
    card = await chat.say("登记 桂东示例职业技术学院 高职 王五 13700137000 广西")
    assert "这是第二位" in card
    listed = await chat.say("确认")
    assert "有 2 件事等着" in listed
    assert "修改登记草稿" in listed
    newest = re.findall(r"^(\d+)\.", listed, re.M)[0]
    assert "已登记" in await chat.say(f"确认 {newest}")
    names = [r.values[Field.NAME] for r in await chat.parts.registration.mine(ZHANG)]
    assert names == ["张三", "王五"]


async def test_two_drafts_are_listed_and_told_apart(chat: Chat) -> None:
    await chat.say(WHOLE)
    await chat.say(PILOT)
    assert "有 2 件事等着" in await chat.say("确认")
    assert await chat.parts.registration.mine(ZHANG) == []
    first = await chat.say("确认试点")
    assert "已登记" in first
    assert "另外还等着您确认的" in first
    assert await chat.parts.registration.mine(ZHANG, Kind.CONTACT) == []
    assert "已登记" in await chat.say("确认登记")


async def test_registering_with_a_draft_shows_it(chat: Chat) -> None:
    await chat.say("登记 桂东示例职业技术学院 高职 张三")
    shown = await chat.say("登记")
    assert "必填" in shown
    assert "✔ 联系人姓名：张三" in shown


async def test_one_persons_card_is_not_anothers(chat: Chat) -> None:
    await chat.say(WHOLE, place=GROUP)
    assert await chat.say("没问题", LI, GROUP, addressed=True) == ""
