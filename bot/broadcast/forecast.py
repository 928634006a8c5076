"""现在发一批要多久、会遇到什么：预览与确认时说给人听。"""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from bot import clock
from bot.groups import GroupSettings
from bot.outbox import LATE_ROOM, Courier, Outbox
from bot.outgoing import TEXT_LIMIT
from bot.text.splitting import split

from .models import Forecast


async def look_ahead(
    outbox: Outbox, courier: Courier, groups: Sequence[GroupSettings], text: str
) -> Forecast:
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
    return Forecast(
        parts, seconds, resting, not resting and pace.is_quiet(done), offline
    )
