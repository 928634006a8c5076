"""追问里换得掉的几样：年份、批次、第几次……；“那次”“20年第三批那次”说的是哪一次。"""

import re
from dataclasses import replace

from .sources import Question, Turn

_THAT_TIME = re.compile(r"那一?(?:次|年|回|批)")
_AROUND_TIME = re.compile(r"那一?[次年回批轮个]|的|通知|申报")
_POINTING = re.compile(r"[那这](?:一?[次年回批轮个]|边|里|儿|块)的?$")
SLOTS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:20)?[12]\d年|[去今明前]年|20[12]\d",
        r"(?:第?[一二三四]|首)批",
        r"第[一二三][次回轮]|[头首]一?[次回轮]",
        r"[初中高]级",
        r"应用型本科|职业本科|本科|高职|大专|中职|中专|技工(?:学校|院校)?|[一二三四五]星级?",
    )
)
"""可以整个换掉的几样：年份（排第一）、批次、第几次、等级、学校类型。"""


def pointed(core: str) -> str:
    """“山东那边”“20年那次”里说的是什么。"""
    return _POINTING.sub("", core) or core


def respelt(previous: str, core: str) -> str | None:
    """“打错了，是三星”：把上一问里写错的那几个字换成改成的；看不出是哪几个为 `None`。

    两处一样长，有一半以上的字相同，又不全同的，才算是它。
    """
    length = len(core)
    spans = range(len(previous) - length + 1)
    same = [
        sum(a == b for a, b in zip(previous[start:], core, strict=False))
        for start in spans
    ]
    best = max(same, default=0)
    if core in previous or 2 * best < length or length < 2:
        return None
    start = same.index(best)
    return f"{previous[:start]}{core}{previous[start + length :]}"


def named_time(question: Question, previous: Turn) -> Question | None:
    """“那次的联系电话”：把“那次”换成上一问里的年份、批次；不是这样的为 `None`。"""
    named = (slot.search(previous.question) for slot in SLOTS[:2])
    when = "".join(match[0] for match in named if match)
    own = any(slot.search(question.words) for slot in SLOTS[:2])
    if own or not when or _THAT_TIME.search(question.words) is None:
        return None
    words = _THAT_TIME.sub(when, question.words)
    region = question.named_region or previous.region or question.region
    return replace(question, words=words, region=region)


def several_slots(question: Question, previous: Turn, core: str) -> Question | None:
    """“20年第三批那次”：年份、批次一起换，原来的第几次不作数；不是这样的为 `None`。"""
    rest = _AROUND_TIME.sub("", core)
    named: list[str] = []
    for slot in SLOTS[:3]:
        if match := slot.search(rest):
            named.append(match[0])
            rest = f"{rest[: match.start()]}{rest[match.end() :]}"
    if len(named) < 2 or rest:
        return None
    topic = previous.question
    for slot in SLOTS[:3]:
        topic = slot.sub("", topic)
    region = question.named_region or previous.region or question.region
    return replace(question, words=f"{''.join(named)}{topic}", region=region)
