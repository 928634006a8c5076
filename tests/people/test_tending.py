"""秘书处整理登记：删除、恢复、合并、通过。"""

from bot.messages import Person

from .conftest import (
    GUANGXI,
    GX_GROUP,
    OTHER,
    SHANDONG,
    STRANGER,
    TEACHER,
    Hall,
    Hands,
    number,
)

INVENTED = "乱填示例职业学院 高职 路二 13900139000 广西"


async def _register(hall: Hall, text: str, person: Person = TEACHER) -> str:
    """登记一条，返回它一直不变的编号。"""
    await hall.say(f"登记 {text}", person)
    assert "已登记" in await hall.say("确认", person)
    return f"#{max(r.id for r in await hall.assistant.registration.mine(person))}"


async def test_deleted_and_restored(hall: Hall) -> None:
    record = await _register(hall, INVENTED, STRANGER)
    shown = await hall.say(f"登记 删除 {record}", GUANGXI, GX_GROUP)
    assert "将删除 1 条登记" in shown
    assert "13900139000" not in shown
    assert "已删除：乱填示例职业学院" in await hall.say("确认", GUANGXI, GX_GROUP)
    assert hall.assistant.registration.roster.schools("广西") == []
    assert "还没有登记" in await hall.say("我的登记", STRANGER)
    await hall.deliver()
    assert "秘书处删除了您在乱填示例职业学院的登记" in hall.read_by(STRANGER)
    assert "1. 广西 乱填示例职业学院" in await hall.say("登记 恢复", GUANGXI)
    await hall.say(f"登记 恢复 {record}", GUANGXI)
    assert "已恢复" in await hall.say("确认", GUANGXI)
    assert "13900139000" in await hall.say("我的登记", STRANGER)
    [school] = hall.assistant.registration.roster.schools("广西")
    assert school.name == "乱填示例职业学院"


async def test_many_at_once_and_by_name(hall: Hall) -> None:
    first, _, last = [
        await _register(
            hall, f"{name}示例职业学院 高职 路二 13900139000 广西", STRANGER
        )
        for name in ("东山", "西山", "南山")
    ]
    assert "请带上编号" in await hall.say("登记 删除 示例职业学院", GUANGXI)
    assert "将删除 1 条" in await hall.say("登记 删除 西山示例", GUANGXI)
    assert "将删除 3 条" in await hall.say(f"登记 删除 {first}-{last}", GUANGXI)
    await hall.say("确认 删除登记", GUANGXI)
    shown = await hall.say(f"登记 删除 {first}、{last}", GUANGXI)
    assert "将删除 2 条" in shown
    assert "已删除" in await hall.say(f"确认 {number(shown)}", GUANGXI)
    [left] = await hall.assistant.registration.mine(STRANGER)
    assert left.school == "西山示例职业学院"


async def test_only_within_ones_region(hall: Hall) -> None:
    record = await _register(hall, INVENTED, STRANGER)
    assert "您管的登记里没有" in await hall.say(f"登记 删除 {record}", SHANDONG)
    assert "您管的登记里没有" in await hall.say("登记 删除 乱填示例", SHANDONG)
    assert "秘书处" in await hall.say(f"登记 删除 {record}", TEACHER)
    assert len(await hall.assistant.registration.mine(STRANGER)) == 1


async def test_two_spellings_of_one_school(hall: Hall) -> None:
    one = await _register(hall, "桂东示例职业技术学院 高职 覃一 13800138000 广西")
    two = await _register(hall, "桂东示例职业学院 高职 韦三 13700137000 广西", OTHER)
    shown = await hall.say(f"登记 合并 {one} {two}", GUANGXI)
    assert "两位联系人都留着" in shown
    await hall.say("确认", GUANGXI)
    [school] = hall.assistant.registration.roster.schools("广西")
    assert school.name == "桂东示例职业技术学院"
    [record] = await hall.assistant.registration.mine(OTHER)
    assert record.school == "桂东示例职业技术学院"


async def test_one_person_twice(hall: Hall) -> None:
    one = await _register(hall, "桂东示例职业技术学院 高职 覃一 13800138000 广西")
    two = await _register(
        hall, "桂东示例职业学院 高职 覃一 13800138000 qin@example.com 广西", OTHER
    )
    assert "是同一位联系人" in await hall.say(f"登记 合并 {one} {two}", GUANGXI)
    await hall.say("确认", GUANGXI)
    assert "qin@example.com" in await hall.say("我的登记", TEACHER)
    assert "还没有登记" in await hall.say("我的登记", OTHER)


