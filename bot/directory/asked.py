"""话里问的是哪几项。"""

import re
from collections.abc import Iterable

from .phrases import ATTRIBUTES, Attribute
from .unread import ASKED


def attributes_in(
    text: str, patterns: Iterable[tuple[Attribute, re.Pattern[str]]] = ATTRIBUTES
) -> tuple[str, tuple[Attribute, ...]]:
    """取出所问的各项，按出现的次序；取走处换成一样长的记号。"""
    found: list[tuple[int, Attribute]] = []
    for attribute, pattern in patterns:
        for match in pattern.finditer(text):
            found.append((match.start(), attribute))
            blank = ASKED * len(match[0])
            text = text[: match.start()] + blank + text[match.end() :]
    return text, tuple(dict.fromkeys(attribute for _, attribute in sorted(found)))
