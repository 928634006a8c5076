"""什么时候提醒什么：一个纯函数，预览、时间表与真正发送用的是同一个。"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from bot import clock
from bot.groups import GroupSettings
from bot.outbox import OPENS
from bot.text.dates import Moment

from .models import (
    SPREAD,
    Occurrence,
    Period,
    ReportSetting,
    Rule,
    Window,
    report_key,
    window_key,
)
from .periods import periods
from .workdays import Workdays

LATEST = time(20, 30)
"""再晚，错开之后就到安静时段了。"""


def plan(
    windows: Iterable[Window],
    reports: Iterable[ReportSetting],
    rules: Mapping[str, Rule],
    workdays: Workdays,
    start: datetime,
    end: datetime,
    holds: Collection[str] = (),
) -> list[Occurrence]:
    """[start, end] 之间该有的提醒，从早到晚，不含暂停与跳过的。

    参数:
        rules: 各地区的规则，没有的用默认
        holds: 暂停的范围与跳过的那几次，见 `Occurrence.scopes`
    """
    found: list[Occurrence] = []
    for window in windows:
        found += _for_window(window, rules.get(window.region, Rule()))
    for setting in reports:
        rule = rules.get(setting.region, Rule())
        ahead = timedelta(days=max(rule.report_leads, default=0) + 1)
        for period in periods(setting, workdays, start, end + ahead):
            found += _for_period(period, rule)
    # 各群在 base 之后错开，所以 base 稍早于 start 的也可能还有群没到点
    reachable = (o for o in found if start - 2 * SPREAD <= o.base <= end)
    kept = (o for o in reachable if not any(scope in holds for scope in o.scopes()))
    return sorted(kept, key=lambda o: (o.base, o.what, o.key))


def schedule(
    occurrence: Occurrence, groups: Sequence[GroupSettings]
) -> list[tuple[datetime, GroupSettings]]:
    """一次提醒在各群的时刻，从早到晚。"""
    timed = [
        (occurrence.at(group.place), group)
        for group in groups
        if occurrence.reaches(group)
    ]
    return sorted(timed, key=lambda pair: pair[0])


def _for_window(window: Window, rule: Rule) -> list[Occurrence]:
    opens, closes = window.opens, window.closes
    days: list[date] = []
    for lead in rule.window_leads:
        day = _day_before(closes, lead, rule)
        # 只开一天的窗口，提醒截止比提醒开始要紧
        if lead == 0 or opens is None or day > opens.day:
            days.append(day)
    leads: dict[date, int | None] = {}
    if opens and rule.opening and _in_time(opens.day, closes, rule):
        leads[opens.day] = None
    leads |= {day: (closes.day - day).days for day in days}
    return [
        Occurrence(
            window_key(window.id),
            f"close-{lead}@{closes.day}" if lead is not None else f"open@{day}",
            window.region,
            _base(day, rule),
            min(Moment(day).end, closes.end),
            lead,
            window=window,
        )
        for day, lead in leads.items()
    ]


def _for_period(period: Period, rule: Rule) -> list[Occurrence]:
    due = period.due
    days = {_day_before(due, lead, rule) for lead in rule.report_leads}
    return [
        Occurrence(
            report_key(period.region),
            f"due-{(due.day - day).days}@{due.day}",
            period.region,
            _base(day, rule),
            min(Moment(day).end, due.end),
            (due.day - day).days,
            period=period,
        )
        for day in days
    ]


def _day_before(deadline: Moment, lead: int, rule: Rule) -> date:
    """截止前第几天；当天来不及提醒的，改在前一天。"""
    day = deadline.day - timedelta(days=lead)
    in_time = lead > 0 or _in_time(day, deadline, rule)
    return day if in_time else day - timedelta(days=1)


def _in_time(day: date, deadline: Moment, rule: Rule) -> bool:
    """这一天提醒，离截止还有没有一小时。"""
    return deadline.end - _base(day, rule) >= timedelta(hours=1)


def _base(day: date, rule: Rule) -> datetime:
    return datetime.combine(day, min(max(rule.at, OPENS), LATEST), clock.ZONE)
