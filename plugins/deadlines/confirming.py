"""确认或取消窗口与双周报的改动。"""

from typing import Any

from bot.access import Role
from bot.assistant import Assistant
from bot.deadlines import replies
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
    # 一次只办一件：两位老师同时确认，后一位看到的是前一位改过的
    async with assistant.deadlines.changing:
        try:
            proposal = await proposals.chosen(message, argument, _KINDS)
        except ProposalError as error:
            return Reply(str(error))
        if proposal is None:
            return None
        rights = assistant.access.rights(message.person)
        if rights.role < Role.SECRETARIAT:
            return None
        if not rights.covers(proposal.payload["region"]):
            return Reply(replies.not_yours(proposal.payload["region"]))
        if status is ProposalStatus.CANCELLED:
            said = replies.proposal_cancelled(proposal.id)
        elif not _is_as_told(assistant, proposal):
            status = ProposalStatus.CANCELLED
            said = replies.changed_meanwhile(proposal.id)
        else:
            said = await _apply(assistant, message, proposal)
        # 先办再了结：中途断电，再确认一次也只是同样的改动
        await proposals.settle(proposal.id, status, message.person)
    return Reply(said)


def _is_as_told(assistant: Assistant, proposal: Proposal) -> bool:
    """现状还是复述时的样子；已经改成要改的样子也行，那是上次没来得及了结。"""
    payload = proposal.payload
    return _current(assistant, proposal) in (payload["old"], payload["new"])


def _current(assistant: Assistant, proposal: Proposal) -> dict[str, Any] | None:
    """所要改的，现在是什么样；还没有则为 `None`。"""
    store = assistant.deadlines.store
    if proposal.kind == REPORT_KIND:
        setting = store.reports.get(proposal.payload["region"])
        return setting and reports.pack(setting)
    old = proposal.payload["old"]
    window = store.windows.get(old["id"]) if old else None
    return window and windows.pack(window)


async def _apply(assistant: Assistant, message: Message, proposal: Proposal) -> str:
    deadlines = assistant.deadlines
    if proposal.kind == REPORT_KIND:
        setting = reports.unpack(proposal.payload["new"])
        sent_now = await deadlines.put_report(setting, message.person)
        coming = deadlines.coming_periods(setting, 1)
        return replies.report_stored(setting, coming, sent_now)
    if proposal.kind == "window_remove":
        number = proposal.payload["old"]["id"]
        await deadlines.remove_window(number)
        return replies.window_removed(number)
    window = windows.unpack(proposal.payload["new"])
    window = windows.same_as(assistant, window) or window
    stored, sent_now = await deadlines.put_window(window, message.person)
    return replies.window_stored(stored, sent_now)
