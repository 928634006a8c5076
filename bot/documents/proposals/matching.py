"""条目与新文件的条款：说的是不是同一件事，按意思认。

两头各看一遍：条目的问法与答案像哪一条；拿条款里的话去问，知识里是哪一条应声。
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.answering import Near
from bot.documents.shelf import Stored
from bot.documents.tables import Tables
from bot.knowledge import Entry
from bot.text import char_grams, fold

Vector = Mapping[str, float]
Hearing = Callable[[str], Sequence[Near]]
"""拿一句话去问，知识里像的几条。"""
_HEARD = 0.6
"""应声的把握，折成几分像。"""
_HEADED = 0.8
"""标题问的就是这一条，标题下的各段的应声加这么多。"""
_ENOUGH = 0.15
"""段里的话自己也应声到这么响，标题才全算。"""
_HEADED_SURELY = 0.5
"""标题应声应得这么响，问的就是它。"""
_FAINT = 0.02
"""标题太短，应声都轻：看它占几成，都不响的不算。"""
_TORN = 0.6
"""一句中间的一段没有了主语，它应声的打这么多折。"""
_VARIANTS = 0.5
_NEAREST = 0.12
"""条款里的一句最像的就是这一条：加这么多。"""
_SPLIT = re.compile(r"(?<=[。；！？])|(?<=[，,])")
_SENTENCE = re.compile(r"(?<=[。；！？])")
_NUMBERING = re.compile(
    r"^\s*(?:附件\s*\d*|[（(]?[\d一二三四五六七八九十]{1,3}[)）、.．]|[①-⑳])+\s*"
)
_SHORTEST, _HEADING = 6, 20
_MOST_HEARD = 5


@dataclass(frozen=True, slots=True)
class Match:
    """一条与说着同一件事的一段。

    参数:
        score: 大的更肯定
    """

    entry: Entry
    passage: Stored
    score: float


@dataclass(slots=True)
class _Clause:
    """一段，与其中各句；由它的话、由它的标题应声的是哪几条。"""

    passage: Stored
    vectors: list[Vector]
    heard: dict[str, float] = field(default_factory=dict)
    headed: Mapping[str, float] = field(default_factory=dict)


class Matching:
    """一批条目对一份文件。

    参数:
        hearing: 拿条款的话去问
        tables: 条款说到的表
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        passages: Iterable[Stored],
        hearing: Hearing,
        tables: Tables,
    ) -> None:
        self._entries = entries
        kept = [passage for passage in passages if not passage.is_row]
        parts = [_parts(passage, tables) for passage in kept]
        own = [f"{e.question} {e.question} {e.answer}" for e in entries]
        others = [" ".join(e.variants) for e in entries]
        self._weights = _weights([*own, *others, *(p for ps in parts for p in ps)])
        self._own = [self._vector(text) for text in own]
        self._others = [self._vector(text) for text in others]
        self._clauses = [
            _Clause(passage, [self._vector(part) for part in several])
            for passage, several in zip(kept, parts, strict=True)
        ]
        headings = {last_heading(one) for one in kept} - {""}
        self._headed = {name: hearing(name)[:_MOST_HEARD] for name in headings}
        for clause, several in zip(self._clauses, parts, strict=True):
            heading = last_heading(clause.passage)
            clause.headed = _shares(self._headed.get(heading, ()))
            fragments = _fragments(clause.passage)
            # 整段的主语有时只在标题里
            self._hear(clause, hearing(f"{heading}{several[0]}"), 1.0)
            for part in several:
                weight = _TORN if part in fragments else 1.0
                self._hear(clause, hearing(part), weight)

    def is_headed(self, entry: Entry, passage: Stored) -> bool:
        """这一段的标题问的就是这一条：标题下的各段合起来才是答案。"""
        top = self._headed.get(last_heading(passage), ())[:1]
        sure = (near for near in top if near.chance >= _HEADED_SURELY)
        return any(entry.id == one.id for near in sure for one in near.entries)

    def matches(self) -> list[Match]:
        """每一条最像的一段，更肯定的在前。"""
        scores = [self._scores(clause) for clause in self._clauses]
        found: list[Match] = []
        for place, entry in enumerate(self._entries):
            best = max(range(len(scores)), key=lambda n: scores[n][place], default=None)
            if best is not None:
                passage = self._clauses[best].passage
                found.append(Match(entry, passage, scores[best][place]))
        return sorted(found, key=lambda match: -match.score)

    def _scores(self, clause: _Clause) -> list[float]:
        """这一段对各条各有几分像。"""
        count = len(self._entries)
        best, bonus = [0.0] * count, [0.0] * count
        for vector in clause.vectors:
            told = [
                _dot(own, vector) + _VARIANTS * _dot(others, vector)
                for own, others in zip(self._own, self._others, strict=True)
            ]
            best = [max(a, b) for a, b in zip(best, told, strict=True)]
            top = max(range(count), key=told.__getitem__, default=None)
            if top is not None:
                bonus[top] = _NEAREST
        return [
            like + extra + _HEARD * _heard_in(clause, entry)
            for like, extra, entry in zip(best, bonus, self._entries, strict=True)
        ]

    @staticmethod
    def _hear(clause: _Clause, told: Sequence[Near], weight: float) -> None:
        for near in told[:_MOST_HEARD]:
            for entry in near.entries:
                known = clause.heard.get(entry.id, 0.0)
                clause.heard[entry.id] = max(known, weight * near.chance)

    def _vector(self, text: str) -> Vector:
        counts = Counter(char_grams(fold(text)))
        raw = {g: (1 + math.log(n)) * self._weights(g) for g, n in counts.items()}
        size = math.sqrt(sum(value * value for value in raw.values())) or 1.0
        return {gram: value / size for gram, value in raw.items()}


