"""会话记忆：每个人在每个会话里，几分钟内刚问过什么、列过哪些候选。"""

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.messages import Person, Place

from .sources import Candidate, Turn

CAPACITY = 5000
LONGEST_TRAIL = 6
"""最多记得前面几次回答。"""
HEARD = timedelta(minutes=1)
"""问了之后，多久之内单独 @ 一下算是要答它。"""


@dataclass(frozen=True, slots=True)
class Remembered:
    """记住的内容；`offered` 是还等着选的候选，`asked` 是当时的问话。

    参数:
        earlier: 更早的几次回答，新的在前；由 `Memory` 接上
    """

    at: datetime
    turn: Turn | None = None
    asked: str = ""
    offered: tuple[Candidate, ...] = ()
    earlier: tuple[Turn, ...] = ()


class Memory:
    """会话记忆，只在内存里，过期即忘。

    参数:
        lifetime: 记多久
    """

    def __init__(self, lifetime: timedelta) -> None:
        self._lifetime = lifetime
        self._kept: OrderedDict[tuple[Place, str], Remembered] = OrderedDict()
        self._heard: OrderedDict[tuple[Place, str], tuple[datetime, str]] = (
            OrderedDict()
        )

    def recall(self, place: Place, person: Person, now: datetime) -> Remembered | None:
        """取出还没过期的记忆。"""
        kept = self._kept.get((place, person.id))
        if kept is None or now - kept.at > self._lifetime:
            return None
        return kept

    def keep(self, place: Place, person: Person, memory: Remembered) -> None:
        """记下，取代旧的；旧的回答排到更早的里去。"""
        key = (place, person.id)
        before = self.recall(place, person, memory.at)
        if before is not None:
            past = before.earlier
            if before.turn is not None and before.turn != memory.turn:
                past = (before.turn, *past)[:LONGEST_TRAIL]
            memory = replace(memory, earlier=past)
        self._kept[key] = memory
        self._kept.move_to_end(key)
        while len(self._kept) > CAPACITY:
            self._kept.popitem(last=False)

    def hear(self, place: Place, person: Person, text: str, now: datetime) -> None:
        """没点名的一问：这个人接着只 @ 一下，就是要答它。"""
        key = (place, person.id)
        self._heard[key] = now, text
        self._heard.move_to_end(key)
        while len(self._heard) > CAPACITY:
            self._heard.popitem(last=False)

    def just_heard(self, place: Place, person: Person, now: datetime) -> str | None:
        """这个人一分钟之内没点名的一问；只取一次。"""
        at, text = self._heard.pop((place, person.id), (now, None))
        return text if now - at <= HEARD else None

    def offer_again(self, place: Place, person: Person, before: Remembered) -> None:
        """选过一个之后，同一批候选还可以再选。"""
        key = (place, person.id)
        if key in self._kept:
            self._kept[key] = replace(
                self._kept[key], asked=before.asked, offered=before.offered
            )

    def settle(self, place: Place, person: Person) -> None:
        """不再等着选候选。"""
        key = (place, person.id)
        if key in self._kept:
            self._kept[key] = replace(self._kept[key], offered=())


class Repeats:
    """一个会话里刚说过哪些答案，免得没人问又说一遍。

    参数:
        within: 多久之内算刚说过
    """

    def __init__(self, within: timedelta) -> None:
        self._within = within
        self._said: dict[tuple[Place, str], datetime] = {}

    def note(self, place: Place, answer: str, now: datetime) -> None:
        """说了这个答案。"""
        self._said[place, answer] = now

    def recently(self, place: Place, answer: str, now: datetime) -> bool:
        """刚说过。"""
        self._said = {
            key: at for key, at in self._said.items() if now - at < self._within
        }
        return (place, answer) in self._said
