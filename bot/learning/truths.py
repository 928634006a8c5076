"""一个例子里，各来源给出的候选哪几个对。"""

from collections.abc import Callable, Sequence

from bot.answering import Found
from bot.answering.nearness import FaqEvidence
from bot.deadlines.source import CalendarEvidence
from bot.directory.evidence import DirectoryEvidence

from .lookups import OPEN_KINDS, Asked

Truth = Callable[[Sequence[Found]], tuple[set[int], bool]]
"""各候选中哪几个对（第几个），与都不答对不对。"""


def is_unclear(found: Sequence[Found], right: set[int]) -> bool:
    """说的像日常用的词：没被点名时不出声。"""
    proofs = [found[place].evidence for place in right]
    return any(isinstance(p, DirectoryEvidence) and bool(p.unclear) for p in proofs)


def none_right(_found: Sequence[Found]) -> tuple[set[int], bool]:
    """都不该答。"""
    return set(), True


def answered(
    found: Sequence[Found], right: tuple[set[str], set[str]]
) -> tuple[set[int], bool]:
    """常见问题：条目最好，没有就是原文；有现在的安排而只问时间的，由日历答。"""
    entries, passages = right
    ways = (
        lambda one: (
            isinstance(one.evidence, CalendarEvidence) and one.evidence.known_plain
        ),
        lambda one: not entries.isdisjoint(one.key.split(",")),
        lambda one: one.key in passages,
    )
    lists = {place for place, one in enumerate(found) if _is_long_list(one)}
    for is_right in ways:
        if places := {place for place, one in enumerate(found) if is_right(one)}:
            return lists or places, False
    return set(), True


def _is_long_list(one: Found) -> bool:
    """条目里写不下的清单：只有名录列得出。"""
    return isinstance(one.evidence, DirectoryEvidence) and bool(one.evidence.long_batch)


def looked_up(asked: Asked, found: Sequence[Found]) -> tuple[set[int], bool]:
    """查名录、问时间：它们答不了的，常见问题也许答得了。"""
    right = {place for place, one in enumerate(found) if asked.is_right(one)}
    if right:
        return right, False
    if asked.lookup.kind not in OPEN_KINDS:
        return set(), True
    faq = {n for n, one in enumerate(found) if isinstance(one.evidence, FaqEvidence)}
    return faq, True
