"""提醒 列表/预览/跳过/暂停/恢复/设置。"""

import re
from dataclasses import replace
from datetime import timedelta

from bot import clock
from bot.access import Role
from bot.assistant import Assistant
from bot.deadlines import ALL, Occurrence, Rule, schedule, wording
from bot.errors import AssistantError
from bot.messages import Message, Reply
from bot.routing import Routes
from bot.text.dates import parse_moment

from .common import Refused, forms, take_region

HORIZON = timedelta(days=120)
SHOWN = 12
TROUBLE_DAYS = timedelta(days=7)
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
    region = assistant.lexicon.regions.named(argument) if argument else None
    if argument and region is None:
        return Reply(f"不认识地区“{argument}”。写法：提醒 列表 [地区]")
    found = _coming(assistant, message)
    mine = [o for o in found if region in (None, o.region)][:SHOWN]
    lines = [_line(assistant, occurrence) for occurrence in mine]
    deadlines = assistant.deadlines
    titles = {f"window:{w.id}": f"窗口“{w.title}”" for w in deadlines.windows()}
    troubles = await assistant.delivery.outbox.troubles(clock.now() - TROUBLE_DAYS)
    rights = assistant.access.rights(message.person)
    seen = [t for t in troubles if rights.covers(assistant.groups.get(t.place).region)]
    return Reply(
        wording.reminder_list(
            lines, wording.hold_names(deadlines.store.holds, titles), len(seen)
        )
    )


async def preview(assistant: Assistant, message: Message, argument: str) -> Reply:
    """一次提醒的文字与各群的时刻；不写编号就是最近的一次。"""
    try:
        occurrence = _find(assistant, message, argument)
    except Refused as error:
        return Reply(str(error))
    groups = assistant.deadlines.groups_for(occurrence)
    timed = [(at, group.name) for at, group in schedule(occurrence, groups)]
    text = assistant.deadlines.text(occurrence)
    return Reply(wording.preview(occurrence, timed, text))


async def skip(assistant: Assistant, message: Message, argument: str) -> Reply:
    """只这一次不发。"""
    try:
        if not argument:
            raise Refused("请带上编号，如：提醒 跳过 123456（编号见“提醒 列表”）")
        occurrence = _find(assistant, message, argument)
    except Refused as error:
        return Reply(str(error))
    await assistant.deadlines.hold(occurrence.scopes()[-1], message.person)
    return Reply(wording.skipped(occurrence))


async def pause(assistant: Assistant, message: Message, argument: str) -> Reply:
    """暂停一件、一个地区或全部。"""
    try:
        scopes, name = _scopes(assistant, message, argument)
    except Refused as error:
        return Reply(str(error))
    fresh = await assistant.deadlines.hold(scopes[0], message.person)
    return Reply(wording.switched(name, on=False, fresh=fresh))


async def resume(assistant: Assistant, message: Message, argument: str) -> Reply:
    """恢复一件、一个地区或全部；跳过的那一次也能恢复。"""
    try:
        scopes, name = _scopes(assistant, message, argument)
    except Refused as error:
        return Reply(str(error))
    fresh = await assistant.deadlines.store.release(scopes)
    return Reply(wording.switched(name, on=True, fresh=bool(fresh)))


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
    await assistant.deadlines.put_rule(region, changed)
    return Reply("改好了。" + wording.rule(region, changed))


def _changed(rule: Rule, text: str) -> Rule:
    what, *words = text.split()
    if what == "时间" and words:
        moment = parse_moment(f"今天 {' '.join(words)}", clock.now())
        if moment.at is None:
            raise Refused(wording.RULE_USAGE)
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


def _coming(
    assistant: Assistant, message: Message, *, held: bool = False
) -> list[Occurrence]:
    rights = assistant.access.rights(message.person)
    now = clock.now()
    coming = assistant.deadlines.plan(now, now + HORIZON, held=held)
    return [o for o in coming if o.base >= now - HORIZON and rights.covers(o.region)]


def _find(assistant: Assistant, message: Message, code: str) -> Occurrence:
    found = _coming(assistant, message, held=bool(code))
    matching = [o for o in found if not code or o.code == code]
    if not matching:
        raise Refused(wording.no_reminder(code))
    return matching[0]


def _scopes(
    assistant: Assistant, message: Message, argument: str
) -> tuple[list[str], str]:
    """说的是哪个范围（第一个用来暂停）与它的叫法。"""
    rights = assistant.access.rights(message.person)
    if argument in ("全部", "所有"):
        if not rights.covers("全国"):
            raise Refused(wording.not_yours("全国"))
        return [ALL], "全部提醒"
    if argument.isdecimal():
        occurrence = _find(assistant, message, argument)
        scopes = occurrence.scopes()
        return [scopes[2], scopes[3]], wording.label(occurrence)
    region = assistant.lexicon.regions.named(argument) if argument else None
    if region is None:
        raise Refused("请写编号、地区或“全部”，如：提醒 暂停 山东")
    if not rights.covers(region):
        raise Refused(wording.not_yours(region))
    return [region], f"{region}的提醒"


def _line(assistant: Assistant, occurrence: Occurrence) -> str:
    groups = assistant.deadlines.groups_for(occurrence)
    moments = [at for at, _ in schedule(occurrence, groups)]
    return wording.coming_line(occurrence, moments)
