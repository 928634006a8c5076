"""把“名称 起止日期”分开。"""

import re
import unicodedata
from datetime import date, datetime

from bot import clock
from bot.text.years import years_in

from .days import Day
from .models import DateError, NotUnderstood, Span, shorten
from .numbers import CHINESE, NUMBER, number_of
from .spans import EXAMPLES, parse_span

_SEPARATORS = " ,，、:：;；-—–~"
_LABEL = re.compile(r"(?:起止)?(?:时间|日期)$")
_LEFTOVER = re.compile(
    rf"(?:{NUMBER}[月日号点时]|[0-9{CHINESE}]年|{NUMBER}月{NUMBER}|[上中下]旬|"
    r"[年月][初中底末]|下?下[周月]|[周期拜][一二三四五六日天]|\d[-/.:]|"
    r"[或和及从自起约]|大概)$"
)
"""名称以这些结尾，是日期没有读全。"""
_LONGEST = 240
"""名称连日期不会有这么长；更长的是贴来的文章，不去逐字试。"""
_MONTH = re.compile(rf"({NUMBER})月(?!{NUMBER})")


def split_trailing(text: str, now: datetime) -> tuple[str, Span]:
    """把“名称 起止日期”分开；名称里可以有数字和年份。

    日期里没写年、月，而名称里写了，就用名称里的。

    异常:
        DateError: 没有名称、没有日期，或日期不对
    """
    text = unicodedata.normalize("NFKC", text).strip()
    today = clock.local(now).date()
    problem: DateError | None = None
    for start in range(len(text) if len(text) <= _LONGEST else 0):
        if _cuts_a_number(text, start):
            continue
        name = _name(text[:start])
        try:
            span = parse_span(text[start:], now, written_in(name, today))
        except NotUnderstood:
            continue
        except DateError as error:
            problem = problem or error
            continue
        if not name or problem:
            break
        if _LEFTOVER.search(name):
            raise NotUnderstood(
                f"没看懂「{shorten(name)}」末尾的日期。起止日期请写成：{EXAMPLES}。"
            )
        return name, span
    raise problem or NotUnderstood(
        f"没看懂「{shorten(text)}」。请先写名称，再写起止日期，"
        f"如：2027年第一次申报 {EXAMPLES.split('、')[0]}。"
    )


def written_in(name: str, today: date) -> Day | None:
    """名称里写的年、月；没写，或写了不止一个的，为 `None`。"""
    years = years_in(name, today.year)
    try:
        months = {number_of(month) for month in _MONTH.findall(name)}
        return Day(
            year=years[0] if len(years) == 1 else None,
            month=months.pop() if len(months) == 1 else None,
        )
    except DateError:
        return None


def _name(text: str) -> str:
    plain = text.strip(_SEPARATORS)
    return _LABEL.sub("", plain).strip(_SEPARATORS)


def _cuts_a_number(text: str, start: int) -> bool:
    """从这里断开，会把一个数或一个日期断成两截。"""

    def is_number(index: int) -> bool:
        char = text[index] if 0 <= index < len(text) else ""
        return bool(char) and (char.isdecimal() or char in CHINESE)

    if not start or not is_number(start):
        return False
    joined = text[start - 1] in "年月-/.:" and is_number(start - 2)
    return is_number(start - 1) or joined
