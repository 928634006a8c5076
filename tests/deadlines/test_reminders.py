"""从口令到群里的提醒：窗口、双周报、暂停、补发。"""

import re
from datetime import datetime, timedelta

from bot import clock
from bot.commands.deadlines import timeline
from bot.deadlines import School
from bot.messages import Person
from bot.outbox import Status
from tests.gateways import group
from tests.outbox.messages import in_group

from .conftest import Bureau

ADD = "窗口 新增 山东 2027年第一次申报 3月14日至6月10日 依据 鲁教〔2027〕1号"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=clock.ZONE)


async def test_window_is_echoed_before_it_is_stored(bureau: Bureau) -> None:
    shown = await bureau.say(ADD)
    assert "2027年3月14日（周日）" in shown
    assert "2027年6月10日（周四）" in shown
    assert "鲁教〔2027〕1号" in shown
    assert bureau.deadlines.store.windows == {}
    assert "记下了" in await bureau.say("确认")
    assert "1. 山东 2027年第一次申报" in await bureau.say("窗口 列表")


async def test_window_refusals(bureau: Bureau) -> None:
    for text, reason in (
        ("窗口 新增 山东 申报 下个月", "没看懂"),
        ("窗口 新增 广西 申报 3月14日至6月10日", "没有广西的权限"),
        ("窗口 新增 山东 2029年申报 即日起至12月10日", "对不上"),
        ("窗口 新增 山东 申报 2022年3月14日至6月10日", "已经过去"),
        ("窗口 新增 山东", "写法"),
        ("窗口 新增 山东 申报 国庆后到12月20日", "「国庆后」从哪天算起说不准"),
        ("窗口 新增 山东 申报 截至寒假前", "「寒假」各校不同"),
        ("窗口 新增 山东 申报 最晚10月20日", "刚过去"),
        ("窗口 新增 山东 申报 开学那天到12月20日", "没看懂"),
        ("窗口 修改 9 3月14日至6月10日", "没有编号 9"),
        ("窗口 删除 sd22-1", "没有编号 sd22-1"),
    ):
        assert reason in await bureau.say(text), text
    assert "只有秘书处" in await bureau.say(ADD, user="99")
    assert bureau.deadlines.store.windows == {}


async def test_reminders_go_out_once_to_the_right_groups(bureau: Bureau) -> None:
    await bureau.do(ADD)
    await bureau.pass_to(at("2027-03-14 08:00"))
    assert bureau.gateways.sent == []
    await bureau.pass_to(at("2027-03-14 09:45"))
    await bureau.pass_to(at("2027-03-14 09:46"))
    assert sorted(p.id for _, p, _ in bureau.gateways.sent) == ["1", "2"]
    assert "今天开始" in bureau.gateways.texts()[0]
    await bureau.pass_to(at("2027-06-03 09:45"))
    assert "还有 7 天截止" in bureau.gateways.texts()[-1]


async def test_change_replans_what_is_not_yet_sent(bureau: Bureau) -> None:
    await bureau.do(ADD)
    await bureau.pass_to(at("2027-06-02 12:00"))
    bureau.gateways.connected = []
    await bureau.pass_to(at("2027-06-03 09:45"))
    changed = await bureau.do("窗口 修改 1 截止 6月20日 17:00")
    assert "2027年6月20日（周日）17:00" in changed
    bureau.gateways.connected = ["10001"]
    bureau.gateways.sent.clear()
    await bureau.pass_to(at("2027-06-03 10:15"))
    assert bureau.gateways.sent == []
    await bureau.pass_to(at("2027-06-13 09:45"))
    assert "还有 7 天截止：2027年6月20日（周日）17:00" in bureau.gateways.texts()[-1]


async def test_rename_rewords_what_waits(bureau: Bureau) -> None:
    await bureau.do(ADD)
    await bureau.pass_to(at("2027-06-02 12:00"))
    bureau.gateways.connected = []
    await bureau.pass_to(at("2027-06-03 09:45"))
    await bureau.do("窗口 修改 1 名称 2027年春季申报")
    bureau.gateways.connected = ["10001"]
    bureau.gateways.sent.clear()
    await bureau.pass_to(at("2027-06-03 09:52"))
    assert len(bureau.gateways.sent) == 2
    assert "2027年春季申报" in bureau.gateways.texts()[0]


