"""适用范围：同一个问题在几份文件里各有答案时，按地区与年份取舍。"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from bot import clock
from bot.access import NATIONWIDE
from bot.knowledge import Entry, Lexicon
from bot.text import Regions, year_meant

from .retrieval import Floats
from .sources import Question

YEAR_BONUS = 1.0
FOREIGN_MALUS = 1.5
_NUMBERS = re.compile(r"\d+")
_SHORTEST = 4
_FOR_OTHERS = re.compile(
    r"(?:我?(?:帮|替|代|给))(?:我)?.{1,10}?(?:朋友|同学|同行|同事|老乡|亲戚|老师|学校|院校|人)"
    r"(?:来)?问(?:一?[下声问]|个[事问][情题]?)?[,，:：\s]*"
)
"""替谁来问的：不是问题的一部分，只看说到了哪里。"""
_HOME = re.compile(
    r"^(?:我们?|咱们?|本校|我校|我们学校)(?:是|在)(?P<region>[^的省]{2,6})省?(?:的|这边)?"
    r"(?:学校|老师)?[。.!！]?$"
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """取舍的结果。

    参数:
        foreign: 全是别处的资料
        missing_year: 问的是这一年，而资料是别的年份的
    """

    entries: tuple[Entry, ...]
    foreign: bool = False
    missing_year: int | None = None


def pose(text: str, region: str | None, at: datetime, lexicon: Lexicon) -> Question:
    """把一句话变成问话：点名的地区优先于所在群的。"""
    named = lexicon.regions.find(text)
    rest = text[found.end() :] if (found := _FOR_OTHERS.match(text)) else text
    words = rest if len(rest) >= _SHORTEST else text
    return Question(words, named or region, at, named_region=named)


def said_home(text: str, regions: Regions) -> str | None:
    """“我是广西的”：说自己是哪里的；不是这样的话为 `None`。"""
    match = _HOME.match(text.strip())
    return regions.named(match["region"]) if match else None


def choose(members: Sequence[Entry], question: Question, lexicon: Lexicon) -> Chosen:
    """在一个单元的条目里取舍。

    先看地区：知道是哪里的，只从本地区与全国的里取，都没有才取别处的；不知道就每个地区取一条。
    本地区的文件没有写的，另附全国的规定。
    再看年份（或某一批）：有那一年的取那一年，没有就取最新的，并说明年份不对。
    """
    region = question.region
    ours = [e for e in members if region is None or e.source.region == region]
    national = [e for e in members if e.is_national]
    pool = list(dict.fromkeys([*ours, *national])) or list(members)
    foreign = is_foreign(pool, region)
    wanted = named_year(question, lexicon)
    dated = [entry for entry in pool if entry.source.year == wanted]
    if ours and all(e.is_national and e.says_nothing for e in dated):
        dated = []
    if region is None or foreign:
        kept = _one_each(dated or pool)
    else:
        near = [e for e in dated or pool if e.source.region == region]
        kept = (_latest(near or dated or pool),)
        if kept[0].leaves_open and not kept[0].is_national:
            kept += _still_standing(national, kept[0], question.asked_at)
    stated = stated_year(question)
    local = [e for e in kept if not e.is_national]
    missing = bool(local) and all(e.source.year != stated for e in kept)
    return Chosen(kept, foreign, stated if missing else None)


def is_foreign(entries: Sequence[Entry], region: str | None) -> bool:
    """是否知道地区，而条目全是别处的。"""
    return region is not None and all(
        entry.source.region not in (region, NATIONWIDE) for entry in entries
    )


def stands_in(
    chosen: Chosen, question: Question, entries: Iterable[Entry], lexicon: Lexicon
) -> bool:
    """这件事别的省各有规定，本省的文件没写，答的是全国的。"""
    if question.region not in lexicon.regions.names:
        return False
    if not all(e.is_national and not e.says_nothing for e in chosen.entries):
        return False
    matters = {entry.matter for entry in chosen.entries}
    return any(not e.is_national and e.matter in matters for e in entries)


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
        key = named_year(question, self._lexicon), question.region
        if key == (None, None):
            return None
        if key not in self._known:
            self._known[key] = self._compute(*key)
        return self._known[key]

    def _compute(self, year: int | None, region: str | None) -> Floats:
        right = [any(e.source.year == year for e in unit) for unit in self._units]
        foreign = [is_foreign(unit, region) for unit in self._units]
        return YEAR_BONUS * np.array(right) - FOREIGN_MALUS * np.array(foreign)


def stated_year(question: Question) -> int | None:
    """问话明说的年份：2022、22年、去年。"""
    return year_meant(question.text, clock.local(question.asked_at).year)


def named_year(question: Question, lexicon: Lexicon) -> int | None:
    """问话所指的年份：明说的，能对应到某一年的批次，或接着上一问说的那一年。"""
    named = stated_year(question) or lexicon.editions.find(question.text)
    if named is None and question.topic:
        this_year = clock.local(question.asked_at).year
        named = year_meant(question.topic, this_year)
    return named


def _still_standing(
    national: Sequence[Entry], local: Entry, at: datetime
) -> tuple[Entry, ...]:
    """全国最新的一条规定；已经过期、也说没写、本地区的已经转述了的不算。"""
    today = clock.local(at).date()
    told = [
        entry
        for entry in national
        if not entry.says_nothing
        and (entry.until is None or today <= entry.until)
        and not _is_retold(entry, local)
    ]
    return (_latest(told),) if told else ()


def _is_retold(entry: Entry, local: Entry) -> bool:
    """其中的数本地区的答案里都写着。"""
    numbers = set(_NUMBERS.findall(entry.answer))
    return bool(numbers) and numbers <= set(_NUMBERS.findall(local.answer))


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
