"""谁是一所院校的联系人：不是谁说了就算。"""

import pytest

from bot.messages import ANONYMOUS, Person
from tests.conftest import OpenHouse
from tests.gateways import FakeGateways

from .conftest import (
    BOSS,
    GUANGXI,
    GX_GROUP,
    NATIONAL,
    OTHER,
    SHANDONG,
    STRANGER,
    TEACHER,
    Hall,
    Hands,
    number,
)

FIRST = "登记 桂东示例职业技术学院 高职 覃一 13800138000 广西"
SECOND = "登记 桂东示例职业技术学院 高职 路二 13900139000 广西"
SECRETS = ("覃", "13800138000", "138****8000", TEACHER.id)


async def _first(hall: Hall) -> None:
    await hall.say(FIRST, TEACHER)
    assert "已登记" in await hall.say("确认", TEACHER)


async def _second(hall: Hall, person: Person = STRANGER) -> str:
    """第二位登记并确认，返回他读到的。"""
    card = await hall.say(SECOND, person)
    assert "确认后先问对方和秘书处" in card
    receipt = await hall.say("确认", person)
    for secret in SECRETS:
        assert secret not in card + receipt
    return receipt


async def test_second_contact_waits_and_sees_nothing_of_the_first(hall: Hall) -> None:
    await hall.say("在吗", GUANGXI)
    await _first(hall)
    receipt = await _second(hall)
    assert "有一方同意就生效" in receipt
    assert await hall.assistant.registration.mine(STRANGER) == []
    assert "等着同意：桂东示例职业技术学院" in await hall.say("我的登记", STRANGER)
    assert "没有" in await hall.say("双周报已交", STRANGER) + "没有"
    assert hall.assistant.registration.roster.school_of(STRANGER) is None
    await hall.deliver()
    asked = hall.read_by(TEACHER)
    assert "路*（139****9000" in asked
    assert "现在还没有生效" in asked
    assert "13900139000" in hall.read_by(GUANGXI)


@pytest.mark.parametrize("who", [TEACHER, GUANGXI, NATIONAL, BOSS])
async def test_the_first_or_the_secretariat_lets_him_in(
    hall: Hall, who: Person
) -> None:
    await _first(hall)
    waiting = number(await _second(hall), "取消")
    assert "已同意" in await hall.say(f"确认 {waiting}", who)
    [record] = await hall.assistant.registration.mine(STRANGER)
    assert record.school == "桂东示例职业技术学院"
    await hall.deliver()
    assert "已经同意" in hall.read_by(STRANGER)


@pytest.mark.parametrize("who", [OTHER, SHANDONG])
async def test_for_others_the_number_does_not_exist(hall: Hall, who: Person) -> None:
    await _first(hall)
    waiting = number(await _second(hall), "取消")
    for word in ("确认", "取消"):
        assert f"没有编号 {waiting} 的事" in await hall.say(f"{word} {waiting}", who)
    assert await hall.assistant.registration.mine(STRANGER) == []


async def test_nobody_lets_himself_in(hall: Hall) -> None:
    await _first(hall)
    waiting = number(await _second(hall), "取消")
    assert "您自己确认不了" in await hall.say(f"确认 {waiting}", STRANGER)
    await hall.say("确认", STRANGER)
    await hall.say("好的", STRANGER)
    assert await hall.assistant.registration.mine(STRANGER) == []
    assert "等着同意" in await hall.say("我的登记", STRANGER)


async def test_refused_he_is_told_and_nothing_is_kept(hall: Hall) -> None:
    await hall.say("在吗", GUANGXI)
    await _first(hall)
    waiting = number(await _second(hall), "取消")
    assert "已取消" in await hall.say(f"取消 {waiting}", TEACHER)
    await hall.deliver()
    assert "没有得到同意" in hall.read_by(STRANGER)
    assert "13900139000" not in await hall.everything_kept()


async def test_moving_to_a_school_of_another_waits_too(hall: Hall) -> None:
    await _first(hall)
    await hall.say("登记 南岭演示工业学校 中职 路二 13900139000 广西", STRANGER)
    await hall.say("确认", STRANGER)
    card = await hall.say("修改登记 院校名称 桂东示例职业技术学院", STRANGER)
    assert "138****8000" not in card
    assert "有一方同意就生效" in await hall.say("确认", STRANGER)
    [record] = await hall.assistant.registration.mine(STRANGER)
    assert record.school == "南岭演示工业学校"


async def test_withdrawing_takes_the_waiting_one_too(hall: Hall) -> None:
    await _first(hall)
    waiting = number(await _second(hall), "取消")
    assert "草稿已删除" in await hall.say("撤销登记", STRANGER)
    assert "已经取消过了" in await hall.say(f"确认 {waiting}", BOSS)


