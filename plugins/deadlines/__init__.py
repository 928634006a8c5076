"""申报窗口、双周报与提醒。"""

from nonebot.plugin import PluginMetadata

from bot import HOMEPAGE
from bot.assistant import Assistant
from bot.chat.matching import listen
from bot.messages import Message
from bot.routing import Routes

from . import reminders, reports, windows

__plugin_meta__ = PluginMetadata(
    name="申报窗口与提醒",
    description="记住申报窗口和双周报的截止时间，按时提醒各群，回答「还有几天截止」。",
    usage="窗口 列表/新增/修改/删除；双周报 设置/名单/暂停/恢复；双周报已交；"
    "提醒 列表/预览/跳过/暂停/恢复/设置",
    type="application",
    homepage=HOMEPAGE,
    supported_adapters={"~onebot.v11", "~onebot.v12"},
)

routes = Routes()
for part in (windows, reports, reminders):
    part.register(routes)


@routes.observer
async def heard(assistant: Assistant, message: Message) -> None:
    """记下谁在哪个群里说过话。"""
    assistant.deadlines.voices.heard(message)


matchers = listen(routes)
