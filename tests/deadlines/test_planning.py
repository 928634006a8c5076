"""日历与计划：时区、年末、闰日、节假日、不重不漏。"""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import clock
from bot.deadlines import HolidayRule, Kind, ReportSetting, Rule, Window, plan, schedule
from bot.deadlines.calendar import read_calendar
from bot.deadlines.periods import CYCLE, current_period, next_period, periods
from bot.deadlines.workdays import Workdays, YearPlan
from bot.errors import KnowledgeError
from bot.groups import GroupSettings
from bot.text.dates import Moment
from tests.gateways import group
from tests.paths import KNOWLEDGE

DAYS = st.dates(date(2024, 1, 1), date(2032, 12, 31))
MINUTES = st.times().map(lambda t: t.replace(second=0, microsecond=0))
CLOCKS = st.one_of(st.none(), MINUTES)
LEADS = st.lists(st.integers(0, 30), max_size=5, unique=True).map(tuple)
RULES = st.builds(Rule, st.times(), st.booleans(), LEADS, LEADS)
GROUPS = [GroupSettings(group(n), region="山东") for n in range(5)]
GROUPS += [GroupSettings(group(9), region="广西"), GroupSettings(group(10))]


def at(day: date, hour: int = 0, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), clock.ZONE)


@st.composite
def windows(draw: st.DrawFn) -> Window:
    opens = draw(DAYS)
    closes = opens + timedelta(days=draw(st.integers(0, 300)))
    first = Moment(opens) if draw(st.booleans()) else None
    return Window(
        "1", "山东", "申报", Kind.DECLARATION, first, Moment(closes, draw(CLOCKS))
    )


def everything(window: Window, rule: Rule) -> list[tuple[str, datetime, str]]:
    start = at(window.closes.day - timedelta(days=400))
    end = at(window.closes.day + timedelta(days=5))
    found = plan([window], [], {"山东": rule}, Workdays(), start, end)
    return [
        (o.key, moment, g.place.id) for o in found for moment, g in schedule(o, GROUPS)
    ]


@given(windows(), RULES)
@settings(max_examples=200)
def test_reminders_keep_the_rules(window: Window, rule: Rule) -> None:
    planned = everything(window, rule)
    for _, moment, place in planned:
        local = moment.astimezone(clock.ZONE)
        assert time(8, 30) <= local.time() < time(21, 0)
        assert local.minute not in (0, 30)
        assert place not in ("9", "10")
        assert moment < window.closes.end
        if window.opens:
            assert local.date() >= window.opens.day - timedelta(days=1)
    keys = [(key, place) for key, _, place in planned]
    assert len(keys) == len(set(keys))
    days = {(moment.date(), place) for _, moment, place in planned}
    assert len(days) == len(planned), "同一天同一群最多提醒一次"


@given(
    windows(), RULES, st.integers(1, 400), st.sampled_from(["UTC", "America/New_York"])
)
@settings(max_examples=100)
def test_cutting_time_anywhere_loses_nothing(
    window: Window, rule: Rule, cut: int, zone: str
) -> None:
    """分两段问，与一次问完一样；问的时区不影响答案。"""
    start = at(window.closes.day - timedelta(days=400))
    end = at(window.closes.day + timedelta(days=5))
    middle = (start + timedelta(days=cut, minutes=cut)).astimezone(ZoneInfo(zone))

    def between(first: datetime, last: datetime) -> set[tuple[str, datetime, str]]:
        found = plan([window], [], {"山东": rule}, Workdays(), first, last)
        return {
            (o.key, moment, g.place.id)
            for o in found
            for moment, g in schedule(o, GROUPS)
            if first < moment <= last
        }

    pieces = [between(start, middle), between(middle, end.astimezone(UTC))]
    assert pieces[0] | pieces[1] == between(start, end)
    assert not pieces[0] & pieces[1]


def test_default_leads_of_the_2022_windows() -> None:
    calendar = read_calendar(KNOWLEDGE / "calendar")
    found = plan(
        calendar.windows,
        [],
        {},
        calendar.workdays,
        at(date(2022, 3, 1)),
        at(date(2022, 12, 21)),
    )
    assert [f"{o.base:%m-%d}" for o in found] == [
        *("03-14", "06-03", "06-07", "06-09", "06-10"),
        *("08-20", "12-13", "12-17", "12-19", "12-20"),
    ]


