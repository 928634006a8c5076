"""读懂「导入」后面的话：哪里哪年的；要看、要定的是哪几处。"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bot.access import NATIONWIDE
from bot.text import Regions

_RANGE = re.compile(r"(\d{1,4})\s*(?:[-—–~至到]\s*(\d{1,4}))?")
_BETWEEN = r"[\s,，、;；和#第处条]*"
_NUMBERS = re.compile(rf"{_BETWEEN}(?:{_RANGE.pattern}{_BETWEEN})+")
_DOCUMENT = re.compile(r"编号\s*([#＃]?\s*\d{1,6})")
_LASTING = re.compile(r"[#＃]\s*\d{1,6}")
_YEAR = re.compile(r"(20\d\d)\s*年?")
EVERYTHING = frozenset({"全部", "所有", "都", "其余", "剩下的", "其余的", "剩余"})


@dataclass(frozen=True, slots=True)
class Scope:
    """说了是哪里、哪一年的；没说为 `None`。

    参数:
        rest: 读不懂的
    """

    region: str | None
    year: int | None
    rest: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """要定的是哪几处。

    参数:
        document: 哪份文件，照写的编号；没说为空
        numbers: 序号；`None` 是全部还没定的
    """

    document: str
    numbers: frozenset[int] | None

    def among(self, known: Iterable[int]) -> list[int]:
        """有的里面的哪几处。"""
        return [n for n in known if self.numbers is None or n in self.numbers]


def read_scope(text: str, regions: Regions) -> Scope:
    """`广西 2027年`。"""
    year = _YEAR.search(text)
    rest = _YEAR.sub(" ", text)
    region, left = None, list[str]()
    for word in rest.split():
        named = NATIONWIDE if word == NATIONWIDE else regions.named(word)
        region = named or region
        if named is None:
            left.append(word)
    return Scope(region, int(year[1]) if year else None, " ".join(left))


def read_chosen(text: str) -> Chosen | None:
    """`1 3-5`、`全部`，可带 `编号7`；都不是为 `None`。"""
    document = _document_in(text)
    rest = _DOCUMENT.sub(" ", text).strip(" ，,。.！!")
    if rest in EVERYTHING:
        return Chosen(document, None)
    if not _NUMBERS.fullmatch(rest):
        return None
    return Chosen(document, frozenset(_expanded(rest)))


def read_viewed(text: str) -> Chosen:
    """要看的：`#7` 是一份文件，其余写法同 `read_chosen`；都不是的，是正在看的那份。"""
    if _LASTING.fullmatch(text):
        return Chosen(text, None)
    return read_chosen(text) or Chosen(_document_in(text), None)


def _document_in(text: str) -> str:
    """`编号7`、`编号#7`；没有为空。"""
    named = _DOCUMENT.search(text)
    return named[1] if named else ""


def _expanded(text: str) -> Collection[int]:
    found: list[int] = []
    for first, last in _RANGE.findall(text):
        found += range(int(first), int(last or first) + 1)
    return found
