"""追问里换得掉的几样：年份、批次、第几次……；“那次”“20年第三批那次”说的是哪一次。"""

import re
from dataclasses import replace

from .sources import Question, Turn

_THAT_TIME = re.compile(r"那一?(?:次|年|回|批)")
_AROUND_TIME = re.compile(r"那一?[次年回批个]|的|通知|申报")
SLOTS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:20)?[12]\d年|[去今明前]年|20[12]\d",
        r"(?:第?[一二三四]|首)批",
        r"第[一二三]次|[头首]一?次",
        r"[初中高]级",
        r"应用型本科|职业本科|本科|高职|中职|技工(?:学校|院校)?|[一二三四五]星级?",
    )
)
"""可以整个换掉的几样：年份（排第一）、批次、第几次、等级、学校类型。"""


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
