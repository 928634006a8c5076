"""话送到外面之前，遮住其中的人名与号码。"""

import re
from collections.abc import Callable, Iterable

from bot.text import Masker
from bot.text.names import HONORIFICS, NOT_NAMES, SURNAME

SOMEBODY = "某"
_HAN = "\u4e00-\u9fff"
_TITLED = re.compile(
    rf"(?<![{_HAN}])(?P<name>{SURNAME}[{_HAN}]{{0,2}})(?={HONORIFICS})|"
    rf"(?<=[是叫找问给和跟与由请])(?P<called>{SURNAME}[{_HAN}]{{0,2}})(?={HONORIFICS})"
)
_INTRODUCED = re.compile(
    rf"(?P<lead>我是|我叫|本人|姓名|名叫|联系人|负责人)(?P<mark>[:：是为]?\s*)"
    rf"(?P<name>{SURNAME}[{_HAN}]{{1,2}})(?![{_HAN}])"
)
_STANDING = re.compile(
    rf"(?<![{_HAN}\w])(?P<name>{SURNAME}[{_HAN}]{{1,2}})(?=[、，,（(\s\d。；;]|$)"
)
"""前后都断开的两三个字，姓氏开头：名单里的人名。"""


class Hider:
    """遮住人名与号码。

    参数:
        names: 已知的人名，如名录里的联系人
    """

    def __init__(self, names: Callable[[], Iterable[str]] = tuple) -> None:
        self._names = names
        self._masker = Masker()

    def hide(self, text: str, *also: str) -> str:
        """遮住之后的文字。

        参数:
            also: 另外要遮住的，如提问的人的称呼
        """
        hidden = self._masker.mask(text)
        for name in (*self._names(), *also):
            if len(name) > 1:
                hidden = hidden.replace(name, SOMEBODY)
        hidden = _TITLED.sub(SOMEBODY, hidden)
        hidden = _INTRODUCED.sub(
            lambda found: f"{found['lead']}{found['mark']}{SOMEBODY}", hidden
        )
        return _STANDING.sub(_unless_a_word, hidden)


def _unless_a_word(found: re.Match[str]) -> str:
    name = found["name"]
    return found[0] if {name, name[:2]} & NOT_NAMES else SOMEBODY
