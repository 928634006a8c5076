"""双周报 设置/名单/暂停/恢复，双周报已交。"""

from dataclasses import replace

from bot.access import Role
from bot.assistant import Assistant
from bot.deadlines import (
    Done,
    read_done,
    read_setting,
    replies,
    report_key,
    report_slip,
    wording,
)
from bot.errors import AssistantError
from bot.messages import Message, Person, Reply
from bot.routing import Routes

from .common import Refused, forms, take_region

_WORD = "双周报已交"


def register(routes: Routes) -> None:
    """登记口令。"""
    add = routes.word
    for names, handler, usage in (
        (
            forms("双周报", "设置"),
            configure,
            "双周报 设置 [地区] 首次截止 2027-01-08 17:00 [提前/顺延/不变] [@联系人]",
        ),
        (forms("双周报", "名单"), roster, "双周报 名单 [地区] —— 谁交了、谁没交"),
        (forms("双周报", "暂停"), pause, "双周报 暂停 [地区] —— 不再提醒"),
        (forms("双周报", "恢复"), resume, "双周报 恢复 [地区]"),
    ):
        add(*names, usage=usage, role=Role.SECRETARIAT, glued=True)(handler)
    routes.dialogue(told)
    add(_WORD, "双周报 已交", usage="双周报已交 —— 联系人报本校已交；报错了加「撤销」")(
        done
    )


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
    return Reply(replies.roster(period, *assistant.deadlines.roster(period)))


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
        return Reply(replies.no_report(region))
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
    named = next((part for part in said.beside if _regions(assistant, part)), "")
    said = replace(said, school=said.school or named)
    if said.school and not _regions(assistant, said.school):
        return None
    return await _settle(assistant, message, said)


async def done(assistant: Assistant, message: Message, argument: str) -> Reply | None:
    """联系人报已交；秘书处可以替某校报。"""
    said = read_done(f"{_WORD} {argument}")
    return await _settle(assistant, message, said) if said else None


async def _settle(assistant: Assistant, message: Message, said: Done) -> Reply | None:
    deadlines = assistant.deadlines
    try:
        school, region = _school(assistant, message, said.school)
        period = deadlines.current_period(region)
        if period is None:
            raise Refused(replies.no_report(region))
    except Refused as error:
        # 闲聊里也常说“双周报已交”：没点名就不插嘴
        return Reply(str(error)) if message.addressed else None
    if said.is_undo:
        fresh = await deadlines.report_undone(region, period, school)
        return Reply(replies.unticked(school, period, fresh=fresh))
    fresh = await deadlines.report_done(region, period, school, message.person)
    return Reply(replies.ticked(school, period, fresh=fresh))


def _school(assistant: Assistant, message: Message, named: str) -> tuple[str, str]:
    """哪所学校、哪个地区。

    异常:
        Refused: 不是联系人，没有这所学校，或几个地区都有
    """
    own = assistant.deadlines.schools.school_of(message.person)
    rights = assistant.access.rights(message.person)
    school = named or own
    if school is None or (school != own and rights.role < Role.SECRETARIAT):
        raise Refused(replies.NOT_COORDINATOR)
    found = _regions(assistant, school)
    if not found:
        raise Refused(replies.unknown_school(school))
    here = assistant.groups.get(message.place).region
    mine = [region for region, person in found.items() if person == message.person]
    likely = [r for r in found if r == here] or mine or list(found)
    allowed = [r for r in likely if school == own or rights.covers(r)]
    if not allowed:
        raise Refused(replies.not_yours(likely[0]))
    if len(allowed) > 1:
        raise Refused(replies.several_regions(school, allowed))
    return school, allowed[0]


def _regions(assistant: Assistant, school: str) -> dict[str, Person | None]:
    """哪些地区登记过这所学校，各是谁联系。"""
    deadlines = assistant.deadlines
    regions = [*deadlines.store.reports, *assistant.lexicon.regions.names]
    return {
        region: known.coordinator
        for region in dict.fromkeys(regions)
        for known in deadlines.schools.schools(region)
        if known.name == school
    }
