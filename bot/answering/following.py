"""追问：“山东的呢”“2022年的呢”“电话呢”“不对，我问的是……”，接着刚才那一问来读。"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.knowledge import Lexicon
from bot.text import fold, normalise
from bot.text.contacts import EMAIL_IN_TEXT, PHONE_IN_TEXT

from .arbiter import OURS, WORTH_LISTING, Arbiter, Decision, Outcome, is_earnest
from .slots import SLOTS, bared, named_time, pointed, respelt, several_slots
from .sources import Candidate, Question, Turn

_MISTAKEN = (
    r"(?:不好意思|对不起|抱歉|[啊哦噢额呃哎唉诶欸嗯])*[,，\s]*(?:不对|不是(?:这个|这|那个|的)?|错了|[打说写搞问看弄答听](?:错|反)(?:字|人)?了|"
    r"口误|手误|不不|没问这个|答非所问|哦不)(?:哈|啊|呀|哦|了)?"
)
_MEANT = (
    r"我?(?:是)?(?:想|要)?(?:说|问|指|要|查|找)的?(?:意思)?(?:就|其实|应该)?是|"
    r"我?(?:是)?(?:想|要)(?:说|问|查|找|知道|了解)的?|我[是在][说问要指]的?|应该?是|改成"
)
_CORRECTION = re.compile(
    rf"^(?:(?P<mistaken>{_MISTAKEN})[,，.。!！、\s]*)*(?P<meant>{_MEANT})?(?:是(?=.))?(?P<rest>.+)$"
)
"""“不对，我要的是……”“打错了，是……”“我问的是……”。"""
_FOLLOW_UP = re.compile(r"^(?:那么?)?(?P<core>.{1,12}?)(的)?(呢|咧|哩)?[?？。!！]*$")
_MARKED = re.compile(r"^那|[呢咧哩][?？。!！]*$|的[?？]?$")
_SETTLED = re.compile(r"^(算|好|行|不用|就)|[了吧啦]$")
_CHOICE = re.compile(r"^(?:那|就|这个?)?是.{1,12}还是.{1,12}$")
"""“是报名截止还是考完”：没说主语，问的是刚才的答案。"""
_ITEMS = (
    (re.compile(r"邮箱|邮件|e?mail"), EMAIL_IN_TEXT),
    (
        re.compile(
            r"(?:联系)?电话(?:号码)?|手机号?码?|座机|号码|热线|联系方式|联系人|"
            r"(?:找|问|联系)(?:谁|哪[位个](?:老师|人)?)|怎么联系"
        ),
        PHONE_IN_TEXT,
    ),
    (re.compile(r"网址|链接|网站"), re.compile(r"https?://|www\.")),
)
"""答案里认得出的几样：怎么问，在答案里是什么样。"""
_AROUND_ITEM = re.compile(
    r"有没有|是多少|多少|发(?:一?下|我)?|给(?:一?下|我)?|[他她它]们?家?|这边|那边|[也还都有是吗呢的啊呀了么那]"
)
_NOTHING = (Outcome.OFF_TOPIC, Outcome.UNKNOWN)
SURE = 0.6
"""没被点名的追问，开口所需的把握。"""
_LONGEST_TOPIC = 60
_LONGEST_FOLLOW_UP = 10
"""更长的话，多半自成一问。"""


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
    if (named := named_time(question, previous)) is not None:
        decision = arbiter.decide(named, addressed=True)
        if question.addressed or _is_sure(named, decision):
            return Reading(named, decision, follows=True)
    corrected = _corrected(question, previous)
    if (core := _core((corrected or question).words)) is not None:
        marked = corrected is not None or _is_marked(question.words)
        changed = _swapped(
            corrected or question, previous, core, lexicon, marked=marked
        )
        if changed is not None:
            decision = arbiter.decide(changed, addressed=True)
            if question.addressed or _is_sure(changed, decision):
                return Reading(changed, decision, follows=True)
    if corrected is not None:
        if (read := _respelt(question, previous, corrected, arbiter)) is not None:
            return read
        decision = _as_ours(corrected, arbiter.decide(corrected, addressed=True))
        if question.addressed or _is_new(corrected, decision):
            return Reading(corrected, decision, follows=True)
    again = question.words.startswith(previous.question)
    marked = core is not None and _is_marked(question.words)
    short = question.addressed and len(fold(question.words)) <= _LONGEST_FOLLOW_UP
    if again or not (marked or short):
        return None
    return _continued(question, previous, core, arbiter)


def _continued(
    question: Question, previous: Turn, core: str | None, arbiter: Arbiter
) -> Reading | None:
    """原话自成一问就照原话；不成，实词单独问，连着上一问问，再不就是问刚才的答案。"""
    own, *others = _continuations(question, previous, core)
    marked = core is not None and _is_marked(question.words)
    decision = arbiter.decide(own, addressed=True)
    if not marked and decision.outcome is Outcome.ANSWER:
        return Reading(question, decision)
    if _is_new(own, decision):
        return Reading(own, decision, follows=True)
    if (said := _in_the_answer(question, previous)) is not None:
        return Reading(own, said, follows=True)
    if (scoped := _of_the_year(own, previous)) is not None:
        found = Reading(scoped, arbiter.decide(scoped, addressed=True), follows=True)
        if _is_new(scoped, found.decision):
            return found
    readings: list[Reading] = []
    for asked in others:
        found = Reading(asked, arbiter.decide(asked, addressed=True), follows=True)
        if _is_new(asked, found.decision):
            return found
        readings.append(found)
    if not own.addressed:
        return Reading(own, arbiter.unasked(decision))
    if marked and decision.outcome in _NOTHING and _is_near(readings[-1]):
        return readings[-1]
    if marked and previous.source and is_earnest(question.words, decision):
        # 接着我们的事问的，不说不是我们的事
        decision = Decision(Outcome.UNKNOWN, decision.candidates)
    return Reading(own if marked else question, decision)


def _is_near(reading: Reading) -> bool:
    """有相近的，而且不是刚答过的。"""
    previous, decision = reading.question.previous, reading.decision
    near = decision.outcome in (Outcome.NEAREST, Outcome.OFFER)
    return near and (previous is None or decision.best.key != previous.key)


def _in_the_answer(question: Question, previous: Turn) -> Decision | None:
    """“邮箱呢”“是报名截止还是考完”：刚才的答案里就有，再看一遍。"""
    words = normalise(question.words)
    has_item = any(
        _is_only(item, words) and written.search(previous.answer)
        for item, written in _ITEMS
    )
    if not previous.source or not (has_item or _CHOICE.match(words)):
        return None
    again = Candidate(previous.source, previous.key, previous.question, 1.0, 1.0)
    return Decision(Outcome.ANSWER, (again,))


def _is_only(item: re.Pattern[str], words: str) -> bool:
    """只问了这一样，没说是谁的。"""
    rest = _AROUND_ITEM.sub("", item.sub("", words))
    return item.search(words) is not None and not rest


def _of_the_year(question: Question, previous: Turn) -> Question | None:
    """“联系电话多少”：刚说的是某一年的，问的是那一年的；不是这样的为 `None`。"""
    words = normalise(question.words)
    year = SLOTS[0].search(previous.question) or SLOTS[0].search(previous.answer)
    if year is None or not any(_is_only(item, words) for item, _ in _ITEMS):
        return None
    return replace(question, words=f"{year[0]}{question.words}")


def _corrected(question: Question, previous: Turn) -> Question | None:
    """改口的：话里只剩改成的；不是改口为 `None`。"""
    match = _CORRECTION.match(question.words.strip())
    if match is None or not (match["mistaken"] or match["meant"]):
        return None
    rest = match["rest"].strip()
    if not normalise(rest):
        return None
    region = question.named_region or previous.region or question.region
    return replace(question, words=rest, region=region, correcting=True)


def _respelt(
    question: Question, previous: Turn, corrected: Question, arbiter: Arbiter
) -> Reading | None:
    """改的只是上一问里写错的几个字：照改好的再问；那样答不上的为 `None`。"""
    core = bared(corrected.words)
    words = respelt(previous.question, core)
    if words is None:
        return None
    # 改的要是原来的答案里没说到的，那个答案多半不对了
    stale = None if core in normalise(previous.answer) else previous.key
    asked = replace(corrected, words=words, correcting=False, stale=stale)
    decision = arbiter.decide(asked, addressed=True)
    if decision.outcome in _NOTHING or not (
        question.addressed or _is_new(asked, decision)
    ):
        return None
    return Reading(asked, decision, follows=True)


def _as_ours(question: Question, decision: Decision) -> Decision:
    """在我们的事上改口的，有些像就拿出最接近的，不说不是我们的事。"""
    previous = question.previous
    if decision.outcome not in _NOTHING or not (previous and previous.source):
        return decision
    ours = max((c.ours for c in decision.candidates), default=0.0)
    if ours < OURS / 2 or decision.best.confidence < WORTH_LISTING:
        return decision
    return replace(decision, outcome=Outcome.NEAREST)


def asks_anew(text: str) -> bool:
    """“不对，我问的是……”：把要问的又说了一遍，不是来告状的。"""
    match = _CORRECTION.match(text.strip())
    if match is None or match["mistaken"] is None:
        return False
    return (match["meant"] or "").startswith("我")


def is_correction(text: str) -> bool:
    """“不对，我要的是……”：说了要的是什么。"""
    match = _CORRECTION.match(text.strip())
    return match is not None and match["mistaken"] is not None


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


def _swapped(
    question: Question, previous: Turn, core: str, lexicon: Lexicon, *, marked: bool
) -> Question | None:
    """只换了地区、年份、批次……的，把上一问里的换掉；不是这样的为 `None`。

    参数:
        marked: 有“呢”“的”这样的记号
    """
    core = pointed(core)
    region = lexicon.regions.named(core)
    if region is not None:
        words = f"{region}{lexicon.regions.without(previous.question)}"
        return replace(
            question, words=words, region=region, named_region=region, again=True
        )
    place, rest = lexicon.regions.split(core)
    if place is None and (year := SLOTS[0].match(core)):
        place, rest = lexicon.regions.named(core[year.end() :]), year[0]
    if place is not None and SLOTS[0].fullmatch(rest):
        topic = SLOTS[0].sub("", lexicon.regions.without(previous.question))
        return replace(
            question,
            words=f"{place}{rest}{topic}",
            region=place,
            named_region=place,
            again=True,
        )
    if (several := several_slots(question, previous, core)) is not None:
        return several
    slot = next((slot for slot in SLOTS if slot.fullmatch(core)), None)
    if slot is None or not marked:
        return None
    words, found = slot.subn(core, previous.question, count=1)
    if not found:
        if question.correcting:
            return None
        words = f"{core}{previous.question}"
    region = question.named_region or previous.region or question.region
    if slot is SLOTS[0]:
        return replace(question, words=words, region=region, again=True)
    # 换了等级、学校类型的，多半不再是原来的答案，除非原来的答案里就说到
    stale = None if core in previous.answer else previous.key
    return replace(question, words=words, region=region, stale=stale)


def _continuations(
    question: Question, previous: Turn, core: str | None
) -> Iterator[Question]:
    """追问可能的读法：原话、实词自成一问、连着上一问；地区都照旧。"""
    region = question.named_region or previous.region or question.region
    topic = previous.question[:_LONGEST_TOPIC]
    yield replace(question, region=region, topic=topic)
    if core is not None and fold(core) != fold(question.words):
        yield replace(question, region=region, words=core)
    words = core or question.words
    yield replace(question, region=region, words=words, topic=topic, joined=True)
