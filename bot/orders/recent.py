"""刚跟谁在哪里办过哪一方面的事：话说得不清楚时，多半还是说它。"""

from collections import OrderedDict
from datetime import datetime, timedelta

from bot import clock
from bot.messages import Message, Person, Place

CAPACITY = 2000
RECENT = timedelta(minutes=10)


class Recent:
    """各人各处最近办的；只在内存里。"""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[Place, Person], tuple[str, datetime]] = (
            OrderedDict()
        )

    def remember(self, message: Message, topic: str) -> None:
        """他在这里办了这方面的事。"""
        key = message.place, message.person
        self._kept[key] = topic, clock.now()
        self._kept.move_to_end(key)
        while len(self._kept) > CAPACITY:
            self._kept.popitem(last=False)

    def topic(self, message: Message, settled: tuple[str, datetime] | None) -> str:
        """他最近在这里办的是哪方面的；没有为空。

        参数:
            settled: 他最近在这里确认的是哪方面的、什么时候
        """
        kept = self._kept.get((message.place, message.person))
        found = max(filter(None, (kept, settled)), key=lambda one: one[1], default=None)
        fresh = found is not None and clock.now() - found[1] < RECENT
        return found[0] if fresh else ""
