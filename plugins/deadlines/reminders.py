"""提醒 列表/预览/跳过/暂停/恢复/设置。"""

import re
from dataclasses import replace
from datetime import datetime, timedelta

from bot import clock
from bot.access import NATIONWIDE, Rights, Role
from bot.assistant import Assistant
from bot.deadlines import (
    ALL,
    LATEST,
    Occurrence,
    Rule,
    replies,
    report_key,
    schedule,
    window_key,
    wording,
)
from bot.errors import AssistantError
from bot.groups import GroupSettings
from bot.messages import Message, Reply
from bot.outbox import OPENS
from bot.routing import Routes
from bot.text.dates import parse_moment

from .common import Refused, forms, region_named, take_region

HORIZON = timedelta(days=120)
A_DAY = timedelta(days=1)
SHOWN = 12
MAX_LEAD = 60


def register(routes: Routes) -> None:
    """登记口令。"""
    for action, handler, usage in (
        ("列表", show, "提醒 列表 [地区] —— 接下来要发的提醒"),
        ("预览", preview, "提醒 预览 [编号] —— 会发什么字、到哪些群"),
        ("跳过", skip, "提醒 跳过 编号 —— 只这一次不发"),
        ("暂停", pause, "提醒 暂停 编号/地区/全部"),
        ("恢复", resume, "提醒 恢复 编号/地区/全部"),
        ("设置", configure, "提醒 设置 [地区] 窗口 开始 7 3 1 当天 —— 提前几天提醒"),
    ):
        routes.word(
            *forms("提醒", action), usage=usage, role=Role.SECRETARIAT, glued=True
        )(handler)


async def show(assistant: Assistant, message: Message, argument: str) -> Reply:
    """接下来的提醒、暂停着的、最近没发成的。"""
    region = region_named(assistant, argument)
    if argument and region is None:
        return Reply(f"不认识地区「{argument}」。写法：提醒 列表 [地区]")
    rights = assistant.access.rights(message.person)
    coming = [
        (occurrence, ahead)
        for occurrence in _seen(assistant, rights)
        if region in (None, occurrence.region)
        and (ahead := _ahead(assistant, rights, occurrence)) is not None
    ]
    lines = [wording.coming_line(o, ahead) for o, ahead in coming[:SHOWN]]
    troubles = await assistant.delivery.reporting.recent(message.person)
    held = _held(assistant, rights)
    return Reply(wording.reminder_list(lines, held, len(troubles)))


async def preview(assistant: Assistant, message: Message, argument: str) -> Reply:
    """一次提醒的文字与各群的时刻；不写编号就是最近的一次。"""
    try:
        occurrence = _find(assistant, message, argument)
    except Refused as error:
        return Reply(str(error))
    rights = assistant.access.rights(message.person)
    timed = [(at, g.name) for at, g in _schedule(assistant, rights, occurrence)]
    text = assistant.deadlines.text(occurrence)
    return Reply(wording.preview(occurrence, timed, text))


async def skip(assistant: Assistant, message: Message, argument: str) -> Reply:
    """只这一次不发。"""
    try:
        if not argument:
            raise Refused("请带上编号，如：提醒 跳过 123456（编号见「提醒 列表」）")
        occurrence = _own(assistant, message, argument)
    except Refused as error:
        return Reply(str(error))
    await assistant.deadlines.hold(occurrence.scopes()[-1], message.person)
    sent = await assistant.deadlines.sent(occurrence)
    return Reply(wording.skipped(occurrence, sent))


async def pause(assistant: Assistant, message: Message, argument: str) -> Reply:
    """暂停一件、一个地区或全部。"""
    try:
        scopes, name = _scopes(assistant, message, argument)
    except Refused as error:
        return Reply(str(error))
    fresh = await assistant.deadlines.hold(scopes[-1], message.person)
    return Reply(wording.paused(name, fresh=fresh))


async def resume(assistant: Assistant, message: Message, argument: str) -> Reply:
    """恢复一件、一个地区或全部；跳过的那一次也能恢复。"""
    try:
        scopes, name = _scopes(assistant, message, argument)
    except Refused as error:
        return Reply(str(error))
    released = {scopes[-1]}
    if argument.isdecimal():
        occurrence = _own(assistant, message, argument)
        released.add(occurrence.scopes()[-1])
        name = wording.title_of(occurrence)
    fresh = await assistant.deadlines.release(released)
    larger = [s for s in scopes[:-1] if s in assistant.deadlines.store.holds]
    still = [wording.scope_name(scope) for scope in larger]
    return Reply(wording.resumed(name, fresh=bool(fresh), still=still))


async def configure(assistant: Assistant, message: Message, argument: str) -> Reply:
    """设置一个地区的提前天数与钟点。"""
    try:
        region, rest = take_region(assistant, message, argument, "提醒 设置")
        current = assistant.deadlines.rule(region)
        if not rest:
            return Reply(wording.rule(region, current) + "\n" + wording.RULE_USAGE)
        changed = _changed(current, rest)
    except AssistantError as error:
        return Reply(str(error))
    sent_now = await assistant.deadlines.put_rule(region, changed)
    done = "改好了。" + wording.rule(region, changed)
    return Reply(done + replies.sending_now(sent_now))


