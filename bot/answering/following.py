"""追问：“山东的呢”“2022年的呢”“电话呢”，接着刚才那一问把话补全。"""

import re
from dataclasses import replace

from bot.knowledge import Lexicon

from .sources import Question

_FOLLOW_UP = re.compile(r"^(那|那么)?(?P<core>.{1,12}?)(的)?(呢|咧|哩)?[?？。!！]*$")
_MARKED = re.compile(r"^那|[呢咧哩][?？。!！]*$|的[?？]?$")
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
_LONGEST = 60


def core_of(text: str) -> str | None:
    """追问的实词：“那山东的呢”里的“山东”；不像追问，或是“那算了”，则为 `None`。"""
    match = _FOLLOW_UP.match(text.strip())
    if match is None or _SETTLED.search(match["core"]):
        return None
    return match["core"]


def is_marked(text: str) -> bool:
    """有“那”“呢”“的”这样的记号，不会是另起一问。"""
    return _MARKED.search(text.strip()) is not None


def swapped(question: Question, core: str, lexicon: Lexicon) -> Question | None:
    """只换了地区、年份、批次……的，把上一问里的换掉；不是这样的为 `None`。"""
    previous = question.previous
    if previous is None:
        return None
    region = lexicon.regions.named(core)
    if region is not None:
        text = f"{region}{lexicon.regions.without(previous.question)}"
        return replace(
            question, text=text, region=region, named_region=region, again=True
        )
    slot = next((slot for slot in _SLOTS if slot.fullmatch(core)), None)
    if slot is None or not is_marked(question.text):
        return None
    text, found = slot.subn(core, previous.question, count=1)
    if not found:
        text = f"{core}{previous.question}"
    region = question.named_region or previous.region or question.region
    return replace(question, text=text, region=region, again=slot is _SLOTS[0])


def continued(question: Question, core: str) -> list[Question]:
    """追问可能的完整说法：单独成句（地区照旧），或接在上一问后面。"""
    previous = question.previous
    if previous is None:
        return []
    region = question.named_region or previous.region or question.region
    return [
        replace(question, text=text, region=region)
        for text in (question.text, core, f"{previous.question} {core}")
    ]


def in_full(question: Question) -> str:
    """记下来给人看的问话：追问连上前文才看得懂。"""
    previous = question.previous
    if previous is None or not is_marked(question.text):
        return question.text
    if question.text.startswith(previous.question):
        return question.text
    return f"{previous.question[:_LONGEST]} {question.text}"
