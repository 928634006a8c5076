"""网关还在不在：说过话的就在，哪怕应得慢；真没动静的立即断开，不等它收完。

uvicorn 自己的只认应声：网关一口气上报上万条，应声排在后面，好好的也断开；
断开时又要先等它收完欠着的，不收的就一直断不掉，同一个号也连不回来。
"""

from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import (
    WebSocketsSansIOProtocol,
)

LOOKS = 3
"""没有应声，分几次看它有没有动静：循环忙了一阵，要紧的已到了门口，下一次就看得见。"""


class PatientSocket(WebSocketsSansIOProtocol):
    """一条 WebSocket 连接。"""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._heard = False
        self._looks = 0

    def data_received(self, data: bytes) -> None:
        """来了一段。"""
        self._heard = True
        super().data_received(data)

    def send_keepalive_ping(self) -> None:
        """探一次。"""
        self._heard, self._looks = False, 0
        super().send_keepalive_ping()
        self._look_later()

    def keepalive_timeout(self) -> None:
        """还没有应声：接连几次都没有动静，才算不在了。"""
        # 自己还没看完，它的话正堵在外面
        self._looks = 0 if self._heard or self.read_paused else self._looks + 1
        self._heard = False
        if self._looks < LOOKS:
            self._look_later()
            return
        super().keepalive_timeout()
        self.transport.abort()

    def _look_later(self) -> None:
        # 正在断开的没有去探，也就没有这个
        if self.pong_timer is not None and self.ping_timeout is not None:
            self.pong_timer.cancel()
            self.pong_timer = self.loop.call_later(
                self.ping_timeout / LOOKS, self.keepalive_timeout
            )
