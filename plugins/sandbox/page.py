"""沙盒页面的入口：网址、谁能看、文件下载。"""

import hmac
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse
from nicegui import app as pages
from nicegui import ui

from bot.hosts import is_loopback, without_port

from .service import Sandbox
from .view import ChatView, dress

_FORBIDDEN = "沙盒只对本机开放；从别处访问请在网址后面加上 ?token= 和 v11 访问令牌。"
_CLOSED = "沙盒还没有准备好，请稍后刷新。"
_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
    '<rect width="64" height="64" rx="16" fill="#2f7cf6"/>'
    '<path d="M14 20a6 6 0 0 1 6-6h24a6 6 0 0 1 6 6v18a6 6 0 0 1-6 6H30l-9 8v-8h-1'
    'a6 6 0 0 1-6-6z" fill="#fff"/><path d="M32 21v16M24 29h16" stroke="#2f7cf6" '
    'stroke-width="4" stroke-linecap="round"/></svg>'
)
_CONNECT_SECONDS = 30
"""打开网页的多久之内会连上来；过了就当没有人在看。"""
_sandbox: Sandbox | None = None
_token: str | None = None
_mounted: set[int] = set()


def mount(app: FastAPI) -> None:
    """把 NiceGUI 挂到网站上；同一个应用只挂一次。

    NiceGUI 占下其余全部路径，所以要在 OneBot 的路由登记之后、服务器启动之前。

    参数:
        app: NoneBot 的 FastAPI 应用
    """
    if id(app) in _mounted:
        return
    _mounted.add(id(app))
    ui.run_with(
        app,
        title="1+X 助手",
        language="zh-CN",
        favicon=_ICON,
        tailwind=False,
        reconnect_timeout=10,
        show_welcome_message=False,
    )


def open_for(sandbox: Sandbox, token: str | None) -> None:
    """页面从此显示这个沙盒。

    参数:
        sandbox: 运行中的沙盒
        token: 从别处访问页面所用的令牌；没有则只对本机开放
    """
    global _sandbox, _token
    _sandbox, _token = sandbox, token


def allowed(client_host: str, asked_host: str, token: str | None) -> bool:
    """谁能打开页面：本机用本机的名字总可以，否则要带对令牌。

    参数:
        client_host: 来访者的地址
        asked_host: Host 请求头；不是本机的名字，就是别处的网页或反向代理
        token: 网址里的 `token`
    """
    if is_loopback(client_host) and is_loopback(without_port(asked_host)):
        return True
    if not _token or not token:
        return False
    return hmac.compare_digest(token.encode(), _token.encode())


@ui.page("/sandbox", title="1+X 助手 · 沙盒")
async def _page(
    request: Request, token: str | None = None, place: str = "", who: str = ""
) -> Response | None:
    host = request.client.host if request.client else ""
    if not allowed(host, request.headers.get("host", ""), token):
        return HTMLResponse(
            f'<!doctype html><meta charset="utf-8"><p>{_FORBIDDEN}</p>', 403
        )
    if _sandbox is None:
        return HTMLResponse(
            f'<!doctype html><meta charset="utf-8"><p>{_CLOSED}</p>', 503
        )
    dress()
    # 只取网页、不连上来的（探活、爬虫），什么也不为它画
    client = ui.context.client
    await client.connected(_CONNECT_SECONDS)
    if client.has_socket_connection and _sandbox is not None:
        ChatView(_sandbox, place, who).build()
    return None


@pages.exception_handler(404)
async def _missing(_request: Request, _error: Exception) -> Response:
    """没有的网址；NiceGUI 自己的那一页每次都要占一份内存。"""
    return PlainTextResponse("没有这一页。", 404)


@pages.get("/sandbox/files/{blob_id}")
async def _file(blob_id: str) -> Response:
    """图片与文件；编号是猜不到的，知道编号就能取。"""
    blob = _sandbox.world.blobs.get(blob_id) if _sandbox else None
    if blob is None:
        return PlainTextResponse("文件不存在，或已被清理。", 404)
    disposition = "inline" if blob.inline else "attachment"
    headers = {
        "Content-Disposition": f"{disposition}; filename*=UTF-8''{quote(blob.name)}",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, max-age=3600",
    }
    return Response(blob.data, media_type=blob.media_type, headers=headers)
