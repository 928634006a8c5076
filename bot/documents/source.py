"""文件原文这个来源：没有条目答得了的，由原文来答，写明出处。"""

import math
from collections.abc import Callable, Sequence

from bot import clock
from bot.access import NATIONWIDE
from bot.answering import Answer, Candidate, Question
from bot.text import year_meant

from . import wording
from .library import Imported, Library, Stored
from .relating import Asking, Related, Relating

NAME = "documents"
PREFIX = "passage-"
_WEIGHTS = (1.7, 3.5, 0.025, 3.18, -4.38)
"""把握的对数几率：条目认出的、与第二名的差距、字面得分、属于本领域，与截距。

用外人的问题问四份来源文件学的，一半当作知识里没有相近的条目，另加闲话。
"""
_ANSWERS = 0.56
"""条目有这么大的把握就由条目答；条目旧了的，原文先答。"""
_AHEAD = 0.01
_NEAR = 0.04
"""条目有这么大的把握，就是相近的。"""
_CERTAIN = 0.9
Replacing = Callable[[str], int | None]
"""知识里的一条（编号），新文件里哪一段重新说了它；没有为 `None`。"""


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

    def candidates(self, question: Question) -> Sequence[Candidate]:
        """有关的几段；没被点名时不用原文插话。"""
        if not question.addressed or not self._library.documents:
            return ()
        wanted = self._documents(question)
        if not wanted:
            return ()
        asked = self._asking(question)
        ours = max((c.ours for c in asked), default=0.0)
        best = max((c.confidence for c in asked), default=0.0)
        if newer := self._newer(asked[:1], wanted, _stated(question)):
            return [self._candidate(newer, min(best + _AHEAD, 1.0), ours)]
        if best >= _ANSWERS:
            return ()
        if best >= _NEAR:
            # 照它写过条目的文件，人写的更好懂
            wanted -= self._relating.covered()
        found = self._relating.of(question, wanted)
        known = [(one, self._library.passages[one.number]) for one in found]
        if not known:
            return ()
        first = self._confidence(found, ours)
        shares = [one.score / max(found[0].score, 1e-6) for one in found]
        return [
            self._candidate(passage, first * share, ours)
            for (_, passage), share in zip(known[:4], shares, strict=False)
        ]

    def answer(self, key: str, question: Question) -> Answer | None:
        """引一段原文。"""
        passage = self.passage(key)
        if passage is None:
            return None
        document = self._library.documents[passage.document]
        stated = _stated(question)
        other = stated if stated and not self._has_year(stated, question) else None
        text = wording.quoted(passage, document, other)
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
        """用得上的文件：那个地区与全国的；问到某一年而有那一年的，只用那一年的。"""
        ours = self._library.covering(question.region)
        stated = _stated(question)
        dated = [one for one in ours if one.year == stated]
        return frozenset(one.number for one in dated or ours)

    def _has_year(self, year: int, question: Question) -> bool:
        ours = self._library.covering(question.region)
        known = {one.year for one in ours}
        return year in known | self._relating.years(question.region)

    def _newer(
        self,
        asked: Sequence[Candidate],
        wanted: frozenset[int],
        stated: int | None,
    ) -> Stored | None:
        """条目答得了、而新文件重新说了那件事的，是哪一段；问的是旧年份的不算。"""
        for candidate in asked:
            if candidate.confidence < _ANSWERS:
                continue
            for entry in self._relating.entries(candidate):
                number = self.replacing(entry.id)
                passage = self._library.passages.get(number) if number else None
                if passage is not None and passage.document in wanted:
                    document = self._library.documents[passage.document]
                    return passage if stated in (None, document.year) else None
        return None

    def _confidence(self, found: Sequence[Related], ours: float) -> float:
        first, second = found[0], found[1].score if len(found) > 1 else 0.0
        margin = 1 - second / first.score if first.score else 0.0
        facts = (first.bridged, margin, first.literal, ours, 1.0)
        logit = sum(w * f for w, f in zip(_WEIGHTS, facts, strict=True))
        return min(1 / (1 + math.exp(-logit)), _CERTAIN)

    def _candidate(self, passage: Stored, confidence: float, ours: float) -> Candidate:
        document = self._library.documents[passage.document]
        title = wording.place_of(passage, document)
        key = f"{PREFIX}{passage.number}"
        return Candidate(NAME, key, title, confidence, ours, clear=0.0)

    def _foreign(self, document: Imported, question: Question) -> str:
        region = question.region
        if region is None and document.region != NATIONWIDE:
            return wording.whose(document.region)
        return ""


def _stated(question: Question) -> int | None:
    """问话明说的年份。"""
    return year_meant(question.text, clock.local(question.asked_at).year)
