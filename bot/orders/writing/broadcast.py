"""广播：发通知、看结果、停、更正。"""

import re

from bot.broadcast import CORRECTION
from bot.orders import wording
from bot.orders.models import Missing, Order, Told
from bot.orders.slots import after_colon, bare, joined, numbers_in, quoted, regions_in
from bot.text.swapping import last_value, swapped

_VERB = re.compile(
    r"(?:广播|群发|转告|告知|告诉|知会|通知|转发|扩散|公告|发布|全发|"
    r"发(?:[个条]|一[个条下])?(?:通知|公告|消息|广播)|发(?=[到给至个条一])|讲|喊|推(?=[到给])|说)"
    r"(?:一下子?|一声|一嗓子|一[条个遍]|下|声|个|条)?(?:通知|公告|消息)?(?:给|到|至|在)?(?P<rest>.*)$",
    re.S,
)
_TRAILING = re.compile(
    r"[。.\n，,；;\s]+(?:请|麻烦|帮我)?(?:把)?(?:这段话?|这[个条]|以上|上面(?:这段|这条)?|本通知)?(?:内容)?"
    r"(?:发|转发?|推|通知)(?:一下)?(?:到|给|至)[^，,。]{0,10}(?:群|学校|院校|大家)[里吧。]*$"
)
_TO_WHOM = re.compile(
    r"^[^，,。：:]{0,8}(?:给|跟|向|往|到|在)[^，,。：:]{0,10}(?:群|学校|院校|老师|大家|联系人)[^，,。：:]{0,6}[，,]"
)
"""“给广西群带个话，……”：头一个分句说的是给谁，其余就是内容。"""
_BODY = re.compile(r"(?:正文|内容|原文|全文)(?:是|为|如下)?[:：]\s*")
"""“群发，范围：广西的群。正文：……”。"""
_AT_ALL = re.compile(r"^@?(?:所有|各个?|全部)群[里\s，,：:]+")
_TARGETS = (
    r"^(?:各个?|所有|全部|每个|全体|那[些个])?(?:[^\s，,。:：]{0,4}?的)?(?:工作|各)?"
    r"(?:群里?|学校|院校|校|老师们?|联系人|地区|大家|他们|各位|成员)(?:里|们)?(?:说|讲|知道|发)?(?:一声|一下)?"
)
_ALL = re.compile(r"@?全体成员|@所有人|@全体|艾特全体|艾特所有人")
_NOTICE = re.compile(r"群公告")
_ASIDES = (
    r"[，,。\s]*(?:发到|跟|给|向|再发|重新|跟大家)[^，,。]{0,10}(?:群|说明|更正|讲|说|通知)[^，,。]{0,4}$",
    r"[，,。\s]*(?:再|请|麻烦|帮我|帮忙)?(?:发|补|做)?(?:个|条|一[个条])?(?:更正|勘误)(?:通知|一下|下)?[吧呗]?$",
    r"^(?:再|请|麻烦|帮我|帮忙)?(?:发|补发?|做)?(?:个|条|一[个条])?(?:更正|勘误)"
    r"(?:通知|公告)?(?:来?一[条下])?[，,：:\s]*",
)
_CORRECTING_THEM = (
    r"[，,。\s]*(?:对|给|向)(?:已|刚)?[^，,。]{0,8}群"
    r"(?:再|重新|补)?发(?:个|条|一条)?(?:更正|勘误)[。]?$"
)
_WRONG_RIGHT = re.compile(
    r"(?P<what>[^\s，,。；;！!]{1,20}?)\s*(?:应当?[为是]|应该是|改[为成]|→|->)\s*(?P<value>[^\s，,。；;！!]+)"
)
"""“222 应为 223”。"""
_LAST = (
    r"^(?:刚才?|刚刚|上一?[条次个]|昨天|前面)?(?:那[条个])?(?:群?发)?的?(?:那[条个])?"
    r"(?:通知|公告|消息|广播)?(?:里|中|的)?[，,]?"
)
_RIGHT = re.compile(r"应|是|改|为|→|以.+为准|[一-龥]\s*\d")
_SAID = re.compile(
    r"(?:更正|补发|补一条|重发)[^，,。]{0,12}[，,\s]+(?:就|内容)?(?:说|写)(?:是|成)?[，,\s]*(?P<text>.{4,})$",
    re.S,
)
"""“补一条更正，就说……”"""
_SHORTEST_CORRECTION = 2
_SHORTEST = 4


