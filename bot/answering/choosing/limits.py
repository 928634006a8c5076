"""问模型的分寸：一天最多几次，接连不成就歇一阵，问过的不再问。"""

from collections import OrderedDict
from collections.abc import Callable
from datetime import date, datetime, timedelta

from bot import clock

FAILURES = 3
REST = timedelta(minutes=5)
REMEMBERED = 500


class Budget:
    """一天最多问几次，按北京时间的一天。"""

    def __init__(self, a_day: int, now: Callable[[], datetime]) -> None:
        self._a_day = a_day
        self._now = now
        self._day: date | None = None
        self._spent = 0

    def spend(self) -> bool:
        """用掉一次；今天的已经用完为 `False`。"""
        today = clock.local(self._now()).date()
        if today != self._day:
            self._day, self._spent = today, 0
        if self._spent >= self._a_day:
            return False
        self._spent += 1
        return True


class Breaker:
    """接连几次不成，歇一阵再试一次。"""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._failures = 0
        self._until: datetime | None = None

    @property
    def is_open(self) -> bool:
        """正歇着。"""
        return self._until is not None and self._now() < self._until

    def succeeded(self) -> None:
        """成了一次。"""
        self._failures, self._until = 0, None

    def failed(self) -> None:
        """又不成一次。"""
        self._failures += 1
        if self._failures >= FAILURES:
            self._until = self._now() + REST


class Choices:
    """问过的话选了第几个；知识一变，话就不同了，自然不再用。"""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, int] = OrderedDict()

    def get(self, asked: str) -> int | None:
        """选过的；没问过为 `None`。"""
        return self._kept.get(asked)

    def keep(self, asked: str, number: int) -> None:
        """记下。"""
        self._kept[asked] = number
        while len(self._kept) > REMEMBERED:
            self._kept.popitem(last=False)
