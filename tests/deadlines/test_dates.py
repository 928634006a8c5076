"""日期语法：要么读对，要么拒绝，没有悄悄读错的。"""

from contextlib import suppress
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import clock
from bot.text.dates import DateError, Moment, parse_moment, parse_span, split_trailing

# 2026年11月23日是周一
NOW = datetime(2026, 11, 23, 14, 30, tzinfo=clock.ZONE)

MOMENTS = [
    ("2027-01-08", "2027-01-08"),
    ("2027/1/8", "2027-01-08"),
    ("2027.1.8", "2027-01-08"),
    ("2027-01-08 17:00", "2027-01-08 17:00"),
    ("2027-01-08T17:00", "2027-01-08 17:00"),
    ("２０２７－０１－０８　１７：００", "2027-01-08 17:00"),
    ("2027年1月8日", "2027-01-08"),
    ("2027年1月8号", "2027-01-08"),
    ("2027 年 1 月 8 日", "2027-01-08"),
    ("27年1月8日", "2027-01-08"),
    ("二〇二七年一月八日", "2027-01-08"),
    ("二零二七年十二月三十一日", "2027-12-31"),
    ("1月8日", "2027-01-08"),
    ("1月8号", "2027-01-08"),
    ("一月八号", "2027-01-08"),
    ("十二月二十日", "2026-12-20"),
    ("12月廿三日", "2026-12-23"),
    ("12月20", "2026-12-20"),
    ("11月23日", "2026-11-23"),
    ("11月22日", "2027-11-22"),
    ("3/14", "2027-03-14"),
    ("今天", "2026-11-23"),
    ("今天 17:00", "2026-11-23 17:00"),
    ("明天", "2026-11-24"),
    ("明日下午3点", "2026-11-24 15:00"),
    ("后天", "2026-11-25"),
    ("大后天", "2026-11-26"),
    ("周五", "2026-11-27"),
    ("星期一", "2026-11-23"),
    ("礼拜天", "2026-11-29"),
    ("本周五", "2026-11-27"),
    ("这周日", "2026-11-29"),
    ("下周五", "2026-12-04"),
    ("下周五17点", "2026-12-04 17:00"),
    ("下个星期五", "2026-12-04"),
    ("下下周三", "2026-12-09"),
    ("本月底", "2026-11-30"),
    ("月底", "2026-11-30"),
    ("本月末", "2026-11-30"),
    ("下月底", "2026-12-31"),
    ("下个月月底", "2026-12-31"),
    ("12月底", "2026-12-31"),
    ("2028年2月底", "2028-02-29"),
    ("年底", "2026-12-31"),
    ("明年年底", "2027-12-31"),
    ("本月30日", "2026-11-30"),
    ("下月15号", "2026-12-15"),
    ("下个月15号", "2026-12-15"),
    ("25日", "2026-11-25"),
    ("20号", "2026-12-20"),
    ("明年3月14日", "2027-03-14"),
    ("今年12月20日", "2026-12-20"),
    ("3天后", "2026-11-26"),
    ("十天后", "2026-12-03"),
    ("两周后", "2026-12-07"),
    ("两周后 15:00", "2026-12-07 15:00"),
    ("两个星期后", "2026-12-07"),
    ("一个月后", "2026-12-23"),
    ("半个月后", "2026-12-08"),
    ("12月20日下午5点", "2026-12-20 17:00"),
    ("12月20日下午五点半", "2026-12-20 17:30"),
    ("12月20日上午9点30分", "2026-12-20 09:30"),
    ("12月20日中午12点", "2026-12-20 12:00"),
    ("12月20日晚上8点", "2026-12-20 20:00"),
    ("12月20日17时", "2026-12-20 17:00"),
    ("12月20日十七点", "2026-12-20 17:00"),
    ("12月20日（周日）", "2026-12-20"),
    ("2027年1月8日星期五 17:00", "2027-01-08 17:00"),
    ("2028年2月29日", "2028-02-29"),
    ("2022年3月14日", "2022-03-14"),
]