async def test_open_by_a_setting(open_house: OpenHouse) -> None:
    assistant = await open_house(FakeGateways(), open_contacts=True)
    hall = Hall(assistant, FakeGateways())
    await _first(hall)
    await hall.say(SECOND, STRANGER)
    receipt = await hall.say("确认", STRANGER)
    assert "已登记" in receipt
    for secret in SECRETS:
        assert secret not in receipt


async def test_one_person_cannot_register_many_schools(hall: Hall) -> None:
    last = ""
    for name in ("东山", "西山", "南山", "北山", "中山"):
        await hall.say(f"登记 {name}示例职业学院 高职 路二 13900139000 广西", STRANGER)
        last = await hall.say("确认", STRANGER)
    assert "最多登记 3 所院校" in last
    assert len(await hall.assistant.registration.mine(STRANGER)) == 3


async def test_one_person_cannot_register_and_withdraw_all_day(
    open_house: OpenHouse,
) -> None:
    assistant = await open_house(FakeGateways(), registrations_per_day=2)
    hall = Hall(assistant, FakeGateways())
    last = ""
    for _ in range(3):
        await hall.say(FIRST, TEACHER)
        last = await hall.say("确认", TEACHER)
        await hall.say("撤销登记", TEACHER)
        await hall.say("确认", TEACHER)
    assert "一天最多新登记 2 条" in last


async def test_anonymous_members_cannot_register(hall: Hall) -> None:
    nobody = Person("qq", ANONYMOUS, "匿名")
    assert "匿名" in await hall.say(FIRST, nobody, GX_GROUP)
    assert await hall.assistant.registration.drafts(nobody) == []
    assert hall.assistant.access.rights(nobody).role == 0


@pytest.mark.parametrize("word", ["确认", "取消"])
async def test_a_number_of_another_does_not_exist(hall: Hall, word: str) -> None:
    await hall.say(FIRST, TEACHER)
    await hall.say("确认", TEACHER)
    for each in range(1, 4):
        told = await hall.say(f"{word} {each}", STRANGER)
        assert f"没有编号 {each} 的事" in told


async def test_limits_count_what_waits_and_do_not_stop_who_says_yes(
    open_house: OpenHouse, hands: Hands
) -> None:
    assistant = await open_house(FakeGateways(), registrations_per_day=1)
    hall = Hall(assistant, FakeGateways())
    await _first(hall)
    waiting = number(await _second(hall), "取消")
    other = "登记 南岭演示工业学校 中职 路二 13900139000 广西"
    await hall.say(other, STRANGER)
    assert "一天最多新登记 1 条" in await hall.say("确认", STRANGER)
    hands.forward(days=1, minutes=1)
    await hall.say(other, STRANGER)
    assert "已登记" in await hall.say("确认", STRANGER)
    assert "已同意" in await hall.say(f"确认 {waiting}", TEACHER)
    assert len(await assistant.registration.mine(STRANGER)) == 2


async def test_nobody_is_asked_again_and_again(open_house: OpenHouse) -> None:
    gateways = FakeGateways()
    hall = Hall(await open_house(gateways, registrations_per_day=2), gateways)
    await _first(hall)
    last = ""
    for _ in range(4):
        await hall.say(SECOND, STRANGER)
        last = await hall.say("确认", STRANGER)
        await hall.say("取消", STRANGER)
        await hall.deliver()
    assert "一天最多新登记 2 条" in last
    assert hall.read_by(TEACHER).count("有人要登记为") == 2


ADVERTISEMENT = "加微信abc包过无需考试"


@pytest.mark.parametrize(
    "said",
    [
        f"登记 桂东示例职业技术学院 高职 网址 https://x.top 职务：{ADVERTISEMENT}",
        f"登记 院校：{ADVERTISEMENT}学院 高职 13900139000",
        f"登记试点 桂东示例职业技术学院 高职 BIM 初级 100人 备注：{ADVERTISEMENT}",
        f"登记试点 桂东示例职业技术学院 高职 BIM 初级 100人 专业：{ADVERTISEMENT}",
    ],
)
@pytest.mark.parametrize("addressed", [True, False])
async def test_an_advertisement_is_not_repeated_in_the_group(
    hall: Hall, said: str, addressed: bool
) -> None:
    card = await hall.say(said, STRANGER, GX_GROUP, addressed=addressed)
    for part in ("abc", "包过", "x.top", "13900139000"):
        assert part not in card
    assert "包过" not in await hall.say("我的登记", STRANGER, GX_GROUP)
    unknown = await hall.say(f"登记列表 {ADVERTISEMENT}", GUANGXI, GX_GROUP)
    assert "包过" not in unknown
