"""答得太密就歇一歇：一个人、一个会话各有限度，几次一模一样的来回之后也不再应。"""

from collections import deque
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot import clock
from bot.messages import Message, Person, Place
from bot.text import normalise

WINDOW = timedelta(minutes=1)
QUIET = timedelta(minutes=3)
LONGEST_QUIET = timedelta(hours=1)
"""一再超限的，每次歇得加倍，最长这么久。"""
FORGIVEN = timedelta(hours=2)
"""这么久没有再超限，又从头算。"""
FEW = 3
"""一个人一分钟里头几句不算进会话的限度：开会时几百人各问一句，都要答。"""
LIKE = 5
"""同样的回答说过这么多次，就不再说。"""
LIKE_WITHIN = timedelta(minutes=10)
_PEOPLE_KEPT = 2_000


@dataclass(slots=True)
class _Tally:
    """一个人或一个会话近来得到的回答。"""

    answers: deque[datetime] = field(default_factory=deque)
    quiet_until: datetime | None = None
    strikes: int = 0

    def is_quiet(self, now: datetime) -> bool:
        return self.quiet_until is not None and now < self.quiet_until

    def count(self, now: datetime, limit: int) -> timedelta | None:
        """记一次；到了限度，返回要歇多久。"""
        while self.answers and now - self.answers[0] > WINDOW:
            self.answers.popleft()
        self.answers.append(now)
        if not limit or len(self.answers) < limit:
            return None
        if self.quiet_until is None or now - self.quiet_until > FORGIVEN:
            self.strikes = 0
        rest = min(QUIET * 2**self.strikes, LONGEST_QUIET)
        self.strikes += 1
        self.answers.clear()
        self.quiet_until = now + rest
        return rest


@dataclass(frozen=True, slots=True)
class _Exchange:
    """一来一回。"""

    at: datetime
    said: str
    answered: str


class Limits:
    """数着各人、各会话得到的回答；只管机器人会不停地应，不管人说多少话。

    参数:
        person: 一个人一分钟里最多答几次，0 为不限
        place: 一个会话一分钟里最多答几次（各人的头几句不算），0 为不限
    """

    def __init__(self, person: int, place: int) -> None:
        self._person, self._place = person, place
        self._tallies: dict[Hashable, _Tally] = {}
        self._exchanges: dict[tuple[Place, Person], deque[_Exchange]] = {}

    def admits(self, message: Message) -> bool:
        """这句话要不要看：正歇着的不看，问过几次都是同一个答案的也不看。"""
        now = clock.now()
        if self._is_quiet(message, now):
            return False
        said = normalise(message.text)
        answers = [e.answered for e in self._recent(message, now) if e.said == said]
        return not self._person or max(map(answers.count, answers), default=0) < LIKE

    def spend(self, message: Message, answer: str) -> timedelta | None:
        """记下要说的一句；说完就要歇的，返回歇多久。"""
        now = clock.now()
        exchange = _Exchange(now, normalise(message.text), answer)
        self._recent(message, now).append(exchange)
        person = self._tally(message.person)
        rests = [person.count(now, self._person)]
        if len(person.answers) > FEW:
            rests.append(self._tally(message.place).count(now, self._place))
        return max((rest for rest in rests if rest is not None), default=None)

    def is_too_much(self, message: Message, answer: str) -> bool:
        """这句回答对他说过太多次，或别处刚刚开始歇着。"""
        now = clock.now()
        if self._is_quiet(message, now):
            return True
        same = sum(e.answered == answer for e in self._recent(message, now))
        return bool(self._person and answer) and same >= LIKE

    def _is_quiet(self, message: Message, now: datetime) -> bool:
        tallies = (self._tallies.get(key) for key in (message.person, message.place))
        return any(tally is not None and tally.is_quiet(now) for tally in tallies)

    def _recent(self, message: Message, now: datetime) -> deque[_Exchange]:
        key = (message.place, message.person)
        exchanges = self._exchanges.setdefault(key, deque(maxlen=100))
        while exchanges and now - exchanges[0].at > LIKE_WITHIN:
            exchanges.popleft()
        _bound(self._exchanges)
        return exchanges

    def _tally(self, key: Hashable) -> _Tally:
        tally = self._tallies.setdefault(key, _Tally())
        _bound(self._tallies)
        return tally


def _bound(kept: dict[Any, Any]) -> None:
    """只留最近的这么多。"""
    while len(kept) > _PEOPLE_KEPT:
        del kept[next(iter(kept))]
