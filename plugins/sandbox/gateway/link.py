"""与助手之间的那条 WebSocket：连接、断线重连、心跳。"""

import asyncio
import contextlib
from abc import ABC, abstractmethod
from typing import ClassVar

from nonebot.log import logger
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus, WebSocketException

_FIRST_DELAYS = (0.1, 0.2, 0.4, 0.8, 1.5, 3.0, 5.0)
"""从没连上过时的等待：服务器多半还没开始监听。"""
_RECONNECT_DELAYS = (1.0, 2.0, 3.0, 5.0)
"""连上过又断开之后的等待。"""
_MAX_FRAME = 64 * 1024 * 1024


class Link(ABC):
    """一条会自己重连的 WebSocket。

    参数:
        url: 助手的地址
        token: 访问令牌
        heartbeat: 心跳间隔，秒
    """

    label: ClassVar[str]
    """日志里的名字。"""

    def __init__(self, url: str, token: str | None, heartbeat: float) -> None:
        self.url = url
        self._token = token
        self._heartbeat = heartbeat
        self._socket: ClientConnection | None = None
        self._task: asyncio.Task[None] | None = None
        self._ready = asyncio.Event()
        self._pause = 0.0
        self._refused = ""

    @property
    def connected(self) -> bool:
        """是否已经连上。"""
        return self._ready.is_set()

    async def start(self) -> None:
        """开始连接，立即返回；连不上就一直重试。"""
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run(), name=f"sandbox-{self.label}")

    async def stop(self) -> None:
        """断开，不再重连。"""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def wait_connected(self, timeout: float = 10) -> None:  # noqa: ASYNC109
        """等到连上。

        参数:
            timeout: 最多等多久，秒

        异常:
            TimeoutError: 没有连上
        """
        try:
            await asyncio.wait_for(self._ready.wait(), timeout)
        except TimeoutError:
            reason = self._refused or "没有连上"
            raise TimeoutError(f"{self.label}：{reason}（{self.url}）") from None

    async def disconnect(self, seconds: float = 0) -> None:
        """突然断线，之后自己重连。

        参数:
            seconds: 断开多久才开始重连
        """
        self._pause = max(seconds, 0.0)
        if (socket := self._socket) is not None:
            self._down()
            await socket.close()

    async def send_raw(self, frame: str | bytes) -> None:
        """原样发一帧。

        参数:
            frame: 任何内容，不必是合法的事件

        异常:
            ConnectionError: 没有连着
        """
        if (socket := self._socket) is None:
            raise ConnectionError(f"{self.label}没有连着助手")
        try:
            await socket.send(frame)
        except ConnectionClosed as error:
            raise ConnectionError(f"{self.label}与助手的连接断了") from error
        self._sent()

    async def _run(self) -> None:
        attempt, been_up = 0, False
        while True:
            try:
                async with connect(
                    self.url,
                    additional_headers=self._headers(),
                    max_size=_MAX_FRAME,
                    open_timeout=5,
                    close_timeout=1,
                    proxy=None,
                ) as socket:
                    attempt, been_up = 0, True
                    await self._converse(socket)
            except (OSError, WebSocketException, TimeoutError) as error:
                self._complain(error)
            finally:
                self._down()
            pause, self._pause = self._pause, 0.0
            delays = _RECONNECT_DELAYS if been_up else _FIRST_DELAYS
            step = delays[min(attempt, len(delays) - 1)]
            attempt += 1
            await asyncio.sleep(pause + step)

    async def _converse(self, socket: ClientConnection) -> None:
        self._socket = socket
        await self._greet()
        self._refused = ""
        self._ready.set()
        logger.info(f"{self.label}已连上助手")
        self._changed()
        beat = asyncio.create_task(self._beat())
        try:
            async for frame in socket:
                await self._receive(frame)
        finally:
            beat.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await beat

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(self._heartbeat)
            with contextlib.suppress(ConnectionError):
                await self._send_heartbeat()

    def _down(self) -> None:
        self._socket = None
        if self._ready.is_set():
            self._ready.clear()
            logger.info(f"{self.label}与助手断开")
            self._changed()

    def _complain(self, error: Exception) -> None:
        if isinstance(error, InvalidStatus):
            status = error.response.status_code
            reason = (
                "助手拒绝了连接：令牌不对，或同一个号已经连着"
                if status == 403
                else f"助手拒绝了连接（HTTP {status}）"
            )
            if reason != self._refused:
                logger.warning(f"{self.label}：{reason}")
            self._refused = reason
        else:
            logger.debug(f"{self.label}暂时连不上助手，稍后再试：{error!r}")

    @abstractmethod
    def _headers(self) -> dict[str, str]:
        """连接时的请求头。"""

    @abstractmethod
    async def _greet(self) -> None:
        """刚连上时要说的。"""

    @abstractmethod
    async def _send_heartbeat(self) -> None:
        """发一次心跳。"""

    @abstractmethod
    async def _receive(self, frame: str | bytes) -> None:
        """收到一帧。"""

    @abstractmethod
    def _sent(self) -> None:
        """刚发出一帧。"""

    @abstractmethod
    def _changed(self) -> None:
        """刚连上或刚断开。"""
