"""候选的把握：照学好的估量，或照剧本说的。"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answering import (
    LEARNT_CONFIDENCE,
    Calibrator,
    Candidate,
    Evidence,
    Found,
    Question,
    Source,
)

from .paths import KNOWLEDGE

LEARNT = Calibrator.load(KNOWLEDGE / LEARNT_CONFIDENCE)


def weighed(source: Source, question: Question) -> list[Candidate]:
    """只有这一个来源时，各候选的把握。"""
    return LEARNT(source.candidates(question))


@dataclass(frozen=True, slots=True)
class Said(Evidence):
    """剧本里写好的把握。"""

    confidence: float
    ours: float


def as_said(found: Sequence[Found]) -> list[Candidate]:
    """照剧本说的；两样都高的，没被点名也答。"""
    told: list[Candidate] = []
    for one in found:
        assert isinstance(one.evidence, Said)
        chance, ours = one.evidence.confidence, one.evidence.ours
        clear = float(chance >= 0.7 and ours >= 0.8)
        told.append(Candidate(one.source, one.key, one.title, chance, ours, clear))
    return told
