"""文件里写的申报时间、完成期限、报送期限：原话里读得准的才提。"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import TypeAlias

from bot.deadlines import Kind as WindowKind
from bot.deadlines import Window
from bot.documents.shelf import Stored
from bot.text.dates import DateError, Span, parse_span

from .matching import bare, heading_path

_DAY = r"(?:20\d\d\s*年\s*)?\d{1,2}\s*月\s*\d{1,2}\s*日"
_END = r"(?:(?:20\d\d\s*年\s*)?\d{1,2}\s*月\s*\d{1,2}\s*日|\d{1,2}\s*日)"
_HOUR = r"(?:\s*(?:上午|下午|晚上)?\s*\d{1,2}(?:[:：]\d{2}|\s*[点时](?:\d{1,2}分)?))?"
_SPANS = re.compile(
    rf"(?P<first>{_DAY}{_HOUR})\s*(?:起|开始)?[，,]?\s*(?:至|到|—|–|-|－|~|～|―)+\s*"
    rf"(?P<last>{_END}{_HOUR})"
)
_BEFORE = re.compile(
    rf"(?:截至|截止到|截止(?:时间为|日期为)?|至|于|在)?\s*(?P<last>{_DAY}{_HOUR})\s*"
    r"(?:之前|以前|前|止|截止|为止|结束)"
)
_UNTIL = re.compile(rf"截止(?:时间|日期)?\s*(?:为|是|[:：])\s*(?P<last>{_DAY}{_HOUR})")
_YEAR = re.compile(r"(20\d\d)\s*年")
_SENTENCES = re.compile(r"(?<=[。；！？])|\n")
_LONGEST_NAME = 12
_PIECES = re.compile(r"(?<=[，,])(?!(?<=\d日起.)[至到])")
_UNDER_APPLYING = re.compile(
    r"(?:申报|填报|报名)[^ ]{0,2} ?(?:起止)?(?:时间|日程|安排|期限|窗口)$"
)
_UNDER_WHOLE = re.compile(
    r"(?:实施|试点|工作|建设)[^ ]{0,4} ?(?:周期|期限|时限|完成时间)$"
)
"""各级标题连着看：“网上填报”下面的“起止时间”。"""
_ROUND = re.compile(
    r"(?P<name>第[一二三四]批次?|第[一二三四]次|首批|补报批?次?)[：:自从]"
)
"""标题下的一条，开头说的是哪一次。"""
Named: TypeAlias = tuple[WindowKind, str]
"""是哪一类期限，叫什么。"""
_ORDINAL = re.compile(r"第[一二三四]次")
_NOT_APPLYING = re.compile(
    r"公布|公示|结果|评审|审核|复核|执行|文件|指南|申报书|条件|培训|考核"
)
_HANDED_IN = re.compile(
    r"(?:年度|半年|季度|工作|情况|试点|实施)*"
    r"(?:总结|汇总表|双周报|月报|季报|年报|报告|回执|材料|方案|名单|报表|台账)"
)


def windows_in(
    passage: Stored, region: str, year: int, notice: str, now: datetime
) -> Iterator[tuple[Window, str]]:
    """一段里的各个期限，与写着它的那句话。

    参数:
        year: 文件是哪一年的；没写年份的日期算这一年
        notice: 依据哪份文件
    """
    heading = heading_path(passage)
    for sentence in _SENTENCES.split(bare(passage.text)):
        pieces = _PIECES.split(sentence)
        for place, piece in enumerate(pieces):
            before = "".join(pieces[:place])
            named = _kind(piece, before) or _kind_under(heading, piece)
            for span, kind, what in _spans(piece, named, year, now):
                first, last = span.first, span.last
                title = f"{year}年{what}"
                window = Window("", region, title, kind, first, last, notice[:100])
                yield window, sentence.strip()


def window_in_row(
    row: Stored, caption: str, region: str, year: int, notice: str, now: datetime
) -> Window | None:
    """表里一行说的期限；说不清是做什么的、日期读不准的为 `None`。

    参数:
        caption: 表的题目，如“表1 2027年申报日程”
    """
    cells = [cell.partition("：")[2].strip() for cell in row.text.split("；")]
    name = cells[0]
    kind = _kind_of_row(name, caption)
    if kind is None:
        return None
    for cell in cells[1:]:
        span = None
        if match := _SPANS.fullmatch(cell):
            span = _read(match["first"], match["last"], year, now)
        elif (match := _BEFORE.fullmatch(cell)) is not None:
            span = _read("", match["last"], year, now)
        if span is not None:
            title = f"{year}年{name}"
            return Window("", region, title, kind, span.first, span.last, notice[:100])
    return None


def _kind_of_row(name: str, caption: str) -> WindowKind | None:
    """一行是申报、完成还是报送；都看不出为 `None`。"""
    if _NOT_APPLYING.search(name) or len(name) > _LONGEST_NAME:
        return None
    if re.search(r"报送|提交|上报|备案", name):
        return WindowKind.SUBMISSION
    if re.search(r"完成|结束", name):
        return WindowKind.COMPLETION
    applying = re.search(r"申报|填报|报名", caption + name)
    opening = re.search(r"窗口|申报|填报|报名|第[一二三四]次", name)
    return WindowKind.DECLARATION if applying and opening else None


def _spans(
    piece: str, named: Named | None, year: int, now: datetime
) -> Iterator[tuple[Span, WindowKind, str]]:
    """一小句里的期限；说不清是做什么的不算。"""
    if named is None:
        return
    kind, what = named
    seen = 0
    for match in _SPANS.finditer(piece):
        seen = match.end()
        if span := _read(match["first"], match["last"], year, now):
            yield span, kind, what
    match = _BEFORE.search(piece, seen) or _UNTIL.search(piece, seen)
    if match and (span := _read("", match["last"], year, now)):
        yield span, kind, what


def _kind_under(heading: str, piece: str) -> Named | None:
    """话里没有说是做什么的，标题说了：“申报时间”下面的“第一批：3月8日至……”。"""
    round_ = _ROUND.match(piece)
    name = round_["name"] if round_ else ""
    opening = round_ or re.match(rf"自?{_DAY}", piece)
    if opening and _UNDER_APPLYING.search(heading):
        return WindowKind.DECLARATION, f"{name}申报"
    ending = opening or re.match(rf"(?:到|至|截至|截止){_DAY}", piece)
    if ending and _UNDER_WHOLE.search(heading):
        return WindowKind.COMPLETION, f"{name}试点工作完成"
    return None


def _kind(piece: str, before: str) -> Named | None:
    """是申报、完成还是报送；都看不出为 `None`。"""
    near = f"{before}{piece}"
    if re.search(r"(?:报送|报至|报到|提交|上报|发至|发送|寄送|报市|报省)", piece):
        found = _HANDED_IN.findall(near) or ["材料"]
        return WindowKind.SUBMISSION, f"{found[-1]}报送"
    if re.search(r"完成|周期.*结束", piece) and not _HANDED_IN.search(near):
        return WindowKind.COMPLETION, "试点工作完成"
    if re.search(r"申报|报名", piece) and not _NOT_APPLYING.search(piece):
        found = _ORDINAL.findall(near)
        return WindowKind.DECLARATION, f"{found[-1] if found else ''}申报"
    return None


def _read(first: str, last: str, year: int, now: datetime) -> Span | None:
    """读一段；读不准的不提。"""
    first, last = (re.sub(r"\s", "", text) for text in (first, last))
    if first and not _YEAR.search(first):
        first = f"{year}年{first}"
    if not first and not _YEAR.search(last):
        last = f"{year}年{last}"
    try:
        return parse_span(f"{first}至{last}" if first else f"截至{last}", now)
    except DateError:
        return None
