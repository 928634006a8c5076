"""没说名称，说的是行当、活计、专业：由各人的说法找最像的证书与方向。"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from bot.answering.retrieval.index import bm25_table
from bot.answering.retrieval.numbering import Numbering
from bot.answering.retrieval.sparse import Floats, Sparse
from bot.text import char_grams, normalise

from .catalogue import Catalogue
from .sayings import Saying

OF_FIELD = 0.3
"""说一个方向的话，说的也多少是这个方向的各个证书；反过来也一样。"""
NEAR_BEST = 0.6
"""与最像的相比，像到这个程度的才算也像。"""
LEAST = 0.3
"""所说的字里至少有这么多是说它的。"""
MOST = 3
Texts: TypeAlias = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Described:
    """话里说的像哪一个。

    参数:
        name: 证书或方向
        cover: 所说的字里有多少是说它的，最多为一
        behind: 比最像的差多少，0 是最像的
        lead: 是最像的时，比第二像的强多少
        plain: 所说的字里有多少是问什么都常说的
    """

    name: str
    cover: float
    behind: float
    lead: float = 0.0
    plain: float = 0.0


class Descriptions:
    """各证书、各方向常怎样说。

    参数:
        plain: 问什么都常说的字组，不算在内
    """

    def __init__(
        self,
        catalogue: Catalogue,
        sayings: Sequence[Saying],
        plain: Collection[str] = (),
    ) -> None:
        self._plain = frozenset(plain)
        said: dict[str, list[str]] = {}
        for one in sayings:
            said.setdefault(one.name, []).append(normalise(one.text))
        own = {
            one.name: [one.name, *one.aliases]
            for one in (*catalogue.certificates.values(), *catalogue.fields.values())
        }
        texts = {
            name: [*map(normalise, names), *said.get(name, ())]
            for name, names in own.items()
        }
        members = {
            name: [c.name for c in catalogue.certificates.values() if name in c.fields]
            for name in catalogue.fields
        }
        fields = {c.name: c.fields for c in catalogue.certificates.values()}
        self._certificates = _Told.of(texts, fields)
        self._fields = _Told.of(texts, members)

    def certificates(self, clauses: Iterable[str]) -> "Sought":
        """话里说的像哪几个证书：看最像在说一个证书的那个分句。

        参数:
            clauses: 规整过的各个分句，名录的套话、所问的项已经去掉
        """
        return self._clearest(self._certificates, clauses)

    def fields(self, clauses: Iterable[str]) -> "Sought":
        """话里说的像哪几个方向；参数同上。"""
        return self._clearest(self._fields, clauses)

    def _clearest(self, told: "_Told", clauses: Iterable[str]) -> "Sought":
        every = [self._find(told, clause) for clause in clauses]
        return max(every, key=Sought.most, default=told.find([]))

    def _find(self, told: "_Told", clause: str) -> "Sought":
        grams = char_grams(clause)
        telling = [gram for gram in grams if gram not in self._plain]
        plain = 1 - len(telling) / max(len(grams), 1)
        return replace(told.find(telling), plain=plain)


@dataclass(frozen=True, slots=True)
class _Told:
    """一类东西的说法。

    参数:
        table: 字组 → 各个的得分
        share: 字组 → 说过它的各个，值是字组的份量
        idf: 各字组的份量
    """

    names: tuple[str, ...]
    grams: Numbering
    table: Sparse
    share: Sparse
    idf: Floats

    @classmethod
    def of(cls, texts: Texts, related: Mapping[str, Collection[str]]) -> "_Told":
        """由各个的说法，与沾边的各是哪些。"""
        each = [
            _counted(texts[name], _all(texts, near)) for name, near in related.items()
        ]
        places = {g: n for n, g in enumerate(dict.fromkeys(g for c in each for g in c))}
        rows = np.repeat(np.arange(len(each)), [len(counts) for counts in each])
        columns = np.array([places[gram] for counts in each for gram in counts])
        values = np.array([v for counts in each for v in counts.values()])
        counts = Sparse.from_places(rows, columns, values, len(each), len(places))
        table, idf = bm25_table(counts)
        share = replace(table, values=np.repeat(idf, np.diff(table.starts)))
        return cls(tuple(related), Numbering.of(places), table, share, idf)

    def find(self, grams: Sequence[str]) -> "Sought":
        """这些字组说的像哪几个。"""
        numbers = self.grams.find(grams)
        known = numbers[numbers >= 0]
        ones = np.ones(len(known), dtype=np.float32)
        unknown = (len(grams) - len(known)) * float(self.idf.max(initial=1.0))
        whole = max(float(self.idf[known].sum()) + unknown, 1e-6)
        scores, shares = (part.gather(known, ones) for part in (self.table, self.share))
        pairs = [n for n, g in zip(numbers, grams, strict=True) if n >= 0 and _tells(g)]
        told = self.share.gather(np.array(pairs, dtype=int), ones[: len(pairs)]) > 0
        return Sought(self.names, scores, shares / whole, told)


@dataclass(frozen=True, slots=True)
class Sought:
    """一句话对各个的得分。

    参数:
        covers: 所说的字里各有多少是说它的
        told: 有连着两个字（一个英文词）是说它的
        plain: 所说的字里有多少是问什么都常说的
    """

    names: tuple[str, ...]
    scores: Floats
    covers: Floats
    told: NDArray[np.bool_]
    plain: float = 0.0

    def most(self) -> float:
        """最像的一个的得分；一个也没有为零。"""
        return float(self.scores.max(initial=0.0))

    def of(self, name: str) -> Described | None:
        """说的有多像这一个；一点不像、没有这一个的为 `None`。"""
        place = self.names.index(name) if name in self.names else -1
        if place < 0 or self.scores[place] <= 0:
            return None
        score, best = float(self.scores[place]), self.most()
        rest = float(np.delete(self.scores, place).max(initial=0.0))
        cover = float(self.covers[place])
        lead = max(0.0, 1 - rest / score)
        return Described(name, cover, 1 - score / best, lead, self.plain)

    def best(self) -> Iterator[Described]:
        """最像的几个，更像的在前。"""
        order = np.argsort(-self.scores, kind="stable")[:MOST]
        for place in map(int, order):
            one = self.of(self.names[place]) if self.told[place] else None
            if one and one.cover >= LEAST and one.behind <= 1 - NEAR_BEST:
                yield one


def _all(texts: Texts, names: Iterable[str]) -> list[str]:
    return [text for name in names for text in texts[name]]


def _tells(gram: str) -> bool:
    """一个字说明不了什么。"""
    return len(gram) > 1


def _counted(own: Iterable[str], near: Iterable[str]) -> dict[str, float]:
    """各字组说了几次；沾边的打折。"""
    counts: defaultdict[str, float] = defaultdict(float)
    for texts, worth in ((own, 1.0), (near, OF_FIELD)):
        for text in texts:
            for gram in char_grams(text):
                counts[gram] += worth
    return counts
