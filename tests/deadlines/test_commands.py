"""口令：改窗口、自然地说已交、看与停提醒。"""

import asyncio
import re

import pytest

from bot.deadlines import School
from bot.deadlines.changes import PutWindow, RemoveWindow
from bot.deadlines.hearing_done import Done, read_done
from bot.errors import SendFailed
from bot.messages import Person
from tests.outbox.messages import in_group

from .conftest import Bureau
from .test_reminders import ADD, at, schools_of

OWN, UNDO = Done("", False), Done("", True)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("截止 6月20日 17:00", "3月14日（周日） 至 2027年6月20日（周日）17:00"),
        ("截至6月20日", "3月14日（周日） 至 2027年6月20日（周日）"),
        ("到6月20日", "3月14日（周日） 至 2027年6月20日（周日）"),
        ("延期至6月20日。", "3月14日（周日） 至 2027年6月20日（周日）"),
        ("截止 6月20日前", "3月14日（周日） 至 2027年6月20日（周日）"),
        ("6月20日截止", "3月14日（周日） 至 2027年6月20日（周日）"),
        ("开始 3月20日", "2027年3月20日（周六） 至 2027年6月10日（周四）"),
        ("2027年4月1日至5月1日", "2027年4月1日（周四） 至 2027年5月1日（周六）"),
    ],
)
async def test_changing_one_end_keeps_the_other(
    bureau: Bureau, words: str, expected: str
) -> None:
    await bureau.do(ADD)
    shown = await bureau.say(f"窗口 修改 1 {words}")
    assert " → " in shown
    assert expected in await bureau.say("确认")


@pytest.mark.parametrize(
    ("words", "title", "opens", "closes"),
    [
        ("补报 上周五到12月20日", "补报", "2026年11月20日", "2026年12月20日"),
        ("补报 12月1日报名，12月20日截止", "补报", "2026年12月1日", "2026年12月20日"),
        ("补报 12月20日至次年1月10日", "补报", "2026年12月20日", "2027年1月10日"),
        ("补报 元旦到1月10日", "补报", "2027年1月1日", "2027年1月10日"),
        (
            "\n名称：春季申报\n开始：2027年3月14日\n截止：2027年6月10日17:00",
            "春季申报",
            "2027年3月14日",
            "2027年6月10日（周四）17:00",
        ),
    ],
)
async def test_dates_as_people_type_them(
    bureau: Bureau, words: str, title: str, opens: str, closes: str
) -> None:
    shown = await bureau.say(f"窗口 新增 山东 {words}")
    assert f"开始：{opens}" in shown
    assert f"截止：{closes}" in shown
    await bureau.say("确认")
    [window] = bureau.deadlines.store.windows.values()
    assert window.title == title


async def colleagues(bureau: Bureau, *users: str) -> None:
    """山东秘书处的另外几位。"""
    for user in users:
        await bureau.assistant.access.grant(
            Person("qq", user), "山东", Person("qq", "1")
        )


async def test_the_second_of_two_concurrent_changes_is_refused(bureau: Bureau) -> None:
    await bureau.do(ADD)
    await colleagues(bureau, "31", "32")
    await bureau.say("窗口 修改 1 截止 6月20日")
    await bureau.say("窗口 修改 1 名称 2027年春季申报", "31")
    await bureau.say("窗口 删除 1", "32")
    assert "记下了" in await bureau.say("确认 2")
    for number in ("3", "4"):
        for _ in range(2):
            assert "已按别的编号改过" in await bureau.say(f"确认 {number}")
    listed = await bureau.say("窗口 列表")
    assert "2027年第一次申报" in listed
    assert "6月20日" in listed


async def test_a_deleted_window_does_not_come_back(bureau: Bureau) -> None:
    await bureau.do(ADD)
    await colleagues(bureau, "31")
    await bureau.say("窗口 修改 1 截止 6月20日", "31")
    await bureau.say("窗口 删除 1")
    assert "已删除" in await bureau.say("确认 3")
    assert "已按别的编号改过" in await bureau.say("确认 2")
    assert bureau.deadlines.store.windows == {}


