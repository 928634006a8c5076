"""日子的写法：一张“写法 → 读法”的表。"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from .models import WEEKDAYS, DateError
from .numbers import NUMBER, YEAR, counted, year_of

MONTH_END = 0
"""写的是月底。"""
_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_WEEK = r"(?:周|星期|礼拜)"


@dataclass(frozen=True, slots=True)
class Day:
    """写出来的几样；没写的为 `None`。

    参数:
        exact: 已经是确切的一天，如今天、下周五
        day: 几号；`MONTH_END` 是月底
        weekday: 只说了周几，如“周五”
        check: 日期后面附写的周几，用来核对
        is_loose: 写成“3.14”“3-14”，单独看不一定是日期
        is_past: 说的就是过去，如昨天、上周五；只能当一段的开头
        is_next_year: 写的是“次年”：另一头的下一年
        is_festival: 写的是节日，它的“前”“后”从哪天算起说不准
        is_lunar: 写的是农历的日子，已换成公历
    """

    exact: date | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    check: int | None = None
    is_loose: bool = False
    is_past: bool = False
    is_next_year: bool = False
    is_festival: bool = False
    is_lunar: bool = False

    def __post_init__(self) -> None:
        if self.year is not None and not _FIRST_YEAR <= self.year <= _LAST_YEAR:
            raise DateError(f"只认 2000 到 2100 年，{self.year} 年不在其中。")
        if self.month is not None and not 1 <= self.month <= 12:
            raise DateError(f"没有{self.month}月，请核对后再写，如 2027年1月8日。")
        if self.month and self.day:
            # 没写年份时按闰年算：2月29日也许有
            length = month_end(self.year or 2000, self.month).day
            if self.day > length:
                raise DateError(f"{self}不存在，请核对。")
        elif self.day and self.day > 31:
            raise DateError(f"没有{self.day}日，请核对。")

    def __str__(self) -> str:
        year = f"{self.year}年" if self.year else "次年" * self.is_next_year
        month = f"{self.month}月" if self.month else ""
        return year + month + ("底" if self.day == MONTH_END else f"{self.day}日")

    def matches(self, day: date) -> bool:
        """这一天是不是写的那天。"""
        if self.exact is not None:
            return day == self.exact
        if self.weekday is not None:
            return day.weekday() == self.weekday
        if self.day == MONTH_END:
            right_day = day == month_end(day.year, day.month)
        else:
            right_day = day.day == self.day
        return (
            right_day
            and self.month in (None, day.month)
            and self.year in (None, day.year)
        )

    def verify(self, day: date) -> None:
        """核对附写的周几。

        异常:
            DateError: 对不上
        """
        if self.check is not None and self.check != day.weekday():
            raise DateError(
                f"{day.year}年{day.month}月{day.day}日是周{WEEKDAYS[day.weekday()]}，"
                f"不是周{WEEKDAYS[self.check]}，请核对日期与星期。"
            )

    @property
    def is_dated(self) -> bool:
        """写的是年月日的某几样，可以借用别处的年、月。"""
        return self.exact is None and self.weekday is None

    def borrowing(self, other: "Day") -> "Day":
        """自己没写的年、月、日，借用另一处写了的；月份都没写就不借年份。"""
        if not self.is_dated or not other.is_dated:
            return self
        year = other.year if self.year is None else self.year
        if self.is_next_year and other.year is not None:
            return replace(self, year=other.year + 1, is_next_year=False)
        if self.month is not None:
            return replace(self, year=year)
        day = other.day if self.day is None else self.day
        if other.month is None:
            return replace(self, day=day)
        return replace(self, year=year, month=other.month, day=day)


Resolver = Callable[[re.Match[str], date], Day]


def month_end(year: int, month: int) -> date:
    """一个月的最后一天。"""
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def months_on(day: date, months: int) -> tuple[int, int]:
    """几个月之后的年、月。"""
    total = day.year * 12 + day.month - 1 + months
    return total // 12, total % 12 + 1


def _weekday_index(text: str) -> int:
    return WEEKDAYS.index(text.replace("天", "日"))


_YEARS = {"前": -2, "去": -1, "今": 0, "本": 0, "明": 1, "后": 2}
_NEXT_YEAR = frozenset(("次", "翌", "第二", "来"))


def year_written(match: re.Match[str], today: date) -> int | None:
    """写出的年份；没写，或写的是“次年”，为 `None`。"""
    if word := match["said"]:
        return None if word in _NEXT_YEAR else today.year + _YEARS[word]
    return year_of(match["year"], today.year) if match["year"] else None


def _of_year(match: re.Match[str], today: date, month: int, day: int) -> Day:
    following = match["said"] in _NEXT_YEAR
    return Day(
        year=year_written(match, today), month=month, day=day, is_next_year=following
    )


def _numeric(match: re.Match[str], _today: date) -> Day:
    return Day(year=int(match["y"]), month=int(match["m"]), day=counted(match["d"]))


def _two_digits(match: re.Match[str], today: date) -> Day:
    year = year_of(match["y"], today.year)
    return Day(year=year, month=counted(match["m"]), day=counted(match["d"]))


def _short(match: re.Match[str], _today: date) -> Day:
    loose = match["s"] != "/" and not match["u"]
    month, day = counted(match["m"]), counted(match["d"])
    return Day(month=month, day=day, is_loose=loose)


def _in_month(match: re.Match[str], today: date) -> Day:
    day = MONTH_END if match["d"] is None else counted(match["d"])
    return _of_year(match, today, counted(match["m"]), day)


def _year_end(match: re.Match[str], today: date) -> Day:
    return _of_year(match, today, 12, 31)


def _festival(match: re.Match[str], today: date) -> Day:
    month, day = _FESTIVALS[match["f"].removesuffix("节")]
    return replace(_of_year(match, today, month, day), is_festival=True)


def _relative_month(match: re.Match[str], today: date) -> Day:
    ahead = match["rm"].count("下") - match["rm"].count("上")
    year, month = months_on(today, ahead)
    day = MONTH_END if match["d"] is None else counted(match["d"])
    return Day(year=year, month=month, day=day, is_past=ahead < 0)


def _bare_month_end(_match: re.Match[str], _today: date) -> Day:
    return Day(day=MONTH_END)


def _day_only(match: re.Match[str], _today: date) -> Day:
    return Day(day=counted(match["d"]))


def _word(match: re.Match[str], today: date) -> Day:
    days = _WORDS[match["word"][:-1]]
    return Day(exact=today + timedelta(days=days), is_past=days < 0)


def _weekday(match: re.Match[str], today: date) -> Day:
    weekday = _weekday_index(match["w"])
    said = match["rw"]
    if said is None:
        return Day(weekday=weekday)
    monday = today - timedelta(days=today.weekday())
    weeks = said.count("下") - said.count("上")
    return Day(exact=monday + timedelta(weeks=weeks, days=weekday), is_past=weeks < 0)


def _later(match: re.Match[str], today: date) -> Day:
    if match["h"]:
        return Day(exact=today + timedelta(days=15))
    number, unit = counted(match["n"]), match["unit"]
    if unit == "个月":
        year, month = months_on(today, number)
        wanted = Day(year=year, month=month, day=today.day)
        return Day(exact=date(year, month, wanted.day or 1))
    return Day(exact=today + timedelta(days=number * (1 if unit in "天日" else 7)))


_WORDS = {
    "大前": -3, "前": -2, "昨": -1, "即": 0, "今": 0, "明": 1, "后": 2, "大后": 3,
}  # fmt: skip
_FESTIVALS = {
    "元旦": (1, 1), "五一": (5, 1), "六一": (6, 1),
    "国庆": (10, 1), "十一": (10, 1), "六一儿童": (6, 1),
    "劳动": (5, 1), "青年": (5, 4), "儿童": (6, 1), "建军": (8, 1), "教师": (9, 10),
    "圣诞": (12, 25), "五一劳动": (5, 1), "五一国际劳动": (5, 1), "十一国庆": (10, 1),
}  # fmt: skip
"""公历上就是一天的节日。"""
_FESTIVAL = rf"(?:{'|'.join(_FESTIVALS)})节|(?:元旦|五一|六一|国庆|十一)节?"
LEADING_YEAR = rf"(?:(?:(?P<said>[前去今本明后次翌来]|第二)年|(?P<year>{YEAR})年)的?)"
DAYS: tuple[tuple[str, Resolver], ...] = (
    (r"(?P<y>20\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)", _numeric),
    (r"(?P<y>[2-9]\d)(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})", _two_digits),
    (r"(?P<y>\d{4})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})", _numeric),
    (r"(?P<m>\d{1,2})(?P<s>[-/.])(?P<d>\d{1,2})(?P<u>[日号])?", _short),
    (
        rf"{LEADING_YEAR}?(?P<m>{NUMBER})月份?"
        rf"(?:(?P<d>{NUMBER})(?:[日号]|(?![\d点时分:]))|月?[底末]|的?最后一天)",
        _in_month,
    ),
    (rf"(?:{LEADING_YEAR}年?|年)(?:[底末]|的?最后一天)", _year_end),
    (
        rf"{LEADING_YEAR}?(?P<f>{_FESTIVAL})(?:当[天日]|那天)?",
        _festival,
    ),
    (
        rf"(?P<rm>本|这个?|下下?个?|上上?个?)月的?"
        rf"(?:(?P<d>{NUMBER})[日号]|月?[底末]|最后一天)",
        _relative_month,
    ),
    (r"月(?:[底末]|的?最后一天)", _bare_month_end),
    (rf"(?P<d>{NUMBER})[日号]", _day_only),
    (r"(?P<word>即日|[今明后昨前][天日]|大[后前]天)", _word),
    (
        rf"(?:(?P<rw>本|这|下下|下|上上|上)一?个?(?:{_WEEK}的?)?)?"
        rf"{_WEEK}(?P<w>[{WEEKDAYS}天])",
        _weekday,
    ),
    (
        rf"(?:(?P<n>{NUMBER})(?P<unit>天|日|周|个?星期|个?礼拜|个月)|(?P<h>半)个月)"
        r"(?:以|之)?后",
        _later,
    ),
)
"""（写法，读法）；写法都不含附写的周几与钟点。"""

CHECK = rf"(?:\(?{_WEEK}(?P<check>[{WEEKDAYS}天])\)?)?"


def check_of(match: re.Match[str]) -> int | None:
    """附写的周几；没有写则为 `None`。"""
    return _weekday_index(match["check"]) if match["check"] else None
