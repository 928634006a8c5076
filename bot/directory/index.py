"""名称的索引：完整的、简写的、写错的、拼音的，都落到证书、机构或人上。"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from bot.text import Regions, normalise, tokens

from .aliases import names_in
from .catalogue import Catalogue
from .matches import Clarity, Entity, Kind, Match, Mention, Quality
from .sounds import (
    MISSING,
    Unit,
    allowance,
    contains,
    distance,
    grams,
    initials,
    shared,
    sound_of,
    units,
)

SHORTLIST = 14
"""粗选后细比的名称数。"""
SHARED = 0.35
"""粗选：问的读音组里至少有这么多在名称里。"""
LIKE = 0.5
"""像到一半才算相近。"""
SHORTEST_INITIALS = 4
SHORTEST_HEARD = 4
"""这么多字都同音，才当作写错了的名称。"""
LONG_NAME = 5
"""这么多字的名称，不会是别的词。"""
HALF = 0.5
MOST = 0.7
"""只说了一部分时，占名称这么多才算说的是它：从头说起的一半，否则要大半。"""


class EntityIndex:
    """由名录建的索引，建好后只读。"""

    def __init__(self, catalogue: Catalogue, regions: Regions) -> None:
        self._exact: dict[str, list[Match]] = {}
        self._initials: dict[str, list[Entity]] = {}
        for entity, name, is_formal in names_in(catalogue, regions):
            self._add(entity, normalise(name), is_formal=is_formal)
        self._texts = [
            (text, match)
            for text, matches in self._exact.items()
            for match in matches
            if len(text) > 1
        ]
        self._units = [units(text) for text, _ in self._texts]
        self._sounds = self._by_sound()
        self._heard = sorted({len(key) for key in self._sounds}, reverse=True)
        self._lengths = sorted({len(text) for text in self._exact}, reverse=True)
        self._build_postings()

    def names(self) -> Iterable[str]:
        """全部名称与别名，规整过的。"""
        return self._exact

    def exact(self, text: str) -> list[Match]:
        """与名称、别名完全相同的；`text` 是规整过的。"""
        return self._exact.get(text, [])

    def mentions(self, text: str) -> list[Mention]:
        """问话里说到的名称，长的优先，不重叠；`text` 是规整过的。

        原样出现的；四个字以上的，整个写成了同音、近音字也算（“幼儿照互”）。
        """
        edges = [0]
        pieces = tokens(text)
        for piece in pieces:
            edges.append(edges[-1] + len(piece))
        exact = self._written(text, set(edges))
        heard = self._misheard(pieces, edges)
        apart = [
            one
            for one in heard
            if all(one.end <= m.start or m.end <= one.start for m in exact)
        ]
        return sorted([*exact, *apart], key=lambda mention: mention.start)

    def _written(self, text: str, boundaries: set[int]) -> list[Mention]:
        found: list[Mention] = []
        position = 0
        while position < len(text):
            end = self._longest(text, position, boundaries)
            if end:
                name = text[position:end]
                named = tuple(self._exact[name])
                found.append(Mention(position, end, name, named))
            position = end or position + 1
        return found

    def _misheard(self, pieces: Sequence[str], edges: Sequence[int]) -> list[Mention]:
        """读音与一个名称一样的各处。"""
        heard = [sound_of(piece) for piece in pieces]
        found: list[Mention] = []
        start = 0
        while start < len(pieces):
            size = next(
                (
                    size
                    for size in self._heard
                    if start + size <= len(pieces)
                    and tuple(heard[start : start + size]) in self._sounds
                ),
                0,
            )
            if size:
                named = self._sounds[tuple(heard[start : start + size])]
                span = edges[start], edges[start + size]
                text = "".join(pieces[start : start + size])
                found.append(Mention(*span, text, tuple(named)))
            start += size or 1
        return found

    def _by_sound(self) -> dict[tuple[str, ...], list[Match]]:
        """读音 → 名称写成了同音字时对上的；人名、短的名称不认。"""
        found: dict[tuple[str, ...], list[Match]] = {}
        for text, match in self._texts:
            pieces = tokens(text)
            if match.entity.kind is Kind.PERSON or len(pieces) < SHORTEST_HEARD:
                continue
            clarity = match.clarity if len(pieces) >= LONG_NAME else Clarity.WORD
            told = replace(match, quality=Quality.TYPO, score=0.95, clarity=clarity)
            key = tuple(map(sound_of, pieces))
            if all(one.entity != told.entity for one in found.get(key, ())):
                found.setdefault(key, []).append(told)
        return found

    def find(self, text: str) -> list[Match]:
        """整段文字最像哪些实体，好的在前，一个实体只出现一次。

        参数:
            text: 规整过的、只含名称的文字
        """
        if len(text) < 2:
            return []
        if exact := self.exact(text):
            return list(exact)
        letters = self._initials.get(text, [])
        found = [Match(entity, Quality.EXACT, 0.95, Clarity.NAME) for entity in letters]
        asked = units(text)
        for place in self._shortlist(asked):
            match = _compare(asked, self._units[place], self._texts[place][1])
            if match is not None:
                found.append(match)
        return _best_of_each(found)

    def _add(self, entity: Entity, text: str, *, is_formal: bool) -> None:
        known = self._exact.setdefault(text, []) if text else []
        if not text or any(match.entity == entity for match in known):
            return
        clarity = _clarity(text, entity, is_formal=is_formal)
        known.append(Match(entity, Quality.EXACT, 1.0, clarity))
        if not (is_formal or len(text) >= SHORTEST_INITIALS):
            return
        for short in initials(text) - {text}:
            owners = self._initials.setdefault(short, [])
            if len(short) >= SHORTEST_INITIALS and entity not in owners:
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


def _clarity(text: str, entity: Entity, *, is_formal: bool) -> Clarity:
    if entity.kind is not Kind.PERSON and len(tokens(text)) >= LONG_NAME:
        return Clarity.UNMISTAKABLE
    return Clarity.NAME if is_formal else Clarity.WORD


def _compare(asked: Sequence[Unit], name: Sequence[Unit], to: Match) -> Match | None:
    allowed = allowance(len(name), is_word=to.clarity is Clarity.WORD)
    is_house = to.entity.kind is Kind.ORGANISATION
    if is_house and len(asked) == 2 and asked not in (name[:2], name[2:4]):
        # “京东”不是“北京东大”里的两个字
        return None
    lacking = len(name) - len(asked)
    too_short = lacking * MISSING > len(name) * 0.5
    cost = math.inf if too_short else distance(asked, name)
    if to.entity.kind is Kind.PERSON:
        return replace(to, quality=Quality.NEAR, score=0.9) if cost <= allowed else None
    # 少了两个字以上而剩下的都对，是简写，不是漏字：可能有好几个这样开头的。
    # 短的名称少了头一个字，也可能是另一个词（“水处理”）
    headless = len(name) <= LONG_NAME and contains(name[1:], asked)[0]
    if (lacking > 1 or headless) and (part := _part(asked, name, to)) is not None:
        return part
    if cost <= allowed and len(name) > 2:
        score = 1 - 0.4 * cost / max(allowed, 0.1)
        # 写错了的短名称，也可能是没写错的另一个词（“无人驾驶”）
        clarity = to.clarity if len(asked) >= LONG_NAME else Clarity.WORD
        return replace(to, quality=Quality.TYPO, score=score, clarity=clarity)
    if (part := _part(asked, name, to)) is not None:
        return part
    likeness = 1 - cost / max(len(name), len(asked))
    if likeness < LIKE or shared(asked, name) < HALF:
        return None
    return replace(to, quality=Quality.NEAR, score=likeness)


def _part(asked: Sequence[Unit], name: Sequence[Unit], to: Match) -> Match | None:
    """问的是名称的一部分：从头起、中间相连，或按次序跳着缩写。

    占了名称大半的才算说的是它，否则只是用了同样的词（“企业”“运营服务”）。
    """
    joined, skipping = contains(name, asked)
    if len(asked) < 2 or not (joined or (skipping and len(asked) >= 3)):
        return None
    share = len(asked) / len(name)
    begun = name[: len(asked)] if joined else name[:1]
    starts = contains(begun, asked if joined else asked[:1])[0]
    telling = len(asked) >= LONG_NAME and share >= (HALF if starts else MOST)
    # 结构相同的算不分上下，长短只定先后
    score = (0.9 if starts and telling else 0.8 if joined else 0.7) + 0.04 * share
    quality = Quality.PART if telling else Quality.PIECE
    return replace(to, quality=quality, score=score)


def _best_of_each(matches: Iterable[Match]) -> list[Match]:
    best: dict[Entity, Match] = {}
    for match in matches:
        kept = best.get(match.entity)
        if kept is None or (match.quality, match.score) > (kept.quality, kept.score):
            best[match.entity] = match
    return sorted(best.values(), key=lambda m: (-m.quality, -m.score, m.entity))
