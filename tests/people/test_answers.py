"""答：答得了的问题，答复送到问的地方；送不到的，答的人一定知道。"""

from bot.messages import Place

from .conftest import (
    BOSS,
    GUANGXI,
    GX_GROUP,
    SD_GROUP,
    SHANDONG,
    TEACHER,
    UNBOUND,
    Hall,
    Hands,
    number,
)

ASKED = "没解决 食堂哪里有充电桩"


async def _open(hall: Hall, place: Place, said: str = "校车几点发车") -> str:
    """让一位老师说没解决，返回问题的编号。"""
    await hall.say(said, TEACHER, place)
    await hall.say(ASKED, TEACHER, place)
    listed = await hall.say("未答", BOSS)
    return listed.splitlines()[1].partition(".")[0]


async def test_question_of_a_group_without_region(hall: Hall) -> None:
    asked = await _open(hall, UNBOUND)
    receipt = await hall.say(f"答 {asked} 东门左手边。", GUANGXI)
    assert "正发回原处；没送到的话会私聊告诉您" in receipt
    await hall.deliver()
    assert "东门左手边。" in hall.read_by(UNBOUND)


async def test_question_about_one_region_asked_in_the_group_of_another(
    hall: Hall,
) -> None:
    asked = await _open(hall, SD_GROUP, "广西的校车几点发车")
    assert "您没有广西的权限" in await hall.say(f"答 {asked} 不知道", SHANDONG)
    await hall.say(f"答 {asked} 东门左手边。", GUANGXI)
    await hall.deliver()
    assert "东门左手边。" in hall.read_by(SD_GROUP)


async def test_several_regions_and_a_question_of_none(hall: Hall) -> None:
    await hall.assistant.access.grant(GUANGXI, "湖南", BOSS)
    asked = await _open(hall, UNBOUND)
    receipt = await hall.say(f"答 {asked} 东门左手边。", GUANGXI)
    assert "没有记为知识" in receipt
    await hall.deliver()
    assert "东门左手边。" in hall.read_by(UNBOUND)
    assert "没有待处理的问题" in await hall.say("未答", BOSS)


async def test_right_taken_away_meanwhile(hall: Hall) -> None:
    asked = await _open(hall, SD_GROUP)
    await hall.say(f"答 {asked} 东门左手边。", SHANDONG)
    await hall.assistant.access.revoke(SHANDONG)
    await hall.deliver()
    assert hall.read_by(SD_GROUP) == ""
    assert "确认人已没有这个地区的权限" in hall.read_by(SHANDONG)


async def test_expired_answer_is_told_to_who_gave_it(hall: Hall, hands: Hands) -> None:
    asked = await _open(hall, UNBOUND)
    hall.gateways.connected = []
    await hall.say(f"答 {asked} 东门左手边。", GUANGXI)
    hands.forward(days=4)
    await hall.deliver()
    hall.gateways.connected = ["10001"]
    await hall.deliver()
    assert hall.read_by(UNBOUND) == ""
    assert "过了有效时间还没发出" in hall.read_by(GUANGXI)


async def test_who_never_wrote_is_told_where_the_order_was_given(
    hall: Hall, hands: Hands
) -> None:
    asked = await _open(hall, UNBOUND)
    hall.gateways.connected = []
    await hall.say(f"答 {asked} 东门左手边。", GUANGXI, GX_GROUP)
    hands.forward(days=4)
    await hall.deliver()
    hall.gateways.connected = ["10001"]
    await hall.deliver()
    told = hall.read_by(GX_GROUP)
    assert "1 条没有确定送到（过了有效时间还没发出）" in told
    assert "东门左手边" not in told
    [reply] = [r for _, place, r in hall.gateways.sent if place == GX_GROUP]
    assert [person.id for person in reply.mention] == [GUANGXI.id]
    # 说一次就够；是哪一条，私聊里看得到
    await hall.deliver()
    assert hall.read_by(GX_GROUP) == told
    assert "您问的「校车几点发车" in await hall.say("广播状态", GUANGXI)


async def test_broadcast_refused_at_sending_is_told_to_who_ordered_it(
    hall: Hall,
) -> None:
    shown = await hall.say("广播 明天停课", GUANGXI)
    await hall.say(f"确认 {number(shown)}", GUANGXI)
    await hall.assistant.groups.bind(GX_GROUP, "山东")
    await hall.deliver()
    assert "明天停课" not in hall.read_by(GX_GROUP)
    assert "确认人已没有这个地区的权限" in hall.read_by(GUANGXI)


async def test_who_cannot_be_reached_is_told_so(hall: Hall) -> None:
    asked = await _open(hall, GX_GROUP)
    receipt = await hall.say(f"答 {asked} 东门左手边。", GUANGXI, GX_GROUP)
    assert "请先私聊我发一句话" in receipt
