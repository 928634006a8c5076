"""广播：预览、确认、看结果、随时停。"""

from collections.abc import Awaitable, Callable

from nonebot.plugin import PluginMetadata

from bot.access import Role
from bot.assistant import Assistant
from bot.broadcast import (
    KIND,
    BroadcastError,
    PictureError,
    read_draft,
    wording,
)
from bot.delivery import Proposal, ProposalError, read_number
from bot.messages import Message, Person, Reply
from bot.outbox.wording import recent_troubles
from bot.routing import Routes

__plugin_meta__ = PluginMetadata(
    name="广播",
    description="秘书处向各群发通知：先预览，确认后逐群慢慢发，结果逐群可查。",
    usage="广播 内容 · 广播状态 编号 · 停止广播 编号 · 确认 编号 · 取消 编号",
)
routes = Routes()


@routes.on_start
async def start(assistant: Assistant) -> None:
    """开始送信。"""
    await assistant.delivery.start()


@routes.on_stop
async def stop(assistant: Assistant) -> None:
    """停止送信。"""
    await assistant.delivery.stop()


@routes.dialogue(order=0)
async def heard(assistant: Assistant, message: Message) -> Reply | None:
    """只记下谁在哪里说过话，从不作答。"""
    await assistant.delivery.heard(message)
    return None


@routes.word(
    "广播",
    usage="广播 [全体] [公告] [地区] 内容 —— 发到各群，先预览再确认",
    role=Role.SECRETARIAT,
)
async def propose(
    assistant: Assistant, message: Message, argument: str
) -> Reply | None:
    """预览。"""
    try:
        draft = read_draft(argument, assistant.lexicon.regions.named)
        return Reply(await assistant.broadcasts.propose(draft, message))
    except (BroadcastError, PictureError) as error:
        return Reply(str(error))


@routes.word(
    "广播状态",
    usage="广播状态 编号 —— 每个群发到了没有；不写编号是最近没送到的",
    role=Role.SECRETARIAT,
    glued=True,
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
        return Reply("请带上编号，如：广播状态 12")
    found = await assistant.broadcasts.progress(number, message.person)
    if found is None:
        return Reply(wording.no_broadcast(number))
    return Reply(wording.broadcast_progress(found))


@routes.word(
    "停止广播",
    "广播停止",
    usage="停止广播 编号 —— 还没发的不再发",
    role=Role.SECRETARIAT,
    glued=True,
)
async def halt(assistant: Assistant, message: Message, argument: str) -> Reply | None:
    """停掉还没发的。"""
    number = read_number(argument)
    if number is None:
        return Reply("请带上编号，如：停止广播 12")
    try:
        stopped = await assistant.broadcasts.stop(number, message.person)
    except BroadcastError as error:
        return Reply(str(error))
    if stopped is None:
        return Reply(wording.no_broadcast(number))
    return Reply(wording.broadcast_stopped(number, stopped))


@routes.word("确认")
async def confirm(
    assistant: Assistant, message: Message, argument: str
) -> Reply | None:
    """确认广播；没有等着的广播就不归这里管。"""
    return await _settle(assistant, message, argument, assistant.broadcasts.confirm)


@routes.word("取消")
async def cancel(assistant: Assistant, message: Message, argument: str) -> Reply | None:
    """取消还没确认的广播。"""
    return await _settle(assistant, message, argument, assistant.broadcasts.cancel)


async def _settle(
    assistant: Assistant,
    message: Message,
    argument: str,
    settle: Callable[[Proposal, Person], Awaitable[str]],
) -> Reply | None:
    try:
        proposal = await assistant.delivery.proposals.chosen(message, argument, {KIND})
        if proposal is None:
            return None
        is_author = proposal.author == message.person
        rights = assistant.access.rights(message.person)
        if not is_author and rights.role < Role.SECRETARIAT:
            return None
        return Reply(await settle(proposal, message.person))
    except (ProposalError, BroadcastError) as error:
        return Reply(str(error))
