"""裁决：先答最可能的；几个不分上下才请人选；没有相近的承认没有；或不出声。"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.text import Speech, speech_of

from .sources import Candidate, Question, Source, Weighing

ANSWER = 0.61
"""被点名时，当作答案来答所需的把握。"""
SURE = 0.75
"""有这么大的把握，就不必说明答的是哪一问、列别的读法。"""
NEAR = 0.02
"""被点名时，当作最接近的拿出来所需的把握：多半仍是所问的。"""
LEVEL = 0.85
"""没有把握时，后面的与首选的把握之比过了它，就是不分上下，请人选。"""
OURS = 0.3
"""属于本领域的把握低于它而又没有把握答，就说不是本领域的事。"""
STRANGE = 0.1
"""不像本领域的，首选的把握过了它也拿出来：刚教的事，还没有当作本领域的学过。"""
EARNEST = 0.01
"""不是本领域的，属于本领域的把握有这么多，多半仍是认真来问的，不是闲谈：记下来。"""
CLEAR = 0.6
"""没被点名也开口所需的把握。"""
BESIDE = 0.3
"""只是最接近的，第二个与首选的把握之比有这么大，也一并答上。"""
WORTH_LISTING = 0.02
"""列出来的每一个至少要有的把握。"""
LISTED = 3
"""最多列几个。"""


class Outcome(StrEnum):
    """裁决的结果。"""

    ANSWER = "回答"
    NEAREST = "给最接近的"
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

    @property
    def chance(self) -> float:
        """首选的把握；没有候选为零。"""
        return self.candidates[0].confidence if self.candidates else 0.0


class Arbiter:
    """向全部来源要候选并裁决。

    参数:
        sources: 各来源，名字不重复
        weigh: 由凭据估量把握
    """

    def __init__(self, sources: Sequence[Source], weigh: Weighing) -> None:
        self.sources = {source.name: source for source in sources}
        self._weigh = weigh

    def decide(self, question: Question, *, addressed: bool) -> Decision:
        """裁决一句问话。"""
        found = [c for s in self.sources.values() for c in s.candidates(question)]
        fresh = [c for c in found if c.key != question.stale] or found
        ranked = tuple(sorted(self._weigh(fresh), key=lambda c: -c.confidence))
        return Decision(self._outcome(ranked, addressed=addressed), ranked)

    def unasked(self, decision: Decision) -> Decision:
        """同样的候选，当作没被点名再裁决。"""
        ranked = decision.candidates
        return Decision(self._outcome(ranked, addressed=False), ranked)

    @staticmethod
    def _outcome(ranked: Sequence[Candidate], *, addressed: bool) -> Outcome:
        confidence = ranked[0].confidence if ranked else 0.0
        ours = _ours(ranked)
        if not addressed:
            speaks = confidence >= ANSWER and ranked[0].clear >= CLEAR
            return Outcome.ANSWER if speaks else Outcome.SILENT
        if confidence >= ANSWER:
            return Outcome.ANSWER
        if ours < OURS and confidence < STRANGE:
            return Outcome.OFF_TOPIC
        if confidence < NEAR:
            return Outcome.UNKNOWN
        level = _level(ranked)
        listed = len(level) > 1 and not any(one.untold for one in level)
        return Outcome.OFFER if listed else Outcome.NEAREST

    @staticmethod
    def offered(decision: Decision) -> tuple[Candidate, ...]:
        """列给人选的候选：不分上下的几个；答了的，连同别的读法；很有把握的只有它。"""
        ranked = decision.candidates
        if decision.outcome is Outcome.OFFER:
            return _level(ranked)
        if not ranked or ranked[0].confidence >= SURE:
            return ranked[:1]
        # 首选都没有把握，别的读法再小也列上：所问的多半在前三个里
        least = 0.0 if decision.outcome is Outcome.NEAREST else WORTH_LISTING
        shown = [c for c in ranked[1:] if c.confidence > least]
        return (ranked[0], *shown[: LISTED - 1])

    @staticmethod
    def beside(decision: Decision) -> Candidate | None:
        """只是最接近的，可能差不多的第二个。"""
        ranked = decision.candidates
        if decision.outcome is not Outcome.NEAREST or len(ranked) < 2:
            return None
        least = max(BESIDE * ranked[0].confidence, NEAR)
        return ranked[1] if ranked[1].confidence >= least else None


def is_earnest(text: str, decision: Decision) -> bool:
    """不像我们的事，却也不是闲谈：认真来问的。"""
    ours = _ours(decision.candidates)
    asking = speech_of(text) is Speech.ASKING
    return decision.outcome is Outcome.OFF_TOPIC and asking and ours >= EARNEST


def _ours(ranked: Sequence[Candidate]) -> float:
    """属于本领域的把握：各来源的首选里最高的。"""
    firsts: dict[str, float] = {}
    for candidate in ranked:
        firsts.setdefault(candidate.source, candidate.ours)
    return max(firsts.values(), default=0.0)


def _level(ranked: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """与首选不分上下的几个，含首选。"""
    least = max(LEVEL * ranked[0].confidence, WORTH_LISTING)
    return tuple(c for c in ranked[:LISTED] if c.confidence >= least)
