"""刚列给谁看过什么：他打回来的编号从 1 数起，说的是最近列给他的那一份。

群里的清单大家都看得见：没列给过他的，算这个群里最近列出的那一份。`#` 开头的是一直不变
的编号，回执里都这样写；什么也没列过的，不带 `#` 的也是。删过的那几行还占着原来的位置，
后面的不往前挪。只在内存里：重启之后要再列一次。
"""

import re
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.errors import AssistantError
from bot.messages import Message, Person, Place
from bot.wording import not_listed

CAPACITY = 2000
MOST = 200
"""一次最多说几个。"""
UNANSWERED, REMINDERS, WINDOWS = "未答", "提醒 列表", "窗口 列表"
TAUGHT, DOCUMENTS = "教过的", "导入 列表"
REGISTRATIONS, REMOVED, ASKING = "登记列表", "登记 恢复", "登记 通过"
"""列的是什么，也是要看它该发的口令。"""

RELAYED = frozenset({UNANSWERED, REMINDERS})
"""看了转告别人去办的：没列给过他的，算最近列给随便谁的那一份。"""

_NUMBER = r"(?:[#＃]\s*)?\d{1,9}(?!\d)"
_RANGE = rf"{_NUMBER}(?:\s*[-—–~～至到]+\s*{_NUMBER})?"
_APART = r"[\s,，、;；和第条号个份处]*"
_NUMBERS = re.compile(rf"(?:编号)?{_APART}(?:{_RANGE}{_APART})+")
_ONE_RANGE = re.compile(_RANGE)


class NotListed(AssistantError):
    """说的那一行，清单里没有。"""


@dataclass(frozen=True, slots=True)
class Line:
    """清单里的一行：真正的编号，与说的是什么。"""

    key: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Numbered:
    """打回来的一个编号；`lasting` 是带着 `#` 的。"""

    number: int
    lasting: bool = False


@dataclass(frozen=True, slots=True)
class _Listed:
    lines: tuple[Line, ...]
    place: Place
    turn: int


def read_numbers(text: str) -> tuple[Numbered, ...]:
    """全是编号的一串：`2`、`2-4、6`、`#12`；不是的为空，太多的不要。"""
    if not _NUMBERS.fullmatch(text.strip()):
        return ()
    found: dict[Numbered, None] = {}
    for match in _ONE_RANGE.finditer(text):
        lasting = match[0][0] in "#＃"
        ends = [int(number) for number in re.findall(r"\d+", match[0])]
        upto = min(ends[-1], ends[0] + MOST)
        found |= {Numbered(n, lasting): None for n in range(ends[0], upto + 1)}
        if len(found) >= MOST:
            break
    return tuple(found)[:MOST]


class Shown:
    """每个人、每个群最近看到的各种清单。"""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[Person | Place, str], _Listed] = OrderedDict()
        self._latest: dict[str, _Listed] = {}
        self._acted: OrderedDict[tuple[Person, str, int], Line] = OrderedDict()
        self._turn = 0

    def show(self, message: Message, kind: str, lines: Iterable[Line]) -> None:
        """依次列给他看了。"""
        self._turn += 1
        listed = _Listed(tuple(lines), message.place, self._turn)
        self._latest[kind] = listed
        for whose in (message.person, message.place):
            self._kept[whose, kind] = listed
            self._kept.move_to_end((whose, kind))
        while len(self._kept) > CAPACITY:
            self._kept.popitem(last=False)

    def remember(self, message: Message, kind: str, number: int, line: Line) -> None:
        """他用这个编号办过一件事：清单换了，要回头时还认得。"""
        self._acted[message.person, kind, number] = line
        while len(self._acted) > CAPACITY:
            self._acted.popitem(last=False)

    def acted(self, message: Message, kind: str, number: int) -> Line | None:
        """他最近用这个编号办的；没有为 `None`。"""
        return self._acted.get((message.person, kind, number))

    def listed(self, message: Message, kind: str) -> tuple[Line, ...] | None:
        """最近列给他的：在这里列给过他的先算，否则他与这个群里后列的那一份。

        返回:
            各行；没有列过为 `None`
        """
        own = self._kept.get((message.person, kind))
        here = self._kept.get((message.place, kind))
        if own is None or here is None:
            found = own or here
        elif own.place == message.place:
            found = own
        else:
            found = max(own, here, key=lambda listed: listed.turn)
        if found is None and kind in RELAYED:
            found = self._latest.get(kind)
        return None if found is None else found.lines

    def pick(self, message: Message, kind: str, number: int) -> Line | None:
        """第几行；没有这一行为 `None`。"""
        lines = self.listed(message, kind) or ()
        return lines[number - 1] if 1 <= number <= len(lines) else None

    def key(self, message: Message, kind: str, said: Numbered) -> str:
        """打回来的编号真正指哪一个。

        异常:
            NotListed: 列给他的没有这一行
        """
        lines = self.listed(message, kind)
        if said.lasting or lines is None:
            return str(said.number)
        line = self.pick(message, kind, said.number)
        if line is None:
            raise NotListed(not_listed(said.number, len(lines), kind))
        return line.key

    def keys(self, message: Message, kind: str, said: Sequence[Numbered]) -> list[str]:
        """打回来的几个编号真正指哪几个，异常同 `key`。"""
        return list(dict.fromkeys(self.key(message, kind, one) for one in said))

    def one(self, message: Message, kind: str, text: str) -> str | None:
        """写的一个编号真正指哪一个，异常同 `key`；写的不是一个编号为 `None`。"""
        numbers = read_numbers(text)
        return self.key(message, kind, numbers[0]) if len(numbers) == 1 else None
