"""话里的数：答应时又说了一遍的，与出示的是不是同一个。"""

import re
import unicodedata
from contextlib import suppress

from bot.errors import AssistantError
from bot.text.dates.numbers import CHINESE, number_of

_FIGURE = re.compile(rf"\d+|[{CHINESE}]{{2,}}")
_DIGITS = str.maketrans("零〇一二三四五六七八九两幺", "0012345678921")


def has_only(text: str, shown: str) -> bool:
    """`text` 里说到的数，`shown` 里都有；“嗯就五三一”与 531 是同一个。"""
    there = _plain(shown)
    return all(
        any(form in there for form in _forms(found[0]))
        for found in _FIGURE.finditer(_plain(text))
    )


def has_figures(text: str) -> bool:
    """话里说到了数。"""
    return _FIGURE.search(_plain(text)) is not None


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _forms(figure: str) -> set[str]:
    """一个数的几种写法。"""
    forms = {figure, figure.translate(_DIGITS)}
    with suppress(AssistantError):
        forms.add(str(number_of(figure)))
    return forms
