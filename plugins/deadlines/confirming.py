"""确认或取消窗口与双周报的改动。"""

from bot.access import Role
from bot.assistant import Assistant
from bot.deadlines import wording
from bot.delivery import Proposal, ProposalError, ProposalStatus
from bot.messages import Message, Reply
from bot.routing import Routes

from . import reports, windows
from .common import REPORT_KIND, WINDOW_KINDS

_KINDS = {*WINDOW_KINDS, REPORT_KIND}


def register(routes: Routes) -> None:
    """登记口令。"""
    routes.word("确认")(confirm)
    routes.word("取消")(cancel)


async def confirm(
    assistant: Assistant, message: Message, argument: str
) -> Reply | None:
    """确认；没有等着的就不归这里管。"""
    return await _settle(assistant, message, argument, ProposalStatus.CONFIRMED)


async def cancel(assistant: Assistant, message: Message, argument: str) -> Reply | None:
    """取消；没有等着的就不归这里管。"""
    return await _settle(assistant, message, argument, ProposalStatus.CANCELLED)


async def _settle(
    assistant: Assistant, message: Message, argument: str, status: ProposalStatus
) -> Reply | None:
    proposals = assistant.delivery.proposals
    try:
        proposal = await proposals.chosen(message, argument, _KINDS)
    except ProposalError as error:
        return Reply(str(error))
    if proposal is None:
        return None
    rights = assistant.access.rights(message.person)
    if rights.role < Role.SECRETARIAT:
        return None
    region = proposal.payload["region"]
    if not rights.covers(region):
        return Reply(wording.not_yours(region))
    if not await proposals.settle(proposal.id, status, message.person):
        return Reply(f"编号 {proposal.id} 刚刚已被处理。")
    if status is ProposalStatus.CANCELLED:
        return Reply(f"编号 {proposal.id} 已取消，什么也没改。")
    return Reply(await _apply(assistant, message, proposal))


async def _apply(assistant: Assistant, message: Message, proposal: Proposal) -> str:
    deadlines = assistant.deadlines
    if proposal.kind == REPORT_KIND:
        setting = reports.unpack(proposal.payload)
        await deadlines.put_report(setting, message.person)
        return wording.report_stored(setting, deadlines.coming_periods(setting, 1))
    if proposal.kind == "window_remove":
        await deadlines.remove_window(proposal.payload["id"])
        return wording.window_removed(proposal.payload["id"])
    window = windows.unpack(proposal.payload)
    stored = await deadlines.put_window(window, message.person)
    return wording.window_stored(stored)
