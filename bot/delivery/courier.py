"""送信：每个账号一条队，一条一条慢慢发；不知道送到没有的，先查历史再说。"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from bot import clock
from bot.errors import NotConnected, SendFailed, SendUnknown
from bot.messages import Place, Reply
from bot.outgoing import History

from . import wording
from .models import Delivery, Form, Status
from .outbox import Outbox
from .pace import Pace
from .reconcile import HISTORY_COUNT, Finding, is_findable, look_for

logger = logging.getLogger(__name__)

IDLE = 5.0
"""没事做时隔几秒看一次：有没有到点的、有没有连上的账号。"""
RETRY_AFTER = timedelta(seconds=30)
MAX_ATTEMPTS = 5
STUCK_AFTER = timedelta(minutes=20)
"""正在发了这么久的，是结果没能记下：比网关最长的等待还久。"""
HISTORY_PATIENCE = timedelta(minutes=15)
"""历史查不成可能只是网关忙，这么久以内再试。"""
PRUNE_EVERY = timedelta(hours=12)


class Channel(Protocol):
    """送信所需的网关能力，`Gateways` 即是；群机器人也有一份。"""

    def accounts(self, place: Place) -> Sequence[str]: ...

    async def send(
        self, place: Place, reply: Reply, *, account: str = "", quote: str = ""
    ) -> str: ...

    async def history(
        self, place: Place, *, account: str = "", count: int = 20
    ) -> History | None: ...

    async def mention_all_quota(self, place: Place, *, account: str = "") -> int: ...

    async def mention_all(
        self, place: Place, text: str, *, account: str = ""
    ) -> str: ...

    async def notice(self, place: Place, text: str, *, account: str = "") -> None: ...


class Policy(Protocol):
    """送信时要问的事。"""

    def objection(self, delivery: Delivery) -> str:
        """现在不该发的原因；可以发则为空。"""
        ...

    async def removed(self, place: Place) -> None:
        """助手已不在这个群。"""
        ...

    async def report(self, deliveries: Sequence[Delivery]) -> None:
        """这些没有发成，或不知道送到没有。"""
        ...


@dataclass(slots=True)
class Lane:
    """一个账号的队。

    参数:
        ready: 取出来备着的；发之前还要认领，所以旧了也无妨
        in_doubt: 连续几条下落不明
    """

    platform: str
    account: str
    ready: deque[Delivery] = field(default_factory=deque)
    ready_urgent: bool = False
    waker: asyncio.Event = field(default_factory=asyncio.Event)
    in_doubt: int = 0
    task: "asyncio.Task[None] | None" = None


class Courier:
    """全部账号的送信。

    参数:
        channel: 某会话走哪条路；没有则为 `None`，等着
    """

    def __init__(
        self,
        outbox: Outbox,
        channel: Callable[[Place], Channel | None],
        policy: Policy,
        pace: Pace,
    ) -> None:
        self.outbox = outbox
        self.policy = policy
        self.pace = pace
        self._channel = channel
        self._homes: dict[Place, str] = {}
        self._absent: dict[Place, set[str]] = {}
        self._lanes: dict[tuple[str, str], Lane] = {}
        self._supervisor: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """接着上次的发。"""
        crashed = await self.outbox.recover()
        if crashed:
            logger.warning("上次停下时有 %d 条正在发，先查是否送到", crashed)
        self._homes = {**await self.outbox.homes(), **self._homes}
        self._supervisor = asyncio.create_task(self._supervise())

    async def stop(self) -> None:
        """停下；正在发的那条下次启动时再查。"""
        started = [self._supervisor, *(lane.task for lane in self._lanes.values())]
        tasks = [task for task in started if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._lanes.clear()
        self._supervisor = None

    def heard(self, place: Place, account: str) -> None:
        """这个账号在这个会话里收到了消息：以后由它发。"""
        self._homes[place] = account
        self._absent.get(place, set()).discard(account)

    def route(self, place: Place) -> str:
        """由哪个账号发到这个会话；没有连着的则为空。"""
        channel = self._channel(place)
        connected = list(channel.accounts(place)) if channel else []
        home = self._homes.get(place)
        absent = self._absent.get(place, set())
        if home in connected and home not in absent:
            return home
        return next((a for a in connected if a not in absent), "")

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
        """过期的收起来，没定账号的定下来；返回有事做的（平台，账号）。"""
        await self.outbox.recover(clock.now() - STUCK_AFTER)
        if expired := await self.outbox.expire():
            await self.policy.report(expired)
        waiting = await self.outbox.waiting()
        routes = {place: self.route(place) for place, _ in waiting}
        await self.outbox.assign(
            (place, routes[place])
            for place, account in waiting
            if routes[place] and account != routes[place]
        )
        # 查历史要由当初发的账号来查，它可能已不是现在的首选
        busy = {(place.platform, account) for place, account in waiting}
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
            lane.in_doubt = 0
            await asyncio.sleep(self.pace.pause())
        if status is Status.UNKNOWN and lane.in_doubt >= self.pace.break_after:
            logger.warning("连续 %d 条不知送到没有，停发一段时间", lane.in_doubt)
            await self._rest(lane)

    async def _rest(self, lane: "Lane") -> None:
        """停发一段时间，其间只查历史；之后先试一条，再不明就再停。"""
        until = clock.now() + self.pace.break_for
        while (left := (until - clock.now()).total_seconds()) > 0:
            if not await self.settle_one(lane.platform, lane.account):
                await asyncio.sleep(min(left, IDLE))

    async def send_one(self, lane: "Lane") -> Status | None:
        """发一条，返回结果；没有可发的为 `None`。"""
        only_urgent = not self.pace.is_open(clock.now())
        if not lane.ready or lane.ready_urgent != only_urgent:
            lane.ready_urgent = only_urgent
            lane.ready = deque(
                await self.outbox.upcoming(
                    lane.platform, lane.account, only_urgent=only_urgent
                )
            )
        if not lane.ready:
            return None
        delivery, account = lane.ready.popleft(), lane.account
        if objection := self.policy.objection(delivery):
            await self.outbox.finish(delivery, Status.CANCELLED, reason=objection)
            return Status.PENDING
        channel = self._channel(delivery.place)
        if channel is None or account not in channel.accounts(delivery.place):
            return None
        claimed = await self.outbox.claim(delivery)
        return await self._deliver(channel, claimed) if claimed else Status.PENDING

    async def _deliver(self, channel: Channel, delivery: Delivery) -> Status:
        try:
            message_id, remark = await _hand_over(channel, delivery)
        except NotConnected:
            await self.outbox.postpone(delivery, clock.now() + RETRY_AFTER)
            return Status.PENDING
        except SendFailed as error:
            return await self._refused(delivery, error)
        except SendUnknown as error:
            return await self._in_doubt(delivery, str(error))
        except Exception:
            # 网关实现的差错也不能让一条消息不明不白：按下落不明去查
            logger.exception("发送时出错")
            return await self._in_doubt(delivery, wording.UNEXPECTED)
        self._homes[delivery.place] = delivery.account
        await self.outbox.finish(
            delivery, Status.SENT, reason=remark, message_id=message_id
        )
        return Status.SENT

    async def _refused(self, delivery: Delivery, error: SendFailed) -> Status:
        if error.removed:
            self._absent.setdefault(delivery.place, set()).add(delivery.account)
            if other := self.route(delivery.place):
                await self.outbox.postpone(delivery, clock.now())
                await self.outbox.assign([(delivery.place, other)])
                self.outbox.changed.set()
                return Status.PENDING
            await self.policy.removed(delivery.place)
        await self.outbox.finish(delivery, Status.FAILED, reason=str(error))
        await self.policy.report([delivery])
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
        delivery = await self.outbox.unsettled_for(platform, account)
        if delivery is None or delivery.sending_at is None:
            return False
        ripe = delivery.sending_at + self.pace.settle_after
        if clock.now() < ripe:
            await self.outbox.finish(
                delivery, Status.UNKNOWN, reason=delivery.reason, next_at=ripe
            )
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
            logger.warning("查历史没有成功：%s", error)
            history = None
        if history is not None:
            await self._conclude(delivery, history)
        elif clock.now() - delivery.sending_at < HISTORY_PATIENCE:
            await self._in_doubt(delivery, delivery.reason)
        else:
            await self._give_up(delivery, wording.NO_HISTORY)
        return True

    async def _conclude(self, delivery: Delivery, history: History) -> None:
        since = clock.now() - timedelta(days=7)
        taken = await self.outbox.recorded_ids(delivery.place, since)
        finding, message_id = look_for(delivery, history, taken)
        if finding is Finding.THERE:
            await self.outbox.finish(delivery, Status.SENT, message_id=message_id)
        elif finding is Finding.CANNOT_TELL:
            await self._give_up(delivery, wording.HISTORY_TOO_SHORT)
        elif delivery.attempts >= MAX_ATTEMPTS:
            await self.outbox.finish(
                delivery, Status.FAILED, reason=wording.TOO_MANY_ATTEMPTS
            )
            await self.policy.report([delivery])
        else:
            await self.outbox.finish(
                delivery,
                Status.PENDING,
                reason=wording.NOT_IN_HISTORY,
                next_at=clock.now(),
            )
            self.outbox.changed.set()

    async def _give_up(self, delivery: Delivery, reason: str) -> None:
        """查不出来：留着“下落不明”给秘书处看，绝不盲目重发。"""
        await self.outbox.finish(delivery, Status.UNKNOWN, reason=reason)
        await self.policy.report([delivery])


async def _hand_over(channel: Channel, delivery: Delivery) -> tuple[str, str]:
    """交给网关，返回消息号与备注；做不到的形式退为普通消息。"""
    place, account, text = delivery.place, delivery.account, delivery.text
    remark = ""
    if delivery.form is Form.MENTION_ALL:
        if await channel.mention_all_quota(place, account=account) > 0:
            return await channel.mention_all(place, text, account=account), ""
        remark = wording.NO_MENTION_ALL
    elif delivery.form is Form.NOTICE:
        try:
            await channel.notice(place, text, account=account)
        except SendFailed as error:
            if error.removed:
                raise
            remark = wording.NO_NOTICE
        else:
            return "", ""
    return await channel.send(place, delivery.reply, account=account), remark


async def _wait(event: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), seconds)
