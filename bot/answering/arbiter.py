"""裁决：在各来源的候选里挑一个直接答，或列出几个，或承认没有，或不出声。"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from .retrieval import LISTED
from .sources import Candidate, Question, Source

ANSWER = 0.5
"""被点名时直接回答所需的把握。"""
OFFER = 0.2
"""列候选所需的把握：要列的几个合起来算。"""
FAR = 0.05
OURS = 0.15
"""属于本领域的把握低于前者，再像也不答；低于后者而又答不上，就说不是本领域的事。"""
CLEAR = 0.6
"""没被点名也开口所需的把握。"""
UNASKED = 0.7
UNASKED_OURS = 0.8
"""来源没有专门估计该不该开口时，所需的两个把握。"""
WORTH_LISTING = 0.05
"""列出来的每一个至少要有的把握。"""
ALONE = 0.35
"""只有一个可列时，直接回答所需的把握：一个选项不成其为选择。"""


class Outcome(StrEnum):
    """裁决的结果。"""

    ANSWER = "回答"
    OFFER = "列出候选"
    UNKNOWN = "没有资料"
    OFF_TOPIC = "不是本领域"
    SILENT = "不出声"


@dataclass(frozen=True, slots=True)
class Decision:
    """一次裁决；`candidates` 从把握大到小。"""

    outcome: Outcome
    candidates: tuple[Candidate, ...]

    @property
    def best(self) -> Candidate:
        """首选；只在有候选时可用。"""
        return self.candidates[0]


class Arbiter:
    """向全部来源要候选并裁决。

    参数:
        sources: 各来源，名字不重复
    """

    def __init__(self, sources: Sequence[Source]) -> None:
        self.sources = {source.name: source for source in sources}

    def decide(self, question: Question, *, addressed: bool) -> Decision:
        """裁决一句问话。"""
        found = [c for s in self.sources.values() for c in s.candidates(question)]
        ranked = tuple(sorted(found, key=lambda c: -c.confidence))
        return Decision(self._outcome(ranked, addressed=addressed), ranked)

    def unasked(self, decision: Decision) -> Decision:
        """同样的候选，当作没被点名再裁决。"""
        ranked = decision.candidates
        return Decision(self._outcome(ranked, addressed=False), ranked)

    @staticmethod
    def _outcome(ranked: Sequence[Candidate], *, addressed: bool) -> Outcome:
        best = ranked[0] if ranked else None
        ours = max((c.ours for c in ranked), default=0.0)
        if not addressed:
            speaks = best and _is_sure(ranked) and _is_clear(best)
            return Outcome.ANSWER if speaks else Outcome.SILENT
        if ours < FAR:
            return Outcome.OFF_TOPIC
        if best and _is_sure(ranked):
            return Outcome.ANSWER
        if sum(c.confidence for c in ranked[:LISTED]) >= OFFER:
            return Outcome.OFFER
        return Outcome.UNKNOWN if ours >= OURS else Outcome.OFF_TOPIC

    @staticmethod
    def offered(decision: Decision) -> tuple[Candidate, ...]:
        """列给人选的候选。"""
        shown = [c for c in decision.candidates if c.confidence >= WORTH_LISTING]
        return tuple(shown[:LISTED])


def _is_sure(ranked: Sequence[Candidate]) -> bool:
    """首选可以直接拿来答。"""
    best, others = ranked[0], ranked[1:]
    alone = all(other.confidence < WORTH_LISTING for other in others)
    return best.confidence >= (ALONE if alone else ANSWER)


def _is_clear(best: Candidate) -> bool:
    """没被点名也该这样答。"""
    if best.clear is not None:
        return best.clear >= CLEAR
    return best.confidence >= UNASKED and best.ours >= UNASKED_OURS