def test_early_deadline_is_reminded_the_day_before() -> None:
    closes = Moment(date(2027, 6, 10), time(8, 0))
    window = Window("1", "山东", "申报", Kind.DECLARATION, None, closes)
    last = max(moment for _, moment, _ in everything(window, Rule()))
    assert last.date() == date(2027, 6, 9)


SETTINGS = st.builds(
    ReportSetting,
    st.just("山东"),
    st.builds(
        lambda d, t: datetime.combine(d, t, clock.ZONE),
        DAYS,
        MINUTES,
    ),
    st.sampled_from(HolidayRule),
)


def _made_up(first: date, length: int) -> Workdays:
    """随便编的假期，长短都有。"""
    days = frozenset(first + timedelta(days=n) for n in range(length))
    years = {
        y: YearPlan(frozenset(d for d in days if d.year == y))
        for y in range(2020, 2036)
    }
    return Workdays(years)


@given(SETTINGS, DAYS, st.integers(0, 40))
@settings(max_examples=200)
def test_periods_neither_double_nor_gap(
    setting: ReportSetting, holiday: date, length: int
) -> None:
    for workdays in (Workdays(), _made_up(holiday, length)):
        start, end = setting.anchor - CYCLE, setting.anchor + 40 * CYCLE
        found = list(periods(setting, workdays, start, end))
        nominal = [period.nominal for period in found]
        expected = [(setting.anchor + n * CYCLE).date() for n in range(len(found))]
        assert nominal == expected
        assert len(found) >= 39
        dues = [period.due.start for period in found]
        assert all(a < b for a, b in pairwise(dues))
        for period in found:
            known = workdays.is_workday(period.due.day)
            if setting.holidays is HolidayRule.UNCHANGED:
                assert period.due.day == period.nominal
            elif not period.note:
                assert known is True


@given(SETTINGS, st.integers(0, 500 * 24))
def test_the_period_meant_depends_on_time_only(
    setting: ReportSetting, hours: int
) -> None:
    now = setting.anchor + timedelta(hours=hours)
    coming = next_period(setting, Workdays(), now)
    assert coming.due.start >= now
    assert current_period(setting, Workdays(), now).due.start >= now - timedelta(days=3)


def test_holidays_move_the_deadline() -> None:
    anchor = at(date(2026, 9, 18), 17)
    end = at(date(2026, 10, 20))
    moved = {
        rule: list(
            periods(ReportSetting("山东", anchor, rule), Workdays(), anchor, end)
        )[1]
        for rule in HolidayRule
    }
    assert moved[HolidayRule.UNCHANGED].due.day == date(2026, 10, 2)
    assert moved[HolidayRule.EARLIER].due.day == date(2026, 9, 30)
    assert moved[HolidayRule.LATER].due.day == date(2026, 10, 8)
    assert "休息日" in moved[HolidayRule.LATER].note


def test_unknown_year_is_said_and_can_be_overridden() -> None:
    setting = ReportSetting("山东", at(date(2027, 1, 1), 17), HolidayRule.LATER)
    period = next_period(setting, Workdays(), setting.anchor)
    assert period.due.day == date(2027, 1, 1)
    assert "2027年的放假安排还没有收录" in period.note
    known = Workdays({2027: YearPlan(frozenset({date(2027, 1, 1)}))})
    assert next_period(setting, known, setting.anchor).due.day == date(2027, 1, 4)


def test_override_file_is_read(tmp_path: Path) -> None:
    text = "years:\n  2030:\n    holidays: [2030-01-01]\n    workdays: [2030-01-05]\n"
    (tmp_path / "holidays.yaml").write_text(text, encoding="utf-8")
    workdays = read_calendar(tmp_path).workdays
    assert workdays.is_workday(date(2030, 1, 1)) is False
    assert workdays.is_workday(date(2030, 1, 5)) is True
    assert workdays.is_workday(date(2031, 1, 1)) is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("region: 山东\nask: 某处\nwindows:\n  - id: a1\n    titel: 错\n", "第 4 行"),
        (
            "region: 山东\nask: 某处\nwindows:\n  - {id: a1, title: 甲, kind: 申报, "
            "opens: 2027-02-01, closes: 2027-01-01, notice: 某文}\n",
            "开始晚于截止",
        ),
    ],
)
def test_wrong_calendar_files_are_located(
    tmp_path: Path, text: str, reason: str
) -> None:
    (tmp_path / "x.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=reason):
        read_calendar(tmp_path)
