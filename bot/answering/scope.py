"""适用范围：同一个问题在几份文件里各有答案时，按地区与年份取舍。"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from bot.access import NATIONWIDE
from bot.knowledge import Entry, Lexicon

from .sources import Question
from .sparse import Floats

YEAR_BONUS = 1.0
FOREIGN_MALUS = 1.5

_FULL_YEAR = re.compile(r"(20[0-4]\d)(?!\d)")
_SHORT_YEAR = re.compile(r"(?<!\d)([12]\d)年(?!级|制|内|以|的?时间)")


@dataclass(frozen=True, slots=True)
class Chosen:
    """取舍的结果；`foreign` 表示全是别处的资料。"""

    entries: tuple[Entry, ...]
    foreign: bool


def pose(text: str, region: str | None, at: datetime, lexicon: Lexicon) -> Question:
    """把一句话变成问话：点名的地区优先于所在群的。"""
    named = lexicon.regions.find(text)
    return Question(text, named or region, at, named_region=named)


def choose(members: Sequence[Entry], question: Question, lexicon: Lexicon) -> Chosen:
    """在一个单元的条目里取舍。

    点名了年份（或某一批）就取那一年的；知道地区就取本地区最新的，没有则取全国的，
    再没有才取别处的；不知道地区就每个地区取最新的，并排给出。
    """
    pool = list(members)
    year = named_year(question.text, lexicon)
    if any(entry.source.year == year for entry in pool):
        pool = [entry for entry in pool if entry.source.year == year]
    if question.region is not None:
        for region in (question.region, NATIONWIDE):
            local = [entry for entry in pool if entry.source.region == region]
            if local:
                return Chosen((_latest(local),), False)
        return Chosen(_one_each(pool), True)
    return Chosen(_one_each(pool), False)


def is_foreign(entries: Sequence[Entry], region: str | None) -> bool:
    """是否知道地区，而条目全是别处的。"""
    return region is not None and all(
        entry.source.region not in (region, NATIONWIDE) for entry in entries
    )


class UnitScopes:
    """各检索单元的适用范围，据此给出文字以外的偏好。

    参数:
        units: 各单元的条目
    """

    def __init__(self, units: Sequence[Sequence[Entry]], lexicon: Lexicon) -> None:
        self._units = units
        self._lexicon = lexicon
        self._known: dict[tuple[int | None, str | None], Floats] = {}

    def preference(self, question: Question) -> Floats | None:
        """按点名的年份与已知的地区，逐单元的偏好；都不知道则为 `None`。"""
        key = named_year(question.text, self._lexicon), question.region
        if key == (None, None):
            return None
        if key not in self._known:
            self._known[key] = self._compute(*key)
        return self._known[key]

    def _compute(self, year: int | None, region: str | None) -> Floats:
        right = [any(e.source.year == year for e in unit) for unit in self._units]
        foreign = [is_foreign(unit, region) for unit in self._units]
        return YEAR_BONUS * np.array(right) - FOREIGN_MALUS * np.array(foreign)


def named_year(text: str, lexicon: Lexicon) -> int | None:
    """问话点名的年份：2022、22年，或能对应到某一年的批次。"""
    if match := _FULL_YEAR.search(text):
        return int(match[1])
    if (edition := lexicon.editions.find(text)) is not None:
        return edition
    match = _SHORT_YEAR.search(text)
    return None if match is None else 2000 + int(match[1])


def _one_each(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """每个地区最新的一条；本地区资料在前，全国的在后。"""
    regions = dict.fromkeys(entry.source.region for entry in entries)
    ordered = sorted(regions, key=lambda region: (region == NATIONWIDE, region))
    return tuple(
        _latest([entry for entry in entries if entry.source.region == region])
        for region in ordered
    )


def _latest(entries: Sequence[Entry]) -> Entry:
    return max(entries, key=lambda entry: entry.source.year)
