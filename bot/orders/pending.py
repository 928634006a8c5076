"""问了他一句、正等着答的：谁在哪里、是哪件事；过几分钟就不等了。"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot import clock
from bot.messages import Message, Person, Place

from .models import Order

WAITING = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Pending:
    """等着的一件。

    参数:
        text: 他说的话
        asked: 问他的那一句
        number: 问“您是想……吗”的，在确认台上的编号；问缺什么的为 0
        passed: 问过之后，他说过别的
    """

    order: Order
    text: str
    asked: str
    at: datetime
    number: int = 0
    passed: bool = False


class Waiting:
    """各人各处等着的。"""

    def __init__(self) -> None:
        self._kept: dict[tuple[Place, Person], Pending] = {}

    def keep(
        self,
        message: Message,
        order: Order,
        text: str,
        *,
        asked: str = "",
        number: int = 0,
    ) -> None:
        """问了他一句，等他答；参数见 `Pending`。"""
        now = clock.now()
        self._kept = {k: p for k, p in self._kept.items() if now - p.at < WAITING}
        self._kept[message.place, message.person] = Pending(
            order, text, asked, now, number
        )

    def find(self, message: Message) -> Pending | None:
        """他此处等着的；没有为 `None`。"""
        found = self._kept.get((message.place, message.person))
        fresh = found is not None and clock.now() - found.at < WAITING
        return found if fresh else None

    def passed_by(self, message: Message) -> None:
        """他说了别的：“算了”不一定还是在说它。"""
        key = message.place, message.person
        if found := self._kept.get(key):
            self._kept[key] = replace(found, passed=True)

    def drop(self, message: Message) -> None:
        """不等了。"""
        self._kept.pop((message.place, message.person), None)
