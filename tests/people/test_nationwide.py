"""全国共用的由管全国的人改；占错地区的群，别的地区要得回来。"""

from bot.messages import Person

from .conftest import (
    GUANGXI,
    GX_GROUP,
    NATIONAL,
    SHANDONG,
    TEACHER,
    UNBOUND,
    Hall,
    number,
)

UPDATE = "更新联系人 物流管理 电话 010-00000000"


def _phone(hall: Hall) -> bool:
    snapshot = hall.assistant.directory.snapshot
    contacts = snapshot.catalogue.contacts_of("物流管理")
    return any("010-00000000" in str(contact) for contact in contacts)


async def _propose(hall: Hall, text: str, person: Person = GUANGXI) -> str:
    shown = await hall.say(text, person)
    assert "已转给他们" in shown
    return number(shown, "取消")


async def test_one_region_proposes_and_nationwide_confirms(hall: Hall) -> None:
    await hall.say("在吗", NATIONAL)
    proposed = await _propose(hall, UPDATE)
    assert "您自己确认不了" in await hall.say(f"确认 {proposed}", GUANGXI)
    await hall.say("确认", GUANGXI)
    await hall.say("好的", GUANGXI)
    assert not _phone(hall)
    await hall.deliver()
    assert f"确认 {proposed}" in hall.read_by(NATIONAL)
    assert "010-00000000" in hall.read_by(NATIONAL)
    assert "已更新物流管理" in await hall.say(f"确认 {proposed}", NATIONAL)
    assert _phone(hall)
    await hall.deliver()
    assert "已更新物流管理" in hall.read_by(GUANGXI)


async def test_he_who_passed_it_on_hears_that_it_waits(hall: Hall) -> None:
    proposed = await _propose(hall, UPDATE)
    told = await hall.say("是的，改吧", GUANGXI)
    assert "已转给办得了的人" in told
    assert proposed in told
    assert not _phone(hall)


async def test_declined_he_is_told(hall: Hall) -> None:
    proposed = await _propose(hall, UPDATE)
    for stranger in (SHANDONG, TEACHER):
        assert "没有编号" in await hall.say(f"确认 {proposed}", stranger)
    await hall.say(f"取消 {proposed}", NATIONAL)
    await hall.deliver()
    assert "没有同意" in hall.read_by(GUANGXI)
    assert not _phone(hall)


async def test_one_region_cannot_undo_for_all(hall: Hall) -> None:
    await hall.say(UPDATE, NATIONAL)
    done = await hall.say("确认", NATIONAL)
    change = number(done, "撤销更新")
    proposed = await _propose(hall, f"撤销更新 {change}")
    assert _phone(hall)
    assert "已撤销更新" in await hall.say(f"确认 {proposed}", NATIONAL)
    assert not _phone(hall)
    assert "没有" in await hall.say("撤销更新 999", GUANGXI)


async def test_a_group_taken_by_one_region_can_be_taken_back(hall: Hall) -> None:
    await hall.say("绑定地区 广西", GUANGXI, UNBOUND)
    await hall.say("在吗", GUANGXI)
    shown = await hall.say("绑定地区 山东", SHANDONG, UNBOUND)
    assert "已转给广西的秘书处" in shown
    asked = number(shown, "取消")
    await hall.say(f"确认 {asked}", SHANDONG, UNBOUND)
    assert hall.assistant.groups.get(UNBOUND).region == "广西"
    await hall.deliver()
    assert f"确认 {asked}" in hall.read_by(GUANGXI)
    await hall.say(f"确认 {asked}", GUANGXI)
    assert hall.assistant.groups.get(UNBOUND).region == "山东"
    await hall.deliver()
    assert "已经确认" in hall.read_by(SHANDONG)


async def test_nationwide_may_give_a_group_back(hall: Hall) -> None:
    await hall.say("绑定地区 广西", GUANGXI, UNBOUND)
    shown = await hall.say("绑定地区 山东", SHANDONG, UNBOUND)
    await hall.say(f"确认 {number(shown, '取消')}", NATIONAL)
    assert hall.assistant.groups.get(UNBOUND).region == "山东"


async def test_nobody_gives_a_group_to_a_region_he_has_not(hall: Hall) -> None:
    assert "没有山东的权限" in await hall.say("绑定地区 山东", GUANGXI, GX_GROUP)
    assert hall.assistant.groups.get(GX_GROUP).region == "广西"
