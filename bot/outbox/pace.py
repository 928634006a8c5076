"""发多快、什么时候不发。"""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from random import Random

from bot import clock

OPENS = time(8, 30)
CLOSES = time(21, 0)
"""不请自来的消息只在这段时间里发。"""
BUSY_MINUTES = frozenset({0, 30})
"""整点与半点是机器人扎堆的时候，避开。"""


@dataclass(frozen=True, slots=True)
class Pace:
    """一个账号发消息的节奏。

    参数:
        shortest: 两条之间至少隔几秒
        longest: 至多隔几秒
        glance: 两次查历史之间隔几秒
        hours: 是否遵守安静时段并避开整点半点
        settle_after: 下落不明的，隔多久去历史里查；要长过网关迟到的时间
        break_after: 连续几次下落不明就停一停
        break_for: 停多久
        break_longest: 停过之后还是不明，每次停得加倍，最长这么久
    """

    shortest: float = 3
    longest: float = 6
    glance: float = 1
    hours: bool = True
    settle_after: timedelta = timedelta(seconds=90)
    break_after: int = 3
    break_for: timedelta = timedelta(minutes=2)
    break_longest: timedelta = timedelta(minutes=10)
    random: Random = field(default_factory=Random, compare=False)

    def pause(self) -> float:
        """下一条之前歇几秒。"""
        return self.random.uniform(self.shortest, self.longest)

    def seconds(self, messages: int) -> float:
        """一个账号发这么多条大约要几秒。"""
        return messages * (self.shortest + self.longest) / 2

    def is_open(self, moment: datetime) -> bool:
        """此刻可以发不请自来的消息。"""
        return not self.hours or earliest(moment) == moment

    def is_quiet(self, moment: datetime) -> bool:
        """此刻在安静时段里。"""
        return self.hours and not OPENS <= clock.local(moment).time() < CLOSES


def earliest(moment: datetime) -> datetime:
    """此刻起，最早什么时候可以发不请自来的消息；此刻就行则原样返回。"""
    local = clock.local(moment)
    if local.time() < OPENS:
        local = local.replace(hour=OPENS.hour, minute=OPENS.minute, second=0)
        local = local.replace(microsecond=0)
    elif local.time() >= CLOSES:
        tomorrow = local.date() + timedelta(days=1)
        local = datetime.combine(tomorrow, OPENS, clock.ZONE)
    if local.minute in BUSY_MINUTES:
        local = local.replace(second=0, microsecond=0) + timedelta(minutes=1)
    return local
