"""沙盒页面的入口：网址、文件下载。"""

from urllib.parse import quote

from fastapi import Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse
from nicegui import app as pages
from nicegui import ui

from bot.pages import allowed as allowed
from bot.pages import mount as mount
from bot.pages import refusal, trust

from .service import Sandbox
from .view import ChatView, dress

_CLOSED = "沙盒还没有准备好，请稍后刷新。"
_CONNECT_SECONDS = 30
"""打开网页的多久之内会连上来；过了就当没有人在看。"""
_sandbox: Sandbox | None = None


def open_for(sandbox: Sandbox, token: str | None) -> None:
    """页面从此显示这个沙盒。

    参数:
        sandbox: 运行中的沙盒
        token: 从别处访问页面所用的令牌；没有则只对本机开放
    """
    global _sandbox
    _sandbox = sandbox
    trust(token)


@ui.page("/sandbox", title="1+X 助手 · 沙盒")
async def _page(
    request: Request, token: str | None = None, place: str = "", who: str = ""
) -> Response | None:
    if refused := refusal(request, token):
        return refused
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
