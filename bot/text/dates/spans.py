"""读一段起止日期。

只有一种借法：末尾没写的年、月借开头写了的；两头都没写的，取开头之后的第一个。
开头没写年份的，取今天还没结束的那一段；末尾是定死的一天，就取它之前最近的开头。
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice

from bot import clock

from .clocks import Clock
from .days import Day
from .models import DateError, Moment, NotUnderstood, Span, shorten
from .phrases import YEAR_AHEAD, Phrase, clean, every, first_from, read, read_clock

EXAMPLES = "3月14日至6月10日、2027年3月14日 9:00 至 6月10日 17:00、截至4月30日"
_BEFORE = re.compile(r"(?:截至|截止到|截止|直到|至|到):?(.+?)(?:为止|止|之前|以前|前)?")
_AFTER = re.compile(r"(.+?)(?:截止|截至|结束|为止|止|之前|以前|前)")
_CUT = re.compile(r"(?:起|开始)?,?(?:至|到)|(?:起|开始),?| ?(?:——|[-—–~]) ?")
_MOST_CUTS = 12
"""起止之间的连接词与短横最多这么多处：2027-3-1 – 2027-6-1 有五处。"""
_WHOLE_YEAR = timedelta(days=365)
_ACROSS_YEARS = timedelta(days=186)
"""两头都没写年份而跨年的，最长这么久：再长多半是写反了。"""
_ACROSS_TO_A_YEAR = timedelta(days=330)
"""只有末尾写了年份而跨年的。"""
_ACROSS_MONTHS = timedelta(days=15)
"""两头都没写月份而跨月的。"""


def parse_span(text: str, now: datetime, context: Day | None = None) -> Span:
    """读一段起止日期，或“截至某日”。

    参数:
        context: 别处（如名称里）写了的年、月，日期里没写时借用

    异常:
        DateError: 读不懂、不存在、有歧义，或结束早于开始
    """
    today = clock.local(now).date()
    plain = clean(text)
    if (last := _closing_alone(plain, text, today)) is not None:
        return Span(None, _single(_borrow(last, context), today))
    plain = re.sub(r"^[从自]|(?:截止|结束|为止|止)$", "", plain)
    for cut in islice(_CUT.finditer(plain), _MOST_CUTS):
        try:
            first = read(plain[: cut.start()], text, today)
            last = _second(plain[cut.end() :], text, today)
        except NotUnderstood:
            continue
        if _is_odd(first.day, last.day) or _is_odd(last.day, first.day):
            continue
        if last.day.year is None:
            first = _borrow(first, context)
        return _between(first, last, today)
    raise NotUnderstood(f"没看懂「{shorten(text)}」。起止日期请写成：{EXAMPLES}。")


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
    for form in (_BEFORE, _AFTER):
        if match := form.fullmatch(plain):
            try:
                return read(match[1], shown, today)
            except NotUnderstood:
                continue
    return None


def _second(text: str, shown: str, today: date) -> Phrase:
    """末尾可以只写钟点，那就是同一天。"""
    if at := read_clock(text):
        return Phrase(Day(), at)
    return read(text, shown, today)


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
    day = first_from(phrase.day, today)
    phrase.day.verify(day)
    return _ending(day, phrase.clock)


def _ending(day: date, at: Clock | None) -> Moment:
    """截止；二十四点就是到当天结束。"""
    return Moment(day, None if at is None or at.is_midnight else at.sure())


def _between(first: Phrase, last: Phrase, today: date) -> Span:
    ends = _Ends(first.day, last.day.borrowing(first.day), today)
    opens, closes = ends.chosen()
    first.day.verify(opens)
    last.day.verify(closes)
    at = first.clock.sure(last.clock) if first.clock else None
    span = Span(Moment(opens, at), _ending(closes, last.clock))
    if span.first and span.first.start >= span.last.end:
        raise _reversed(span.first, span.last)
    return span


@dataclass(frozen=True, slots=True)
class _Ends:
    """起止两头，末尾已借过开头写了的。"""

    first: Day
    last: Day
    today: date

    def chosen(self) -> tuple[date, date]:
        """定下是哪两天。

        异常:
            DateError: 没有这样的两天，或跨得太远、多半写错了
        """
        pairs = list(self._pairs())
        if not _is_pinned(self.first) and not self._last_is_pinned:
            pairs = [pair for pair in pairs if pair[1] >= self.today]
        if not pairs:
            opens = first_from(self.first, self.today)
            closes = first_from(self.last, self.today)
            raise _reversed(Moment(opens), Moment(closes))
        opens, closes = min(pairs, key=lambda pair: (pair[1], -pair[0].toordinal()))
        self._check(opens, closes)
        return opens, closes

    @property
    def _last_is_pinned(self) -> bool:
        return _is_pinned(self.last)

    def _pairs(self) -> Iterator[tuple[date, date]]:
        """合乎所写的各对日子。"""
        pin = first_from(self.last, self.today) if self._last_is_pinned else None
        openings = list(self._openings(pin))
        if self.last == Day():
            yield from ((opens, opens) for opens in openings)
        elif pin is not None:
            yield from ((opens, pin) for opens in openings if opens <= pin)
        elif openings:
            latest = openings[-1] + timedelta(days=YEAR_AHEAD)
            closings = list(every(self.last, openings[0], latest))
            for opens in openings:
                following = bisect_left(closings, opens)
                if following == len(closings):
                    return
                if closings[following] - opens <= timedelta(days=YEAR_AHEAD):
                    yield opens, closings[following]

    def _openings(self, pin: date | None) -> Iterator[date]:
        if _is_pinned(self.first):
            yield first_from(self.first, self.today)
            return
        start = (pin or self.today) - _WHOLE_YEAR
        end = pin or self.today + timedelta(days=YEAR_AHEAD)
        yield from every(self.first, start, end)

    def _check(self, opens: date, closes: date) -> None:
        both_pinned = _is_pinned(self.first) and self._last_is_pinned
        if both_pinned or self.last.weekday is not None:
            return
        length = closes - opens
        if opens.year != closes.year:
            written = self.last.year is not None
            longest = _ACROSS_TO_A_YEAR if written else _ACROSS_YEARS
        elif opens.month != closes.month and not self.last.month:
            longest = timedelta.max if self.last.exact else _ACROSS_MONTHS
        else:
            return
        if length > longest:
            raise DateError(
                f"是{Moment(opens)}至{Moment(closes)}吗？跨得太久，怕理解错了。"
                "请两头都写全年月日，如 2027年9月1日至2028年6月30日。"
            )


def _is_pinned(day: Day) -> bool:
    """写明了是哪一天，不用再找。"""
    return day.exact is not None or day.year is not None


def _reversed(opens: Moment, closes: Moment) -> DateError:
    return DateError(
        f"开始（{opens}）不早于结束（{closes}）。"
        "跨年的请两头都写年份，如 2027年12月1日至2028年1月10日。"
    )
