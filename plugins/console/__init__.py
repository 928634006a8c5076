"""文件库的页面：秘书处把文件拖进来，看它改动了什么，逐处定。

`/documents` 页面与沙盒挂在同一个网站上；管的是真的群用的那个助手。
"""

from typing import TYPE_CHECKING

from nonebot.plugin import Plugin, PluginMetadata

from bot import HOMEPAGE
from bot.routing import Routes

if TYPE_CHECKING:
    from bot.assistant import Assistant

__plugin_meta__ = PluginMetadata(
    name="文件库页面",
    description="在浏览器里导入通知与指南，逐处定下它带来的改动",
    usage="启动后打开 http://127.0.0.1:8080/documents",
    type="application",
    homepage=HOMEPAGE,
    supported_adapters={"~onebot.v11", "~onebot.v12"},
)

routes = Routes()


@routes.on_start
async def start(assistant: "Assistant") -> None:
    """页面从此管真的那个助手；沙盒里的不归它管。"""
    if assistant.sandboxed:
        return
    from .page import open_for

    open_for(assistant)


@routes.on_stop
async def stop(assistant: "Assistant") -> None:
    """停了就不再给看。"""
    from .page import open_for

    open_for(None)


if isinstance(globals().get("__plugin__"), Plugin):
    import nonebot

    from bot.pages import mount

    mount(nonebot.get_app())
