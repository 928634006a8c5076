"""文件原文这个来源：没有条目答得了的，由原文来答，写明出处。"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bot import clock
from bot.access import NATIONWIDE
from bot.answering import Answer, Evidence, Found, Near, Question
from bot.text import char_grams, fold, longest_shared, year_meant

from . import wording
from .library import Imported, Library, Stored
from .relating import Asking, Related, Relating

NAME = "documents"
PREFIX = "passage-"
MOST = 4
"""最多几段作候选。"""
_ANSWERED = 0.5
"""条目多半就是所问的；新文件重新说了那件事的，由新文件答。"""
BRIDGED, OVERLAPPED = 0.3, 0.2
"""由条目认出的、字面上像到这样，才算说的是近的事。"""
Replacing = Callable[[str], int | None]
"""知识里的一条（编号），新文件里哪一段重新说了它；没有为 `None`。"""


@dataclass(frozen=True, slots=True)
class PassageEvidence(Evidence):
    """一段原文凭什么。

    参数:
        bridged: 由像所问的条目认出的
        overlap: 问话的字组有几成写在里面
        longest: 问话最长有几成原样写在里面
        share: 得分是头一段的几分之几（对数）
        margin: 头一段领先第二段多少
        covered: 出自知识文件里照它写了条目的文件
        known: 最像的条目就是所问的
    """

    bridged: float
    overlap: float
    longest: float
    share: float
    margin: float
    covered: float
    known: float


class PassagesSource:
    """裁决者的一个来源；全部数据在内存里。

    参数:
        asking: 问话像知识里的哪几条
    """

    name = NAME

    def __init__(
        self,
        library: Library,
        relating: Relating,
        asking: Asking,
    ) -> None:
        self._library = library
        self._relating = relating
        self._asking = asking
        self.replacing: Replacing = lambda _entry: None
        """哪些条目旧了；由提出改动的一方给。"""

    def candidates(self, question: Question) -> Sequence[Found]:
        """有关的几段；没被点名时不用原文插话。"""
        if not question.addressed or not self._library.documents:
            return ()
        wanted = self._documents(question)
        if not wanted:
            return ()
        asked = self._asking(question)
        newer = self._newer(asked[:1], wanted, _stated(question))
        related = self._relating.of(question, wanted)[:MOST]
        known = max((near.chance for near in asked), default=0.0)
        evidences = self._weigh(question, related, known)
        found = [
            self._found(self._library.passages[one.number], evidence)
            for one, evidence in zip(related, evidences, strict=True)
        ]
        if newer is None:
            return found
        key = f"{PREFIX}{newer.number}"
        others = [one for one in found if one.key != key]
        standing = self._found(newer, PassageEvidence(*[0.0] * 7))
        return [replace(standing, replaces=asked[0].key), *others]

    def clause(self, question: Question, year: int) -> str:
        """那一年的文件里，与这句问话最近的一段，带出处；没有近的为空。"""
        ours = self._library.covering(question.region)
        wanted = frozenset(one.number for one in ours if one.year == year)
        for best in self._relating.of(question, wanted)[:1]:
            passage = self._library.passages[best.number]
            overlap = _likeness(question.text, passage.text)["overlap"]
            if best.bridged >= BRIDGED or overlap >= OVERLAPPED:
                return self._quoted(passage, question, None)
        return ""

    def _quoted(self, passage: Stored, question: Question, other: int | None) -> str:
        document = self._library.documents[passage.document]
        tables = self._library.tables(document.number)
        rows = tables.seen_in(passage.text, question.text)
        return wording.quoted(passage, rows, document, other)

    def answer(self, key: str, question: Question) -> Answer | None:
        """引一段原文。"""
        passage = self.passage(key)
        if passage is None:
            return None
        document = self._library.documents[passage.document]
        stated = _stated(question)
        other = stated if stated and not self._has_year(stated, question) else None
        text = self._quoted(passage, question, other)
        if note := self._foreign(document, question):
            text = f"{note}\n{text}"
        region = None if document.region == NATIONWIDE else document.region
        return Answer(text, (f"{PREFIX}{passage.number}",), region)

    def passage(self, key: str) -> Stored | None:
        """一个候选的那一段；文件撤销了的为 `None`。"""
        number = key.removeprefix(PREFIX)
        passage = (
            self._library.passages.get(int(number)) if number.isdecimal() else None
        )
        return (
            passage if passage and passage.document in self._library.documents else None
        )

    def _documents(self, question: Question) -> frozenset[int]:
        """用得上的文件：那个地区与全国的；问到某一年而有那一年的资料，只用那一年的。"""
        ours = self._library.covering(question.region)
        stated = _stated(question)
        if stated and self._has_year(stated, question):
            ours = [one for one in ours if one.year == stated]
        return frozenset(one.number for one in ours)

    def _has_year(self, year: int, question: Question) -> bool:
        ours = self._library.covering(question.region)
        known = {one.year for one in ours}
        return year in known | self._relating.years(question.region)

    def _newer(
        self,
        asked: Sequence[Near],
        wanted: frozenset[int],
        stated: int | None,
    ) -> Stored | None:
        """条目答得了、而新文件重新说了那件事的，是哪一段；问的是旧年份的不算。"""
        for near in asked:
            if near.chance < _ANSWERED:
                continue
            for entry in near.entries:
                number = self.replacing(entry.id)
                passage = self._library.passages.get(number) if number else None
                if passage is not None and passage.document in wanted:
                    document = self._library.documents[passage.document]
                    return passage if stated in (None, document.year) else None
        return None

    def _weigh(
        self, question: Question, related: Sequence[Related], known: float
    ) -> list[PassageEvidence]:
        if not related:
            return []
        covered = self._relating.covered()
        first = max(related[0].score, 1e-6)
        second = related[1].score if len(related) > 1 else 0.0
        return [
            PassageEvidence(
                bridged=one.bridged,
                **_likeness(question.text, self._library.passages[one.number].text),
                share=math.log(max(one.score / first, 1e-3)),
                margin=1 - second / first if one is related[0] else 0.0,
                covered=self._library.passages[one.number].document in covered,
                known=known,
            )
            for one in related
        ]

    def _found(self, passage: Stored, evidence: PassageEvidence) -> Found:
        document = self._library.documents[passage.document]
        title = wording.place_of(passage, document)
        key = f"{PREFIX}{passage.number}"
        return Found(NAME, key, title, evidence, quiet=True, untold=True)

    def _foreign(self, document: Imported, question: Question) -> str:
        region = question.region
        if region is None and document.region != NATIONWIDE:
            return wording.whose(document.region)
        return ""


def _likeness(asked: str, text: str) -> dict[str, float]:
    """问话与一段字面上有多像；不随文件多少而变。"""
    words, written = fold(asked), _folded(text)
    grams = char_grams(words)
    shared = sum(gram in written for gram in grams)
    length = max(len(words), 1)
    return {
        "overlap": shared / max(len(grams), 1),
        "longest": len(longest_shared(words, written)) / length,
    }


@lru_cache(maxsize=2048)
def _folded(text: str) -> str:
    return fold(text)


def _stated(question: Question) -> int | None:
    """问话明说的年份。"""
    return year_meant(question.text, clock.local(question.asked_at).year)
