"""双周报 设置/名单/暂停/恢复，双周报已交。"""

import re
from datetime import datetime
from typing import Any

from bot import clock
from bot.access import Role
from bot.assistant import Assistant
from bot.deadlines import HolidayRule, ReportSetting, wording
from bot.errors import AssistantError
from bot.messages import Message, Reply
from bot.routing import Routes
from bot.text.dates import parse_moment

from .common import REPORT_KIND, Refused, forms, take_region

_COURTESY = re.compile(r"^[了啦哈]|[,，。！!~～]|谢谢.*|感谢.*|辛苦.*|请查收.*|老师")
_UNDO = ("撤销", "撤回", "取消", "报错了")


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
    add(
        "双周报已交",
        "双周报 已交",
        usage="双周报已交 —— 联系人报本校已交；报错了加“撤销”",
    )(done)


async def configure(assistant: Assistant, message: Message, argument: str) -> Reply:
    """复述要设置的双周报，列出接下来几期。"""
    try:
        region, rest = take_region(assistant, message, argument, "双周报 设置")
        setting = _setting(region, rest)
    except AssistantError as error:
        return Reply(str(error))
    number = await assistant.delivery.proposals.create(
        REPORT_KIND, pack(setting), message
    )
    coming = assistant.deadlines.coming_periods(setting, 3)
    return Reply(wording.report_proposal(setting, coming, number))


def _setting(region: str, text: str) -> ReportSetting:
    rule, mention = HolidayRule.UNCHANGED, False
    words = text.split()
    while words and (words[-1] in list(HolidayRule) or words[-1].endswith("联系人")):
        word = words.pop()
        if word.endswith("联系人"):
            mention = not word.startswith("不")
        else:
            rule = HolidayRule(word)
    phrase = re.sub(r"^首次截止[:：]?\s*", "", " ".join(words))
    if not phrase:
        raise Refused(wording.REPORT_USAGE)
    anchor = parse_moment(phrase, clock.now())
    if anchor.at is None:
        raise Refused(wording.needs_clock(anchor))
    return ReportSetting(region, anchor.start, rule, mention)


def pack(setting: ReportSetting) -> dict[str, Any]:
    """存进待确认的事。"""
    return {
        "region": setting.region,
        "anchor": setting.anchor.isoformat(),
        "holidays": setting.holidays,
        "mention": setting.mention,
    }


def unpack(payload: dict[str, Any]) -> ReportSetting:
    """从待确认的事里取出。"""
    return ReportSetting(
        payload["region"],
        clock.local(datetime.fromisoformat(payload["anchor"])),
        HolidayRule(payload["holidays"]),
        payload["mention"],
    )


async def roster(assistant: Assistant, message: Message, argument: str) -> Reply:
    """这一期谁交了、谁没交。"""
    try:
        region, _ = take_region(assistant, message, argument, "双周报 名单")
    except Refused as error:
        return Reply(str(error))
    period = assistant.deadlines.current_period(region)
    if period is None:
        return Reply(wording.no_report(region))
    return Reply(wording.roster(period, *assistant.deadlines.roster(period)))


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
        return Reply(wording.no_report(region))
    scope = f"report:{region}"
    if on:
        fresh = await assistant.deadlines.store.release([scope])
    else:
        fresh = await assistant.deadlines.hold(scope, message.person)
    return Reply(wording.switched(f"{region}双周报", on=on, fresh=bool(fresh)))


async def done(assistant: Assistant, message: Message, argument: str) -> Reply | None:
    """联系人报已交；秘书处可以替某校报。"""
    words = _COURTESY.sub("", argument).split()
    undo = bool(words) and words[-1] in _UNDO
    named = " ".join(words[:-1] if undo else words)
    try:
        school, region = _school(assistant, message, named)
    except Refused as error:
        # 闲聊里也常说“双周报已交”：没点名就不插嘴
        return Reply(str(error)) if message.addressed else None
    period = assistant.deadlines.current_period(region)
    if period is None:
        return Reply(wording.no_report(region)) if message.addressed else None
    store = assistant.deadlines.store
    act = store.untick if undo else None
    if act:
        fresh = await act(region, period.nominal, school)
        return Reply(wording.unticked(school, period, fresh=fresh))
    fresh = await store.tick(region, period.nominal, school, message.person)
    return Reply(wording.ticked(school, period, fresh=fresh))


def _school(assistant: Assistant, message: Message, named: str) -> tuple[str, str]:
    """哪所学校、哪个地区。

    异常:
        Refused: 不是联系人，或没有这所学校
    """
    deadlines = assistant.deadlines
    own = deadlines.schools.school_of(message.person)
    rights = assistant.access.rights(message.person)
    school = named or own
    if school is None or (named and named != own and rights.role < Role.SECRETARIAT):
        raise Refused(wording.NOT_COORDINATOR)
    for region in [*deadlines.store.reports, *assistant.lexicon.regions.names]:
        if any(known.name == school for known in deadlines.schools.schools(region)):
            if school != own and not rights.covers(region):
                raise Refused(wording.not_yours(region))
            return school, region
    raise Refused(wording.unknown_school(school))
