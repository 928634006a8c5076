"""教之前看一看：与已有的答案、日历、名录撞不撞；教了以后，还会这样答哪些说法。"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot import clock
from bot.access import NATIONWIDE
from bot.knowledge import Entry, Knowledge
from bot.text import normalise, same_ways, years_in

from .arbiter import SURE, Outcome
from .conversation import Conversation
from .faq import FaqSource

SHOWN = 3
"""最多举几种说法。"""
_DATED = re.compile(r"\d{1,2}月\d{1,2}[日号]?|周[一二三四五六日天]")
_UNSAID = re.compile("没有?写|没有?说明|没有?规定|没有资料")
_CODE = re.compile(r"[a-z0-9]+")
_ANOTHER = re.compile(r"\n\s*教[\s:：]+\S[^\n]*?(?:[=＝]|→)")


@dataclass(frozen=True, slots=True)
class Collision:
    """要教的与已有的像是同一问。

    参数:
        entry: 常见问题里的那一条；是日历、名录的为 `None`
        source: 来源的名字
        title: 已有的是哪一问
        answer: 它现在怎么答
    """

    entry: Entry | None
    source: str
    title: str
    answer: str


def lessons_in(argument: str) -> int:
    """这段话里教了几条。"""
    return 1 + len(_ANOTHER.findall(argument))


def lacks_year(question: str, answer: str) -> bool:
    """答案里有日期，却看不出是哪一年的。"""
    this_year = clock.local(clock.now()).year
    named = years_in(f"{question} {answer}", this_year)
    return bool(_DATED.search(answer)) and not named


def collision(
    conversation: Conversation, knowledge: Knowledge, question: str, region: str
) -> Collision | None:
    """已有的哪个答案十有八九会来答这一问；同样问法的是更正，不算。"""
    if knowledge.find_wording(question, region) is not None:
        return None
    asked = conversation.pose(question, None if region == NATIONWIDE else region)
    decision = conversation.arbiter.decide(asked, addressed=True)
    if decision.outcome is not Outcome.ANSWER or decision.best.confidence < SURE:
        return None
    best = decision.best
    answer = conversation.arbiter.sources[best.source].answer(best.key, asked)
    if answer is None or not answer.found:
        return None
    if best.source != FaqSource.name:
        return Collision(None, best.source, best.title, answer.text)
    entries = [e for i in best.key.split(",") if (e := knowledge.entries.get(i))]
    own = [e for e in entries if e.source.region in (region, NATIONWIDE)]
    # 别的地区的答案，这个地区本来就不用；号码、字母对不上的是另一问；
    # 已有的说没有写，教的正好补上
    if not own or not _has_codes_of(question, own[0]) or _UNSAID.search(own[0].answer):
        return None
    return Collision(own[0], best.source, own[0].question, own[0].answer)


def _has_codes_of(question: str, entry: Entry) -> bool:
    """问法里的数字、字母，那一条都说到了。"""
    written = normalise(" ".join((*entry.wordings, entry.answer)))
    return all(code in written for code in _CODE.findall(normalise(question)))


def also_answers(
    conversation: Conversation, entry: Entry, region: str, asked: Iterable[str]
) -> list[str]:
    """换哪些说法也会答这一条：没答上来的问题里的，与换个疑问词的；都试过。

    参数:
        asked: 没答上来的问题
    """
    place = None if region == NATIONWIDE else region
    found: list[str] = []
    bare = entry.question.strip().rstrip("？?。")
    for text in dict.fromkeys((*asked, *same_ways(bare))):
        decision = conversation.arbiter.decide(
            conversation.pose(text, place), addressed=True
        )
        heard = decision.outcome is Outcome.ANSWER
        if heard and entry.id in decision.best.key.split(","):
            found.append(text)
        if len(found) == SHOWN:
            break
    return found
