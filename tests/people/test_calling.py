"""没解决、转人工：值班的人收得到私聊；没有人收得到的，照实说。"""

import pytest

from bot.answering import wants_a_person

from .conftest import (
    BOSS,
    GUANGXI,
    GX_GROUP,
    NATIONAL,
    OTHER,
    SD_GROUP,
    SHANDONG,
    TEACHER,
    UNBOUND,
    Hall,
    Hands,
    number,
)

PHONE = "13912340000"


async def _on_duty(hall: Hall) -> None:
    """秘书处的人先私聊过，助手找得到他们。"""
    for person in (GUANGXI, SHANDONG):
        await hall.say("帮助", person)


async def test_the_secretariat_of_the_region_is_told(hall: Hall) -> None:
    await _on_duty(hall)
    await hall.say("校车几点发车", TEACHER, GX_GROUP)
    told = await hall.say("没解决", TEACHER, GX_GROUP)
    assert "私聊告诉了秘书处的 1 位老师" in told
    await hall.deliver()
    line = hall.read_by(GUANGXI)
    assert "校车几点发车" in line
    assert "早上七点" in line
    assert "广西群" in line
    assert hall.read_by(SHANDONG) == ""
    asked = number(line, "答")
    await hall.say(f"答 {asked} 早上八点。", GUANGXI)
    await hall.deliver()
    assert "早上八点。" in hall.read_by(GX_GROUP)


async def test_nobody_to_tell_is_said(hall: Hall) -> None:
    await hall.say("校车几点发车", TEACHER, SD_GROUP)
    told = await hall.say("转人工", TEACHER, SD_GROUP)
    assert "没有值班的人收得到" in told
    assert "0531-51793642" in told
    assert "校车几点发车" in await hall.say("未答", BOSS)


async def test_calls_are_collected(hall: Hall, hands: Hands) -> None:
    await _on_duty(hall)
    await hall.say("转人工 第一件事怎么办", TEACHER, GX_GROUP)
    await hall.deliver()
    for which in ("第二件", "第三件"):
        hands.forward(seconds=20)
        await hall.say(f"转人工 {which}事怎么办", OTHER, GX_GROUP)
        await hall.deliver()
    assert len(hall.gateways.texts()) == 1
    hands.forward(minutes=3)
    await hall.deliver()
    first, second = hall.gateways.texts()
    assert "第一件" in first
    assert "第二件" in second
    assert "第三件" in second


async def test_calls_that_fit_no_longer_follow_later(hall: Hall, hands: Hands) -> None:
    await _on_duty(hall)
    for which in range(12):
        await hall.say(f"转人工 {'很长的问题' * 8}{which}", TEACHER, GX_GROUP)
    for _ in range(8):
        await hall.deliver()
        hands.forward(minutes=3)
    texts = hall.gateways.texts()
    assert 1 < len(texts) < 12
    assert all(f"编号 #{which}：" in "".join(texts) for which in range(1, 13))


async def test_what_is_passed_on_is_masked(hall: Hall) -> None:
    await _on_duty(hall)
    await hall.say(f"转人工 我是陈示例，电话{PHONE}，一直登不上", TEACHER, GX_GROUP)
    await hall.deliver()
    line = hall.read_by(GUANGXI)
    assert "一直登不上" in line
    assert PHONE not in line + await hall.everything_kept()


async def test_one_is_not_told_of_ones_own_call(hall: Hall) -> None:
    await _on_duty(hall)
    told = await hall.say("转人工 校车坏了找谁", GUANGXI, GX_GROUP)
    assert "没有值班的人收得到" in told


async def test_a_group_of_no_region_calls_those_of_all(hall: Hall) -> None:
    await _on_duty(hall)
    await hall.say("帮助", NATIONAL)
    await hall.say("转人工 校车坏了找谁", TEACHER, UNBOUND)
    await hall.deliver()
    assert "校车坏了" in hall.read_by(NATIONAL)
    assert hall.read_by(GUANGXI) == ""


async def test_nothing_asked_yet(hall: Hall) -> None:
    assert "写在后面" in await hall.say("转人工", TEACHER, GX_GROUP)
    assert "没有待处理" in await hall.say("未答", BOSS)


async def test_unaddressed_talk_of_people_calls_nobody(hall: Hall) -> None:
    await hall.say("校车几点发车", TEACHER, GX_GROUP)
    for text in ("人工", "转人工", "找人工客服"):
        assert await hall.say(text, TEACHER, GX_GROUP, addressed=False) == ""


@pytest.mark.parametrize(
    "text",
    ["转人工", "我要找人工客服", "有没有人工啊？", "能不能叫个真人来", "转秘书处老师",
     "麻烦转一下人工，谢谢", "找值班老师"],
)  # fmt: skip
def test_asking_for_a_person(text: str) -> None:
    assert wants_a_person(text)


@pytest.mark.parametrize(
    "text",
    ["人工智能有哪些证书", "秘书处电话多少", "联系秘书处哪位老师", "要人工填几份",
     "证书是人工审核吗", "值班电话", "找联系人", "平台客服电话"],
)  # fmt: skip
def test_asking_about_something_else(text: str) -> None:
    assert not wants_a_person(text)


async def test_complaint_that_says_what_is_wanted_is_answered(hall: Hall) -> None:
    await hall.say("校车停在哪里", TEACHER, GX_GROUP)
    told = await hall.say("不对，我问的是校车几点发车", TEACHER, GX_GROUP)
    assert "早上七点" in told
    assert "没有待处理" in await hall.say("未答", BOSS)
    assert "已记下" in await hall.say("不对，答得不对", TEACHER, GX_GROUP)


@pytest.mark.parametrize(
    "text",
    ["不对，我问的是校车的押金退不退", "不对，我是问校车的押金退不退",
     "答错了，我问的是校车的押金退不退", "不是，我要问的是校车的押金退不退"],
)  # fmt: skip
async def test_question_said_again_is_no_complaint(hall: Hall, text: str) -> None:
    await hall.say("校车停在哪里", TEACHER, GX_GROUP)
    told = await hall.say(text, TEACHER, GX_GROUP)
    assert "等秘书处来看" not in told
    assert told


@pytest.mark.parametrize("text", ["不对，应该是西门", "不对，校车早就不停这里了"])
async def test_what_is_right_told_is_kept_for_the_office(hall: Hall, text: str) -> None:
    await hall.say("校车停在哪里", TEACHER, GX_GROUP)
    assert "已记下" in await hall.say(text, TEACHER, GX_GROUP)