def is_heading(line: str) -> bool:
    """一行是不是标题：短，没有标点。"""
    return len(line) <= _HEADING and re.search(r"[，。；：:]", line) is None


def last_heading(passage: Stored) -> str:
    """这一段直接在哪个标题下面，自己开头有标题的就是它；没有的为空。"""
    first, _, below = bare(passage.text).strip().partition("\n")
    if below and is_heading(first):
        return first
    return passage.heading.split(" ")[-1]


def heading_path(passage: Stored) -> str:
    """各级标题，从大到小，自己开头的标题也在内。"""
    last = last_heading(passage)
    if passage.heading.endswith(last):
        return passage.heading
    return f"{passage.heading} {last}".strip()


def _shares(told: Sequence[Near]) -> Mapping[str, float]:
    """标题问的是哪几条，各占几成。"""
    whole = sum(near.chance for near in told) + _FAINT
    return {e.id: near.chance / whole for near in told for e in near.entries}


def _heard_in(clause: _Clause, entry: Entry) -> float:
    """这一段应不应这一条的声，标题问的是它的加一些。"""
    heard = clause.heard.get(entry.id, 0.0)
    itself = min(1.0, heard / _ENOUGH)
    return heard + _HEADED * itself * clause.headed.get(entry.id, 0.0)


def bare(text: str) -> str:
    """去掉开头的编号。"""
    return _NUMBERING.sub("", text)


def _parts(passage: Stored, tables: Tables) -> list[str]:
    """整段，其中各句，与它说到的表的各行。"""
    whole = bare(passage.text)
    kept = [piece for piece in _pieces(whole, _SPLIT) if len(piece) >= _SHORTEST]
    rows = tables.seen_in(whole)
    cells = [cell for row in rows for cell in _cells(row)]
    return list(dict.fromkeys([whole, *kept, *rows, *cells]))


def _cells(row: str) -> list[str]:
    """表里一行的各格，各自成一句：“中职学校每校证书数不超过5个”。"""
    first, *others = row.split("；")
    subject = first.partition("：")[2]
    return [f"{subject}{other}" for other in others]


def _fragments(passage: Stored) -> set[str]:
    """一句中间的几段。"""
    whole = bare(passage.text)
    return {*_pieces(whole, _SPLIT)} - {*_pieces(whole, _SENTENCE)}


def _pieces(text: str, split: re.Pattern[str]) -> list[str]:
    return [piece.strip("，。；, ") for piece in split.split(text)]


def _weights(texts: Sequence[str]) -> Callable[[str], float]:
    counts = Counter(gram for text in texts for gram in set(char_grams(fold(text))))
    total = len(texts) + 1

    def weight(gram: str) -> float:
        return math.log(total / (counts.get(gram, 0) + 0.5))

    return weight


def _dot(one: Vector, other: Vector) -> float:
    if len(one) > len(other):
        one, other = other, one
    return sum(value * other.get(gram, 0.0) for gram, value in one.items())
