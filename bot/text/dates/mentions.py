"""一句话里的各处日期与钟点，各从哪里到哪里；怎么读归各自的读法。"""

import re
from collections.abc import Iterator
from typing import TypeAlias

from .clocks import CLOCK
from .days import CHECK, DAYS

_Patterns: TypeAlias = tuple[re.Pattern[str], ...]
_DATES = tuple(
    re.compile(pattern + CHECK + rf"(?:[ T]?{CLOCK})?") for pattern, _ in DAYS
)
_DAYS = tuple(re.compile(pattern + CHECK) for pattern, _ in DAYS)
_CLOCKS = re.compile(CLOCK)
_BRACKETS = str.maketrans("（）", "()")


def date_mentions(text: str) -> list[str]:
    """各处日期（连着附写的周几与钟点），依次。"""
    return [text[start:end] for start, end in date_spans(text)]


def date_spans(text: str) -> list[tuple[int, int]]:
    """各处日期的起止，不重叠，长的优先。"""
    return list(_spans(text, _DATES))


def day_spans(text: str) -> Iterator[tuple[int, int]]:
    """各处日子（连着附写的周几，不连钟点）的起止。"""
    return _spans(text.translate(_BRACKETS), _DAYS)


def clock_spans(text: str) -> Iterator[tuple[int, int]]:
    """各处钟点的起止，附在日期后面的也算。"""
    days = list(day_spans(text))
    for match in _CLOCKS.finditer(text):
        start, end = match.span()
        if not any(first < end and start < last for first, last in days):
            yield start, end


def clock_mentions(text: str) -> list[str]:
    """日期之外的各处钟点，依次。"""
    for start, end in reversed(date_spans(text)):
        text = f"{text[:start]} {text[end:]}"
    return [match[0] for match in _CLOCKS.finditer(text)]


def _spans(text: str, patterns: _Patterns) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(text):
        end = max((_end(pattern, text, start) for pattern in patterns), default=0)
        if end > start:
            yield start, end
        start = max(end, start + 1)


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    if start and text[start - 1].isdecimal() and text[start].isdecimal():
        return 0
    match = pattern.match(text, start)
    return match.end() if match else 0
