"""日期的写法：一套窄而严的语法，读不懂就拒绝，从不猜。

不写年份的取今天起的下一个；起止都不写年份的，取今天还没结束的那一段。
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot import clock
from bot.errors import AssistantError

WEEKDAYS = "一二三四五六日"
EXAMPLES = "2027年1月8日 17:00、下周五、本月底、两周后 15:00"
SPAN_EXAMPLES = "3月14日至6月10日、2027年3月14日 9:00 至 6月10日 17:00、截至4月30日"


class DateError(AssistantError):
    """日期读不懂、不存在或有歧义；消息说明为什么、该怎么写。"""


@dataclass(frozen=True, slots=True)
class Moment:
    """某一天，或某一天的某一刻（北京时间）。"""

    day: date
    at: time | None = None

    @property
    def start(self) -> datetime:
        """开始的时刻；没有钟点就是零点。"""
        return datetime.combine(self.day, self.at or time(), clock.ZONE)

    @property
    def end(self) -> datetime:
        """结束的时刻；没有钟点就是当天二十四点。"""
        if self.at is not None:
            return self.start
        return datetime.combine(self.day + timedelta(days=1), time(), clock.ZONE)

    def __str__(self) -> str:
        shown = f"{self.day.year}年{self.day.month}月{self.day.day}日"
        clock_text = self.at.strftime("%H:%M") if self.at else ""
        return f"{shown}（周{WEEKDAYS[self.day.weekday()]}）{clock_text}"


@dataclass(frozen=True, slots=True)
class Span:
    """一段时间；`first` 为 `None` 表示只知道截止。"""

    first: Moment | None
    last: Moment


@dataclass(frozen=True, slots=True)
class _Day:
    """读出来、还没补全的一天；`day` 为 0 表示月底。"""

    day: int
    month: int | None = None
    year: int | None = None

    def on(self, year: int, month: int) -> date:
        length = monthrange(year, month)[1] if 1 <= month <= 12 else 0
        if not 2000 <= year <= 2100:
            raise DateError(f"只认 2000 到 2100 年，{year} 年不在其中。")
        if not 1 <= (self.day or length) <= length:
            raise DateError(
                f"{year}年{month}月没有{self.day}日，请核对；"
                "要别的年份、月份请写全，如 2027年1月8日。"
                if length
                else f"没有{month}月，请核对后再写，如 2027年1月8日。"
            )
        return date(year, month, self.day or length)

    def next(self, today: date) -> date:
        """今天起的第一个。"""
        if self.year is not None:
            return self.on(self.year, self.month or 1)
        if self.month is None:
            ahead = self.day >= today.day
            return self.on(*_months_on(today, 0 if ahead else 1))
        key = (self.month, self.day or 31)
        return self.on(
            today.year + (key < (today.month, today.day)),
            self.month,
        )

    def before(self, last: date) -> date:
        """不晚于 `last` 的最后一个。"""
        if self.year is not None:
            return self.on(self.year, self.month or 1)
        month = self.month or last.month
        later = (month, self.day or 31) > (last.month, last.day)
        if later and self.month is None:
            return self.on(*_months_on(last, -1))
        return self.on(last.year - later, month)

    def after(self, first: date) -> date:
        """接在 `first` 后面、沿用它年份与月份的那一天。"""
        if self.year is not None:
            return self.on(self.year, self.month or 1)
        return self.on(first.year, self.month or first.month)


_DIGITS = "〇一二三四五六七八九"
_CHINESE = "〇零一二两三四五六七八九十廿"
_NUMBER = rf"(?:\d{{1,2}}|[{_CHINESE}]{{1,3}})"
_YEAR = r"(?:\d{4}|\d{2}|[〇零一二三四五六七八九]{4})"
_WEEK = r"(?:周|星期|礼拜)"
_TIME = (
    r"(?P<part>凌晨|早上|早晨|上午|中午|下午|傍晚|晚上)?"
    rf"(?P<hour>{_NUMBER})(?::(?P<minute>\d{{2}})"
    rf"|(?P<spoken>[点时])(?:(?P<half>半)|整|(?P<minutes>{_NUMBER})分)?)"
)
_SUFFIX = rf"(?:\(?{_WEEK}(?P<check>[{WEEKDAYS}天])\)?)?(?:[ T]?{_TIME})?"
_PARTS: dict[str, tuple[range, range]] = {
    "凌晨": (range(6), range(0)),
    "早上": (range(5, 12), range(0)),
    "早晨": (range(5, 12), range(0)),
    "上午": (range(6, 12), range(0)),
    "中午": (range(11, 14), range(1, 2)),
    "下午": (range(12, 19), range(1, 7)),
    "傍晚": (range(16, 20), range(4, 8)),
    "晚上": (range(18, 24), range(6, 12)),
}
"""各时段里照写的钟点，与要加十二的钟点。"""

_Resolver = Callable[[re.Match[str], date], "_Day | date"]


def parse_moment(text: str, now: datetime) -> Moment:
    """读一个日期，可带钟点。

    参数:
        text: 用户写的日期，不能有多余的字
        now: 现在，带时区

    异常:
        DateError: 读不懂、不存在或有歧义
    """
    found, at = _read(_clean(text), text, clock.local(now).date())
    today = clock.local(now).date()
    return Moment(found if isinstance(found, date) else found.next(today), at)


def parse_span(text: str, now: datetime) -> Span:
    """读一段起止日期，或“截至某日”。

    异常:
        DateError: 读不懂、不存在、有歧义，或结束早于开始
    """
    clean = _clean(text)
    today = clock.local(now).date()
    if match := re.fullmatch(r"(?:截至|截止到|截止|至|到)(.+?)止?", clean):
        return Span(None, parse_moment(match[1], now))
    clean = re.sub(r"^从", "", re.sub(r"止$", "", clean))
    for cut in re.finditer(r"起?(?:至|到)| ?(?:——|[-—–~]) ?", clean):
        sides = clean[: cut.start()], clean[cut.end() :]
        try:
            first, last = (_read(side, text, today) for side in sides)
        except _NotUnderstood:
            continue
        return _span(first, last, today)
    raise _NotUnderstood(f"没看懂“{_shorten(text)}”。起止日期请写成：{SPAN_EXAMPLES}。")


def split_trailing(text: str, now: datetime) -> tuple[str, Span]:
    """把“名称 起止日期”分开；名称里可以有数字和年份。

    异常:
        DateError: 没有名称、没有日期，或日期不对
    """
    text = unicodedata.normalize("NFKC", text).strip()
    problem: DateError | None = None
    for start in range(len(text)):
        if start and _cuts_a_number(text[start - 1], text[start]):
            continue
        try:
            span = parse_span(text[start:], now)
        except _NotUnderstood:
            continue
        except DateError as error:
            problem = problem or error
            continue
        name = text[:start].strip(" ,，:：;；")
        if not name or problem:
            break
        return name, span
    raise problem or _NotUnderstood(
        f"没看懂“{_shorten(text)}”。请先写名称，再写起止日期，"
        f"如：2027年第一次申报 {SPAN_EXAMPLES.split('、')[0]}。"
    )


class _NotUnderstood(DateError):
    """不合语法；与合乎语法但不存在的日期相区别。"""


def _clean(text: str) -> str:
    """统一全角半角，去掉汉字与括号旁的空白。"""
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    return re.sub(r" ?([^\x00-\x7f()]|[()]) ?", r"\1", plain)


def _shorten(text: str) -> str:
    text = text.strip()
    return text if len(text) <= 30 else text[:30] + "…"


def _cuts_a_number(before: str, after: str) -> bool:
    def numeric(char: str) -> bool:
        return char.isdecimal() or char in _CHINESE

    return (numeric(before) or before in "年月-/.:") and numeric(after)


def _read(clean: str, shown: str, today: date) -> tuple[_Day | date, time | None]:
    for pattern, resolve in _DAYS:
        match = pattern.fullmatch(clean)
        if match is None:
            continue
        found = resolve(match, today)
        at = _time(match, shown)
        if match["check"]:
            exact = found if isinstance(found, date) else found.next(today)
            weekday = WEEKDAYS.index(match["check"].replace("天", "日"))
            if exact.weekday() != weekday:
                raise DateError(
                    f"{Moment(exact)}，不是周{match['check']}，请核对日期与星期。"
                )
        return found, at
    raise _NotUnderstood(f"没看懂“{_shorten(shown)}”。日期请写成这样：{EXAMPLES}。")


def _span(
    first: tuple[_Day | date, time | None],
    last: tuple[_Day | date, time | None],
    today: date,
) -> Span:
    (opens, opens_at), (closes, closes_at) = first, last
    if isinstance(closes, _Day):
        anchored = isinstance(opens, date) or opens.year is not None
        if anchored or closes.month is None:
            start = opens if isinstance(opens, date) else opens.next(today)
            fixed = isinstance(opens, date) and closes.month is not None
            closes = closes.next(start) if fixed else closes.after(start)
            opens = start
        else:
            closes = closes.next(today)
    if isinstance(opens, _Day):
        opens = opens.before(closes)
    span = Span(Moment(opens, opens_at), Moment(closes, closes_at))
    if span.first and span.first.start >= span.last.end:
        raise DateError(
            f"开始（{span.first}）不早于结束（{span.last}）。"
            "跨年的请两头都写年份，如 2027年12月1日至2028年1月10日。"
        )
    return span


def _time(match: re.Match[str], shown: str) -> time | None:
    if match["hour"] is None:
        return None
    hour = _number(match["hour"])
    minute = 30 if match["half"] else _number(match["minute"] or match["minutes"] or 0)
    if part := match["part"]:
        as_written, add_twelve = _PARTS[part]
        if hour in add_twelve:
            hour += 12
        elif hour not in as_written:
            raise DateError(f"“{part}{hour}点”对不上，请写成 17:00 这样。")
    elif match["spoken"] and 1 <= hour <= 12:
        raise DateError(
            f"“{_shorten(shown)}”里的{hour}点是上午还是下午？请写成 17:00 这样。"
        )
    if hour == 24:
        raise DateError("24:00 请写成 23:59，或只写日期（算到当天结束）。")
    if hour > 23 or minute > 59:
        raise DateError(f"没有 {hour}:{minute:02} 这个钟点，请写成 17:00 这样。")
    return time(hour, minute)


def _number(text: str | int) -> int:
    """一百以内的数，数字或汉字。

    异常:
        DateError: 不是规范的数
    """
    if isinstance(text, int) or text.isdecimal():
        return int(text)
    plain = text.replace("两", "二").replace("零", "〇").replace("廿", "二十")
    match = re.fullmatch(r"([二三四五六七八九])?(十)?([一二三四五六七八九])?|〇", plain)
    if match is None or (match[1] and match[3] and not match[2]):
        raise _NotUnderstood(f"没看懂数字“{text}”，请用阿拉伯数字写。")
    if not match[2]:
        return _DIGITS.index(match[1] or match[3] or "〇")
    tens = _DIGITS.index(match[1]) if match[1] else 1
    return tens * 10 + (_DIGITS.index(match[3]) if match[3] else 0)


def _year(match: re.Match[str], today: date) -> int | None:
    if word := match["said"]:
        return today.year + "今明后".index(word)
    if not (text := match["year"]):
        return None
    if not text.isdecimal():
        text = "".join(str(_DIGITS.index(c)) for c in text.replace("零", "〇"))
    return int(text) + (2000 if len(text) == 2 else 0)


def _months_on(day: date, months: int) -> tuple[int, int]:
    total = day.year * 12 + day.month - 1 + months
    return total // 12, total % 12 + 1


def _numeric(match: re.Match[str], _today: date) -> _Day:
    return _Day(int(match["d"]), int(match["m"]), int(match["y"]))


def _slashed(match: re.Match[str], _today: date) -> _Day:
    return _Day(int(match["d"]), int(match["m"]))


def _in_month(match: re.Match[str], today: date) -> _Day:
    day = 0 if match["d"] is None else _required(match["d"])
    return _Day(day, _required(match["m"]), _year(match, today))


def _year_end(match: re.Match[str], today: date) -> date:
    return date(_year(match, today) or today.year, 12, 31)


def _this_month(match: re.Match[str], today: date) -> date:
    year, month = _months_on(today, 1 if (match["rm"] or "").startswith("下") else 0)
    day = 0 if match["d"] is None else _required(match["d"])
    return _Day(day).on(year, month)


def _day_only(match: re.Match[str], _today: date) -> _Day:
    return _Day(_required(match["d"]))


def _required(text: str) -> int:
    number = _number(text)
    if number == 0:
        raise DateError("日期里的月、日从 1 数起，请核对。")
    return number


def _word(match: re.Match[str], today: date) -> date:
    words = {"今": 0, "明": 1, "后": 2, "大": 3}
    return today + timedelta(days=words[match["word"][0]])


def _weekday(match: re.Match[str], today: date) -> date:
    weekday = WEEKDAYS.index(match["w"].replace("天", "日"))
    said = match["rw"]
    if said is None:
        return today + timedelta(days=(weekday - today.weekday()) % 7)
    monday = today - timedelta(days=today.weekday())
    weeks = {"本": 0, "这": 0, "下": 1, "下下": 2}[said]
    return monday + timedelta(weeks=weeks, days=weekday)


def _later(match: re.Match[str], today: date) -> date:
    if match["h"]:
        return today + timedelta(days=15)
    number, unit = _required(match["n"]), match["unit"]
    if unit == "个月":
        return _Day(today.day).on(*_months_on(today, number))
    return today + timedelta(days=number * (1 if unit in "天日" else 7))


_LEADING_YEAR = rf"(?:(?P<said>[今明后])年|(?P<year>{_YEAR})年)"
_DAYS: tuple[tuple[re.Pattern[str], _Resolver], ...] = tuple(
    (re.compile(pattern + _SUFFIX), resolve)
    for pattern, resolve in (
        (r"(?P<y>\d{4})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})", _numeric),
        (r"(?P<m>\d{1,2})/(?P<d>\d{1,2})", _slashed),
        (
            rf"{_LEADING_YEAR}?(?P<m>{_NUMBER})月份?"
            rf"(?:(?P<d>{_NUMBER})(?:[日号]|(?![\d点时分:]))|月?[底末])",
            _in_month,
        ),
        (rf"(?:{_LEADING_YEAR}年?|年)[底末]", _year_end),
        (
            rf"(?:(?P<rm>本|这个|下个?)月(?:(?P<d>{_NUMBER})[日号]|月?[底末])|月[底末])",
            _this_month,
        ),
        (rf"(?P<d>{_NUMBER})[日号]", _day_only),
        (r"(?P<word>今[天日]|明[天日]|后[天日]|大后天)", _word),
        (rf"(?:(?P<rw>本|这|下下|下)个?)?{_WEEK}(?P<w>[{WEEKDAYS}天])", _weekday),
        (
            rf"(?:(?P<n>{_NUMBER})(?P<unit>天|日|周|个?星期|个?礼拜|个月)|(?P<h>半)个月)"
            r"(?:以|之)?后",
            _later,
        ),
    )
)
