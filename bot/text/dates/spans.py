"""读一段起止日期。

只有一种借法：末尾没写的年、月借开头写了的；两头都没写的，取开头之后的第一个。
开头没写年份的，取今天还没结束的那一段；末尾是定死的一天，就取它之前最近的开头。
"""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import islice

from bot import clock

from .clauses import clauses_of
from .clocks import Clock
from .days import MONTH_END, Day, months_on
from .ends import Ends, check_not_just_over, reversed_ends
from .joints import (
    AFTER,
    AFTERWARDS,
    BEFORE,
    CLOSES,
    CUT,
    DONE,
    LABELLED,
    LENGTH,
    STARTS,
    WORK,
)
from .models import Moment, NotUnderstood, Span
from .numbers import number_of
from .phrases import (
    Phrase,
    alone,
    clean,
    first_from,
    not_understood,
    read,
    read_clock,
)
from .rewording import reworded, with_year

EXAMPLES = "3月14日至6月10日、2027年3月14日 9:00 至 6月10日 17:00、截至4月30日"
_MOST_CUTS = 12
"""起止之间的连接词与短横最多这么多处：2027-3-1 – 2027-6-1 有五处。"""


def parse_span(text: str, now: datetime, context: Day | None = None) -> Span:
    """读一段起止日期，或“截至某日”；照写读不懂的，换成语法认的说法再读。

    参数与异常同 `read_span`。
    """
    try:
        return read_span(text, now, context)
    except NotUnderstood:
        plain = clean(text)
        today = clock.local(now).date()
        again = reworded(with_year(plain, today), today)
        parts = clauses_of(again)
        if parts is not None and not parts.name:
            return read_span(parts.dates, now, context)
        if again == plain:
            raise
        return read_span(again, now, context)


def read_span(text: str, now: datetime, context: Day | None = None) -> Span:
    """读一段起止日期，或“截至某日”，一字不差地合语法。

    参数:
        context: 别处（如名称里）写了的年、月，日期里没写时借用

    异常:
        DateError: 读不懂、不存在、有歧义，或结束早于开始
    """
    today = clock.local(now).date()
    plain = clean(text)
    if (last := _closing_alone(plain, text, today)) is not None:
        last = _borrow(last, context)
        span = Span(None, _single(last, today))
        check_not_just_over(span, last.day, last.day, today)
        return span
    plain = re.sub(rf"^[从自]|(?:截止|结束|关闭|为止|止){DONE}?$", "", _in_order(plain))
    for cut in islice(CUT.finditer(plain), _MOST_CUTS):
        try:
            first = read(plain[: cut.start()], text, today, lunar=True)
            if lasting := LENGTH.fullmatch(plain, cut.end()):
                return _lasting(first, lasting, today)
            last = _second(plain[cut.end() :], text, today)
        except NotUnderstood:
            continue
        if _is_odd(first.day, last.day) or _is_odd(last.day, first.day):
            continue
        if last.day.year is None:
            first = _borrow(first, context)
        span = _between(first, last, today)
        if context is None or context.year is None:
            check_not_just_over(span, first.day, last.day, today)
        return span
    raise not_understood(text, EXAMPLES)


def _in_order(plain: str) -> str:
    """“截止：… 开始：…”写成“…至…”。"""
    found = LABELLED.fullmatch(plain)
    if found is None:
        return _afterwards(plain)
    starts = [
        re.fullmatch(STARTS, found[name]) is not None for name in ("one", "other")
    ]
    ends = [found["first"], found["last"]]
    if starts[0] == starts[1]:
        return plain
    return "至".join(ends if starts[0] else reversed(ends))


def _afterwards(plain: str) -> str:
    """“…截止，从…开始”写成“…至…”。"""
    found = AFTERWARDS.fullmatch(plain)
    if found and found["closes"] and found["began"]:
        return f"{found['began']}至{found['closes']}"
    return plain