async def test_killed_while_confirming(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    """改动与了结同生共死：提交之前断电，都没发生；之后断电，都办好了。"""

    async def killed(*_: object, **__: object) -> int:
        raise ConnectionAbortedError

    edits = (ADD, "窗口 修改 1 截止 6月20日", "窗口 删除 1")
    for number, words in enumerate(edits, 1):
        await bureau.say(words)
        before = dict(bureau.deadlines.store.windows)
        for change in (PutWindow, RemoveWindow):
            monkeypatch.setattr(change, "write", killed)
        with pytest.raises(ConnectionAbortedError):
            await bureau.say(f"确认 {number}")
        monkeypatch.undo()
        await bureau.restart()
        assert bureau.deadlines.store.windows == before
        with monkeypatch.context() as patched:
            patched.setattr(bureau.delivery.outbox, "cancel", killed)
            with pytest.raises(ConnectionAbortedError):
                await bureau.say(f"确认 {number}")
        await bureau.restart()
        assert bureau.deadlines.store.windows != before
        assert "已经确认过了" in await bureau.say(f"确认 {number}")
    assert bureau.deadlines.store.windows == {}


async def test_two_confirmations_at_once(bureau: Bureau) -> None:
    await bureau.do(ADD)
    users = ("31", "32", "33", "34", "35")
    await colleagues(bureau, *users)
    for user in users:
        await bureau.say("窗口 修改 1 截止 6月20日", user)
    said = await asyncio.gather(*(bureau.say(f"确认 {n}") for n in range(2, 7)))
    assert sum("记下了" in text for text in said) == 1
    await bureau.say("双周报 设置 山东 首次截止 2027-01-08 17:00", "31")
    await bureau.say("双周报 设置 山东 首次截止 2027-01-09 17:00", "32")
    assert "设好了" in await bureau.say("确认 8")
    assert "已按别的编号改过" in await bureau.say("确认 7")


async def test_what_would_not_fit_one_message_is_refused(bureau: Bureau) -> None:
    said = await bureau.say(f"窗口 新增 山东 {'长' * 61} 2027年3月14日至6月10日")
    assert "请写短些" in said


async def test_what_did_not_arrive_is_told_with_where_to_look(bureau: Bureau) -> None:
    await bureau.do(ADD)
    bureau.gateways.failures = [SendFailed("被禁言")]
    await bureau.pass_to(at("2027-03-14 09:45"))
    listed = await bureau.say("提醒 列表")
    assert "有 1 条没有确定送到，是哪些请发：广播状态" in listed
    assert "被禁言" in await bureau.say("广播状态")


async def test_the_same_window_is_added_once(bureau: Bureau) -> None:
    await bureau.say(ADD)
    assert "先前的编号 1" in await bureau.say(ADD)
    assert "（编号 #1）" in await bureau.say("确认 2")
    assert "已经由您后来提的那次取代" in await bureau.say("确认 1")
    assert "已经有了一样的：山东 2027年第一次申报（编号 #1）" in await bureau.say(ADD)
    assert "没有要改的" in await bureau.say("窗口 修改 1 截止 6月10日")


async def test_the_echo_tells_how_far_the_dates_are(bureau: Bureau) -> None:
    shown = await bureau.say(ADD)
    assert "从今天看：111 天后开始，还有 199 天截止，首尾共 89 天" in shown
    shown = await bureau.say("窗口 新增 山东 2027年申报 2026年12月1日至12月9日")
    assert "年份与日期的年份不同" in shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("双周报已交", OWN),
        ("双周报已交。", OWN),
        ("双周报 已交！", OWN),
        ("双周报已交了~", OWN),
        ("双周报交了", OWN),
        ("双周报已经提交了，请查收", OWN),
        ("老师好，我校双周报已交，谢谢", OWN),
        ("我们学校的双周报交上去了", OWN),
        ("本校这期双周报已报送", OWN),
        ("双周报已交撤销", UNDO),
        ("双周报已交 撤回", UNDO),
        ("双周报已交，报错了", UNDO),
        ("撤销双周报已交", UNDO),
        ("双周报已交 甲学院", Done("甲学院", False)),
        ("甲学院双周报已交。", Done("甲学院", False)),
        ("双周报已交 甲学院 撤销", Done("甲学院", True)),
        ("双周报已交，请老师审核", Done("", False, ("请 审核",))),
        ("甲学院，双周报已交！", Done("", False, ("甲学院",))),
        ("双周报已交了，但还没盖章，没交纸质的", None),
        ("双周报已交了吗", None),
        ("双周报交了吗？", None),
        ("双周报什么时候交", None),
        ("双周报还没交", None),
        ("双周报没交的学校", None),
        ("双周报要交了", None),
        ("甲学院双周报已交乙学院", None),
    ],
)
def test_hears_that_a_report_is_done(text: str, expected: Done | None) -> None:
    assert read_done(text) == expected


async def test_natural_ways_tick_and_undo(bureau: Bureau) -> None:
    schools_of(bureau)
    await bureau.do("双周报 设置 山东 首次截止 2027-01-08 17:00")
    for text in (
        "我校双周报已交。",
        "双周报已交！请老师审核",
        "甲学院双周报交了",
        "甲学院，双周报已交",
    ):
        said = in_group(text, user="31", addressed=False)
        assert "甲学院 已交" in await bureau.say(said), text
        assert "已撤回" in await bureau.say("双周报已交撤销", user="31")
    for text in (
        "双周报已交了吗",
        "双周报交了没",
        "乙校长说双周报已交",
        "双周报已交名单",
    ):
        assert await bureau.say(in_group(text, user="31", addressed=False)) == ""
    assert "没交 3 所" in await bureau.say("双周报 名单 山东")


