"""文件里写的周期：双周报改成每月报一次的，照月份提醒。"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot import clock
from bot.deadlines import Kind as WindowKind
from bot.deadlines import Window
from bot.documents.shelf import Stored
from bot.text.dates import parse_moment

from .matching import bare

_MONTHLY = re.compile(
    r"(?P<what>[\u4e00-\u9fff]{0,4}(?:月报|双周报|周报|报表|报告|总结|进展情况))"
    r"[^。；]{0,24}?每月(?:的)?\s*(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})\s*日"
)
_INSTEAD = re.compile(
    r"双周报[^。；]{0,12}(?:改为|改成|调整为|变更为)|不再[^。；]{0,6}双周报"
)
_RENAMED = re.compile(r"(?:改为|改成|调整为|变更为)(?P<what>[\u4e00-\u9fff]{0,4}月报)")
_SENTENCES = re.compile(r"(?<=[。；！？])|\n")
_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Monthly:
    """每月报一次。

    参数:
        windows: 那一年余下各月的期限
        ends_biweekly: 双周报不再报了
    """

    what: str
    day: int
    sentence: str
    windows: tuple[Window, ...]
    ends_biweekly: bool


def monthly_in(
    passage: Stored, region: str, year: int, notice: str, now: datetime
) -> Iterator[Monthly]:
    """一段里写的每月的期限；那一年已经过完的不算。"""
    for sentence in _SENTENCES.split(bare(passage.text)):
        match = _MONTHLY.search(sentence)
        if match is None or not 1 <= (day := _number(match["day"])) <= 31:
            continue
        renamed = _RENAMED.search(sentence)
        what = renamed["what"] if renamed else match["what"]
        windows = tuple(_windows(what, day, region, year, notice, now))
        if windows:
            ends = _INSTEAD.search(sentence) is not None
            yield Monthly(what, day, sentence.strip(), windows, ends)


def _windows(
    what: str, day: int, region: str, year: int, notice: str, now: datetime
) -> Iterator[Window]:
    for month in range(1, 13):
        last = min(day, calendar.monthrange(year, month)[1])
        closes = parse_moment(f"{year}年{month}月{last}日", now)
        title = f"{year}年{month}月{what}报送"
        kind = WindowKind.SUBMISSION
        window = Window("", region, title, kind, None, closes, notice[:100])
        if not window.is_over(clock.now()):
            yield window


def _number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _DIGITS.find(text)
    return (_DIGITS.find(tens) if tens else 1) * 10 + (
        _DIGITS.find(ones) if ones else 0
    )