async def test_deleted_window_sends_nothing(bureau: Bureau) -> None:
    await bureau.do(ADD)
    await bureau.do("窗口 删除 1")
    await bureau.pass_to(at("2027-03-14 09:45"))
    assert bureau.gateways.sent == []


async def test_late_by_less_than_six_hours_is_marked(bureau: Bureau) -> None:
    await bureau.do(ADD)
    await bureau.pass_to(at("2027-03-13 12:00"))
    await bureau.pass_to(at("2027-03-14 13:05"))
    assert len(bureau.gateways.sent) == 2
    assert all(t.startswith("【补发，原定3月14日09:") for t in bureau.gateways.texts())


async def test_later_than_that_is_reported_not_sent(bureau: Bureau) -> None:
    await bureau.do(ADD)
    await bureau.pass_to(at("2027-03-13 12:00"))
    await bureau.say("帮忙", user="7")
    await bureau.delivery.heard(in_group("在"))
    from tests.outbox.messages import private

    await bureau.delivery.heard(private("在", user="7"))
    await bureau.pass_to(at("2027-03-14 16:05"))
    assert bureau.gateways.sent == []
    await bureau.delivery.reporting.flush()
    await bureau.pass_to(at("2027-03-14 16:06"))
    (report,) = bureau.gateways.texts()
    assert "山东1群" in report
    rows = await bureau.delivery.outbox.deliveries("window:1")
    assert {row.status for row in rows} == {Status.EXPIRED}


async def test_skip_pause_resume(bureau: Bureau) -> None:
    await bureau.do(ADD)
    bureau.now = at("2027-03-13 12:00")
    await bureau.deadlines.tick()
    listed = await bureau.say("提醒 列表")
    found = re.search(r"^(1)\. ", listed, re.M)
    assert found
    assert "今天开始" in await bureau.say(f"提醒 预览 {found[1]}")
    assert "这一次不发了" in await bureau.say(f"提醒 跳过 {found[1]}")
    await bureau.pass_to(at("2027-03-14 09:45"))
    assert bureau.gateways.sent == []
    assert "已暂停" in await bureau.say("提醒 暂停 山东")
    assert "暂停着：" in await bureau.say("提醒 列表")
    await bureau.pass_to(at("2027-06-03 09:45"))
    assert bureau.gateways.sent == []
    assert "已恢复" in await bureau.say("提醒 恢复 山东")
    await bureau.pass_to(at("2027-06-07 09:45"))
    assert len(bureau.gateways.sent) == 2
    assert "没有全国的权限" in await bureau.say("提醒 暂停 全部")
    assert "已暂停" in await bureau.say("提醒 暂停 全部", user="1")


async def test_rules_per_region(bureau: Bureau) -> None:
    await bureau.do(ADD)
    told = await bureau.say("提醒 设置 山东 窗口 5 当天")
    assert "前5天、当天" in told
    assert "10:15 起发" in await bureau.say("提醒 设置 山东 时间 10:15")
    for text in ("提醒 设置 山东 窗口 很早", "提醒 设置 山东 时间 早上"):
        assert "写" in await bureau.say(text)
    await bureau.pass_to(at("2027-06-04 12:00"))
    bureau.gateways.sent.clear()
    await bureau.pass_to(at("2027-06-05 10:00"))
    assert bureau.gateways.sent == []
    await bureau.pass_to(at("2027-06-05 10:45"))
    assert "还有 5 天截止" in bureau.gateways.texts()[0]


def schools_of(bureau: Bureau) -> None:
    bureau.schools.by_region["山东"] = [
        School("甲学院", Person("qq", "31")),
        School("乙学院", Person("qq", "32")),
        School("丙学院"),
    ]


