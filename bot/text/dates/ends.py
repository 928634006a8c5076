"""起止两头各是哪一天：没写年、月的怎么取，跨得太久、刚刚过去的不猜。"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from .days import MONTH_END, Day, month_end, months_on
from .models import DateError, Moment, Span
from .phrases import YEAR_AHEAD, every, first_from

_WHOLE_YEAR = timedelta(days=365)
_ACROSS_YEARS = timedelta(days=186)
"""两头都没写年份而跨年的，最长这么久：再长多半是写反了。"""
_ACROSS_TO_A_YEAR = timedelta(days=330)
"""只有末尾写了年份而跨年的。"""
_ACROSS_MONTHS = timedelta(days=15)
"""两头都没写月份而跨月的。"""
_LATELY, _JUST_OVER = timedelta(days=92), timedelta(days=62)
_LATELY_OF_MONTH = timedelta(days=15)
"""没写年份（月份）、才过去这么久的（只说截止的短些），多半说的是刚过去的那一次。"""


@dataclass(frozen=True, slots=True)
class Ends:
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
            raise reversed_ends(Moment(opens), Moment(closes))
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
        elif self.last.is_next_year:
            for opens in openings:
                following = replace(self.last, year=opens.year + 1, is_next_year=False)
                yield opens, first_from(following, opens)
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
        if self.first.is_lunar:
            longest = _ACROSS_YEARS
        elif opens.year != closes.year:
            written = self.last.year is not None or self.last.is_next_year
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


def reversed_ends(opens: Moment, closes: Moment) -> DateError:
    return DateError(
        f"开始（{opens}）不早于结束（{closes}）。"
        "跨年的请两头都写年份，如 2027年12月1日至2028年1月10日。"
    )


def check_not_just_over(span: Span, first: Day, last: Day, today: date) -> None:
    """没写年份（月份）、刚刚过去的，不当作明年（下月）的。

    异常:
        DateError: 说的多半是刚过去的那一次
    """
    opens, closes = (span.first or span.last).day, span.last.day
    if opens <= today or _is_pinned(first) or _is_pinned(last):
        return
    if not (first.is_dated and last.is_dated):
        return
    monthly = first.month is None and last.month is None
    year, month = months_on(closes, -1 if monthly else -12)
    before = date(year, month, min(closes.day, month_end(year, month).day))
    lately = _LATELY_OF_MONTH if monthly else _LATELY if span.first else _JUST_OVER
    if last.day == MONTH_END and monthly:
        return
    if before < today <= before + lately:
        raise DateError(
            f"{Moment(before)}刚过去，说的是{Moment(closes)}吗？"
            "请写全年月日，如 2027年3月14日至2027年6月10日。"
        )