REFUSED = [
    "",
    "尽快",
    "下周",
    "下个月",
    "月初",
    "中旬",
    "12月中旬",
    "国庆前",
    "春节后",
    "端午",
    "腊月初八",
    "农历三月初三",
    "2027-02-30",
    "2027年2月29日",
    "2月29日",
    "2月30日",
    "13月1日",
    "2027-13-01",
    "11月31日",
    "31号",
    "0月8日",
    "1月0日",
    "12月20日左右",
    "大概12月20日",
    "12月20日前",
    "12月20日之前",
    "3.14",
    "3-14",
    "1.8.2027",
    "08-01-2027",
    "20270108170000",
    "12月20日5点",
    "12月20日8点半",
    "12月20日下班前",
    "12月20日25:00",
    "12月20日24:00",
    "12月20日17:60",
    "12月20日下午17点半半",
    "12月20日上午15点",
    "12月20日（周一）",
    "2027年1月8日星期六",
    "上周五",
    "昨天",
    "每周五",
    "隔周五",
    "第三个周五",
    "工作日",
    "三天",
    "3天前",
    "两三天后",
    "0天后",
    "一百二十天后",
    "12月20日或21日",
    "12月20日、21日",
    "１２月２０日 ｘ",
    "17:00",
    "下午5点",
    "Dec 20",
    "next friday",
    "1999年1月1日",
    "明年2月29日",
]

SPANS = [
    ("3月14日至6月10日", "2027-03-14", "2027-06-10"),
    ("3月14日到6月10日", "2027-03-14", "2027-06-10"),
    ("3月14日—6月10日", "2027-03-14", "2027-06-10"),
    ("8月20日-12月20日", "2026-08-20", "2026-12-20"),
    ("3月14日~6月10日", "2027-03-14", "2027-06-10"),
    ("3月14日——6月10日", "2027-03-14", "2027-06-10"),
    ("从3月14日至6月10日", "2027-03-14", "2027-06-10"),
    ("3月14日起至6月10日止", "2027-03-14", "2027-06-10"),
    ("3月14日至20日", "2027-03-14", "2027-03-20"),
    ("2027年3月14日至6月10日", "2027-03-14", "2027-06-10"),
    ("2027年12月1日至2028年1月10日", "2027-12-01", "2028-01-10"),
    ("2027-03-14至2027-06-10", "2027-03-14", "2027-06-10"),
    ("2027-03-14 - 2027-06-10", "2027-03-14", "2027-06-10"),
    ("2027/3/14-2027/6/10", "2027-03-14", "2027-06-10"),
    ("12月1日至1月10日", "2026-12-01", "2027-01-10"),
    ("11月1日至11月30日", "2026-11-01", "2026-11-30"),
    ("今天到下周五", "2026-11-23", "2026-12-04"),
    ("明天至本月底", "2026-11-24", "2026-11-30"),
    ("3月14日 9:00 至 6月10日 17:00", "2027-03-14 09:00", "2027-06-10 17:00"),
    ("截至4月30日", None, "2027-04-30"),
    ("至12月31日", None, "2026-12-31"),
    ("到2027年4月30日17:00", None, "2027-04-30 17:00"),
    ("2022年3月14日至6月10日", "2022-03-14", "2022-06-10"),
]

REFUSED_SPANS = [
    "3月14日",
    "3月14日起",
    "3月14日至",
    "至",
    "3.14-6.10",
    "3-14至6-10",
    "2027-03-14-06-10",
    "2027年6月10日至3月14日",
    "2027年12月1日至1月10日",
    "6月10日至6月10日至6月11日",
    "3月14日至2月30日",
    "3月14日9:00至3月14日8:00",
    "下周五至本周五",
    "3月14日或6月10日",
    "三月中旬至六月",
    "一个月",
]


