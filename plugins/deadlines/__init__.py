"""申报窗口、双周报与提醒。"""

from nonebot.plugin import PluginMetadata

from bot.assistant import Assistant
from bot.messages import Message, Reply
from bot.routing import Routes

from . import confirming, reminders, reports, windows

__plugin_meta__ = PluginMetadata(
    name="申报窗口与提醒",
    description="记住申报窗口和双周报的截止时间，按时提醒各群，回答“还有几天截止”。",
    usage="窗口 列表/新增/修改/删除；双周报 设置/名单/暂停/恢复；双周报已交；"
    "提醒 列表/预览/跳过/暂停/恢复/设置",
    type="application",
    supported_adapters={"~onebot.v11", "~onebot.v12"},
)

routes = Routes()
for part in (windows, reports, reminders, confirming):
    part.register(routes)


@routes.on_start
async def start(assistant: Assistant) -> None:
    """开始按时提醒。"""
    await assistant.timer.start()


@routes.on_stop
async def stop(assistant: Assistant) -> None:
    """停止提醒。"""
    await assistant.timer.stop()


@routes.dialogue(order=0)
async def heard(assistant: Assistant, message: Message) -> Reply | None:
    """只记下谁在哪个群里说过话，从不作答。"""
    assistant.deadlines.voices.heard(message)
    return None
