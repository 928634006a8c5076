"""双周报 设置/名单/暂停/恢复，双周报已交。"""

from dataclasses import replace
from datetime import timedelta

from bot import clock
from bot.access import Role
from bot.acting import Refused
from bot.assistant import Assistant
from bot.deadlines import (
    Done,
    Period,
    Schools,
    Which,
    read_done,
    read_setting,
    replies,
    report_key,
    report_slip,
    wording,
)
from bot.errors import AssistantError
from bot.messages import Message, Reply
from bot.routing import Routes

from .common import forms, take_region

_WORD = "双周报已交"
EARLY = timedelta(days=7)
"""离截止比这还久就说交了的，问一声是哪一期。"""


def register(routes: Routes) -> None:
    """登记口令。"""
    add = routes.word
    for names, handler, usage in (
        (
            forms("双周报", "设置"),
            configure,
            replies.USAGE_REPORT,
        ),
        (forms("双周报", "名单"), roster, replies.USAGE_ROSTER),
        (forms("双周报", "暂停"), pause, replies.USAGE_PAUSE),
        (forms("双周报", "恢复"), resume, replies.USAGE_RESUME),
    ):
        add(*names, usage=usage, role=Role.SECRETARIAT, glued=True)(handler)
    routes.dialogue(told)
    add(_WORD, "双周报 已交", usage=replies.USAGE_DONE)(done)


async def configure(assistant: Assistant, message: Message, argument: str) -> Reply:
    """复述要设置的双周报，列出接下来几期。"""
    try:
        region, rest = take_region(assistant, message, argument, "双周报 设置")
        slip = report_slip(read_setting(region, rest))
    except AssistantError as error:
        return Reply(str(error))
    return await assistant.desk.propose(slip, message)


async def roster(assistant: Assistant, message: Message, argument: str) -> Reply:
    """这一期谁交了、谁没交。"""
    try:
        region, _ = take_region(assistant, message, argument, "双周报 名单")
    except Refused as error:
        return Reply(str(error))
    period = assistant.deadlines.current_period(region)
    if period is None:
        return Reply(replies.no_report(region))
    marked = assistant.registration.schools.marked
    return Reply(replies.roster(period, *assistant.deadlines.roster(period), marked))


async def pause(assistant: Assistant, message: Message, argument: str) -> Reply:
    """暂停一个地区的双周报提醒。"""
    return await _switch(assistant, message, argument, on=False)


async def resume(assistant: Assistant, message: Message, argument: str) -> Reply:
    """恢复一个地区的双周报提醒。"""
    return await _switch(assistant, message, argument, on=True)


async def _switch(
    assistant: Assistant, message: Message, argument: str, *, on: bool
) -> Reply:
    word = "双周报 恢复" if on else "双周报 暂停"
    try:
        region, _ = take_region(assistant, message, argument, word)
    except Refused as error:
        return Reply(str(error))
    if region not in assistant.deadlines.store.reports:
        lacking = replies.no_report if on else replies.nothing_to_pause
        return Reply(lacking(region))
    scope = report_key(region)
    if on:
        fresh = bool(await assistant.deadlines.release([scope]))
        return Reply(wording.resumed(f"{region}双周报", fresh=fresh))
    fresh = await assistant.deadlines.hold(scope, message.person)
    return Reply(wording.paused(f"{region}双周报", fresh=fresh))


async def told(assistant: Assistant, message: Message) -> Reply | None:
    """联系人用自己的话说交了；没说清是哪所学校的不归这里管。"""
    said = read_done(message.text)
    if said is None:
        return None
    schools = _schools(assistant)
    named = next(filter(schools.has, said.beside), "")
    said = replace(said, school=said.school or named)
    if said.school and not schools.has(said.school):
        return None
    return await _settle(assistant, message, said)


async def done(assistant: Assistant, message: Message, argument: str) -> Reply | None:
    """联系人报已交；秘书处可以替某校报。"""
    said = read_done(f"{_WORD} {argument}")
    return await _settle(assistant, message, said) if said else None


async def _settle(assistant: Assistant, message: Message, said: Done) -> Reply | None:
    deadlines = assistant.deadlines
    rights = assistant.access.rights(message.person)
    here = assistant.groups.get(message.place).region
    try:
        school, region = _schools(assistant).meant(
            message.person, rights, said.school, here
        )
    except Refused as error:
        # 闲聊里也常说“双周报已交”：没点名就不插嘴
        return Reply(str(error)) if message.addressed else None
    period = deadlines.current_period(region)
    if said.is_undo:
        fresh = await deadlines.report_undone(region, period, school)
        if period is None:
            return Reply(replies.unkept(school, fresh=fresh))
        return Reply(replies.unticked(school, period, fresh=fresh))
    if period is None:
        fresh = await deadlines.report_done(region, None, school, message.person)
        return Reply(replies.kept(school, region, fresh=fresh))
    before, early = deadlines.period_before(period), _is_early(period)
    if said.which is Which.LAST and before is not None:
        if early:
            # 刚才误记在还早的这一期上了
            await deadlines.report_undone(region, period, school)
        period, early = before, False
    fresh = await deadlines.report_done(region, period, school, message.person)
    told = replies.ticked(school, period, fresh=fresh)
    if early and said.which is None:
        told += replies.early(period, before)
    return Reply(told)


def _is_early(period: Period) -> bool:
    """离截止还有一个多星期：也许说的是上一期。"""
    return period.due.start - clock.now() > EARLY


def _schools(assistant: Assistant) -> Schools:
    return Schools(assistant.deadlines, assistant.lexicon.regions.names)
