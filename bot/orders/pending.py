"""还缺一样、正等着补的事：谁在哪里、说了什么；过几分钟就不等了。"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import clock
from bot.messages import Message, Person, Place

from .models import Order

WAITING = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Pending:
    """等着补的一件。

    参数:
        command: 已经写好、只等他说“对”的口令；还缺东西的为空
    """

    order: Order
    text: str
    at: datetime
    command: str = ""


class Waiting:
    """各人各处等着补的。"""

    def __init__(self) -> None:
        self._kept: dict[tuple[Place, Person], Pending] = {}

    def keep(
        self, message: Message, order: Order, text: str, command: str = ""
    ) -> None:
        """问了他一句，等他补。"""
        now = clock.now()
        self._kept = {k: p for k, p in self._kept.items() if now - p.at < WAITING}
        self._kept[message.place, message.person] = Pending(order, text, now, command)

    def take(self, message: Message) -> Pending | None:
        """他此处等着补的，取出来；没有为 `None`。"""
        found = self._kept.pop((message.place, message.person), None)
        fresh = found is not None and clock.now() - found.at < WAITING
        return found if fresh else None
