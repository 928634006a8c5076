"""广播：预览、确认、看结果、随时停。"""

from nonebot.plugin import PluginMetadata

from bot import HOMEPAGE
from bot.access import Role
from bot.assistant import Assistant
from bot.broadcast import read_draft, wording
from bot.chat.matching import listen
from bot.errors import AssistantError, NotStored
from bot.messages import Message, Reply
from bot.outbox.wording import recent_troubles
from bot.routing import Routes
from bot.wording import which_number
from bot.words import read_number

__plugin_meta__ = PluginMetadata(
    name="广播",
    description="秘书处向各群发通知：先预览，确认后逐群慢慢发，结果逐群可查。",
    usage="广播 内容 · 广播状态 编号 · 停止广播 编号 · 确认 编号 · 取消 编号",
    type="application",
    homepage=HOMEPAGE,
    supported_adapters={"~onebot.v11", "~onebot.v12"},
)
routes = Routes()


@routes.observer
async def heard(assistant: Assistant, message: Message) -> None:
    """记下谁在哪里说过话。"""
    await assistant.delivery.heard(message)


@routes.word("广播", usage=wording.USAGE_BROADCAST, role=Role.SECRETARIAT)
async def propose(
    assistant: Assistant, message: Message, argument: str
) -> Reply | None:
    """预览。"""
    try:
        draft = read_draft(argument, assistant.lexicon.regions.named)
        slip = await assistant.broadcasts.compose(draft, message)
    except NotStored:
        raise
    except AssistantError as error:
        return Reply(str(error))
    return await assistant.desk.propose(slip, message)


@routes.word(
    "广播状态", usage=wording.USAGE_PROGRESS, role=Role.SECRETARIAT, glued=True
)
async def progress(
    assistant: Assistant, message: Message, argument: str
) -> Reply | None:
    """每个群的结果；不写编号是最近七天没送到的。"""
    if not argument:
        recent = await assistant.delivery.reporting.recent(message.person)
        return Reply(recent_troubles(recent))
    number = read_number(argument)
    if number is None:
        return Reply(which_number("广播状态 12"))
    found = await assistant.broadcasts.progress(number, message.person)
    if found is None:
        return Reply(wording.no_broadcast(number))
    return Reply(wording.broadcast_progress(found))


@routes.word(
    "停止广播",
    "广播停止",
    usage=wording.USAGE_STOP,
    role=Role.SECRETARIAT,
    glued=True,
)
async def halt(assistant: Assistant, message: Message, argument: str) -> Reply | None:
    """停掉还没发的。"""
    number = read_number(argument)
    if number is None:
        return Reply(which_number("停止广播 12"))
    try:
        stopped = await assistant.broadcasts.stop(number, message.person)
    except AssistantError as error:
        return Reply(str(error))
    if stopped is None:
        return Reply(wording.no_broadcast(number))
    return Reply(wording.broadcast_stopped(number, stopped))


matchers = listen(routes)
