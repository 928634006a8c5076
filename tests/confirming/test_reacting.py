"""摆着一件等着确认的事，人用自己的话应：改一处、先放着、不要了、照办。"""

import pytest

from tests.orders.conftest import TEACHER, Office, office, private

__all__ = ["office"]
NOTICE = "广播 周三下午两点半在二楼开示例说明会"


@pytest.mark.parametrize(
    ("said", "now"),
    [
        ("两点半改成三点", "周三下午三点在二楼"),
        ("二楼改成三楼", "在三楼开示例说明会"),
        ("时间好像早了点，老师们还有课，放到四点吧", "周三下午四点在二楼"),
    ],
)
async def test_one_place_of_a_broadcast_is_changed(
    office: Office, said: str, now: str
) -> None:
    await office.say(NOTICE)
    shown = await office.say(said)
    assert now in shown
    assert "确认" in shown
    assert office.gateways.sent == []


async def test_a_sentence_is_added_to_a_broadcast(office: Office) -> None:
    await office.say(NOTICE)
    shown = await office.say("后头再补一句：请带笔记本")
    assert "示例说明会。请带笔记本" in shown


async def test_another_number_in_a_card(office: Office) -> None:
    home = private(TEACHER)
    await office.say(
        "登记 广西 桂北示例职业学院 高职 李示例 13900005555", TEACHER, home
    )
    shown = await office.say(
        "不好意思手机留成我家属的了，用13900005556这个", TEACHER, home
    )
    assert "13900005556" in shown
    assert "登记草稿" in shown


async def test_the_first_due_of_the_biweekly_report_is_changed(office: Office) -> None:
    await office.say("双周报 设置 首次截止 2027-01-15 17:30")
    assert "2027年1月14日" in await office.say("日子错了，是14号")
    assert "18:00" in await office.say("五点半早了点，放到六点吧")
    await office.say("好的，就这样")
    setting = office.assistant.deadlines.store.reports["广西"]
    assert f"{setting.anchor:%m-%d %H:%M}" == "01-14 18:00"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("不对，截止改成5月30日", "2027年5月30日"),
        ("10号说错了，是11号", "2027年5月11日"),
        ("名称改成2027年示例补报", "2027年示例补报"),
    ],
)
async def test_one_end_of_a_window_is_changed(
    office: Office, said: str, kept: str
) -> None:
    await office.say("窗口 新增 2027年示例专项 5月10日至5月28日")
    assert kept in await office.say(said)


async def test_which_end_is_asked(office: Office) -> None:
    await office.say("窗口 新增 2027年示例专项 5月10日至5月28日")
    assert "开始还是截止" in await office.say("日子错了，是20号")


@pytest.mark.parametrize(
    "said", ["先别急着发，我跟处长对一下", "我再核实下，先不动", "等我问问领导再定"]
)
async def test_waiting_leaves_it_standing(office: Office, said: str) -> None:
    await office.say(NOTICE)
    assert "还没有办" in await office.say(said)
    assert office.gateways.sent == []
    assert "开始发" in await office.say("好，发吧")


@pytest.mark.parametrize(
    "said",
    [
        "哎还是别发了，万一又要改呢",
        "人家说不开了，那就甭发了",
        "不用发了，会取消了",
        "别弄了，白忙活一场",
    ],
)
async def test_declining_in_ones_own_words(office: Office, said: str) -> None:
    await office.say(NOTICE)
    assert "已取消" in await office.say(said)


@pytest.mark.parametrize(
    "said", ["处长点头了，就按刚才那个来", "跟文件一致，请生效", "对呀对呀，发"]
)
async def test_agreeing_in_ones_own_words_settles(office: Office, said: str) -> None:
    await office.say(NOTICE)
    assert "开始发" in await office.say(said)


@pytest.mark.parametrize(
    "said",
    [
        "应该可以发，但得等王处签字",
        "行是行，地点再核一下",
        "可以发给几个群？",
        "好像没什么不对",
    ],
)
async def test_agreeing_with_a_condition_does_not_settle(
    office: Office, said: str
) -> None:
    await office.say(NOTICE)
    await office.say(said)
    assert office.gateways.sent == []


@pytest.mark.parametrize("said", ["双周报什么时候交", "看看还有谁没登记"])
async def test_other_matters_are_other_matters(office: Office, said: str) -> None:
    await office.say(NOTICE)
    told = await office.say(said)
    assert "还没有办" not in told
    assert "说的是这件事吗" not in told


async def test_a_wrong_answer_is_corrected_without_a_quote(office: Office) -> None:
    await office.say("教 示例证书发票抬头写什么 = 写桂中示例职教联盟")
    await office.say("示例证书发票抬头写什么", TEACHER)
    shown = await office.say("不对，应该是写桂中示例职教集团")
    assert "桂中示例职教集团" in shown
    await office.say("确认")
    told = await office.say("示例证书发票抬头写什么", TEACHER, private(TEACHER))
    assert "桂中示例职教集团" in told


async def test_a_notice_right_after_an_answer_is_only_the_notice(
    office: Office,
) -> None:
    await office.say("校车几点发车", TEACHER)
    shown = await office.say("跟广西的群说一声：周三下午两点半开示例说明会")
    assert "周三下午两点半开示例说明会" in shown
    assert "早上七点" not in shown


async def test_an_answer_of_the_files_is_corrected_without_a_quote(
    office: Office,
) -> None:
    await office.say("校车几点发车", TEACHER)
    shown = await office.say("不对，应该是早上八点")
    assert "早上八点" in shown
    assert "已更正" in await office.say("确认")