async def _report(hall: Hall) -> None:
    await hall.say("双周报 设置 广西 首次截止 2026-11-27 17:00", GUANGXI)
    await hall.say("确认", GUANGXI)


async def test_what_was_reported_under_the_old_name_stays_reported(hall: Hall) -> None:
    one = await _register(hall, "桂东示例职业技术学院 高职 覃一 13800138000 广西")
    two = await _register(hall, "桂东示例职业学院 高职 韦三 13700137000 广西", OTHER)
    await _report(hall)
    assert "记下了：桂东示例职业学院" in await hall.say("双周报已交", OTHER)
    await hall.say(f"登记 合并 {one} {two}", GUANGXI)
    await hall.say("确认", GUANGXI)
    expected = "没交：无\n已交：桂东示例职业技术学院"
    assert expected in await hall.say("双周报 名单", GUANGXI)
    await hall.assistant.deadlines.load()
    assert expected in await hall.say("双周报 名单", GUANGXI)


async def test_a_name_that_others_still_use_keeps_its_reports(hall: Hall) -> None:
    one = await _register(hall, "桂东示例职业技术学院 高职 覃一 13800138000 广西")
    two = await _register(hall, "桂东示例职业学院 高职 韦三 13700137000 广西", OTHER)
    await hall.say("登记 桂东示例职业学院 高职 路二 13900139000 广西", STRANGER)
    waiting = number(await hall.say("确认", STRANGER), "取消")
    await hall.say(f"登记 通过 {waiting}", GUANGXI)
    await _report(hall)
    await hall.say("双周报已交", OTHER)
    await hall.say(f"登记 合并 {one} {two}", GUANGXI)
    await hall.say("确认", GUANGXI)
    roster = await hall.say("双周报 名单", GUANGXI)
    assert "没交：无\n已交：桂东示例职业学院、桂东示例职业技术学院" in roster


async def test_a_corrected_name_keeps_its_reports(hall: Hall) -> None:
    await _register(hall, "桂东示例职业学院 高职 覃一 13800138000 广西")
    await _report(hall)
    await hall.say("双周报已交", TEACHER)
    await hall.say("修改登记 院校 桂东示例职业技术学院", TEACHER)
    assert "已" in await hall.say("确认", TEACHER)
    roster = await hall.say("双周报 名单", GUANGXI)
    assert "没交：无\n已交：桂东示例职业技术学院" in roster


async def test_second_contact_let_in_by_the_word(hall: Hall) -> None:
    await _register(hall, "桂东示例职业技术学院 高职 覃一 13800138000 广西")
    await hall.say("登记 桂东示例职业技术学院 高职 路二 13900139000 广西", STRANGER)
    await hall.say("确认", STRANGER)
    assert "1. 桂东示例职业技术学院" in await hall.say("登记 通过", GUANGXI)
    assert "没有等着同意的" in await hall.say("登记 通过", SHANDONG)
    assert "已同意" in await hall.say("登记 通过 1", GUANGXI)
    assert len(await hall.assistant.registration.mine(STRANGER)) == 1


async def test_what_was_deleted_is_gone_after_a_month(hall: Hall, hands: Hands) -> None:
    record = await _register(hall, INVENTED, STRANGER)
    await hall.say(f"登记 删除 {record}", GUANGXI)
    await hall.say("确认", GUANGXI)
    assert "13900139000" in await hall.everything_kept()
    hands.forward(days=31)
    await hall.assistant.registration.tidy()
    assert "13900139000" not in await hall.everything_kept()


async def test_very_long_orders_are_answered_at_once(hall: Hall) -> None:
    """一千个词、几千位的数、差一点就全是编号的：都有答复，也不用想很久。"""
    await _register(hall, INVENTED, STRANGER)
    for argument in ("词 " * 1000, "1" * 5000, f"{'138001380001' * 400} 㐀"):
        for word in ("删除", "恢复", "合并"):
            assert await hall.say(f"登记 {word} {argument}", GUANGXI)
        assert await hall.say(f"登记列表 {argument}", GUANGXI)
        assert await hall.say(f"撤销教 {argument}", GUANGXI)
    assert "1. 广西 乱填示例" in await hall.say("登记列表 乱填示例", GUANGXI)
