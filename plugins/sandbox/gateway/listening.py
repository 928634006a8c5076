"""听助手说了什么、调用了什么，供页面与测试等候。"""

import asyncio
from collections import Counter, deque
from contextlib import suppress
from dataclasses import dataclass, field

from plugins.sandbox.people import ChatPlace
from plugins.sandbox.talk import Bubble
from plugins.sandbox.world import Change, World

from .actions import Params
from .faults import FaultMode
from .link import Link


@dataclass(frozen=True, slots=True)
class Call:
    """助手的一次调用。"""

    action: str
    params: Params
    fault: FaultMode


@dataclass(slots=True)
class Counters:
    """收发计数。"""

    sent: int = 0
    """发给助手的帧，含心跳与回应。"""
    received: int = 0
    """助手发来的帧。"""
    events: int = 0
    """替人说的话。"""
    delivered: int = 0
    """助手说出来、真的送达的。"""
    malformed: int = 0
    """助手发来的、读不懂的帧。"""
    actions: Counter[str] = field(default_factory=Counter)
    """每种动作的次数。"""


class Listening(Link):
    """记得替谁说到哪里、助手调用过什么的一条连接。

    参数:
        world: 所在的世界
    """

    def __init__(
        self, url: str, token: str | None, heartbeat: float, world: World
    ) -> None:
        super().__init__(url, token, heartbeat)
        self.world = world
        self.counters = Counters()
        self.calls: deque[Call] = deque(maxlen=1000)
        self._said: dict[str, int] = {}
        self._called = asyncio.Event()

    async def wait_for_reply(
        self,
        place: ChatPlace,
        *,
        after: str | None = None,
        timeout: float = 5,  # noqa: ASYNC109
    ) -> Bubble:
        """等助手在会话里说一句。

        参数:
            place: 会话
            after: 在这条消息之后；默认在最后一次 `say` 之后
            timeout: 最多等多久，秒

        返回:
            之后的第一条

        异常:
            TimeoutError: 助手没有说话
        """
        seq = self._seq(place, after)
        loop = asyncio.get_running_loop()
        arrived: asyncio.Future[Bubble] = loop.create_future()

        def listener(change: Change, bubble: Bubble | None) -> None:
            if (
                change is Change.ADDED
                and bubble is not None
                and bubble.by_assistant
                and bubble.place == place
                and bubble.seq > seq
                and not arrived.done()
            ):
                arrived.set_result(bubble)

        stop = self.world.listen(listener)
        try:
            if (found := self._first_reply(place, seq)) is not None:
                return found
            return await asyncio.wait_for(arrived, timeout)
        except TimeoutError:
            message = f"助手在{place.name}里 {timeout} 秒没有说话"
            raise TimeoutError(message) from None
        finally:
            stop()

    async def wait_silence(
        self,
        place: ChatPlace,
        *,
        after: str | None = None,
        seconds: float = 1,
    ) -> None:
        """确认助手一段时间里没有说话。

        参数:
            place: 会话
            after: 在这条消息之后；默认在最后一次 `say` 之后
            seconds: 等多久

        异常:
            AssertionError: 助手说话了
        """
        with suppress(TimeoutError):
            bubble = await self.wait_for_reply(place, after=after, timeout=seconds)
            raise AssertionError(f"助手本该沉默，却说了：{bubble.text}")

    async def wait_for_call(
        self,
        name: str,
        *,
        count: int = 1,
        timeout: float = 5,  # noqa: ASYNC109
    ) -> Call:
        """等助手调用一个动作，不论结局。

        参数:
            name: 动作名
            count: 从连接以来一共到第几次
            timeout: 最多等多久，秒

        返回:
            这个动作最近的一次调用

        异常:
            TimeoutError: 次数没有到
        """
        try:
            async with asyncio.timeout(timeout):
                while self.counters.actions[name] < count:
                    self._called.clear()
                    await self._called.wait()
        except TimeoutError:
            message = f"助手 {timeout} 秒里没有第 {count} 次调用 {name}"
            raise TimeoutError(message) from None
        return next(call for call in reversed(self.calls) if call.action == name)

    def replies(self, place: ChatPlace, *, after: str | None = None) -> list[Bubble]:
        """助手已经在会话里说的，旧的在前。"""
        since = self.world.since(place, self._seq(place, after))
        return [bubble for bubble in since if bubble.by_assistant]

    def _first_reply(self, place: ChatPlace, seq: int) -> Bubble | None:
        for bubble in self.world.since(place, seq):
            if bubble.by_assistant:
                return bubble
        return None

    def _seq(self, place: ChatPlace, after: str | None) -> int:
        if after is None:
            return self._said.get(place.key, 0)
        bubble = self.world.find(after)
        if bubble is None:
            raise ValueError(f"没有这条消息：{after}")
        return bubble.seq
