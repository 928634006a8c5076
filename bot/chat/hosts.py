"""没设令牌时，只理会用本机的名字来访的。

网页可以让自己的域名解析到本机（DNS 重绑定），这时它的 Origin 与 Host 一致，
浏览器当它是同源；但 Host 终究是那个域名，凭它认出来。
"""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, TypeAlias

from bot.hosts import is_loopback, without_port

Scope: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]

_REFUSAL = "没有设置访问令牌，只接受用 127.0.0.1 或 localhost 来访".encode()


class LocalNamesOnly:
    """包在网站外面的一层。

    参数:
        app: 网站
        host: 监听的地址，它的写法也算本机的名字
    """

    def __init__(self, app: App, host: str) -> None:
        self._app = app
        self._host = host.lower()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """放行或拒绝一次来访。"""
        if scope["type"] == "lifespan" or self._is_local(scope):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            headers = [(b"content-type", b"text/plain; charset=utf-8")]
            await send(
                {"type": "http.response.start", "status": 403, "headers": headers}
            )
            await send({"type": "http.response.body", "body": _REFUSAL})

    def _is_local(self, scope: Scope) -> bool:
        named = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
        host = without_port(named).lower()
        return is_loopback(host) or host == self._host
