"""别人打的字，要说给他听时最多当作一个短名字：不替人传广告。"""

import re

from .masking import Masker
from .splitting import shorten

NAME_LENGTH = 16
_NOT_A_NAME = re.compile(
    r"https?:|www\.|[a-z0-9-]\.(?:com|cn|net|org|top|xyz|vip|cc|io|me|shop|site|info)\b"
    r"|\d[\d\s-]{4,}\d|(?:微|薇|威|维|徽)信|[vwV]\s?[xX信]|[qQ扣]{2}\s*[:：群号]?\s*\d|@"
    r"|包过|代[考办]|免考|无需考试|加我|私聊我",
    re.IGNORECASE,
)
_MASKER = Masker()
"""公开的也不重复：名字里不会有号码。"""


def is_plain(text: str) -> bool:
    """没有网址、号码、门牌、招揽，可以在群里重复。"""
    return _NOT_A_NAME.search(text) is None and _MASKER.mask(text) == text


def as_name(text: str) -> str:
    """当作名字时的样子；带网址、号码、招揽的不是名字，为空。"""
    name = " ".join(text.split())
    return shorten(name, NAME_LENGTH) if is_plain(name) else ""


def quoted_name(text: str, otherwise: str) -> str:
    """加上引号的名字；不像名字的换成 `otherwise`。"""
    name = as_name(text)
    return f"「{name}」" if name else otherwise
