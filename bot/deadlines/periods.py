"""双周报的每一期：从首次截止起每十四天，遇休息日按规则调整。"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot import clock
from bot.text.dates import Moment

from . import wording
from .models import HolidayRule, Period, ReportSetting
from .workdays import Workdays

CYCLE = timedelta(days=14)
MAX_SHIFT = 13
"""最多挪这么多天：再多就会与相邻的一期撞上。"""
GRACE = timedelta(days=3)
"""截止后这么久以内说“已交”，算刚截止的这一期。"""


def periods(
    setting: ReportSetting, workdays: Workdays, start: datetime, end: datetime
) -> Iterator[Period]:
    """截止在 [start, end] 里的各期，从早到晚，不重不漏。"""
    anchor = clock.local(setting.anchor)
    slack = timedelta(days=MAX_SHIFT + 1)
    index = max(0, (clock.local(start) - slack - anchor) // CYCLE)
    while (nominal := anchor + index * CYCLE) <= end + slack:
        period = _adjust(setting, workdays, nominal)
        if start <= period.due.start <= end:
            yield period
        index += 1


def next_period(setting: ReportSetting, workdays: Workdays, now: datetime) -> Period:
    """还没截止的最近一期；首次还没到就是首次。"""
    since = max(now, setting.anchor - timedelta(days=MAX_SHIFT + 1))
    return next(periods(setting, workdays, since, since + 3 * CYCLE))


def current_period(setting: ReportSetting, workdays: Workdays, now: datetime) -> Period:
    """现在说“这一期”是哪一期：只看时间，所以重复说也是同一期。"""
    return next_period(setting, workdays, now - GRACE)


def _adjust(setting: ReportSetting, workdays: Workdays, nominal: datetime) -> Period:
    day = nominal.date()
    unadjusted = Moment(day, nominal.time())
    if setting.holidays is HolidayRule.UNCHANGED:
        return Period(setting.region, day, unadjusted)
    step = timedelta(days=-1 if setting.holidays is HolidayRule.EARLIER else 1)
    for shift in range(MAX_SHIFT + 1):
        candidate = day + shift * step
        is_workday = workdays.is_workday(candidate)
        if is_workday is None:
            note = wording.holidays_unknown(candidate.year)
            return Period(setting.region, day, unadjusted, note)
        if is_workday:
            note = wording.shifted(day, setting.holidays) if shift else ""
            return Period(setting.region, day, Moment(candidate, nominal.time()), note)
    return Period(setting.region, day, unadjusted, wording.HOLIDAY_TOO_LONG)
