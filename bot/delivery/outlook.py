"""现在发一批要多久、会遇到什么：预览与确认时说给人听。"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot import clock
from bot.groups import GroupSettings

from .courier import Courier
from .models import LATE_ROOM, TEXT_LIMIT
from .outbox import Outbox
from .splitting import split


@dataclass(frozen=True, slots=True)
class Outlook:
    """现在发会怎样。

    参数:
        parts: 每个群拆成几条
        seconds: 连同前面排着的，全部发完要几秒
        resting: 现在不发，早上才开始
        overnight: 今天发不完
        offline: 有几个群的账号没连着
    """

    parts: int
    seconds: float
    resting: bool
    overnight: bool
    offline: int


async def look_ahead(
    outbox: Outbox, courier: Courier, groups: Sequence[GroupSettings], text: str
) -> Outlook:
    """把这段文字发到这些群会怎样，按最忙的那个账号估计。"""
    queues: Counter[tuple[str, str]] = Counter()
    for place, number in (await outbox.backlog()).items():
        queues[place.platform, courier.route(place)] += number
    lanes = [(g.place.platform, courier.route(g.place)) for g in groups]
    parts = len(split(text, TEXT_LIMIT - LATE_ROOM))
    for lane in lanes:
        queues[lane] += parts
    pace, now = courier.pace, clock.now()
    seconds = pace.seconds(max(queues[lane] for lane in lanes))
    resting = pace.is_quiet(now)
    done = now + timedelta(seconds=seconds)
    offline = sum(not account for _, account in lanes)
    return Outlook(
        parts, seconds, resting, not resting and pace.is_quiet(done), offline
    )
