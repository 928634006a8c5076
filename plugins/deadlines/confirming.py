"""确认或取消窗口与双周报的改动。"""

from bot.access import Role
from bot.assistant import Assistant
from bot.broadcast.wording import already_settled
from bot.deadlines import Change, PutReport, PutWindow, RemoveWindow, replies
from bot.delivery import Proposal, ProposalError, ProposalStatus
from bot.messages import Message, Person, Reply
from bot.routing import Routes

from . import reports, windows
from .common import REPORT_KIND, WINDOW_PUT, WINDOW_REMOVE, Refused

_KINDS = {WINDOW_PUT, WINDOW_REMOVE, REPORT_KIND}


def register(routes: Routes) -> None:
    """登记口令。"""
    routes.word("确认")(confirm)
    routes.word("取消")(cancel)


async def confirm(
    assistant: Assistant, message: Message, argument: str
) -> Reply | None:
    """确认；没有等着的就不归这里管。"""
    try:
        proposal = await _chosen(assistant, message, argument)
    except (ProposalError, Refused) as error:
        return Reply(str(error))
    if proposal is None:
        return None
    deadlines, by = assistant.deadlines, message.person
    change = _change(proposal, by)
    sent_now = await deadlines.confirm(proposal.id, change, by)
    if sent_now is None:
        return Reply(already_settled(proposal.id))
    return Reply(_stored(assistant, change, sent_now))


async def cancel(assistant: Assistant, message: Message, argument: str) -> Reply | None:
    """取消；没有等着的就不归这里管。"""
    try:
        proposal = await _chosen(assistant, message, argument)
    except (ProposalError, Refused) as error:
        return Reply(str(error))
    if proposal is None:
        return None
    settled = await assistant.delivery.proposals.settle(
        proposal.id, ProposalStatus.CANCELLED, message.person
    )
    said = replies.proposal_cancelled if settled else already_settled
    return Reply(said(proposal.id))


async def _chosen(
    assistant: Assistant, message: Message, argument: str
) -> Proposal | None:
    """说的是哪一件；不归这里管的为 `None`。

    异常:
        ProposalError: 已处理、已过期，或有好几件、要带编号
        Refused: 没有那个地区的权限
    """
    proposals = assistant.delivery.proposals
    proposal = await proposals.chosen(message, argument, _KINDS)
    rights = assistant.access.rights(message.person)
    if proposal is None or rights.role < Role.SECRETARIAT:
        return None
    if not rights.covers(proposal.payload["region"]):
        raise Refused(replies.not_yours(proposal.payload["region"]))
    return proposal


def _change(proposal: Proposal, by: Person) -> Change:
    payload = proposal.payload
    if proposal.kind == REPORT_KIND:
        return PutReport(reports.unpack(payload["new"]), by)
    if proposal.kind == WINDOW_REMOVE:
        return RemoveWindow(payload["id"])
    return PutWindow(windows.unpack(payload["new"]), by)


def _stored(assistant: Assistant, change: Change, sent_now: int) -> str:
    match change:
        case PutReport():
            coming = assistant.deadlines.coming_periods(change.setting, 1)
            return replies.report_stored(change.setting, coming, sent_now)
        case PutWindow():
            return replies.window_stored(change.window, sent_now)
        case RemoveWindow():
            return replies.window_removed(change.number)
