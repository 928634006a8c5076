"""追问：“山东的呢”“2022年的呢”“电话呢”，接着刚才那一问来读。"""

import re
from dataclasses import dataclass, replace

from bot.knowledge import Lexicon

from .arbiter import Arbiter, Decision, Outcome
from .sources import Question, Turn

_AGAIN = r"(?:不对|不是)?[,，]?\s*我(?:说|问|指|要|想问|要问)的是"
"""纠正刚才的读法：“我问的是二批”。"""
_FOLLOW_UP = re.compile(
    rf"^(?:那么?|{_AGAIN})?(?P<core>.{{1,12}}?)(的)?(呢|咧|哩)?[?？。!！]*$"
)
_MARKED = re.compile(rf"^那|^{_AGAIN}|[呢咧哩][?？。!！]*$|的[?？]?$")
_THAT_TIME = re.compile(r"那一?(?:次|年|回|批)")
_SETTLED = re.compile(r"^(算|好|行|不用|就)|[了吧啦]$")
_SLOTS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:20)?[12]\d年|[去今明前]年|20[12]\d",
        r"(?:第?[一二三四]|首)批",
        r"第[一二]次",
        r"[初中高]级",
        r"应用型本科|职业本科|本科|高职|中职|技工(?:学校|院校)?|[一二三四五]星级?",
    )
)
"""可以整个换掉的几样：年份（排第一）、批次、第几次、等级、学校类型。"""
SURE = 0.6
"""没被点名的追问，开口所需的把握。"""
_LONGEST_TOPIC = 60


@dataclass(frozen=True, slots=True)
class Reading:
    """一句话读成什么问话，裁决如何。

    参数:
        follows: 是接着上一问问的，等于点了名
    """

    question: Question
    decision: Decision
    follows: bool = False


def read_follow_up(
    question: Question, arbiter: Arbiter, lexicon: Lexicon
) -> Reading | None:
    """追问读成什么；不像追问、只是把上一问再说一遍的为 `None`，怎么读都答不上的照原话。

    怎么读要看哪样答得上，所以几种读法都得裁决；它们的话各不相同，每句只裁决一次。
    """
    previous = question.previous
    if previous is None:
        return None
    if (named := _named_time(question, previous)) is not None:
        decision = arbiter.decide(named, addressed=True)
        if question.addressed or _is_sure(named, decision):
            return Reading(named, decision, follows=True)
    if (core := _core(question.words)) is None:
        return None
    changed = _swapped(question, previous, core, lexicon)
    if changed is not None:
        decision = arbiter.decide(changed, addressed=True)
        if question.addressed or _is_sure(changed, decision):
            return Reading(changed, decision, follows=True)
    again = question.words.startswith(previous.question)
    if again or not _is_marked(question.words):
        return None
    own, *others = _continued(question, previous, core)
    decision = arbiter.decide(own, addressed=True)
    if _is_new(own, decision):
        return Reading(own, decision, follows=True)
    for asked in others:
        found = arbiter.decide(asked, addressed=True)
        if _is_new(asked, found):
            return Reading(asked, found, follows=True)
    return Reading(own, decision if own.addressed else arbiter.unasked(decision))


def _is_sure(question: Question, decision: Decision) -> bool:
    """有把握直接答；没被点名的要更有把握。"""
    if decision.outcome is not Outcome.ANSWER:
        return False
    return question.addressed or decision.best.confidence >= SURE


def _is_new(question: Question, decision: Decision) -> bool:
    """有把握答，而且不是刚答过的：还是原来的答案，就没有问新的（“好的呢”）。"""
    previous = question.previous
    before = previous.key if previous else None
    return _is_sure(question, decision) and decision.best.key != before


def _core(words: str) -> str | None:
    """追问的实词：“那山东的呢”里的“山东”；不像追问，或是“那算了”，则为 `None`。"""
    match = _FOLLOW_UP.match(words.strip())
    if match is None or _SETTLED.search(match["core"]):
        return None
    return match["core"]


def _is_marked(words: str) -> bool:
    """有“那”“呢”“的”这样的记号，不会是另起一问。"""
    return _MARKED.search(words.strip()) is not None


def _named_time(question: Question, previous: Turn) -> Question | None:
    """“那次的联系电话”：把“那次”换成上一问里的年份、批次；不是这样的为 `None`。"""
    when = next(
        (m[0] for slot in _SLOTS[:2] if (m := slot.search(previous.question))), None
    )
    if when is None or _THAT_TIME.search(question.words) is None:
        return None
    words = _THAT_TIME.sub(when, question.words)
    region = question.named_region or previous.region or question.region
    return replace(question, words=words, region=region)


def _swapped(
    question: Question, previous: Turn, core: str, lexicon: Lexicon
) -> Question | None:
    """只换了地区、年份、批次……的，把上一问里的换掉；不是这样的为 `None`。"""
    region = lexicon.regions.named(core)
    if region is not None:
        words = f"{region}{lexicon.regions.without(previous.question)}"
        return replace(
            question, words=words, region=region, named_region=region, again=True
        )
    place, rest = lexicon.regions.split(core)
    if place is not None and _SLOTS[0].fullmatch(rest):
        topic = _SLOTS[0].sub("", lexicon.regions.without(previous.question))
        return replace(
            question,
            words=f"{core}{topic}",
            region=place,
            named_region=place,
            again=True,
        )
    slot = next((slot for slot in _SLOTS if slot.fullmatch(core)), None)
    if slot is None or not _is_marked(question.words):
        return None
    words, found = slot.subn(core, previous.question, count=1)
    if not found:
        words = f"{core}{previous.question}"
    region = question.named_region or previous.region or question.region
    if slot is _SLOTS[0]:
        return replace(question, words=words, region=region, again=True)
    # 换了等级、学校类型的，多半不再是原来的答案
    return replace(question, words=words, region=region, stale=previous.key)


def _continued(question: Question, previous: Turn, core: str) -> list[Question]:
    """追问可能的读法：原话、实词自成一问、实词连着上一问；地区都照旧。"""
    region = question.named_region or previous.region or question.region
    topic = previous.question[:_LONGEST_TOPIC]
    return [
        replace(question, region=region, topic=topic),
        replace(question, region=region, words=core),
        replace(question, region=region, words=core, topic=topic, joined=True),
    ]