async def test_a_school_of_the_same_name_elsewhere(bureau: Bureau) -> None:
    schools_of(bureau)
    bureau.schools.by_region["广西"] = [School("甲学院", Person("qq", "51"))]
    for region in ("山东", "广西"):
        await bureau.do(f"双周报 设置 {region} 首次截止 2027-01-08 17:00", user="1")
    await bureau.say("双周报已交", user="51")
    assert "已交 1 所" in await bureau.say("双周报 名单 广西", user="1")
    assert "已交 0 所" in await bureau.say("双周报 名单 山东", user="1")
    assert "都有「甲学院」" in await bureau.say("双周报已交 甲学院", user="1")
    here = in_group("双周报已交 甲学院", 1, user="1")
    assert "记下了" in await bureau.say(here)
    assert "已交 1 所" in await bureau.say("双周报 名单 山东", user="1")


def code_in(listed: str) -> str:
    """列表里头一条的编号：从 1 数起。"""
    found = re.search(r"^(1)\. ", listed, re.M)
    assert found
    return found[1]


async def test_what_is_paused_is_named(bureau: Bureau) -> None:
    await bureau.do(ADD)
    await bureau.do("窗口 新增 广西 2027年申报 3月1日至4月1日", user="1")
    bureau.now = at("2027-03-13 12:00")
    code = code_in(await bureau.say("提醒 列表"))
    told = await bureau.say(f"提醒 暂停 {code}")
    assert "2027年第一次申报 的全部提醒" in told
    assert "跳过" in told
    await bureau.say("提醒 暂停 广西", user="1")
    listed = await bureau.say("提醒 列表")
    assert "暂停着：山东 2027年第一次申报" in listed
    assert "广西" not in listed
    assert "暂停着：山东的提醒、广西的提醒、" not in listed
    await bureau.say("提醒 暂停 山东")
    resumed = await bureau.say(f"提醒 恢复 {code}")
    assert "已恢复" in resumed
    assert "但山东的提醒还暂停着" in resumed
    await bureau.say("提醒 恢复 山东")
    code = code_in(await bureau.say("提醒 列表"))
    await bureau.say(f"提醒 跳过 {code}")
    assert "只这一次" in await bureau.say("提醒 列表")
    bureau.now = at("2027-03-15 12:00")
    assert "暂停着" not in await bureau.say("提醒 列表")


async def test_what_was_sent_is_no_longer_coming(bureau: Bureau) -> None:
    await bureau.do("窗口 新增 山东 补报 11月20日至12月3日")
    await bureau.pass_to(at("2026-11-26 08:00"))
    assert "截止前7天" in await bureau.say("提醒 列表")
    code = code_in(await bureau.say("提醒 列表"))
    await bureau.pass_to(at("2026-11-26 09:40"))
    assert "截止前7天" not in await bureau.say("提醒 列表", user="1")
    assert "已经发出的 2 个群收不回" in await bureau.say(f"提醒 跳过 {code}")


async def test_a_reminder_moved_to_the_day_before_is_called_so(bureau: Bureau) -> None:
    await bureau.do("窗口 新增 山东 补报 11月20日至12月10日9:30")
    listed = await bureau.say("提醒 列表")
    assert "当天" not in listed
    assert re.search(r"2026-12-09.*截止前1天", listed)


async def test_hours_outside_the_day_are_refused(bureau: Bureau) -> None:
    for hour in ("22:00", "20:45", "6:00"):
        told = await bureau.say(f"提醒 设置 山东 时间 {hour}")
        assert "8:30 到 20:30" in told
    assert "20:30 起发" in await bureau.say("提醒 设置 山东 时间 20:30")


async def test_nationwide_reminders_are_seen_by_every_secretariat(
    bureau: Bureau,
) -> None:
    await bureau.do("窗口 新增 全国 汇总表报送 截至12月20日", user="1")
    listed = await bureau.say("提醒 列表")
    assert "全国 汇总表报送" in listed
    assert "2 个群" in listed
    shown = await bureau.say(f"提醒 预览 {code_in(listed)}")
    assert "山东1群" in shown
    assert "广西" not in shown
    assert "没有全国的权限" in await bureau.say(f"提醒 跳过 {code_in(listed)}")
    assert "没有全国的权限" in await bureau.say("提醒 暂停 全国")
    assert "已暂停：全国的提醒" in await bureau.say("提醒 暂停 全国", user="1")
    assert "汇总表报送" in await bureau.say("窗口 列表 全国", user="1")
