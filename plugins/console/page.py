"""文件库页面的入口。"""

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from nicegui import ui

from bot.assistant import Assistant
from bot.pages import refusal, trust

from . import wording
from .view import DocumentsView, dress

_CONNECT_SECONDS = 30
"""打开网页的多久之内会连上来；过了就当没有人在看。"""
_assistant: Assistant | None = None


def open_for(assistant: Assistant | None) -> None:
    """页面从此管这个助手；`None` 是不再给看。"""
    global _assistant
    _assistant = assistant
    if assistant is not None:
        trust(assistant.settings.onebot_v11_access_token)


@ui.page("/documents", title="1+X 助手 · 文件库")
async def _page(
    request: Request, token: str | None = None, number: int = 0
) -> Response | None:
    if refused := refusal(request, token):
        return refused
    if _assistant is None:
        page = f'<!doctype html><meta charset="utf-8"><p>{wording.CLOSED}</p>'
        return HTMLResponse(page, 503)
    dress()
    client = ui.context.client
    await client.connected(_CONNECT_SECONDS)
    if client.has_socket_connection and _assistant is not None:
        await DocumentsView(_assistant, number).build()
    return None
