"""确认台：等着确认的事，听一声“确认”“好”“改成……”或“取消”。"""

from nonebot.plugin import PluginMetadata

from bot import HOMEPAGE
from bot.assistant import Assistant
from bot.chat.matching import listen
from bot.confirming import Status, wording
from bot.messages import Message, Reply
from bot.routing import Routes

__plugin_meta__ = PluginMetadata(
    name="确认台",
    description="凡是先复述再办的事，都在这里确认、改动或取消",
    usage="确认 [编号] · 取消 [编号] · 改成 …",
    type="application",
    homepage=HOMEPAGE,
    supported_adapters={"~onebot.v11", "~onebot.v12"},
)

routes = Routes()


@routes.observer
async def heard(assistant: Assistant, message: Message) -> None:
    """上一句之后刚出示过什么，这句话就可能是对它说的。"""
    assistant.desk.heard(message)


@routes.desk
async def answer(assistant: Assistant, message: Message) -> Reply | None:
    """好、可以、发吧；算了、先不发；改成……"""
    return await assistant.desk.answer(message)


@routes.word("确认", usage=wording.USAGE_CONFIRM, glued=True)
async def confirm(
    assistant: Assistant, message: Message, argument: str
) -> Reply | None:
    """照办。"""
    return await assistant.desk.order(message, argument, Status.CONFIRMED)


@routes.word("取消", usage=wording.USAGE_CANCEL, glued=True)
async def cancel(assistant: Assistant, message: Message, argument: str) -> Reply | None:
    """不办了。"""
    return await assistant.desk.order(message, argument, Status.CANCELLED)


matchers = listen(routes)