async def _compose(told: Told) -> str:
    head, text = after_colon(told.text)
    if body := _BODY.search(told.text):
        head, text = told.text[: body.start()], told.text[body.end() :].strip()
    text = text or quoted(told.text)
    if not text and (match := _TRAILING.search(told.text)):
        head, text = match[0], told.text[: match.start()].strip()
    if not text and (match := _AT_ALL.match(told.text)):
        head, text = match[0], told.text[match.end() :].strip()
    if not text and told.message.quote is None:
        head, text = _after_verb(told.text)
    if not text and (addressed := _TO_WHOM.match(told.text)):
        head, text = addressed[0], told.text[addressed.end() :].strip()
    if len(text) < _SHORTEST and not (told.message.quote or told.message.images):
        raise Missing(wording.BROADCAST_WHAT)
    return joined("广播", _options(head, regions_in(head, told.regions)), text)


def _after_verb(text: str) -> tuple[str, str]:
    """没有冒号的：“通知各群，系统今晚维护”。"""
    match = _VERB.search(text)
    if match is None:
        return text, ""
    rest = match["rest"]
    for region_group in re.findall(r"^[^\s，,。]{0,8}?群里?", rest)[:1]:
        rest = rest[len(region_group) :]
    rest = bare(rest, _TARGETS, r"^(?:内容(?:是|为)?|说)")
    return text[: len(text) - len(match["rest"])] + match["rest"][:10], rest


def _options(head: str, regions: list[str]) -> str:
    options = list(regions)
    if _ALL.search(head):
        options.append("全体")
    elif _NOTICE.search(head):
        options.append("公告")
    return f"[{' '.join(options)}]" if options else ""


async def _progress(told: Told) -> str:
    number = await _number(told)
    return joined("广播状态", str(number) if number else None)


async def _stop(told: Told) -> str:
    number = await _number(told)
    if number is None:
        raise Missing(wording.STOP_WHICH)
    return f"停止广播 {number}"


async def _number(told: Told) -> int | None:
    """说到的编号，否则最近的一次。"""
    if numbers := numbers_in(told.text):
        return numbers[0]
    return await told.facts.last_broadcast(told.message.person)


async def _correct(told: Told) -> str:
    _, text = after_colon(told.text)
    rest = bare(told.text, _CORRECTING_THEM, *_ASIDES, _LAST)
    if not text and (said := _SAID.search(told.text)):
        text = said["text"]
    if not text and _RIGHT.search(rest):
        text = rest
    if len(text) < _SHORTEST_CORRECTION:
        raise Missing(wording.CORRECTION_WHAT)
    last = await told.facts.last_broadcast(told.message.person)
    regions = await told.facts.broadcast_regions(last) if last else []
    text = bare(text, *_ASIDES)
    if last and (whole := _put_right(await told.facts.broadcast_text(last), text)):
        text = whole
    return joined("广播", _options("", regions), f"{CORRECTION}{text}")


def _put_right(before: str, said: str) -> str | None:
    """只说了哪里错了的：整条换上再发；不是为 `None`。"""
    before = before.removeprefix(CORRECTION)
    for found in _WRONG_RIGHT.finditer(said):
        if before.count(found["what"]) == 1:
            return before.replace(found["what"], found["value"])
    value = last_value(said)
    if not value or not re.search(r"错|应该?[是为]|不是|不对", said):
        return None
    whole = swapped(before, "", value)
    return whole if whole != before else None


ORDERS = (
    Order(
        "broadcast", "给群里发通知", "广播", _compose, pattern="广播 [广西] 内容",
        asked=True,
    ),
    Order(
        "broadcast-status", "看通知发到了没有", "广播状态", _progress,
        asked=True, shows=True,
    ),
    Order(
        "broadcast-stop", "停下正在发的通知", "停止广播", _stop, pattern="停止广播 编号"
    ),
    Order(
        "broadcast-correct", "发一条更正", "广播", _correct,
        pattern="广播 【更正】正确的内容", asked=True,
    ),
)  # fmt: skip
