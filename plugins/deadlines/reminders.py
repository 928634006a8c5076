"""提醒 列表/预览/跳过/暂停/恢复/设置。"""

from bot.access import Role
from bot.acting import Refused, region_written
from bot.assistant import Assistant
from bot.deadlines import changed_rule, replies, wording
from bot.errors import AssistantError
from bot.listing import REMINDERS, Line
from bot.messages import Message, Reply
from bot.routing import Routes

from .common import forms, managed, take_region

SHOWN = 12
LONGEST_ORDINAL = 3
"""第几条最多这么多位；再长的是旧的编号。"""


def register(routes: Routes) -> None:
    """登记口令。"""
    for action, handler, usage in (
        ("列表", show, wording.USAGE_REMINDERS),
        ("预览", preview, wording.USAGE_PREVIEW),
        ("跳过", skip, wording.USAGE_SKIP),
        ("暂停", pause, wording.USAGE_PAUSE),
        ("恢复", resume, wording.USAGE_RESUME),
        ("设置", configure, wording.USAGE_RULE),
    ):
        routes.word(
            *forms("提醒", action), usage=usage, role=Role.SECRETARIAT, glued=True
        )(handler)


async def show(assistant: Assistant, message: Message, argument: str) -> Reply:
    """接下来的提醒、暂停着的、最近没发成的。"""
    regions = assistant.lexicon.regions
    try:
        region = argument and region_written(regions, argument, "提醒 列表 广西")
    except Refused as error:
        return Reply(str(error))
    own = managed(assistant, message)
    coming = own.coming(region or None)[:SHOWN]
    lines = [wording.coming_line(n, *one) for n, one in enumerate(coming, start=1)]
    listed = [Line(one.code, wording.label(one)) for one, _ in coming]
    assistant.shown.show(message, REMINDERS, listed)
    troubles = await assistant.delivery.reporting.recent(message.person)
    return Reply(wording.reminder_list(lines, own.held(), len(troubles)))


async def preview(assistant: Assistant, message: Message, argument: str) -> Reply:
    """一次提醒的文字与各群的时刻；不写编号就是最近的一次。"""
    own = managed(assistant, message)
    try:
        occurrence = own.occurrence(_code(assistant, message, argument))
    except Refused as error:
        return Reply(str(error))
    timed = [(at, group.name) for at, group in own.schedule(occurrence)]
    text = assistant.deadlines.text(occurrence)
    return Reply(wording.preview(occurrence, timed, text))


async def skip(assistant: Assistant, message: Message, argument: str) -> Reply:
    """只这一次不发。"""
    if not argument:
        return Reply(wording.WHICH_TO_SKIP)
    argument = _ordinal(assistant, message, argument)
    try:
        occurrence = managed(assistant, message).own(
            _stop(assistant, message, argument)
        )
    except Refused as error:
        return Reply(str(error))
    await assistant.deadlines.hold(occurrence.scopes()[-1], message.person)
    sent = await assistant.deadlines.sent(occurrence)
    return Reply(wording.skipped(occurrence, argument, sent))


async def pause(assistant: Assistant, message: Message, argument: str) -> Reply:
    """暂停一件、一个地区或全部。"""
    try:
        code = _stop(assistant, message, argument)
        scopes, name = managed(assistant, message).scopes(code)
    except Refused as error:
        return Reply(str(error))
    fresh = await assistant.deadlines.hold(scopes[-1], message.person)
    return Reply(wording.paused(name, fresh=fresh))


async def resume(assistant: Assistant, message: Message, argument: str) -> Reply:
    """恢复一件、一个地区或全部；跳过的那一次也能恢复。"""
    own = managed(assistant, message)
    argument = _start(assistant, message, argument)
    try:
        scopes, name = own.scopes(argument)
    except Refused as error:
        return Reply(str(error))
    released = {scopes[-1]}
    if argument.isdecimal():
        occurrence = own.own(argument)
        released.add(occurrence.scopes()[-1])
        name = wording.title_of(occurrence)
    fresh = await assistant.deadlines.release(released)
    larger = [s for s in scopes[:-1] if s in assistant.deadlines.store.holds]
    still = [wording.scope_name(scope) for scope in larger]
    return Reply(wording.resumed(name, fresh=bool(fresh), still=still))


def _code(assistant: Assistant, message: Message, argument: str) -> str:
    """说的是列给他的第几条，换成那一次提醒的编号；没列过就从最近的数起。"""
    if not argument.isdecimal() or len(argument) > LONGEST_ORDINAL:
        return argument
    if line := assistant.shown.pick(message, REMINDERS, int(argument)):
        return line.key
    coming = managed(assistant, message).coming()
    listed = assistant.shown.listed(message, REMINDERS)
    if listed is not None or not 1 <= int(argument) <= len(coming):
        return argument
    return coming[int(argument) - 1][0].code


def _ordinal(assistant: Assistant, message: Message, argument: str) -> str:
    """写成列给他的第几条：内部的编号不给人看。"""
    if len(argument) <= LONGEST_ORDINAL:
        return argument
    listed = assistant.shown.listed(message, REMINDERS)
    if listed is None:
        coming = managed(assistant, message).coming()
        codes = [one.code for one, _ in coming]
    else:
        codes = [line.key for line in listed]
    return str(codes.index(argument) + 1) if argument in codes else argument


def _stop(assistant: Assistant, message: Message, argument: str) -> str:
    """要停的那一次的编号；记住，好让他用同一个编号恢复。"""
    code = _code(assistant, message, argument)
    if code != argument:
        assistant.shown.remember(message, REMINDERS, int(argument), Line(code, ""))
    return code


def _start(assistant: Assistant, message: Message, argument: str) -> str:
    """要恢复的那一次的编号：先看他用这个编号停过哪一次。"""
    number = int(argument) if argument.isdecimal() else 0
    stopped = assistant.shown.acted(message, REMINDERS, number)
    return stopped.key if stopped else _code(assistant, message, argument)


async def configure(assistant: Assistant, message: Message, argument: str) -> Reply:
    """设置一个地区的提前天数与钟点。"""
    try:
        region, rest = take_region(assistant, message, argument, "提醒 设置")
        current = assistant.deadlines.rule(region)
        if not rest:
            return Reply(wording.rule(region, current) + "\n" + wording.RULE_USAGE)
        changed = changed_rule(current, rest)
    except AssistantError as error:
        return Reply(str(error))
    sent_now = await assistant.deadlines.put_rule(region, changed)
    done = wording.RULE_CHANGED + wording.rule(region, changed)
    return Reply(done + replies.sending_now(sent_now))
