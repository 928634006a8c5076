"""一条连接上收到的各帧，分两道走：对助手说的先看，群里的闲话后看。

一边读一边分，读得再快也只留装得下的：闲话多得看不过来，旧的就不看了，只记个数；
正在处理的多了，就先不交出去。网关的应答随到随交，助手正等着它。
"""

import asyncio
import json
import time
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from contextvars import ContextVar
from typing import Any, TypeAlias

import msgpack
from loguru import logger
from nonebot.drivers import WebSocket
from nonebot.exception import NetworkError

Data: TypeAlias = str | bytes

CHATTER_ROOM, URGENT_ROOM = 1_000_000, 16_000_000
"""两道各留多少字；闲话平常一千来条，助手一秒看得完。"""
MOST_HANDLED = 64
"""一条连接上同时处理的最多这么多条：网关不收，也只悬着这么多。"""
FEW_HANDLED = 2
"""正在处理的不过这么多条，才看闲话。"""
LULL_SECONDS = 0.02
"""看一条闲话之前，最多这么久光读不看：读得快，排在后面的要紧话才早些读到。"""
MOST_SEGMENTS = 500
"""一条消息的段再多就不看了：没有人这样说话。"""
REPORT_SECONDS = 60
_NOT_READ = (ValueError, RecursionError, msgpack.UnpackException)


class Unread(NetworkError):
    """对方连着却不收，积着的够多了：这一帧没有发出去。"""


class Lane:
    """先来的先出；装不下了，最旧的让位。

    参数:
        room: 装得下多少字
    """

    def __init__(self, room: int) -> None:
        self._room = room
        self._frames: deque[Data] = deque()
        self._size = 0

    def __len__(self) -> int:
        return len(self._frames)

    def put(self, frame: Data) -> int:
        """放进一帧；返回让位的有几帧。"""
        self._frames.append(frame)
        self._size += len(frame)
        before = len(self._frames)
        while self._size > self._room and len(self._frames) > 1:
            self.take()
        return before - len(self._frames)

    def take(self) -> Data:
        """取出最旧的一帧。"""
        frame = self._frames.popleft()
        self._size -= len(frame)
        return frame


