"""把“名称 起止日期”分开；有一点没读进去的日期，就整句不收。"""

import re
import unicodedata
from datetime import date, datetime

from bot import clock
from bot.text.years import years_in

from .days import Day
from .joints import WORK
from .models import DateError, NotUnderstood, Span, shorten
from .numbers import CHINESE, NUMBER, number_of
from .phrases import not_understood
from .spans import EXAMPLES, parse_span
from .vague import left_unread, why_vague

_SEPARATORS = " ,，、:：;；-—–~。\"'“”‘’「」『』《》"
_APART = rf"(?<=[{re.escape(_SEPARATORS)}])"
_LABEL = re.compile(
    rf"(?:起止|{_APART}(?:{WORK}|开放))?(?:时间|日期)$|{_APART}(?:{WORK}|跨年的?)$"
)
_BARE = re.compile(r"[至到]")
"""光一个“至”，前面紧挨着字的，那些字多半是没读懂的开头。"""
_TORN = re.compile(rf"(?:[上下本这那每隔前后第\d]|[{CHINESE}])个?$")
"""日期紧挨着这些，多半是“这个月底”“第三个周五”断开了。"""
_PUT_OFF = re.compile(r"(?:延期|延长|顺延|推迟|推后|提前|改|延)$")
_MOST_GAPS = 8
_REMARK = re.compile(
    r"(?:过时|逾期|过期)不|请|务必|望|各|大家|谢|辛苦|注意|不要|别|北京时间"
)
"""日期后面的嘱咐，不是名称。"""
_LONGEST = 240
"""名称连日期不会有这么长；更长的是贴来的文章，不去逐字试。"""
_MONTH = re.compile(rf"({NUMBER})月(?!{NUMBER})")
_TITLED = re.compile(r"(?:窗口|事项)?(?:名称|名字|标题|事项)[:：]\s*")
_PARTED = re.compile(
    r"[,，;；。\s]*(?=(?:起止|报名|申报|开放)?(?:开始|起始|截止|结束)?(?:时间|日期)[:：]|"
    r"(?:报名|申报)?(?:开始|起始|截止|结束)[:：])"
)


def split_trailing(text: str, now: datetime) -> tuple[str, Span]:
    """把“名称 起止日期”分开；名称里可以有数字和年份。

    日期里没写年、月，而名称里写了，就用名称里的。

    异常:
        DateError: 没有名称、没有日期，或日期不对
    """
    text = _titled_first(" ".join(unicodedata.normalize("NFKC", text).split()))
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
        if left_unread(name) or _is_glued(text, start):
            raise not_understood(text, EXAMPLES)
        return name, span
    if problem:
        raise problem
    if leading := _leading(text, now):
        return leading
    if why_vague(text):
        raise not_understood(text, EXAMPLES)
    raise NotUnderstood(
        f"没看懂「{shorten(text)}」。请先写名称，再写起止日期，"
        f"如：2027年第一次申报 {EXAMPLES.split('、')[0]}。"
    )


def _leading(text: str, now: datetime) -> tuple[str, Span] | None:
    """日期写在前面、名称在后面的：“4月6日至5月28日 考评员报名”。"""
    for gap in list(re.finditer(r"[ ,，:：;；]+", text))[:_MOST_GAPS]:
        name = _name(text[gap.end() :])
        try:
            span = parse_span(text[: gap.start()], now)
        except DateError:
            continue
        if name and not (_REMARK.match(name) or left_unread(name) or why_vague(name)):
            return name, span
    return None


def _titled_first(text: str) -> str:
    """“名称：… 开始：… 截止：…”：名称放到最前面，去掉它的名目。"""
    found = _TITLED.search(text)
    if found is None:
        return text
    rest = text[found.end() :]
    parted = next((m for m in _PARTED.finditer(rest) if m.start()), None)
    name = rest[: parted.start()] if parted else rest
    after = rest[parted.end() :] if parted else ""
    before = text[: found.start()].strip(_SEPARATORS)
    return " ".join(filter(None, (name, before, after)))


def _is_glued(text: str, start: int) -> bool:
    """“开学那天到12月20日”里，没读懂的开头会成了名称。"""
    before = text[:start]
    if before[-1:] in {*_SEPARATORS}:
        return False
    bare = _BARE.match(text, start) is not None and not _PUT_OFF.search(before)
    return bare or _TORN.search(before) is not None


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
