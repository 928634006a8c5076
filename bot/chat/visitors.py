"""来访的连接：迟迟不把请求说完的断开；太多了就断开最旧的，总给网关留着位置。

升成 WebSocket 的不再归这里管，网关占的不算在内。
"""

import asyncio
from typing import Any, ClassVar

from loguru import logger
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

try:
    import resource
except ImportError:  # Windows 没有
    resource = None

PATIENCE_SECONDS = 15
"""连上之后多久要把请求说完，上一个答完之后也一样。"""
MOST_VISITORS = 200
DESCRIPTORS = 4096


class Visitor(HttpToolsProtocol):
    """一条来访的连接。"""

    _visitors: ClassVar[dict["Visitor", None]] = {}
    _crowded: ClassVar[int] = 0

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """连上。"""
        super().connection_made(transport)
        self._visitors[self] = None
        if len(self._visitors) > MOST_VISITORS:
            self._make_room()
        self._watch()

    def data_received(self, data: bytes) -> None:
        """来了一段。"""
        super().data_received(data)
        if self not in self.connections:
            self._forget()
        else:
            self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """断了。"""
        self._forget()
        super().connection_lost(exc)

    @property
    def _silent(self) -> bool:
        """请求还没说完头几行，或上一个已经答完。"""
        return self.cycle is None or self.cycle.response_complete

    def _watch(self) -> None:
        if self._silent and self._deadline is None:
            self._deadline = self.loop.call_later(PATIENCE_SECONDS, self._expire)
        elif not self._silent:
            self._stop_watching()

    def _expire(self) -> None:
        self._deadline = None
        if self._silent:
            self.transport.close()

    def _stop_watching(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _forget(self) -> None:
        self._visitors.pop(self, None)
        self._stop_watching()

    def _make_room(self) -> None:
        oldest = next(iter(self._visitors))
        oldest._forget()
        oldest.transport.close()
        cls = type(self)
        if not cls._crowded:
            self.loop.call_later(60, self._report)
        cls._crowded += 1

    @classmethod
    def _report(cls) -> None:
        logger.warning("来访的连接太多，最近断开了 {} 条旧的", cls._crowded)
        cls._crowded = 0


def allow_descriptors() -> None:
    """让系统许可的描述符多一些：默认的一千来个，连接一多就不够网关用。"""
    if resource is None:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = DESCRIPTORS if hard == resource.RLIM_INFINITY else min(DESCRIPTORS, hard)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
