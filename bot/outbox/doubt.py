"""下落不明的一条接下来怎么办：到时候查历史，按查到的了结。"""

from collections.abc import Callable
from datetime import datetime, timedelta

from loguru import logger

from bot import clock
from bot.errors import NotConnected, SendFailed, SendUnknown
from bot.messages import Place
from bot.outgoing import History

from . import wording
from .channels import Channel
from .models import Delivery, Status
from .outbox import Outbox
from .reconcile import HISTORY_COUNT, Finding, is_findable, look_for

MAX_ATTEMPTS = 5
HISTORY_PATIENCE = timedelta(minutes=15)
"""历史查不成可能只是网关忙，这么久以内再试。"""


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
