"""刚跟谁在哪里办过哪一方面的事、办成了什么：话说得不清楚时，多半还是说它。"""

from collections import OrderedDict
from datetime import datetime, timedelta

from bot import clock
from bot.messages import Message, Person, Place

CAPACITY = 2000
RECENT = timedelta(minutes=10)


class Recent:
    """各人各处最近办的；只在内存里。"""

    def __init__(self) -> None:
        self._topics, self._regions, self._commands = _Kept(), _Kept(), _Kept()
        self._done, self._before = _Kept(), _Kept()

    def remember(self, message: Message, topic: str) -> None:
        """他在这里说的是这方面的事。"""
        self._topics.keep(message, topic)

    def spoke_of(self, message: Message, region: str) -> None:
        """他在这里要办的是这个地区的。"""
        self._regions.keep(message, region)

    def region(self, message: Message) -> str:
        """他最近在这里办的是哪个地区的；没有为空。"""
        return self._regions.said(message)

    def wrote(self, message: Message, command: str) -> None:
        """他在这里要办的写成了这句口令。"""
        self._commands.keep(message, command)

    def command(self, message: Message) -> str:
        """他最近在这里要办的写成了哪句口令；没有为空。"""
        return self._commands.said(message)

    def did(self, message: Message, said: str) -> None:
        """他在这里说的当即办了，助手是这样回的。"""
        self._done.keep(message, said)

    def turn(self, message: Message) -> None:
        """他又说了一句：先前办的成了上一句的。"""
        self._before.take(message, self._done)

    def done(self, message: Message) -> str:
        """他上一句当即办了的，助手是怎样回的；没有为空。"""
        return self._before.said(message)

    def topic(self, message: Message, settled: tuple[str, datetime] | None) -> str:
        """他最近在这里办的是哪方面的；没有为空。

        参数:
            settled: 他最近在这里确认的是哪方面的、什么时候
        """
        kept = self._topics.get(message)
        known = [one for one in (kept, settled) if one is not None]
        topic, at = max(known, key=lambda one: one[1], default=("", clock.now()))
        return topic if clock.now() - at < RECENT else ""


class _Kept:
    """各人各处的一句，只留最近的若干。"""

    def __init__(self) -> None:
        self._by_place: OrderedDict[tuple[Place, Person], tuple[str, datetime]] = (
            OrderedDict()
        )

    def keep(self, message: Message, text: str) -> None:
        key = message.place, message.person
        self._by_place[key] = text, clock.now()
        self._by_place.move_to_end(key)
        while len(self._by_place) > CAPACITY:
            self._by_place.popitem(last=False)

    def take(self, message: Message, other: "_Kept") -> None:
        """`other` 里的移过来；那边没有，这边的也不要了。"""
        key = message.place, message.person
        self._by_place.pop(key, None)
        if (kept := other._by_place.pop(key, None)) is not None:
            self._by_place[key] = kept

    def said(self, message: Message) -> str:
        text, at = self.get(message) or ("", clock.now())
        return text if clock.now() - at < RECENT else ""

    def get(self, message: Message) -> tuple[str, datetime] | None:
        return self._by_place.get((message.place, message.person))
