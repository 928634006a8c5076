"""下落不明的一条，到底送到没有：到时候查网关的历史，按查到的了结。"""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from enum import Enum

from loguru import logger

from bot import clock
from bot.errors import NotConnected, SendFailed, SendUnknown
from bot.messages import Place
from bot.outgoing import History, SentMessage
from bot.text import normalise

from . import wording
from .channels import Channel
from .models import Delivery, Form, Status
from .outbox import Outbox

MAX_ATTEMPTS = 5
HISTORY_PATIENCE = timedelta(minutes=15)
"""历史查不成可能只是网关忙，这么久以内再试。"""
CLOCK_SKEW = timedelta(seconds=60)
"""网关与本机的时钟最多差这么多。"""
HISTORY_COUNT = 100


class Settler:
    """了结下落不明的。

    参数:
        settle_after: 交出去之后隔多久才去查
    """

    def __init__(
        self,
        outbox: Outbox,
        channel: Callable[[Place], Channel | None],
        settle_after: timedelta,
    ) -> None:
        self._outbox = outbox
        self._channel = channel
        self._settle_after = settle_after

    async def settle_one(self, platform: str, account: str) -> bool:
        """查一条下落不明的；没有可查的为 `False`。"""
        delivery = await self._outbox.unsettled_for(platform, account)
        if delivery is None or delivery.sending_at is None:
            return False
        ripe = delivery.sending_at + self._settle_after
        if clock.now() < ripe:
            await self._look_later(delivery, ripe)
            return True
        channel = self._channel(delivery.place)
        if channel is None or account not in channel.accounts(delivery.place):
            return False
        if not is_findable(delivery):
            await self._give_up(delivery, wording.NO_HISTORY)
            return True
        try:
            history = await channel.history(
                delivery.place, account=account, count=HISTORY_COUNT
            )
        except (SendFailed, SendUnknown, NotConnected) as error:
            logger.warning("查历史没有成功：{}", error)
            history = None
        if history is not None:
            await self._conclude(delivery, history)
        elif clock.now() - delivery.sending_at < HISTORY_PATIENCE:
            await self._look_later(delivery, clock.now() + self._settle_after)
        else:
            await self._give_up(delivery, wording.NO_HISTORY)
        return True

    async def _conclude(self, delivery: Delivery, history: History) -> None:
        since = clock.now() - timedelta(days=7)
        taken = await self._outbox.recorded_ids(delivery.place, since)
        finding, message_id = look_for(delivery, history, taken)
        if finding is Finding.THERE:
            await self._outbox.finish(delivery, Status.SENT, message_id=message_id)
        elif finding is Finding.CANNOT_TELL:
            await self._give_up(delivery, wording.HISTORY_TOO_SHORT)
        elif delivery.attempts >= MAX_ATTEMPTS:
            await self._outbox.finish(
                delivery, Status.FAILED, reason=wording.TOO_MANY_ATTEMPTS
            )
        else:
            await self._outbox.finish(
                delivery,
                Status.PENDING,
                reason=wording.NOT_IN_HISTORY,
                next_at=clock.now(),
            )
            self._outbox.changed.set()

    async def _give_up(self, delivery: Delivery, reason: str) -> None:
        """查不出来：留着“下落不明”给秘书处看，绝不盲目重发。"""
        await self._outbox.finish(delivery, Status.UNKNOWN, reason=reason)

    async def _look_later(self, delivery: Delivery, moment: datetime) -> None:
        await self._outbox.finish(
            delivery, Status.UNKNOWN, reason=delivery.reason, next_at=moment
        )


class Finding(Enum):
    """在历史里查的结果。"""

    THERE = "送到了"
    NOT_THERE = "确实没有"
    CANNOT_TELL = "历史不够长，看不出"


def look_for(
    delivery: Delivery, history: History, taken: Collection[str]
) -> tuple[Finding, str]:
    """在历史里找一条，返回结果与消息号。

    只有历史够长、早于发送的时刻时，找不到才算没有送到。

    参数:
        taken: 已经对上别的记录的消息号
    """
    sent_at = delivery.sending_at
    if sent_at is None:
        return Finding.NOT_THERE, ""
    if not is_findable(delivery):
        return Finding.CANNOT_TELL, ""
    for message in history.own:
        free = not message.message_id or message.message_id not in taken
        if message.at >= sent_at - CLOCK_SKEW and free and _same(delivery, message):
            return Finding.THERE, message.message_id
    reaches_back = history.since is not None and history.since < sent_at - CLOCK_SKEW
    return (Finding.NOT_THERE if reaches_back else Finding.CANNOT_TELL), ""


def is_findable(delivery: Delivery) -> bool:
    """能否在聊天历史里认出来：群公告不在历史里，只有图片的没有文字可比。"""
    return delivery.form is not Form.NOTICE and bool(normalise(delivery.text))


def _same(delivery: Delivery, message: SentMessage) -> bool:
    wanted, found = normalise(delivery.text), normalise(message.text)
    if found == wanted:
        return True
    # 历史里 @ 的人写在正文前面，怎么写各网关不同
    mentions = bool(delivery.mention) or delivery.form is Form.MENTION_ALL
    before = found.removesuffix(wanted)
    return mentions and before != found and before.lstrip().startswith("@")
