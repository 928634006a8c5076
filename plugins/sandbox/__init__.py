"""沙盒：在浏览器里与助手聊天，不需要真的 QQ 或微信。

`/sandbox` 页面像一个聊天软件；背后的模拟网关经真实的 WebSocket 连到公开的
`/onebot/…` 路由，与真的网关走同一条路。
"""

from typing import TYPE_CHECKING

from nonebot.plugin import Plugin, PluginMetadata

from bot import HOMEPAGE
from bot.routing import Routes

if TYPE_CHECKING:
    from fastapi import FastAPI

    from bot.assistant import Assistant

    from .service import Sandbox

__plugin_meta__ = PluginMetadata(
    name="沙盒",
    description="在浏览器里模拟 QQ 群、微信群和私聊，试用助手、演示故障",
    usage="启动后打开 http://127.0.0.1:8080/sandbox",
    type="application",
    homepage=HOMEPAGE,
    supported_adapters={"~onebot.v11", "~onebot.v12"},
)

routes = Routes()
_running: "Sandbox | None" = None


def mount(app: "FastAPI") -> None:
    """把页面挂到网站上；要在服务器启动之前，重复调用无妨。

    参数:
        app: NoneBot 的 FastAPI 应用
    """
    from .page import mount as mount_page

    mount_page(app)


@routes.on_start
async def start(assistant: "Assistant") -> None:
    """造好世界，让模拟网关在后台连接，不等它们连上；沙盒里的助手只认好人和群。"""
    global _running
    from .page import open_for
    from .roles import prepare_roles
    from .service import Sandbox

    if assistant.sandboxed:
        await prepare_roles(assistant)
        return
    settings = assistant.settings
    _running = Sandbox(
        settings.host,
        settings.port,
        settings.onebot_v11_access_token,
        settings.onebot_v12_access_token,
    )
    open_for(_running, settings.onebot_v11_access_token)
    await _running.start()


@routes.on_stop
async def stop(assistant: "Assistant") -> None:
    """断开模拟网关。"""
    global _running
    sandbox, _running = _running, None
    if sandbox is not None:
        await sandbox.stop()


if isinstance(globals().get("__plugin__"), Plugin):
    # 由 NoneBot 当作插件加载时才挂页面；测试只借用网关时不牵连 NiceGUI
    import nonebot

    mount(nonebot.get_app())
