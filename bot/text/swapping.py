"""一段话里只改一处：说了原来是什么，就换那一处；只说了新的，就换同一种东西的那一处。"""

import re
from collections.abc import Callable, Iterator

from .contacts import EMAIL_IN_TEXT
from .dates import clock_spans, date_spans, day_spans
from .dates.numbers import CHINESE

Spans = Callable[[str], Iterator[tuple[int, int]]]
_FIGURE = rf"(?:\d+|[{CHINESE}]+)"
_LONG_NUMBER = re.compile(r"(?<![\dA-Za-z])\d{5,}(?![\dA-Za-z])")
_LABELLED = (
    r"{label}(?:(?:[:：]|在|是|为)\s*(?P<value>[^，,。；;！!\n]+)"
    r"|\s+(?P<word>[^\s，,。；;]+))"
)
_DAY = re.compile(
    rf"(?P<head>.*?)(?P<day>\d{{1,2}}|[{CHINESE}]+)(?P<unit>[日号]?)(?:[(（]?(?:周|星期|礼拜).*)?$"
)
_DAY_ONLY = re.compile(rf"(?P<day>{_FIGURE})[日号]")
_FORENOON = re.compile(r"(?:[789七八九]|1[01]|十一?)[点时]")
_ANY = re.compile(
    r"(?:[时日](?:间|期|子|候|点)|钟点|哪天|几号|[电手]话|手机|号码?|邮[箱件]|数字?)?"
)
"""说的是哪种东西，不必写在原文里。"""
_QUANTITY = re.compile(
    r"(?:提?前)?(?P<number>\d{1,3})(?P<unit>天|次|个|周)?(?:[那这]一?[个次条])?的?"
)
_POINTED = re.compile(r"(?:中间|前面?|后面?|最后)?的?[那这]一?[个次条](?=提?前?\d)")
"""“中间那个5天”。"""
_HALF = re.compile(r"^(?:凌晨|早上|早晨|上午|中午|下午|傍晚|晚上)")


def swapped(text: str, wrong: str, right: str) -> str | None:
    """`text` 里把一处换成 `right` 之后的全文；说不清是哪一处的为 `None`。

    参数:
        wrong: 他说要改的是什么：原来的字，或那一项的名称（时间、地点）；没说为空
    """
    wrong = _POINTED.sub("", wrong)
    for spans_of, fitted in _KINDS:
        if _is_whole(spans_of, right):
            if wrong not in text and not _ANY.fullmatch(wrong):
                return None
            told = wrong if wrong in text else ""
            return _swapped_alike(text, told, right, spans_of, fitted)
    if wrong and (labelled := _labelled(text, wrong, right)):
        return labelled
    if wrong and text.count(wrong) == 1:
        return text.replace(wrong, right)
    return _quantity_swapped(text, wrong, right) or figure_swapped(text, right)


def _quantity_swapped(text: str, wrong: str, right: str) -> str | None:
    """“2天换成1天”，原文里只写着数（`15 7 2`）；不是为 `None`。"""
    old, new = _QUANTITY.fullmatch(wrong), _QUANTITY.fullmatch(right)
    if old is None or new is None or old["unit"] != new["unit"]:
        return None
    alone = re.compile(rf"(?<!\d){old['number']}(?!\d)")
    return alone.sub(new["number"], text) if len(alone.findall(text)) == 1 else None


def last_value(text: str) -> str:
    """最后说到的日子、钟点、邮箱或号码；没有为空。"""
    spans = [span for spans_of, _ in _KINDS for span in spans_of(text)]
    start, end = max(spans, key=lambda span: (span[1], -span[0]), default=(0, 0))
    return text[start:end]


def is_value(text: str) -> bool:
    """整段就是一个日子、钟点、邮箱或号码。"""
    return any(_is_whole(spans_of, text) for spans_of, _ in _KINDS)


def is_quantity(text: str) -> bool:
    """整段就是一个数，可以带“天”“次”。"""
    return _QUANTITY.fullmatch(text) is not None


def figure_swapped(text: str, right: str) -> str | None:
    """`right` 与其中一段只有数目不同的（行政楼305），在原处换上；不是为 `None`。"""
    parts = re.split(rf"({_FIGURE})", right)
    if len(parts) == 1:
        return None
    alike = "".join(_FIGURE if at % 2 else re.escape(p) for at, p in enumerate(parts))
    found = list(re.finditer(alike, text))
    if len(found) != 1:
        return None
    start, end = found[0].span()
    return f"{text[:start]}{right}{text[end:]}"


def _swapped_alike(
    text: str, told: str, right: str, spans_of: Spans, fitted: Callable[[str, str], str]
) -> str | None:
    """换同一种东西：说到了原来的就是那一处，否则只有一处才换。"""
    spans = list(spans_of(text))
    if told and len(spans) > 1:
        at = text.index(told)
        here = [s for s in spans if at <= s[0] < at + len(told)]
        spans = here or [s for s in spans if s[0] >= at + len(told)][:1]
    if len(spans) != 1:
        return None
    start, end = spans[0]
    return f"{text[:start]}{fitted(text[start:end], right)}{text[end:]}"


def _labelled(text: str, label: str, right: str) -> str | None:
    """“地点：二楼”里那一项的内容换掉；没有这一项的为 `None`。"""
    found = list(re.finditer(_LABELLED.format(label=re.escape(label)), text))
    if len(found) != 1:
        return None
    start, end = found[0].span("value" if found[0]["value"] else "word")
    return f"{text[:start]}{right}{text[end:]}"


def _is_whole(spans_of: Spans, right: str) -> bool:
    return list(spans_of(right)) == [(0, len(right))]


def _moment_spans(text: str) -> Iterator[tuple[int, int]]:
    """日子连着钟点的。"""
    for start, end in date_spans(text):
        if any(clock_spans(text[start:end])):
            yield start, end


def _same(_before: str, right: str) -> str:
    return right


def _day_fitted(before: str, right: str) -> str:
    """只说了几号的，年、月照原来的。"""
    said, old = _DAY_ONLY.fullmatch(right), _DAY.match(before)
    if said is None or old is None or not re.search(r"\d|月", old["head"]):
        return right
    day = said["day"]
    if "-" in old["head"] and day.isdecimal():
        day = day.zfill(len(old["day"]))
    return f"{old['head']}{day}{old['unit']}"


def _clock_fitted(before: str, right: str) -> str:
    """没说上午下午的，照原来的；下午没有七点到十一点。"""
    if _HALF.match(right) or ":" in right:
        return right
    part, hour = _HALF.match(before), re.match(r"\d+", before)
    if part is None and hour and int(hour[0]) > 12:
        return f"下午{right}"
    late = part is not None and part[0] == "下午" and _FORENOON.match(right)
    return f"{part[0]}{right}" if part and not late else right


def _matches(pattern: re.Pattern[str]) -> Spans:
    return lambda text: (match.span() for match in pattern.finditer(text))


_KINDS: tuple[tuple[Spans, Callable[[str, str], str]], ...] = (
    (_moment_spans, _same),
    (clock_spans, _clock_fitted),
    (day_spans, _day_fitted),
    (_matches(EMAIL_IN_TEXT), _same),
    (_matches(_LONG_NUMBER), _same),
)
"""（这种东西在哪里，换上时怎么写）。"""
