"""刚给谁在哪里出示过什么：下一句“好”“算了”就是对它说的。

只在内存里：重启之后，“好”不再算数，“确认”照样算数。
"""

from collections import OrderedDict
from dataclasses import dataclass

from bot.messages import Message, Person, Place

CAPACITY = 5000


@dataclass(slots=True)
class _Focus:
    """一个人在一处的情形，都是编号。

    参数:
        shown: 刚出示、他还没说过话
        answering: 正在处理的这句话，紧接着哪一次出示
        standing: 最近出示的，之后助手没有对他说过别的
        fresh: 正是处理这句话时出示的
    """

    shown: int | None = None
    answering: int | None = None
    standing: int | None = None
    fresh: bool = False


class Attention:
    """每个人在每个会话里，最近看到的是哪件事。"""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[Place, Person], _Focus] = OrderedDict()

    def heard(self, message: Message) -> None:
        """来了一句话；要在处理它之前说一声。"""
        focus = self._kept.get((message.place, message.person))
        if focus is not None:
            focus.answering, focus.shown, focus.fresh = focus.shown, None, False

    def showed(self, message: Message, number: int) -> None:
        """处理这句话时，给他出示了一件事。"""
        key = (message.place, message.person)
        focus = self._kept.setdefault(key, _Focus())
        self._kept.move_to_end(key)
        focus.shown = focus.standing = number
        focus.fresh = True
        while len(self._kept) > CAPACITY:
            self._kept.popitem(last=False)

    def spoke(self, message: Message) -> None:
        """助手回了他一句；不是出示的话，之前出示的就隔开了。"""
        focus = self._kept.get((message.place, message.person))
        if focus is not None and not focus.fresh:
            focus.shown = focus.standing = None

    def unseen(self, message: Message) -> int | None:
        """处理这句话时出示的没有送到；返回是哪一件，没有出示过为 `None`。"""
        focus = self._kept.get((message.place, message.person))
        if focus is None or not focus.fresh:
            return None
        number, focus.shown, focus.standing = focus.shown, None, None
        return number

    def answering(self, message: Message) -> int | None:
        """这句话紧接着哪一次出示；不是紧接着的为 `None`。"""
        focus = self._kept.get((message.place, message.person))
        return focus.answering if focus else None

    def standing(self, message: Message) -> int | None:
        """最近出示的、之后没有说过别的；没有为 `None`。"""
        focus = self._kept.get((message.place, message.person))
        return focus.standing if focus else None
