"""刚列给谁看过什么：他打回来的编号从 1 数起，说的是最近列给他的那一份。

只在内存里：重启之后要再列一次。
"""

from collections import OrderedDict
from collections.abc import Sequence

from bot.messages import Message, Person

CAPACITY = 2000


class Shown:
    """每个人最近看到的各种清单。"""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[Person, str], tuple[str, ...]] = OrderedDict()

    def show(self, message: Message, kind: str, keys: Sequence[str]) -> None:
        """列给他看了；`keys` 依次是各行真正的编号。"""
        key = (message.person, kind)
        self._kept[key] = tuple(keys)
        self._kept.move_to_end(key)
        while len(self._kept) > CAPACITY:
            self._kept.popitem(last=False)

    def has(self, message: Message, kind: str) -> bool:
        """给他列过。"""
        return (message.person, kind) in self._kept

    def count(self, message: Message, kind: str) -> int:
        """列给他的有几行。"""
        return len(self._kept.get((message.person, kind), ()))

    def pick(self, message: Message, kind: str, number: int) -> str | None:
        """第几行真正的编号；没列过、没有这一行为 `None`。"""
        keys = self._kept.get((message.person, kind), ())
        return keys[number - 1] if 1 <= number <= len(keys) else None
