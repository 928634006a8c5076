"""一件事在哪几段里说到：靠知识里的条目认——问话像哪几条，那几条的话又像哪几段。

问话与公文用的字常常全不相同（“进不去”与“登录异常”），条目的各种问法把两头接起来。
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.answering import Near, Question
from bot.knowledge import LOCAL_PREFIX, Entry, Knowledge

from .index import Found
from .library import Library

MOST_ENTRIES = 3
_MOST_PASSAGES = 12
_ENTRY = 60
"""条目的答案拿开头这么多字去找就够了。"""
_BRIDGE = 4.0
"""由条目认出的，比字面像的重几倍。"""
Asking = Callable[[Question], Sequence[Near]]
"""问话像知识里的哪几条，更像的在前。"""


@dataclass(frozen=True, slots=True)
class Related:
    """与一句问话有关的一段。

    参数:
        score: 排序用，只在同一句问话内可比
        literal: 字面上的得分
        bridged: 由条目认出来的有多大把握（零到一）
    """

    number: int
    score: float
    literal: float
    bridged: float


class Relating:
    """找与问话、与条目有关的段。

    参数:
        asking: 问话像知识里的哪几条
    """

    def __init__(self, library: Library, knowledge: Knowledge, asking: Asking) -> None:
        self._library = library
        self._knowledge = knowledge
        self._asking = asking
        self._known: dict[tuple[str, frozenset[int]], Mapping[int, float]] = {}
        self._seen: Mapping[int, object] = {}
        self._covered: frozenset[int] = frozenset()
        self._covered_for: tuple[object, object] = (None, None)

    def of(
        self, question: Question, documents: Collection[int], limit: int = 8
    ) -> list[Related]:
        """与一句问话有关的段，更有关的在前。"""
        wanted = frozenset(documents)
        words = self._library.index.search(question.text, wanted, 30)
        raw = {one.number: one.score for one in words}
        literal = _scaled(words)
        bridged: dict[int, float] = {}
        for near in self._asking(question)[:MOST_ENTRIES]:
            for entry in near.entries:
                for number, share in self.of_entry(entry, wanted).items():
                    told = near.chance * share
                    bridged[number] = bridged.get(number, 0.0) + told
        numbers = literal.keys() | bridged.keys()
        found = [
            Related(
                number,
                literal.get(number, 0.0) + _BRIDGE * bridged.get(number, 0.0),
                raw.get(number, 0.0),
                min(bridged.get(number, 0.0), 1.0),
            )
            for number in numbers
        ]
        return sorted(found, key=lambda one: -one.score)[:limit]

    def covered(self) -> frozenset[int]:
        """哪些文件，知识文件里已经照它写了条目。"""
        state = (self._library.documents, self._knowledge.entries)
        if self._covered_for[0] is not state[0] or self._covered_for[1] is not state[1]:
            sources = {
                entry.source.title: entry.source
                for entry in self._knowledge.entries.values()
                if not entry.id.startswith(LOCAL_PREFIX)
            }
            self._covered = frozenset(
                one.number
                for one in self._library.documents.values()
                if any(one.is_source(source) for source in sources.values())
            )
            self._covered_for = state
        return self._covered

    def years(self, region: str | None) -> set[int]:
        """知识里有一个地区哪几年的资料。"""
        sources = (entry.source for entry in self._knowledge.entries.values())
        return {one.year for one in sources if region in (None, one.region)}

    def of_entry(self, entry: Entry, documents: frozenset[int]) -> Mapping[int, float]:
        """一条说的事在哪几段里，各有多像（与最像的比，拉开差距）。"""
        if self._seen is not self._library.documents:
            self._known, self._seen = {}, self._library.documents
        key = (f"{entry.id} {entry.answer}", documents)
        if key not in self._known:
            text = f"{entry.question} {entry.answer[:_ENTRY]}"
            found = self._library.index.search(text, documents, _MOST_PASSAGES)
            self._known[key] = {n: s * s for n, s in _scaled(found).items()}
        return self._known[key]


def _scaled(found: Sequence[Found]) -> dict[int, float]:
    best = found[0].score if found else 1.0
    return {one.number: one.score / best for one in found}
