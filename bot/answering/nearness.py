"""知识里像所问的几条，与各凭什么。"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from bot.knowledge import Entry, is_taught
from bot.text import char_grams

from .coverage import NOT_COVERED, Covered
from .retrieval import LISTED, Hit, Ranking
from .sources import Evidence

_CLOCK = re.compile(
    r"(?:[今明昨后前]天|现在|此刻|这会儿?|[这上下本]?(?:周|星期|礼拜)[一二三四五六日天几]|"
    r"几(?:点钟?|号|月|日)|什么(?:时候|日子)|是|在|到|都|[了的呢啊呀吗一下])+"
)
_LEAST = 1e-4
_SURE = 0.98
_NEVER = -6.0
"""只有首选才可能没被点名也答。"""


@dataclass(frozen=True, slots=True)
class FaqEvidence(Evidence):
    """常见问题的一条凭什么。

    参数:
        chance: 检索估的，它就是所问的（概率的对数）
        nothing: 检索估的，列得出的几条都不是（概率的对数取负）
        same: 与它的一种问法一字不差
        unlike: 更像写明不该由它回答的
        taught: 是秘书处教的，有多像
        clock: 只问今天是几号、星期几、几点，没有说什么事
        share: 问话里的字，它的问与答里有多少
        only: 只有它写着的字组有几个（对数）
        told_share, told_only: 同上，而是秘书处教的
        code: 问话里的号码、邮箱，它的答案里写着
        again: 接着刚答过的同一件事，换了地区、年份再问
        ours: 检索估的，属于本领域（对数几率）
        clear: 检索估的，没被点名也该答（对数几率）
    """

    chance: float = 0.0
    nothing: float = 0.0
    same: float = 0.0
    unlike: float = 0.0
    taught: float = 0.0
    clock: float = 0.0
    share: float = 0.0
    only: float = 0.0
    told_share: float = 0.0
    told_only: float = 0.0
    code: float = 0.0
    again: float = 0.0
    ours: float = 0.0
    clear: float = 0.0


@dataclass(frozen=True, slots=True)
class Near:
    """像所问的一条（或并排的几条）。

    参数:
        chance: 检索估的，它就是所问的
        is_away: 说的是别处、别的年份的
    """

    entries: tuple[Entry, ...]
    chance: float
    evidence: FaqEvidence = field(default_factory=FaqEvidence)
    is_away: bool = False

    @property
    def key(self) -> str:
        """作候选时的编号。"""
        return ",".join(entry.id for entry in self.entries)


def weigh_hits(
    ranking: Ranking,
    text: str,
    members: Sequence[Sequence[Entry]],
    covered: Mapping[str, Covered],
) -> list[tuple[float, FaqEvidence]]:
    """每个命中（检索估的把握，凭据）。

    参数:
        text: 折叠后的问话
        members: 各命中的条目
        covered: 问话里的字，各条里有多少
    """
    judged, hits = ranking.judgement, ranking.hits
    chances = _shared(ranking)
    nothing = -math.log(1 - min(sum(chances[:LISTED]), _SURE))
    weighed: list[tuple[float, FaqEvidence]] = []
    for place, (hit, chance, entries) in enumerate(
        zip(hits, chances, members, strict=True)
    ):
        first = place == 0
        told = any(map(is_taught, entries))
        here = covered.get(hit.unit.key, NOT_COVERED)
        evidence = FaqEvidence(
            chance=math.log(max(chance, _LEAST)),
            nothing=nothing,
            same=hit.text == text,
            unlike=first and _is_unlike(hit, text),
            taught=chance * told,
            share=here.share,
            only=here.only,
            told_share=here.share * told,
            told_only=here.only * told,
            code=here.code,
            clock=_CLOCK.fullmatch(text) is not None,
            ours=_odds(judged.ours),
            clear=_odds(judged.clear) if first else _NEVER,
        )
        weighed.append((chance, evidence))
    return weighed


def _shared(ranking: Ranking) -> list[float]:
    """首选之外的几个，按排序得分分余下的把握。"""
    judged, hits = ranking.judgement, ranking.hits
    first = judged.present
    left = max(judged.listed - first, 0.02 * first)
    weights = [math.exp(hit.score - hits[0].score) for hit in hits]
    total = max(sum(weights[1:LISTED]), 1e-6)
    return [first, *(weight * min(first, left / total) for weight in weights[1:])]


def _odds(chance: float) -> float:
    kept = min(max(chance, _LEAST), 1 - _LEAST)
    return math.log(kept / (1 - kept))


def _is_unlike(hit: Hit, text: str) -> bool:
    """比起自己的说法，问话是否更像某个“不该由它回答”的。"""
    nearest = max((_overlap(text, other) for other in hit.unit.unlike), default=0.0)
    # 最像的那句多半就够；不够再看其余的
    if nearest <= _overlap(text, hit.text):
        return False
    return all(_overlap(text, own) < nearest for own in hit.unit.texts)


def _overlap(one: str, other: str) -> float:
    a, b = _grams(one), _grams(other)
    return len(a & b) / max(len(a | b), 1)


@lru_cache(maxsize=16384)
def _grams(text: str) -> frozenset[str]:
    return frozenset(char_grams(text))
