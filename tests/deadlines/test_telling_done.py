"""双周报已交：还没设置的先留着，还早的问一声是哪一期，暂停着的说是暂停。"""

from bot.deadlines import School
from bot.messages import Person

from .conftest import Bureau
from .test_reminders import at


def _school(bureau: Bureau) -> None:
    bureau.schools.by_region["山东"] = [School("甲学院", Person("qq", "31"))]


async def test_what_is_told_before_a_period_is_set_is_booked_then(
    bureau: Bureau,
) -> None:
    _school(bureau)
    kept = await bureau.say("双周报已交", user="31")
    assert "记下了：甲学院" in kept
    assert "还没有设置" in kept
    assert "早已记下" in await bureau.say("双周报已交", user="31")
    done = await bureau.do("双周报 设置 山东 首次截止 2026-11-27 17:00")
    assert "甲学院" in done
    assert "已交 1 所" in await bureau.say("双周报 名单 山东")


async def test_what_was_kept_may_be_taken_back(bureau: Bureau) -> None:
    _school(bureau)
    await bureau.say("双周报已交", user="31")
    assert "已撤回" in await bureau.say("双周报已交 撤销", user="31")
    await bureau.do("双周报 设置 山东 首次截止 2026-11-27 17:00")
    assert "已交 0 所" in await bureau.say("双周报 名单 山东")


async def test_early_by_more_than_a_week_is_asked(bureau: Bureau) -> None:
    _school(bureau)
    await bureau.do("双周报 设置 山东 首次截止 2026-11-20 17:00")
    bureau.now = at("2026-11-24 10:00")
    told = await bureau.say("双周报已交", user="31")
    assert "2026年12月4日" in told
    assert "交的是这一期吗" in told
    assert "2026年11月20日" in told
    moved = await bureau.say("双周报已交 上期", user="31")
    assert "2026年11月20日" in moved
    assert "已交 0 所" in await bureau.say("双周报 名单 山东")


async def test_in_time_is_not_asked(bureau: Bureau) -> None:
    _school(bureau)
    await bureau.do("双周报 设置 山东 首次截止 2026-11-27 17:00")
    assert "交的是这一期吗" not in await bureau.say("双周报已交", user="31")


async def test_numbers_of_reminders_are_short_and_come_back(bureau: Bureau) -> None:
    await bureau.do("窗口 新增 山东 2027年第一次申报 3月14日至6月10日")
    bureau.now = at("2027-03-13 12:00")
    listed = await bureau.say("提醒 列表")
    assert listed.splitlines()[1].startswith("1. ")
    skipped = await bureau.say("提醒 跳过 1")
    assert "提醒 恢复 1" in skipped
    assert "只这一次" in await bureau.say("提醒 列表")
    assert "已恢复" in await bureau.say("提醒 恢复 1")
