"""从列出的候选里挑：回个号，说第几个的什么，或只说候选里的几个字。"""

import re
from collections.abc import Sequence

from bot.messages import Message
from bot.text import normalise

from .memory import Remembered
from .sources import Candidate

_DIGITS = {"一": 1, "二": 2, "三": 3}
_NUMBER = re.compile(
    r"^[(（\[]?\s*(?:我?选|我?要|问题)?\s*第?\s*(?P<number>[1-9一二三])\s*"
    r"(?:个|号|条|项|吧|的)*\s*[)）\].、。!！]?$"
)
_NUMBER_AND_MORE = re.compile(
    r"^(?:那|就)?第\s*(?P<number>[1-9一二三])\s*[个号条项家]的?(?P<rest>.{2,})$"
)
_NONE_OF_THEM = re.compile(
    r"^(?:都|全)?(?:不是|不对|没有)(?:这[几些个]个?|我.{0,4})?[。.!！]?$"
)
_PICKING = re.compile(
    r"[那这]一?[个条种家]|我?(?:说|问|指|要|选)的?就?是|应该是|就是|的$|吧$|呢$"
)
SHORTEST = 2


def is_none_of_them(text: str) -> bool:
    """说列的都不是。"""
    return _NONE_OF_THEM.match(text) is not None


def picked_number(text: str) -> int | None:
    """只回了个号；不是为 `None`。"""
    match = _NUMBER.match(text)
    return _number(match["number"]) if match else None


def picked_and_more(
    text: str, offered: Sequence[Candidate]
) -> tuple[Candidate, str] | None:
    """“第二个的邮箱”：挑的哪个，还问什么；不是为 `None`。"""
    match = _NUMBER_AND_MORE.match(text)
    if match is None or _number(match["number"]) > len(offered):
        return None
    return offered[_number(match["number"]) - 1], match["rest"]


def picked_by_words(message: Message, kept: Remembered) -> Candidate | None:
    """“编程那个”：只列了候选、还没答的，其中只有一个写着这几个字；不是为 `None`。"""
    words = _PICKING.sub("", normalise(message.text))
    waiting = kept.turn is None or not kept.turn.source
    if not (message.addressed and waiting) or len(words) < SHORTEST:
        return None
    found = [one for one in kept.offered if words in normalise(one.title)]
    return found[0] if len(found) == 1 else None


def _number(text: str) -> int:
    return _DIGITS.get(text) or int(text)
