"""什么时候提醒什么：一个纯函数，预览、时间表与真正发送用的是同一个。"""

import hashlib
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot import clock
from bot.access import NATIONWIDE
from bot.delivery import OPENS, earliest
from bot.groups import GroupSettings
from bot.messages import Place
from bot.text.dates import Moment

from .models import Period, ReportSetting, Rule, Window
from .reports import periods
from .workdays import Workdays

SPREAD = timedelta(minutes=26)
"""各群错开的范围：不在同一秒一齐发。"""
LATEST = time(20, 30)
"""再晚，错开之后就到安静时段了。"""
WINDOW, REPORT = KINDS = ("window:", "report:")
"""提醒的是哪一类事：`what` 的开头。"""
ALL = "全部"
"""暂停全部提醒时记的范围。"""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """一次提醒，去各群之前的样子。

    参数:
        what: 提醒的是什么，如 `window:3`、`report:山东`
        key: 哪一次；含截止日期，窗口改了日期就是另一次，只改钟点的还是这一次
        base: 最早几点发，各群在此之后错开
        valid_until: 过了这一刻内容就不对了
        lead: 那天离截止几天；`None` 是窗口开始
    """

    what: str
    key: str
    region: str
    base: datetime
    valid_until: datetime
    lead: int | None
    window: Window | None = None
    period: Period | None = None

    @property
    def code(self) -> str:
        """给人用的编号，六位数字。"""
        return str(100000 + zlib.crc32(f"{self.what}/{self.key}".encode()) % 900000)

    def at(self, place: Place) -> datetime:
        """哪一刻发到这个群：总是同一刻，改期也不变；避开整点半点。"""
        seed = f"{self.what}/{self.lead}/{place.platform}/{place.id}".encode()
        number = int.from_bytes(hashlib.blake2b(seed, digest_size=4).digest(), "big")
        offset = 60 + number % int(SPREAD.total_seconds())
        return earliest(self.base + timedelta(seconds=offset))

    def reaches(self, group: GroupSettings) -> bool:
        """是否发到这个群。"""
        return self.region in (NATIONWIDE, group.region)

    def scopes(self) -> tuple[str, ...]:
        """能让它不发的各种范围，从大到小。"""
        return (ALL, self.region, self.what, f"{self.what}/{self.key}")


def window_key(number: str) -> str:
    """一个窗口在提醒、暂停与待确认的事里的名字。"""
    return WINDOW + number


def report_key(region: str) -> str:
    """一个地区的双周报在提醒、暂停与待确认的事里的名字。"""
    return REPORT + region


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
