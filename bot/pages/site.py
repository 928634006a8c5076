"""页面挂在哪里、谁能看。"""

import hmac

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse
from nicegui import app as pages
from nicegui import ui

from bot.hosts import is_loopback, without_port

_FORBIDDEN = "这一页只对本机开放；从别处访问请在网址后面加上 ?token= 和 v11 访问令牌。"
_FRAMED = "这一页不能放在别的网页里。"
_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
    '<rect width="64" height="64" rx="16" fill="#2f7cf6"/>'
    '<path d="M14 20a6 6 0 0 1 6-6h24a6 6 0 0 1 6 6v18a6 6 0 0 1-6 6H30l-9 8v-8h-1'
    'a6 6 0 0 1-6-6z" fill="#fff"/><path d="M32 21v16M24 29h16" stroke="#2f7cf6" '
    'stroke-width="4" stroke-linecap="round"/></svg>'
)
_FRAMES = frozenset({"iframe", "frame", "embed", "object"})
_RELAYED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
"""反向代理转来的：来访者看着是本机，其实不是。"""
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


def trust(token: str | None) -> None:
    """从别处访问页面所用的令牌；没有则只对本机开放。"""
    global _token
    _token = token


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


def refusal(request: Request, token: str | None) -> Response | None:
    """这次来访看不了页面时怎么说；能看为 `None`。"""
    host = request.client.host if request.client else ""
    if request.headers.get("sec-fetch-dest") in _FRAMES:
        # 别的网页套着它，骗人来点
        return _said(_FRAMED)
    if any(name in request.headers for name in _RELAYED):
        host = ""
    if not allowed(host, request.headers.get("host", ""), token):
        return _said(_FORBIDDEN)
    return None


def _said(text: str) -> Response:
    return HTMLResponse(f'<!doctype html><meta charset="utf-8"><p>{text}</p>', 403)


@pages.exception_handler(404)
async def _missing(_request: Request, _error: Exception) -> Response:
    """没有的网址；NiceGUI 自己的那一页每次都要占一份内存。"""
    return PlainTextResponse("没有这一页。", 404)
