"""一句一样、次序随意的：“…开始；…截止；名称”。每一小句都要读进去。"""

import re
from dataclasses import dataclass

from .joints import CLOSES, STARTS, WORK
from .mentions import date_spans

_OPENING = re.compile(
    rf"{WORK}?{STARTS}[:是为在于]*(?P<after>.+)|从?(?P<before>.+?)(?:{STARTS})"
)
_CLOSING = re.compile(
    rf"{WORK}?(?:{CLOSES}|截?止)[:是为在于至到]*(?P<after>.+)|"
    rf"[到至]?(?P<before>.+?)(?:{CLOSES}|为止|止)"
)
_APART, _SPACED = re.compile(r"[,;。]+"), re.compile(r"[,;。\s]+")
REMARK = re.compile(
    r"(?:过时|逾期|过期)不|请|[你您我俺咱](?![^,;。]*[别不问等再])|帮|麻烦|劳驾|记[到上下进好一]|务必|望|各|大家|谢|辛苦|注意|不要|别|北京时间|照着?准备"
)
"""日期后面的嘱咐，不是名称。"""


@dataclass(frozen=True, slots=True)
class Clauses:
    """分出来的几样。"""

    name: str
    dates: str


def clauses_of(text: str) -> Clauses | None:
    """分成名称与起止日期；有一小句分不清、或同一样说了两遍，为 `None`。"""
    return _clauses(_APART.split(text)) or _clauses(_SPACED.split(text))


def _clauses(clauses: list[str]) -> Clauses | None:
    found: dict[str, str] = {}
    for clause in filter(None, map(str.strip, clauses)):
        if REMARK.match(clause):
            continue
        kind, said = _kind(clause)
        if kind in found:
            return None
        found[kind] = said
    name = found.pop("name", "")
    match found:
        case {"first": first, "last": last} if len(found) == 2:
            return Clauses(name, f"{first}至{last}")
        case {"last": last} if len(found) == 1:
            return Clauses(name, f"截至{last}")
        case {"span": span} if len(found) == 1:
            return Clauses(name, span)
        case _:
            return None


def _kind(clause: str) -> tuple[str, str]:
    mentions = len(date_spans(clause))
    if mentions == 1:
        for kind, form in (("first", _OPENING), ("last", _CLOSING)):
            if match := form.fullmatch(clause):
                return kind, match["after"] or match["before"]
    return ("span" if mentions else "name"), clause