def _changed(rule: Rule, text: str) -> Rule:
    what, *words = text.split()
    if what == "时间" and words:
        moment = parse_moment(f"今天 {' '.join(words)}", clock.now())
        if moment.at is None:
            raise Refused(wording.RULE_USAGE)
        if not OPENS <= moment.at <= LATEST:
            raise Refused(wording.HOURS_REFUSED)
        return replace(rule, at=moment.at)
    if what not in ("窗口", "双周报"):
        raise Refused(wording.RULE_USAGE)
    opening = "开始" in words
    leads = tuple(
        sorted({_lead(word) for word in words if word != "开始"}, reverse=True)
    )
    if what == "双周报":
        return replace(rule, report_leads=leads)
    return replace(rule, opening=opening, window_leads=leads)


def _lead(word: str) -> int:
    match = re.fullmatch(r"(?:前|提前)?(\d{1,2})天?", word)
    days = 0 if word == "当天" else int(match[1]) if match else -1
    if not 0 <= days <= MAX_LEAD:
        raise Refused(wording.RULE_USAGE)
    return days


def _seen(
    assistant: Assistant, rights: Rights, *, held: bool = False
) -> list[Occurrence]:
    """这个人管的地区的、与发到他那里的全国的提醒，还没过时的。"""
    now = clock.now()
    coming = assistant.deadlines.plan(now - A_DAY, now + HORIZON, held=held)
    return [
        o
        for o in coming
        if o.valid_until > now and (o.region == NATIONWIDE or rights.covers(o.region))
    ]


def _schedule(
    assistant: Assistant, rights: Rights, occurrence: Occurrence
) -> list[tuple[datetime, GroupSettings]]:
    """一次提醒在这个人管的各群的时刻。"""
    timed = schedule(occurrence, assistant.deadlines.groups_for(occurrence))
    return [(at, group) for at, group in timed if rights.covers(group.region)]


def _ahead(
    assistant: Assistant, rights: Rights, occurrence: Occurrence
) -> list[datetime] | None:
    """还没到点的各群的时刻；都到过点了为 `None`，没有群的为空。"""
    timed = _schedule(assistant, rights, occurrence)
    ahead = [at for at, _ in timed if at > clock.now()]
    is_past = bool(timed) or occurrence.base <= clock.now()
    return ahead or (None if is_past else [])


def _find(assistant: Assistant, message: Message, code: str) -> Occurrence:
    rights = assistant.access.rights(message.person)
    found = _seen(assistant, rights, held=bool(code))
    if not code:
        found = [o for o in found if _ahead(assistant, rights, o) is not None]
    matching = [o for o in found if not code or o.code == code]
    if not matching:
        raise Refused(wording.no_reminder(code))
    return matching[0]


def _own(assistant: Assistant, message: Message, code: str) -> Occurrence:
    """可以由这个人停的那一次。"""
    occurrence = _find(assistant, message, code)
    if not assistant.access.rights(message.person).covers(occurrence.region):
        raise Refused(replies.not_yours(occurrence.region))
    return occurrence


def _scopes(
    assistant: Assistant, message: Message, argument: str
) -> tuple[tuple[str, ...], str]:
    """说的是哪个范围（最后一个，前面的是更大的）与它的叫法。"""
    rights = assistant.access.rights(message.person)
    if argument in ("全部", "所有"):
        if not rights.covers(NATIONWIDE):
            raise Refused(replies.not_yours(NATIONWIDE))
        return (ALL,), wording.scope_name(ALL)
    if argument.isdecimal():
        occurrence = _own(assistant, message, argument)
        return occurrence.scopes()[:-1], wording.all_of(occurrence)
    region = region_named(assistant, argument)
    if region is None:
        raise Refused("请写编号、地区或「全部」，如：提醒 暂停 山东")
    if not rights.covers(region):
        raise Refused(replies.not_yours(region))
    return (ALL, region), wording.scope_name(region)


def _held(assistant: Assistant, rights: Rights) -> list[str]:
    """暂停着的，只说与这个人管的地区有关的；跳过的那一次过了就不再提。"""
    named = {ALL: wording.scope_name(ALL)}
    for region in (NATIONWIDE, *assistant.lexicon.regions.names):
        if region == NATIONWIDE or rights.covers(region):
            named[region] = wording.scope_name(region)
    store = assistant.deadlines.store
    for window in store.windows.values():
        if window.region in named:
            named[window_key(window.id)] = f"{window.region} {window.title}"
    for region in store.reports:
        if region in named:
            named[report_key(region)] = f"{region} 双周报"
    for occurrence in _seen(assistant, rights, held=True):
        named[occurrence.scopes()[-1]] = wording.skipped_once(occurrence)
    return [name for scope, name in named.items() if scope in store.holds]
