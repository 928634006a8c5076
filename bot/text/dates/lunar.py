"""农历的日子与节日，换成公历的哪一天；不写年份的取今天起的下一个。"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import chinese_calendar

from .days import LEADING_YEAR, Day, Resolver, year_written
from .models import DateError, Moment
from .numbers import CHINESE, number_of

_FIRST_YEAR, _FIRST_DAY = 2020, date(2020, 1, 25)
_YEARS = (
    0x07954, 0x06AA0, 0x0AD50, 0x05B52, 0x04B60, 0x0A6E6, 0x0A4E0, 0x0D260,
    0x0EA65, 0x0D530, 0x05AA0, 0x076A3, 0x096D0, 0x04AFB, 0x04AD0, 0x0A4D0,
    0x1D0B6, 0x0D250, 0x0D520, 0x0DD45, 0x0B5A0,
)  # fmt: skip
"""2020 年起各年的月份：末四位是闰几月，往上十二位依次是正月到腊月，一是三十天；

最高位是闰月三十天。各月的初一都与算出的朔日核对过。
"""
_FESTIVALS = {
    "春节": (1, 1), "大年初一": (1, 1), "元宵": (1, 15), "端午": (5, 5), "七夕": (7, 7),
    "中秋": (8, 15), "重阳": (9, 9), "腊八": (12, 8), "除夕": (12, 0),
}  # fmt: skip
_NAMED = {"正": 1, "冬": 11, "腊": 12}
_LATELY = timedelta(days=62)
"""才过去这么久的，多半说的是刚过去的那一个。"""


@dataclass(frozen=True, slots=True)
class _Month:
    number: int
    is_leap: bool
    first: date
    length: int


def _months() -> Iterator[_Month]:
    day = _FIRST_DAY
    for code in _YEARS:
        leap = code & 0xF
        for number in range(1, 13):
            plain = 30 if code & 0x10000 >> number else 29
            yield _Month(number, False, day, plain)
            day += timedelta(days=plain)
            if number == leap:
                length = 30 if code & 0x10000 else 29
                yield _Month(number, True, day, length)
                day += timedelta(days=length)


_MONTHS = tuple(_months())
LAST_YEAR = _FIRST_YEAR + len(_YEARS) - 1


def every_lunar(month: int, day: int) -> Iterator[date]:
    """农历某月某日历年是公历哪一天；`day` 为 0 是月底，没有这一天的年份跳过。"""
    for one in _MONTHS:
        if one.number == month and not one.is_leap and day <= one.length:
            yield one.first + timedelta(days=(day or one.length) - 1)


def _clear_and_bright() -> Iterator[date]:
    for year in range(_FIRST_YEAR, LAST_YEAR + 1):
        terms = chinese_calendar.get_solar_terms(date(year, 4, 3), date(year, 4, 6))
        yield from (day for day, name in terms if name == "清明")


def _festival(match: re.Match[str], today: date) -> Day:
    name = match["f"]
    days = list(
        _clear_and_bright() if name == "清明" else every_lunar(*_FESTIVALS[name])
    )
    if year := year_written(match, today):
        days = [day for day in days if day.year == year]
        if len(days) != 1:
            raise DateError(f"说不准{year}年{name}是哪一天，请写公历的年月日。")
        return Day(exact=days[0], is_festival=True, is_lunar=True)
    return _next(days, name, today)


def _lunar(match: re.Match[str], today: date) -> Day:
    month = _NAMED.get(match["lm"]) or number_of(match["lm"])
    day = number_of(match["ld"].removeprefix("初"))
    if not 1 <= month <= 12 or not 1 <= day <= 30:
        raise DateError(f"农历里没有「{match[0]}」这一天，请写公历的月、日。")
    return _next(list(every_lunar(month, day)), match[0], today)


def _next(days: list[date], shown: str, today: date) -> Day:
    """今天起的下一个；才过去的，问是哪一年的。"""
    following = next((day for day in days if day >= today), None)
    before = next((day for day in reversed(days) if day < today), None)
    if following is None or following - today > timedelta(days=400):
        raise DateError(f"说不准「{shown}」是公历哪一天，请写公历的年月日。")
    if before and today - before <= _LATELY:
        raise DateError(
            f"「{shown}」今年是{Moment(before)}，已经过了，请写公历的年月日。"
        )
    return Day(exact=following, is_festival=True, is_lunar=True)


_NAMES = "|".join((*_FESTIVALS, "清明"))
_DAY = rf"初[一二三四五六七八九十]|[{CHINESE}]{{1,3}}"
LUNAR: tuple[tuple[str, Resolver], ...] = (
    (rf"{LEADING_YEAR}?(?P<f>{_NAMES})节?(?:当[天日]|那天)?", _festival),
    (rf"(?:农历|阴历|旧历)(?P<lm>[正冬腊{CHINESE}]{{1,2}})月(?P<ld>{_DAY})", _lunar),
    (rf"(?P<lm>[正冬腊])月(?P<ld>{_DAY})", _lunar),
    (rf"(?P<lm>[{CHINESE}]{{1,2}})月(?P<ld>初[一二三四五六七八九十])", _lunar),
)
"""（写法，读法）；只在起止日期里读，末尾照样可以附写周几与钟点。"""
