"""读一个日期，可附写周几与钟点。"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot import clock
from bot.text.plain import simplified

from .clocks import CLOCK, Clock, clock_of
from .days import CHECK, DAYS, Day, check_of
from .lunar import LUNAR
from .models import DateError, Moment, NotUnderstood, shorten
from .vague import why_vague

EXAMPLES = "2027年1月8日 17:00、下周五、本月底、两周后 15:00"
LONGEST = 160
"""日期再啰嗦也没有这么长；更长的不必一处处试。"""
YEAR_AHEAD = 366
"""不写年份的，在今天起的一年里找。"""
_PHRASES, _LUNAR = (
    tuple(
        (re.compile(pattern + CHECK + rf"(?:[ T]?{CLOCK})?"), resolve)
        for pattern, resolve in table
    )
    for table in (DAYS, LUNAR)
)
_INCLUSIVE = re.compile(
    r"\((?:包?含)(?:当[天日]|\d{1,2}[日号])?\)|包?含当[天日](?=$|[起至到止,—–-])|"
    r",?(?:过时|逾期|过期)不(?:候|再?受理|补)$"
)
"""“（含）”“含当天”：截止本来就算到当天结束；“过时不候”不说哪一天。"""
_HALF_DOTTED = re.compile(
    r"(?<![\d.])(\d{1,2}\.\d{1,2})(?=[至到~—–-]{1,2}\d{1,2}\.\d{1,2}[日号])"
)
"""“12.1到12.20号”：前一半也是日期。"""
_PICTURES = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf\ufe0f](?<!\u27a1)")
_CLOCK_ALONE = re.compile(CLOCK)


@dataclass(frozen=True, slots=True)
class Phrase:
    """读出来、还没定下是哪一天的日期。"""

    day: Day
    clock: Clock | None = None


def clean(text: str) -> str:
    """统一全角半角，去掉汉字与括号旁的空白、末尾的标点、“（含）”“过时不候”。

    异常:
        NotUnderstood: 长得不会是日期
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).rstrip("。,;! ").split())
    plain = _PICTURES.sub("", plain)
    if len(plain) > LONGEST:
        raise not_understood(text)
    plain = re.sub(r" ?([^\x00-\x7f()]|[()]) ?", r"\1", simplified(plain))
    return _INCLUSIVE.sub("", _HALF_DOTTED.sub(r"\1号", plain))


def read(text: str, shown: str, today: date, *, lunar: bool = False) -> Phrase:
    """读一个写法，全部读完才算数。

    参数:
        text: 规整过的文字
        shown: 提示里给人看的原文
        lunar: 农历的日子也读

    异常:
        DateError: 读不懂、不存在或有歧义
    """
    for pattern, resolve in (*_PHRASES, *(_LUNAR if lunar else ())):
        if match := pattern.fullmatch(text):
            day = replace(resolve(match, today), check=check_of(match))
            return Phrase(day, clock_of(match))
    raise not_understood(shown)


def not_understood(shown: str, examples: str = EXAMPLES) -> NotUnderstood:
    """读不懂；看得出为什么的，说明为什么。"""
    why = why_vague(shown)
    reason = f"：{why}" if why else ""
    return NotUnderstood(
        f"没看懂「{shorten(shown)}」{reason}。日期请写成这样：{examples}。"
    )


def read_clock(text: str) -> Clock | None:
    """只有钟点，没有日子；不是则为 `None`。"""
    match = _CLOCK_ALONE.fullmatch(text)
    return clock_of(match) if match else None


def parse_moment(text: str, now: datetime) -> Moment:
    """读一个日期，可带钟点。

    参数:
        text: 用户写的日期，不能有多余的字
        now: 现在，带时区

    异常:
        DateError: 读不懂、不存在或有歧义
    """
    today = clock.local(now).date()
    phrase = read(clean(text), text, today)
    if phrase.day.is_loose:
        raise NotUnderstood(f"「{shorten(text)}」是日期吗？请写成：{EXAMPLES}。")
    day = alone(phrase.day, today)
    return Moment(day, phrase.clock.sure() if phrase.clock else None)


def alone(wanted: Day, today: date) -> date:
    """没有另一头可以参照的一天。

    异常:
        DateError: 说的是过去，或要看另一头，或一年里没有这一天
    """
    if wanted.is_next_year:
        raise DateError("「次年」是哪一年的下一年？请写出年份，如 2028年1月10日。")
    day = first_from(wanted, today)
    if wanted.is_past:
        raise DateError(f"说的是{Moment(day)}，已经过去了，请核对。")
    wanted.verify(day)
    return day


def first_from(wanted: Day, start: date) -> date:
    """`start` 起的第一个；写明了是哪一天的就是那一天。

    异常:
        DateError: 一年里没有这一天
    """
    if wanted.exact is not None:
        return wanted.exact
    if wanted.year is not None:
        start = date(wanted.year, 1, 1)
    if found := next(every(wanted, start, start + timedelta(days=YEAR_AHEAD)), None):
        return found
    raise DateError(
        f"往后一年里没有{wanted}，请核对；要别的年份请写全，如 2027年1月8日。"
    )


def every(wanted: Day, start: date, end: date) -> Iterator[date]:
    """[start, end] 里合乎所写的各天，从早到晚。"""
    days = (start + timedelta(days=n) for n in range((end - start).days + 1))
    return filter(wanted.matches, days)