def parse_closing(text: str, now: datetime, opens: Moment | None) -> Moment:
    """读新的截止；没写年份的，取开始之后的第一个。异常同 `parse_span`。"""
    today = clock.local(now).date()
    plain = clean(text)
    last = _closing_alone(plain, text, today) or read(plain, text, today)
    if opens is None:
        return _single(last, today)
    return _between(_known(opens), last, today).last


def parse_opening(text: str, now: datetime, closes: Moment) -> Moment:
    """读新的开始；没写年份的，取截止之前的最后一个。异常同 `parse_span`。"""
    today = clock.local(now).date()
    first = read(re.sub(r"(?:起|开始)$", "", clean(text)), text, today)
    opens = _between(first, _known(closes), today).first
    assert opens
    return opens


def _closing_alone(plain: str, shown: str, today: date) -> Phrase | None:
    for form in (BEFORE, AFTER):
        if match := form.fullmatch(plain):
            try:
                phrase = read(match["day"], shown, today, lunar=True)
            except NotUnderstood:
                continue
            if phrase.day.is_festival and (match["side"] or "").endswith("前"):
                raise not_understood(shown, EXAMPLES)
            return phrase
    try:
        phrase = read(plain, shown, today)
    except NotUnderstood:
        return None
    # 光说“月底”，说的就是截止
    return phrase if phrase.day.day == MONTH_END else None


def _lasting(first: Phrase, lasting: re.Match[str], today: date) -> Span:
    """“3月1日起三周”：开始那天算第一天。"""
    opens = first_from(first.day, today)
    first.day.verify(opens)
    number, unit = number_of(lasting["n"]), lasting["unit"]
    if unit == "个月":
        year, month = months_on(opens, number)
        days = Day(year=year, month=month, day=opens.day)
        closes = date(year, month, days.day or 1)
    else:
        closes = opens + timedelta(days=number * (1 if unit in "天日" else 7))
    at = first.clock.sure() if first.clock else None
    last = Moment(closes - timedelta(days=1))
    if last.day < opens:
        raise reversed_ends(Moment(opens), last)
    return Span(Moment(opens, at), last)


def _second(text: str, shown: str, today: date) -> Phrase:
    """末尾可以只写钟点，那就是同一天；也可以又说一遍“截止到”。"""
    text = re.sub(rf"^{WORK}?{CLOSES}[是为在于:]?[至到]?", "", text)
    if at := read_clock(text):
        return Phrase(Day(), at)
    return read(text, shown, today, lunar=True)


def _known(moment: Moment) -> Phrase:
    at = moment.at and Clock(
        moment.at.hour, moment.at.minute, is_vague=False, is_full_day=True
    )
    return Phrase(Day(exact=moment.day), at)


def _is_odd(one: Day, other: Day) -> bool:
    """“3.14”这样的，另一头也是这样、或写全了年月日，才算日期。"""
    return one.is_loose and not (other.is_loose or (other.year and other.month))


def _borrow(phrase: Phrase, context: Day | None) -> Phrase:
    if context is None:
        return phrase
    return replace(phrase, day=phrase.day.borrowing(context))


def _single(phrase: Phrase, today: date) -> Moment:
    if phrase.day.is_loose:
        raise NotUnderstood(f"日期请写成这样：{EXAMPLES}。")
    return _ending(alone(phrase.day, today), phrase.clock)


def _ending(day: date, at: Clock | None) -> Moment:
    """截止；二十四点就是到当天结束。"""
    return Moment(day, None if at is None or at.is_midnight else at.sure())


def _between(first: Phrase, last: Phrase, today: date) -> Span:
    closing = last.day
    if not (closing.is_festival and first.day.exact is None and first.day.year):
        # “今年12月7日到元旦”：节日取开始之后的那一个
        closing = closing.borrowing(first.day)
    ends = Ends(first.day, closing, today)
    opens, closes = ends.chosen()
    first.day.verify(opens)
    last.day.verify(closes)
    at = first.clock.sure(last.clock) if first.clock else None
    span = Span(Moment(opens, at), _ending(closes, last.clock))
    if span.first and span.first.start >= span.last.end:
        raise reversed_ends(span.first, span.last)
    return span