def _moment(text: str | None) -> Moment | None:
    if text is None:
        return None
    day, _, clock_text = text.partition(" ")
    at = time.fromisoformat(clock_text) if clock_text else None
    return Moment(date.fromisoformat(day), at)


@pytest.mark.parametrize(("phrase", "expected"), MOMENTS)
def test_reads_moment(phrase: str, expected: str) -> None:
    assert parse_moment(phrase, NOW) == _moment(expected)


@pytest.mark.parametrize("phrase", REFUSED)
def test_refuses_moment(phrase: str) -> None:
    with pytest.raises(DateError, match=r"[。：]"):
        parse_moment(phrase, NOW)


@pytest.mark.parametrize(("phrase", "first", "last"), SPANS)
def test_reads_span(phrase: str, first: str | None, last: str) -> None:
    span = parse_span(phrase, NOW)
    assert (span.first, span.last) == (_moment(first), _moment(last))


@pytest.mark.parametrize("phrase", REFUSED_SPANS)
def test_refuses_span(phrase: str) -> None:
    with pytest.raises(DateError):
        parse_span(phrase, NOW)


@pytest.mark.parametrize(
    ("text", "name", "phrase"),
    [
        (
            "2027年第一次申报 3月14日至6月10日",
            "2027年第一次申报",
            "3月14日至6月10日",
        ),
        ("2027年第一次申报3月14日至6月10日", "2027年第一次申报", "3月14日至6月10日"),
        (
            "第二次申报 2027年8月20日 9:00 - 12月20日 17:00",
            "第二次申报",
            "2027年8月20日 9:00 - 12月20日 17:00",
        ),
        ("2027年培训考核完成 截至12月31日", "2027年培训考核完成", "截至12月31日"),
        ("汇总表上报 至9月20日", "汇总表上报", "至9月20日"),
    ],
)
def test_splits_name_from_dates(text: str, name: str, phrase: str) -> None:
    found_name, span = split_trailing(text, NOW)
    assert found_name == name
    assert span == parse_span(phrase, NOW)


@pytest.mark.parametrize("text", ["2027年第一次申报", "3月14日至6月10日", "申报 下周"])
def test_refuses_to_split(text: str) -> None:
    with pytest.raises(DateError):
        split_trailing(text, NOW)


def test_shows_absolute_date_with_weekday() -> None:
    assert str(Moment(date(2027, 1, 8), time(17))) == "2027年1月8日（周五）17:00"
    assert str(Moment(date(2027, 1, 8))) == "2027年1月8日（周五）"


DAYS = st.dates(date(2026, 1, 1), date(2060, 12, 31))
CLOCKS = st.times().map(lambda t: t.replace(second=0, microsecond=0))


@given(DAYS, DAYS, CLOCKS)
def test_what_is_shown_is_read_back(today: date, day: date, at: time) -> None:
    now = datetime.combine(today, time(12), clock.ZONE)
    shown = Moment(day, at)
    assert parse_moment(str(shown), now) == shown


@given(DAYS, DAYS)
def test_without_year_means_the_next_one(today: date, day: date) -> None:
    now = datetime.combine(today, time(12), clock.ZONE)
    try:
        found = parse_moment(f"{day.month}月{day.day}日", now).day
    except DateError:
        assert (day.month, day.day) == (2, 29)
        return
    assert (found.month, found.day) == (day.month, day.day)
    assert today <= found < today + timedelta(days=366)


@given(DAYS)
def test_same_day_in_any_time_zone(today: date) -> None:
    """半夜的“今天”按北京时间算，与传入的时区无关。"""
    midnight = datetime.combine(today, time(0, 5), clock.ZONE)
    utc = midnight.astimezone(clock.UTC)
    assert parse_moment("今天", utc).day == today


LETTERS = "0123456789年月日号周至到-/.:一二三十两下本今明后天底点午上 "


@given(st.text(alphabet=LETTERS, max_size=14))
def test_never_crashes(text: str) -> None:
    for parse in (parse_moment, parse_span):
        with suppress(DateError):
            parse(text, NOW)
