"""送信：每个账号一条队，一条一条慢慢发；不知道送到没有的，先查历史再说。"""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from loguru import logger

from bot import clock
from bot.errors import NotConnected, SendFailed, SendUnknown
from bot.messages import Place

from . import wording
from .channels import Channel, hand_over
from .checks import Checks
from .doubt import Settler
from .inquiry import Inquiry
from .models import Delivery, Refusal, Status
from .outbox import Outbox
from .pace import Pace
from .routes import AccountRoutes

IDLE = 5.0
"""没事做时隔几秒看一次：有没有到点的、有没有连上的账号。"""
RETRY_AFTER = timedelta(seconds=30)
STUCK_AFTER = timedelta(minutes=20)
"""正在发了这么久的，是结果没能记下：比网关最长的等待还久。"""
PRUNE_EVERY = timedelta(hours=12)


@dataclass(slots=True)
class Lane:
    """一个账号的队。

    参数:
        ready: 取出来备着的；发之前还要认领，所以旧了也无妨
        again_at: 账号够不着时，歇到什么时候
        in_doubt: 连续几条下落不明
        breaks: 连续停了几次
    """

    platform: str
    account: str
    ready: deque[Delivery] = field(default_factory=deque)
    again_at: datetime | None = None
    waker: asyncio.Event = field(default_factory=asyncio.Event)
    in_doubt: int = 0
    breaks: int = 0
    task: "asyncio.Task[None] | None" = None