class Inbox(WebSocket):
    """包在一条连接外面：照样收发，收到的按轻重交出。

    参数:
        is_urgent: 一个事件是不是等着助手的，见 `urgency`
        patience: 对方不收，等它多少秒；一直等为 `None`
    """

    def __init__(
        self,
        socket: WebSocket,
        is_urgent: Callable[[Mapping[str, Any]], bool],
        patience: float | None,
    ) -> None:
        super().__init__(request=socket.request)
        self._socket = socket
        self._is_urgent = is_urgent
        self._patience = patience
        self._responses: deque[Data] = deque()
        self._urgent, self._chatter = Lane(URGENT_ROOM), Lane(CHATTER_ROOM)
        self._changed = asyncio.Event()
        self._pumping: asyncio.Task[None] | None = None
        self._ended: Exception | None = None
        self._read = 0
        self._handled = 0
        self._dropped = 0

    async def _pump(self) -> None:
        """不停地读，读到就分，直到连接断开。"""
        try:
            while True:
                self._sort(await self._socket.receive())
        except Exception as error:
            # 不论怎么断的，都照原样告诉来取的
            self._ended = error
        finally:
            self._changed.set()

    async def receive(self) -> Data:
        """下一帧；处理不过来时等着，只有应答不等。"""
        # 让刚交出去的那条先动起来，好数清正在处理几条
        await asyncio.sleep(0)
        while True:
            if self._responses:
                return self._responses.popleft()
            if self._urgent and self._handled < MOST_HANDLED:
                return self._urgent.take()
            if self._chatter and self._handled < FEW_HANDLED:
                await self._lull()
                if not self._responses and not self._urgent:
                    return self._chatter.take()
                continue
            if self._ended is not None:
                raise self._ended
            self._changed.clear()
            await self._changed.wait()

    async def _lull(self) -> None:
        """等眼前的都读完；一直有来的，也只等一小会儿。"""
        until = time.monotonic() + LULL_SECONDS
        before = -1
        while before != self._read and time.monotonic() < until:
            before = self._read
            # 收到、排队、取走各要循环转一圈
            for _ in range(3):
                await asyncio.sleep(0)

    async def handle(self, work: Callable[[Any], Awaitable[None]], event: Any) -> None:
        """处理一个事件，记着正在处理几个。"""
        self._handled += 1
        try:
            await work(event)
        finally:
            self._handled -= 1
            self._changed.set()

    def stop(self) -> None:
        """不再读。"""
        if self._pumping is not None:
            self._pumping.cancel()

    def _sort(self, frame: Data) -> None:
        self._read += 1
        try:
            loads = json.loads if isinstance(frame, str) else msgpack.unpackb
            event = loads(frame)
        except _NOT_READ as error:
            logger.warning("网关发来的一帧读不懂：{}", type(error).__name__)
            return
        if not isinstance(event, dict):
            logger.warning("网关发来的一帧不是一个事件，没有理会")
            return
        segments = event.get("message")
        if isinstance(segments, list) and len(segments) > MOST_SEGMENTS:
            logger.warning("一条消息有 {} 段，没有看", len(segments))
            return
        if "post_type" not in event and "type" not in event:
            self._responses.append(frame)
        else:
            lane = self._urgent if self._is_urgent(event) else self._chatter
            self._note_dropped(lane.put(frame))
        self._changed.set()

    def _note_dropped(self, count: int) -> None:
        if count and not self._dropped:
            asyncio.get_running_loop().call_later(REPORT_SECONDS, self._report)
        self._dropped += count

    def _report(self) -> None:
        logger.warning("消息来得太快，最近有 {} 条没有看", self._dropped)
        self._dropped = 0

    @property
    def closed(self) -> bool:
        """连接是否断了。"""
        return self._socket.closed

    async def accept(self) -> None:
        """接受连接，从此边读边分。"""
        await self._socket.accept()
        self._pumping = asyncio.create_task(self._pump())

    async def close(self, code: int = 1000, reason: str = "") -> None:
        """断开。"""
        await self._socket.close(code, reason)

    async def receive_text(self) -> str:
        """下一帧，是文字的。"""
        frame = await self.receive()
        return frame if isinstance(frame, str) else frame.decode()

    async def receive_bytes(self) -> bytes:
        """下一帧，是字节的。"""
        frame = await self.receive()
        return frame.encode() if isinstance(frame, str) else frame

    async def send_text(self, data: str) -> None:
        """发文字。

        异常:
            Unread: 对方一直不收
        """
        await self._send(self._socket.send_text(data))

    async def send_bytes(self, data: bytes) -> None:
        """发字节。

        异常:
            Unread: 对方一直不收
        """
        await self._send(self._socket.send_bytes(data))

    async def _send(self, sending: Awaitable[None]) -> None:
        try:
            # 等的是它收下前面的；等不到，这一帧就一个字也没有发
            await asyncio.wait_for(sending, self._patience)
        except TimeoutError:
            raise Unread("网关") from None


_current: ContextVar[Inbox | None] = ContextVar("inbox", default=None)


def current() -> Inbox | None:
    """正在这条连接上做事的那个；不在连接上则为 `None`。"""
    return _current.get()


async def open_inbox(
    socket: WebSocket,
    is_urgent: Callable[[Mapping[str, Any]], bool],
    patience: float | None,
    work: Callable[[WebSocket], Awaitable[None]],
) -> None:
    """边读边分一条连接，让 `work` 从分好的里取，直到断开。"""
    inbox = Inbox(socket, is_urgent, patience)
    _current.set(inbox)
    try:
        await work(inbox)
    finally:
        inbox.stop()
