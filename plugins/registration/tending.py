"""秘书处整理登记：删除、合并、恢复，同意第二位联系人。"""

import re

from bot.access import Rights, Role
from bot.assistant import Assistant
from bot.confirming import Status
from bot.messages import Message, Reply
from bot.registration import (
    DELETE,
    MERGE,
    RESTORE,
    Kind,
    Record,
    telling,
    tending_slip,
)

from .routes import routes

MOST = 200
"""一次最多动几条。"""
_NUMBER = r"\d{1,9}(?!\d)"
_NUMBERS = re.compile(
    rf"(?:[#\s,，、;；和]*{_NUMBER}(?:\s*[-—~至到]+\s*{_NUMBER})?)+\s*"
)
_RANGE = re.compile(r"(\d+)(?:\s*[-—~至到]+\s*(\d+))?")


@routes.word(
    "登记 删除", "登记删除", usage="登记 删除 编号 —— 删去一条登记，可恢复",
    role=Role.SECRETARIAT, glued=True,
)  # fmt: skip
async def remove(assistant: Assistant, message: Message, argument: str) -> Reply:
    """删去几条。"""
    rights = assistant.access.rights(message.person)
    if not argument:
        return Reply(telling.TEND_HOW)
    found = await _choose(assistant, rights, argument)
    if not found:
        return Reply(telling.no_such_record(argument))
    if len(found) > 1 and not _NUMBERS.fullmatch(argument):
        return Reply(telling.to_choose(found[:20], message.place.is_group))
    return await assistant.desk.propose(tending_slip(DELETE, found), message)


@routes.word(
    "登记 合并", "登记合并", usage="登记 合并 编号 编号 —— 后一条并进前一条",
    role=Role.SECRETARIAT, glued=True,
)  # fmt: skip
async def merge(assistant: Assistant, message: Message, argument: str) -> Reply:
    """后一条并进前一条。"""
    by_number = _NUMBERS.fullmatch(argument) is not None
    if not argument or (by_number and len(_numbers(argument)) != 2):
        return Reply(telling.MERGE_HOW)
    rights = assistant.access.rights(message.person)
    found = await _choose(assistant, rights, argument)
    if not by_number and len(found) > 2:
        return Reply(telling.to_choose(found[:20], message.place.is_group))
    if not by_number and len(found) == 1:
        return Reply(telling.MERGE_HOW)
    if len(found) != 2:
        return Reply(telling.no_such_record(argument))
    return await assistant.desk.propose(tending_slip(MERGE, found), message)


@routes.word(
    "登记 恢复", "登记恢复", usage="登记 恢复 [编号] —— 恢复删去的登记",
    role=Role.SECRETARIAT, glued=True,
)  # fmt: skip
async def restore(assistant: Assistant, message: Message, argument: str) -> Reply:
    """恢复几条；不带编号的列出能恢复的。"""
    rights = assistant.access.rights(message.person)
    found = await assistant.registration.removed(rights.covers)
    if not found:
        return Reply(telling.NOTHING_REMOVED)
    if not argument:
        return Reply(telling.removed(found, message.place.is_group))
    numbers = _numbers(argument)
    chosen = [
        record
        for record in found
        if record.id in numbers or (not numbers and argument in record.school)
    ]
    if not chosen:
        return Reply(telling.no_such_record(argument))
    return await assistant.desk.propose(tending_slip(RESTORE, chosen[:MOST]), message)


@routes.word(
    "登记 通过", "登记通过", usage="登记 通过 [编号] —— 同意第二位联系人",
    role=Role.SECRETARIAT, glued=True,
)  # fmt: skip
async def approve(assistant: Assistant, message: Message, argument: str) -> Reply:
    """同意；不带编号的列出等着的。"""
    return await _decide(assistant, message, argument, Status.CONFIRMED)


@routes.word("登记 不通过", "登记不通过", role=Role.SECRETARIAT, glued=True)
async def decline(assistant: Assistant, message: Message, argument: str) -> Reply:
    """不同意。"""
    return await _decide(assistant, message, argument, Status.CANCELLED)


async def _decide(
    assistant: Assistant, message: Message, argument: str, status: Status
) -> Reply:
    rights = assistant.access.rights(message.person)
    asking = [
        proposal
        for proposal in await assistant.registration.asking()
        if rights.covers(proposal.payload["region"])
    ]
    numbers = _numbers(argument)
    chosen = [
        proposal
        for proposal in asking
        if proposal.number in numbers
        or (argument and not numbers and argument in proposal.payload["school"])
    ]
    if len(chosen) == 1:
        number = str(chosen[0].number)
        done = await assistant.desk.order(message, number, status)
        return done or Reply(telling.NOBODY_ASKS)
    if not asking:
        return Reply(telling.NOBODY_ASKS)
    lines = [
        (each.number, each.payload["school"], each.author.id)
        for each in (chosen or asking)
    ]
    return Reply(telling.asking(lines))


async def _choose(assistant: Assistant, rights: Rights, argument: str) -> list[Record]:
    """编号或校名、姓名、手机号里的词指的登记，只在权限之内。"""
    service = assistant.registration
    if _NUMBERS.fullmatch(argument):
        found = await service.records(_numbers(argument))
        return [record for record in found if rights.covers(record.region)]
    _, found = await service.find(Kind.CONTACT, rights.covers, argument, MOST)
    return found


def _numbers(argument: str) -> list[int]:
    """写出的编号，`12-15` 是四个；太多的不要。"""
    if not _NUMBERS.fullmatch(argument):
        return []
    found: dict[int, None] = {}
    for first, last in _RANGE.findall(argument):
        upto = min(int(last or first), int(first) + MOST)
        found |= dict.fromkeys(range(int(first), upto + 1))
        if len(found) >= MOST:
            break
    return list(found)[:MOST]
