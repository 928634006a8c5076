"""口令：写法、用法、谁能用；不含处理它的函数，谁都可以看。"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.access import Role
from bot.text.grams import tones_of

_SEPARATOR = r"[\s:：,，]"
_HOMOPHONE = re.compile(r"[\u4e00-\u9fff]{2,4}")
"""太短的字音相同的太多，不照读音认。"""


@dataclass(frozen=True, slots=True)
class Said:
    """一句话开头的口令。

    参数:
        name: 说的写法，小写
        argument: 口令后面的文字
        separated: 与后面的文字隔开了，或后面没有文字
    """

    name: str
    argument: str
    separated: bool


LONGEST_MESSAGE = 20_000
"""再长的一概不看：没有人这样说话，看它只会耽误别人。"""
LONGEST_FORM = 2_000
"""登记的一整条。"""
LONGEST_FIELD = 500
"""改一项。"""
LONGEST_QUERY = 200
"""要查的一个词、一句话，再长就是贴错了。"""


@dataclass(frozen=True, slots=True)
class Word:
    """一个口令。

    参数:
        names: 写法，第一个是正式的
        usage: 帮助里的一行；空的不列出
        role: 至少要有的角色
        glued: 后面的文字可以不隔开，如 `绑定地区广西`
        longest: 后面最多多少字；更长的不看
    """

    names: tuple[str, ...]
    usage: str = ""
    role: Role = Role.EVERYONE
    glued: bool = False
    longest: int = LONGEST_MESSAGE

    def is_said(self, said: Said) -> bool:
        """说的是不是它。"""
        named = any(said.name == name.lower() for name in self.names)
        return named and (said.separated or self.glued)


class Words:
    """全部口令：一句话的开头是哪一个。

    参数:
        words: 各插件登记的
    """

    def __init__(self, words: Iterable[Word] = ()) -> None:
        self._words = tuple(words)
        names = {name.lower() for word in self._words for name in word.names}
        longest_first = sorted(names, key=len, reverse=True)
        pattern = "|".join(map(re.escape, longest_first))
        self._by_tone = {
            tones_of(name): name for name in names if _HOMOPHONE.fullmatch(name)
        }
        self._pattern = re.compile(rf"[/／]?({pattern})" if names else "(?!)", re.I)

    def __iter__(self) -> Iterator[Word]:
        return iter(self._words)

    def read(self, text: str) -> Said | None:
        """开头的口令；几个都像时以最长的为准，不是口令为 `None`。"""
        match = self._pattern.match(text)
        if match is None:
            return self._mistyped(text)
        rest = text[match.end() :]
        separated = not rest or re.match(_SEPARATOR, rest) is not None
        argument = re.sub(rf"^{_SEPARATOR}+", "", rest).rstrip()
        return Said(match[1].lower(), argument, separated)

    def _mistyped(self, text: str) -> Said | None:
        """打成了同音字的（“受权 @人”）：读音、声调都一样，后面又隔开了。"""
        head, *rest = re.split(rf"{_SEPARATOR}+", text.lstrip("/／"), maxsplit=1)
        if not rest or not _HOMOPHONE.fullmatch(head):
            return None
        name = self._by_tone.get(tones_of(head))
        return Said(name, rest[0].rstrip(), separated=True) if name else None

    def begins(self, text: str) -> bool:
        """这句话是在用某个口令，不论谁能用。"""
        said = self.read(text)
        return said is not None and any(word.is_said(said) for word in self._words)

    def is_loose(self, text: str) -> bool:
        """秘书处的口令后面紧连着别的话：也许是用自己的话说的。"""
        said = self.read(text)
        if said is None or said.separated:
            return False
        return any(
            word.is_said(said) and word.role > Role.EVERYONE for word in self._words
        )


def read_number(argument: str) -> int | None:
    """读口令后面的一个编号；不是编号（或长得不可能是）则为 `None`。"""
    return int(argument) if argument.isdecimal() and len(argument) < 10 else None
