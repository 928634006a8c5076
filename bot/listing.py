"""刚列给谁看过什么：他打回来的编号从 1 数起，说的是最近列给他的那一份。

没给他列过的，多半是别人看了告诉他的，算最近列出的那一份。只在内存里：重启之后要再列一次。
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from bot.messages import Message, Person

CAPACITY = 2000
UNANSWERED, REMINDERS = "未答", "提醒"
"""列的是什么。"""


@dataclass(frozen=True, slots=True)
class Line:
    """清单里的一行：真正的编号，与说的是什么。"""

    key: str
    text: str


class Shown:
    """每个人最近看到的各种清单。"""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[Person, str], tuple[Line, ...]] = OrderedDict()
        self._latest: dict[str, tuple[Line, ...]] = {}
        self._acted: OrderedDict[tuple[Person, str, int], Line] = OrderedDict()

    def show(self, message: Message, kind: str, lines: Sequence[Line]) -> None:
        """依次列给他看了。"""
        key = (message.person, kind)
        self._kept[key] = self._latest[kind] = tuple(lines)
        self._kept.move_to_end(key)
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
        """最近列给他的；谁也没看过为 `None`。"""
        return self._kept.get((message.person, kind)) or self._latest.get(kind)

    def pick(self, message: Message, kind: str, number: int) -> Line | None:
        """第几行；没有这一行为 `None`。"""
        lines = self.listed(message, kind) or ()
        return lines[number - 1] if 1 <= number <= len(lines) else None
