"""名称的索引：完整的、简写的、写错的、拼音的，都落到证书、机构或人上。"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import NamedTuple

import numpy as np

from bot.text import normalise, tokens

from .catalogue import Catalogue
from .sounds import (
    MISSING,
    Unit,
    allowance,
    contains,
    distance,
    grams,
    initials,
    units,
)

SHORTLIST = 14
"""粗选后细比的名称数。"""
SHARED = 0.35
"""粗选：问的读音组里至少有这么多在名称里。"""
TIE = 0.05
"""得分相差不到这么多的，算不分上下。"""
_LEGAL = re.compile(r"(股份|科技集团|集团)?(有限责任公司|有限公司)$|\(集团\)")
_PLACES = re.compile(
    r"^(北京|上海|天津|浙江|江苏|广东|广州|湖南|武汉|杭州|南京|沈阳|济南|深圳)市?"
)
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")


class Kind(StrEnum):
    """是什么的名称。"""

    CERTIFICATE = "cert"
    ORGANISATION = "org"
    PERSON = "person"


class Entity(NamedTuple):
    """一个证书、机构或人。"""

    kind: Kind
    name: str


class Quality(IntEnum):
    """名称对上的程度。"""

    NEAR = 1
    """只是相近，只能反问。"""
    PART = 2
    """是名称的一部分，或跳着缩写。"""
    TYPO = 3
    """有错字、同音字、漏字、颠倒。"""
    EXACT = 4
    """名称或别名，拼音首字母也算。"""


@dataclass(frozen=True, slots=True)
class Match:
    """一个对上的实体；`score` 在 0 到 1 之间，同一程度内可比。

    参数:
        share: 问的占名称多长
    """

    entity: Entity
    quality: Quality
    score: float
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Mention:
    """问话里原样出现的名称：起止位置与可能的实体。"""

    start: int
    end: int
    entities: tuple[Entity, ...]


class EntityIndex:
    """由名录建的索引，建好后只读。"""

    def __init__(self, catalogue: Catalogue) -> None:
        self._exact: dict[str, list[Entity]] = {}
        self._initials: dict[str, list[Entity]] = {}
        for entity, name, is_formal in _names(catalogue):
            self._add(entity, normalise(name), is_formal=is_formal)
        self._texts = [
            (text, entity)
            for text, entities in self._exact.items()
            for entity in entities
            if len(text) > 1
        ]
        self._units = [units(text) for text, _ in self._texts]
        self._lengths = sorted({len(text) for text in self._exact}, reverse=True)
        self._build_postings()

    def exact(self, text: str) -> list[Entity]:
        """与名称、别名完全相同的；`text` 是规整过的。"""
        return self._exact.get(text, [])

    def mentions(self, text: str) -> list[Mention]:
        """问话里原样出现的名称，长的优先，不重叠；`text` 是规整过的。"""
        edges = [0]
        for token in tokens(text):
            edges.append(edges[-1] + len(token))
        boundaries = set(edges)
        found: list[Mention] = []
        position = 0
        while position < len(text):
            end = self._longest(text, position, boundaries)
            if end:
                named = tuple(self._exact[text[position:end]])
                found.append(Mention(position, end, named))
            position = end or position + 1
        return found

    def find(self, text: str) -> list[Match]:
        """整段文字最像哪些实体，好的在前，一个实体只出现一次。

        参数:
            text: 规整过的、只含名称的文字
        """
        if len(text) < 2:
            return []
        if exact := self.exact(text):
            return [Match(entity, Quality.EXACT, 1.0) for entity in exact]
        letters = self._initials.get(text, [])
        found = [Match(entity, Quality.EXACT, 0.95) for entity in letters]
        asked = units(text)
        for place in self._shortlist(asked):
            match = _compare(asked, self._units[place], self._texts[place][1])
            if match is not None:
                found.append(match)
        return _best_of_each(found)

    def _add(self, entity: Entity, text: str, *, is_formal: bool) -> None:
        if not text or entity in self._exact.setdefault(text, []):
            return
        self._exact[text].append(entity)
        short = initials(text)
        has_han = short != text
        if has_han and len(short) >= 4 and (is_formal or len(text) >= 4):
            owners = self._initials.setdefault(short, [])
            if entity not in owners:
                owners.append(entity)

    def _build_postings(self) -> None:
        postings: dict[str, list[int]] = {}
        sizes: list[int] = []
        for place, named in enumerate(self._units):
            found = grams(named)
            sizes.append(len(found))
            for gram in found:
                postings.setdefault(gram, []).append(place)
        self._postings = {
            gram: np.array(places, dtype=np.int32) for gram, places in postings.items()
        }
        self._sizes = np.array(sizes, dtype=np.float32)

    def _longest(self, text: str, start: int, boundaries: set[int]) -> int:
        if start not in boundaries:
            return 0
        for length in self._lengths:
            end = start + length
            if end in boundaries and text[start:end] in self._exact:
                return end
        return 0

    def _shortlist(self, named: Sequence[Unit]) -> list[int]:
        asked = grams(named)
        hits = [self._postings[gram] for gram in asked if gram in self._postings]
        if not hits:
            return []
        places = np.concatenate(hits)
        counts = np.bincount(places, minlength=len(self._sizes))
        # 与问的相同之处占多少；名称长出来的部分只轻罚，好让简写也入选
        scores = counts / (len(asked) + 0.15 * self._sizes)
        wanted = min(SHORTLIST, len(scores))
        chosen = np.argpartition(-scores, wanted - 1)[:wanted]
        enough = SHARED * len(asked)
        return [int(place) for place in chosen if counts[place] >= enough]


def leading(matches: Sequence[Match]) -> list[Match]:
    """不分上下的第一名：程度相同，得分相近。"""
    if not matches:
        return []
    best = matches[0]
    return [
        match
        for match in matches
        if match.quality == best.quality and best.score - match.score < TIE
    ]


def _compare(asked: Sequence[Unit], name: Sequence[Unit], to: Entity) -> Match | None:
    allowed = allowance(len(name))
    lacking = len(name) - len(asked)
    too_short = lacking * MISSING > len(name) * 0.5
    cost = math.inf if too_short else distance(asked, name)
    if to.kind is Kind.PERSON:
        return Match(to, Quality.NEAR, 0.9) if cost <= allowed else None
    # 少了两个字以上而剩下的都对，是简写，不是漏字：可能有好几个这样开头的
    if lacking > 1 and (part := _part(asked, name, to)) is not None:
        return part
    if cost <= allowed and len(name) > 2:
        return Match(to, Quality.TYPO, 1 - 0.4 * cost / max(allowed, 0.1))
    if (part := _part(asked, name, to)) is not None:
        return part
    likeness = 1 - cost / max(len(name), len(asked))
    return Match(to, Quality.NEAR, likeness) if likeness >= 0.5 else None


def _part(asked: Sequence[Unit], name: Sequence[Unit], to: Entity) -> Match | None:
    """问的是名称的一部分：从头起、中间相连，或按次序跳着缩写。"""
    joined, skipping = contains(name, asked)
    if len(asked) < 2 or not (joined or (skipping and len(asked) >= 3)):
        return None
    share = len(asked) / len(name)
    starts = joined and contains(name[: len(asked)], asked)[0]
    # 结构相同的算不分上下，长短只定先后
    score = (0.9 if starts else 0.8 if joined else 0.7) + 0.04 * share
    return Match(to, Quality.PART, score, share)


def _best_of_each(matches: Iterable[Match]) -> list[Match]:
    best: dict[Entity, Match] = {}
    for match in matches:
        kept = best.get(match.entity)
        if kept is None or (match.quality, match.score) > (kept.quality, kept.score):
            best[match.entity] = match
    return sorted(best.values(), key=lambda m: (-m.quality, -m.score, m.entity))


def _names(catalogue: Catalogue) -> Iterable[tuple[Entity, str, bool]]:
    """（实体，叫法，是不是正式名称）。"""
    for certificate in catalogue.certificates.values():
        entity = Entity(Kind.CERTIFICATE, certificate.name)
        yield entity, certificate.name, True
        for alias in (*certificate.aliases, certificate.printed):
            yield entity, alias.removesuffix("职业技能等级证书"), False
    for organisation in catalogue.organisations.values():
        entity = Entity(Kind.ORGANISATION, organisation.name)
        yield entity, organisation.name, True
        for alias in (*organisation.aliases, organisation.printed):
            yield entity, alias, False
        for short in _shortened(organisation.name):
            yield entity, short, False
    for person in catalogue.people:
        yield Entity(Kind.PERSON, person), person, False


def _shortened(name: str) -> list[str]:
    """机构名去掉括号里的地名、公司字样与开头的地名。"""
    bare = _BRACKETS.sub("", name)
    trimmed = _LEGAL.sub("", bare)
    return [form for form in (bare, trimmed, _PLACES.sub("", trimmed)) if len(form) > 3]
