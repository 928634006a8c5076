"""几件事碰在一起：一句里的几个问题，与没填完的登记、等着确认的广播。"""

from .conftest import GUANGXI, GX_GROUP, STRANGER, Hall, private

SEVERAL = "校车几点发车？校车停在哪里？"


async def test_several_questions_beside_a_draft_are_answered(hall: Hall) -> None:
    await hall.say("登记 桂东示例职业技术学院 高职 路二 13900139000 广西", STRANGER)
    told = await hall.say(SEVERAL, STRANGER)
    assert "早上七点" in told
    assert "东门" in told
    # 隔了别的话，“好的”可能是在谢答案：再出示一遍
    assert "确认" in await hall.say("好的", STRANGER)
    assert await hall.assistant.registration.mine(STRANGER) == []
    await hall.say(SEVERAL, STRANGER)
    assert "已登记" in await hall.say("确认", STRANGER)


async def test_a_filled_field_and_a_question_in_one_message(hall: Hall) -> None:
    await hall.say("登记 桂东示例职业技术学院 高职 路二 广西", STRANGER)
    told = await hall.say("电话13900139000。校车几点发车？校车停在哪里？", STRANGER)
    draft = await hall.assistant.registration.draft(STRANGER)
    assert draft is not None
    assert "13900139000" in draft.values.values()
    assert "早上七点" in told
    assert "东门" in told
    assert "已登记" in await hall.say("确认", STRANGER)


async def test_several_questions_beside_a_proposal_in_a_group(hall: Hall) -> None:
    await hall.say("广播 明天停课", GUANGXI, GX_GROUP)
    assert "早上七点" in await hall.say(SEVERAL, GUANGXI, GX_GROUP)
    assert "明天停课" in await hall.say("好", GUANGXI, GX_GROUP)
    await hall.deliver()
    assert "\n明天停课" not in f"\n{hall.read_by(GX_GROUP)}"
    assert hall.read_by(private(GUANGXI)) == ""
    assert "开始" in await hall.say("确认", GUANGXI, GX_GROUP)