async def test_biweekly_report_round(bureau: Bureau) -> None:
    schools_of(bureau)
    shown = await bureau.say("双周报 设置 山东 首次截止 2027-01-08 17:00 顺延 @联系人")
    assert "2027年1月8日（周五）17:00" in shown
    assert "2027年的放假安排还没有收录" in shown
    assert "设好了" in await bureau.say("确认")
    await bureau.pass_to(at("2027-01-05 12:00"))
    assert "记下了：甲学院" in await bureau.say("双周报已交", user="31")
    assert "早已记下" in await bureau.say("双周报已交，谢谢老师", user="31")
    roster = await bureau.say("双周报 名单 山东")
    assert "已交 1 所，没交 2 所" in roster
    await bureau.say(in_group("老师们好", 1, user="32"))
    await bureau.pass_to(at("2027-01-06 09:45"))
    text = bureau.gateways.texts()[0]
    assert "登记的 3 所学校里还有 2 所没交：丙学院、乙学院" in text
    # 只在乙学院的联系人说过话的群里@他
    mentioned = {place.id: reply.mention for _, place, reply in bureau.gateways.sent}
    assert mentioned == {"1": (Person("qq", "32"),), "2": ()}
    assert "已撤回" in await bureau.say("双周报已交 撤销", user="31")
    assert "没交 3 所" in await bureau.say("双周报 名单 山东")
    assert "记下了：丙学院" in await bureau.say("双周报已交 丙学院")
    assert "登记名单里没有" in await bureau.say("双周报已交 丁学院")


async def test_ticking_after_the_deadline_counts_for_it(bureau: Bureau) -> None:
    schools_of(bureau)
    await bureau.do("双周报 设置 山东 首次截止 2027-01-08 17:00")
    bureau.now = at("2027-01-10 10:00")
    assert "2027年1月8日" in await bureau.say("双周报已交", user="31")
    bureau.now = at("2027-01-12 10:00")
    assert "2027年1月22日" in await bureau.say("双周报已交", user="31")


async def test_chatter_about_reports_stays_unanswered(bureau: Bureau) -> None:
    for text in ("双周报已交", "双周报已交，谢谢"):
        unasked = in_group(text, user="99", addressed=False)
        assert await bureau.say(unasked) == ""
    assert "还不知道您是哪所学校" in await bureau.say("双周报已交", user="99")
    schools_of(bureau)
    refused = await bureau.say("双周报已交 甲学院", user="99")
    assert "还不知道您是哪所学校" in refused


async def test_report_without_a_clock_lasts_the_day(bureau: Bureau) -> None:
    asked = await bureau.say("双周报 设置 山东 首次截止 2027-01-08")
    assert "23:59" in asked
    assert "当天结束" in asked
    assert "17:00" in await bureau.say("改成 17:00")


async def test_report_can_pause(bureau: Bureau) -> None:
    assert "还没有设置" in await bureau.say("双周报 暂停 山东")
    await bureau.do("双周报 设置 山东 首次截止 2027-01-08 17:00")
    assert "已暂停" in await bureau.say("双周报 暂停 山东")
    await bureau.pass_to(at("2027-01-06 09:45"))
    assert bureau.gateways.sent == []
    assert "已恢复" in await bureau.say("双周报 恢复 山东")
    await bureau.pass_to(at("2027-01-08 09:45"))
    assert "今天 17:00 截止" in bureau.gateways.texts()[0]


async def test_timeline_is_what_is_sent(bureau: Bureau) -> None:
    await bureau.do("窗口 新增 山东 2027年第一次申报 2027年5月20日至6月10日")
    start, end = at("2027-05-17 00:00"), at("2027-06-14 00:00")
    printed = "\n".join(timeline(bureau.deadlines, bureau.groups, "山东", start, end))
    moment = start
    while moment < end:
        await bureau.pass_to(moment)
        moment += timedelta(hours=5, minutes=7)
    sent = [r.text for _, p, r in bureau.gateways.sent if p == group(1)]
    assert len(sent) == 5
    for text in sent:
        body = text.split("\n", 1)[1] if text.startswith("【补发") else text
        assert "\n".join(f"    {line}" for line in body.splitlines()) in printed
    assert printed.count("2 个群") == 5
    empty = timeline(bureau.deadlines, bureau.groups, "江苏", start, end)
    assert "还没有绑定江苏的群" in empty[0]
