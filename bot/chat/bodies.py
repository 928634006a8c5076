"""来访带的正文有多大：太大的还没读就拒绝，说不清多大的读到上限为止。"""

from collections.abc import MutableMapping
from typing import Any

from starlette.exceptions import HTTPException

from .hosts import App, Receive, Scope, Send

LARGEST = 1024 * 1024
LARGEST_UPLOAD = 51 * 1024 * 1024
_UPLOADS = "/_nicegui/client/"
"""页面上发图片、导入文件，用不着的人没有这个网址。"""
_REFUSAL = "太大了".encode()


class SmallBodies:
    """包在网站外面的一层。

    参数:
        app: 网站
    """

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """放行或拒绝一次来访。"""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        largest = LARGEST_UPLOAD if scope["path"].startswith(_UPLOADS) else LARGEST
        if _declared(scope) > largest:
            headers = [
                (b"content-type", b"text/plain; charset=utf-8"),
                (b"connection", b"close"),
            ]
            await send(
                {"type": "http.response.start", "status": 413, "headers": headers}
            )
            await send({"type": "http.response.body", "body": _REFUSAL})
            return
        await self._app(scope, _counting(receive, largest), send)


def _declared(scope: Scope) -> int:
    written = dict(scope["headers"]).get(b"content-length", b"")
    return int(written) if written.isdigit() else 0


def _counting(receive: Receive, largest: int) -> Receive:
    """边读边数，过了上限就不再读。"""
    size = 0

    async def receive_some() -> MutableMapping[str, Any]:
        nonlocal size
        if size > largest:
            raise HTTPException(413)
        message = await receive()
        size += len(message.get("body", b""))
        if size > largest:
            raise HTTPException(413)
        return message

    return receive_some