class Courier:
    """全部账号的送信。

    参数:
        channel: 某会话走哪条路；没有则为 `None`，等着
    """

    def __init__(
        self,
        outbox: Outbox,
        routes: AccountRoutes,
        channel: Callable[[Place], Channel | None],
        checks: Checks,
        pace: Pace,
    ) -> None:
        self.outbox = outbox
        self.routes = routes
        self.checks = checks
        self.pace = pace
        self._channel = channel
        self.inquiry = Inquiry(routes, channel, outbox.changed.set)
        self._settler = Settler(outbox, channel, pace.settle_after)
        self._lanes: dict[tuple[str, str], Lane] = {}
        self._supervisor: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """接着上次的发。"""
        crashed = await self.outbox.recover()
        if crashed:
            logger.warning("上次停下时有 {} 条正在发，先查是否送到", crashed)
        await self.routes.load(await self.outbox.last_senders())
        self._supervisor = asyncio.create_task(self._supervise())

    async def stop(self) -> None:
        """停下；正在发的那条下次启动时再查。"""
        started = [self._supervisor, *(lane.task for lane in self._lanes.values())]
        tasks = [task for task in started if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.inquiry.stop()
        self._lanes.clear()
        self._supervisor = None

    def route(self, place: Place) -> str:
        """由哪个账号发到这个会话；要等的为空。"""
        return self.routes.route(place, self._connected(place))

    def _connected(self, place: Place) -> Sequence[str]:
        channel = self._channel(place)
        return channel.accounts(place) if channel else ()

    async def _supervise(self) -> None:
        next_prune = clock.now()
        while True:
            self.outbox.changed.clear()
            try:
                self._rouse(await self.oversee())
                if clock.now() >= next_prune:
                    next_prune = clock.now() + PRUNE_EVERY
                    await self.outbox.prune()
            except Exception:
                logger.exception("安排发送时出错，稍后再试")
            await _wait(self.outbox.changed, IDLE)

    async def oversee(self) -> set[tuple[str, str]]:
        """收拾过期的，定下由哪个账号发；返回有事做的（平台，账号）。"""
        await self.outbox.sweep(clock.now() - STUCK_AFTER)
        waiting = await self.outbox.waiting()
        self.inquiry.ask({place for place, _ in waiting if not self.route(place)})
        routes = {place: self.route(place) for place, _ in waiting}
        await self.outbox.assign(
            (place, routes[place])
            for place, account in waiting
            if account != routes[place]
        )
        # 查历史要由当初发的账号来查，它可能已不是现在的首选
        busy = await self.outbox.in_doubt()
        busy |= {(place.platform, account) for place, account in routes.items()}
        return {key for key in busy if key[1]}

    def _rouse(self, busy: Iterable[tuple[str, str]]) -> None:
        """叫醒有事做的队；没有队的排起来。"""
        for key in busy:
            if key not in self._lanes:
                lane = self._lanes[key] = Lane(*key)
                lane.task = asyncio.create_task(self._run(lane))
            self._lanes[key].waker.set()

    async def _run(self, lane: "Lane") -> None:
        """一个账号的队，一直跑。"""
        while True:
            try:
                await self._turn(lane)
            except Exception:
                logger.exception("发送队列出错，稍后再试")
                await asyncio.sleep(IDLE)

    async def _turn(self, lane: "Lane") -> None:
        """先查下落不明的，再发下一条，然后歇一歇。"""
        lane.waker.clear()
        if await self.settle_one(lane.platform, lane.account):
            await asyncio.sleep(self.pace.glance)
            return
        status = await self.send_one(lane)
        if status is None:
            ahead = await self.outbox.next_moment(lane.platform, lane.account)
            left = (ahead - clock.now()).total_seconds() if ahead else IDLE
            # 已到点却还在，是在等网关连上或安静时段过去
            await _wait(lane.waker, min(left, IDLE) if left > 0 else IDLE)
        elif status is Status.UNKNOWN:
            lane.in_doubt += 1
            await asyncio.sleep(self.pace.pause())
        elif status is not Status.PENDING:
            lane.in_doubt = lane.breaks = 0
            await asyncio.sleep(self.pace.pause())
        if status is Status.UNKNOWN and lane.in_doubt >= self.pace.break_after:
            logger.warning("连续 {} 条不知送到没有，停发一段时间", lane.in_doubt)
            await self._rest(lane)

    async def _rest(self, lane: "Lane") -> None:
        """停发一段时间，其间只查历史；之后先试一条，再不明就再停。"""
        length = min(self.pace.break_for * 2**lane.breaks, self.pace.break_longest)
        lane.breaks = min(lane.breaks + 1, 10)
        until = clock.now() + length
        while (left := (until - clock.now()).total_seconds()) > 0:
            settled = await self.settle_one(lane.platform, lane.account)
            await asyncio.sleep(self.pace.glance if settled else min(left, IDLE))

    async def send_one(self, lane: "Lane") -> Status | None:
        """发一条，返回结果；现在没有可发的为 `None`。"""
        now = clock.now()
        if lane.again_at and now < lane.again_at:
            return None
        await self._prepare(lane, only_urgent=not self.pace.is_open(now))
        if not lane.ready:
            return None
        channel = self._channel(lane.ready[0].place)
        if channel is None or lane.account not in channel.accounts(lane.ready[0].place):
            lane.ready.clear()
            return None
        claimed = await self._claim(lane.ready.popleft())
        if claimed is None:
            return Status.PENDING
        try:
            return await self._deliver(channel, claimed)
        except NotConnected:
            # 够不着的是账号，不是这一条：整条队歇一会儿，次序不变
            await self.outbox.give_back(claimed)
            lane.again_at = now + RETRY_AFTER
            lane.ready.clear()
            return None

    async def _claim(self, delivery: Delivery) -> Delivery | None:
        """该发的记为正在发，内容照此刻的；不该发的就此停下，过时的留给 `sweep`。"""
        if delivery.expires_at and delivery.expires_at <= clock.now():
            return None
        verdict = self.checks.review(delivery)
        if isinstance(verdict, Refusal):
            await self.outbox.finish(delivery, Status.CANCELLED, reason=verdict.reason)
            return None
        return await self.outbox.claim(delivery, verdict)

    async def _prepare(self, lane: "Lane", *, only_urgent: bool) -> None:
        """备好接下来的几条；安静时段里只要有人等着的，备着的别的不算。"""
        if not lane.ready or only_urgent:
            lane.ready = deque(
                await self.outbox.upcoming(
                    lane.platform, lane.account, only_urgent=only_urgent
                )
            )

    async def _deliver(self, channel: Channel, delivery: Delivery) -> Status:
        try:
            message_id, remark = await hand_over(channel, delivery)
        except NotConnected:
            raise
        except SendFailed as error:
            return await self._refused(delivery, error)
        except SendUnknown as error:
            return await self._in_doubt(delivery, str(error))
        except Exception:
            # 网关实现的差错也不能让一条消息不明不白：按下落不明去查
            logger.exception("发送时出错")
            return await self._in_doubt(delivery, wording.UNEXPECTED)
        await self.outbox.finish(
            delivery, Status.SENT, reason=remark, message_id=message_id
        )
        await self.routes.heard(delivery.place, delivery.account)
        return Status.SENT

    async def _refused(self, delivery: Delivery, error: SendFailed) -> Status:
        if error.removed:
            place = delivery.place
            await self.routes.gone(place, delivery.account)
            if not self.routes.is_lost(place, self._connected(place)):
                # 还有账号可能在那里，哪怕眼下没连着：换它发，或等它回来
                await self.outbox.give_back(delivery)
                await self.outbox.assign([(place, self.route(place))])
                self.outbox.changed.set()
                return Status.PENDING
            await self.checks.removed(place)
        if error.until is not None:
            # 群在禁言：到时候、或解除了再发
            await self.outbox.give_back(delivery, reason=str(error), later=error.until)
            return Status.PENDING
        await self.outbox.finish(delivery, Status.FAILED, reason=str(error))
        return Status.FAILED

    async def _in_doubt(self, delivery: Delivery, reason: str) -> Status:
        await self.outbox.finish(
            delivery,
            Status.UNKNOWN,
            reason=reason,
            next_at=clock.now() + self.pace.settle_after,
        )
        return Status.UNKNOWN

    async def settle_one(self, platform: str, account: str) -> bool:
        """查一条下落不明的；没有可查的为 `False`。"""
        return await self._settler.settle_one(platform, account)


async def _wait(event: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), seconds)
