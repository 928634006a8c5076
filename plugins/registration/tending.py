"""秘书处整理登记：删除、合并、恢复，同意第二位联系人。"""

from collections.abc import Sequence

from bot.access import Role
from bot.assistant import Assistant
from bot.confirming import Status
from bot.listing import (
    ASKING,
    MOST,
    REGISTRATIONS,
    REMOVED,
    Line,
    NotListed,
    read_numbers,
)
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

SHOWN = 20
"""一次列几条。"""


@routes.word(
    "登记 删除", "登记删除", usage="登记 删除 编号 —— 删去一条登记，可恢复",
    role=Role.SECRETARIAT, glued=True,
)  # fmt: skip
async def remove(assistant: Assistant, message: Message, argument: str) -> Reply:
    """删去几条。"""
    if not argument:
        return Reply(telling.TEND_HOW)
    try:
        found = await _choose(assistant, message, argument)
    except NotListed as error:
        return Reply(str(error))
    if not found:
        return Reply(telling.no_such_record(argument))
    if len(found) > 1 and not read_numbers(argument):
        return _ask_which(assistant, message, found)
    return await assistant.desk.propose(tending_slip(DELETE, found), message)


@routes.word(
    "登记 合并", "登记合并", usage="登记 合并 编号 编号 —— 后一条并进前一条",
    role=Role.SECRETARIAT, glued=True,
)  # fmt: skip
async def merge(assistant: Assistant, message: Message, argument: str) -> Reply:
    """后一条并进前一条。"""
    by_number = read_numbers(argument)
    if not argument or (by_number and len(by_number) != 2):
        return Reply(telling.MERGE_HOW)
    try:
        found = await _choose(assistant, message, argument)
    except NotListed as error:
        return Reply(str(error))
    if not by_number and len(found) > 2:
        return _ask_which(assistant, message, found)
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
    """恢复几条；不带编号的列出能恢复的，从 1 编起。"""
    rights = assistant.access.rights(message.person)
    found = await assistant.registration.removed(rights.covers)
    if not found:
        return Reply(telling.NOTHING_REMOVED)
    if not argument:
        page = found[:SHOWN]
        assistant.shown.show(message, REMOVED, _lines(page))
        return Reply(telling.removed(page, message.place.is_group))
    numbers = read_numbers(argument)
    try:
        keys = assistant.shown.keys(message, REMOVED, numbers)
    except NotListed as error:
        return Reply(str(error))
    chosen = [
        record
        for record in found
        if str(record.id) in keys or (not numbers and argument in record.school)
    ]
    if not chosen:
        return Reply(telling.no_such_record(argument))
    return await assistant.desk.propose(tending_slip(RESTORE, chosen[:MOST]), message)


@routes.word(
    "登记 通过", "登记通过", usage="登记 通过 [编号] —— 同意第二位联系人",
    role=Role.SECRETARIAT, glued=True,
)  # fmt: skip
async def approve(assistant: Assistant, message: Message, argument: str) -> Reply:
    """同意；不带编号的列出等着的，从 1 编起。"""
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
    numbers = read_numbers(argument)
    try:
        keys = assistant.shown.keys(message, ASKING, numbers)
    except NotListed as error:
        return Reply(str(error))
    chosen = [
        proposal
        for proposal in asking
        if str(proposal.number) in keys
        or (argument and not numbers and argument in proposal.payload["school"])
    ]
    if len(chosen) == 1:
        number = str(chosen[0].number)
        done = await assistant.desk.order(message, number, status)
        return done or Reply(telling.NOBODY_ASKS)
    if not asking:
        return Reply(telling.NOBODY_ASKS)
    page = chosen or asking
    lines = [Line(str(each.number), each.payload["school"]) for each in page]
    assistant.shown.show(message, ASKING, lines)
    told = [(each.payload["school"], each.author.id) for each in page]
    return Reply(telling.asking(told))


async def _choose(
    assistant: Assistant, message: Message, argument: str
) -> list[Record]:
    """编号或校名、姓名、手机号里的词指的登记，只在权限之内。

    异常:
        NotListed: 列给他的没有这一行
    """
    service, rights = assistant.registration, assistant.access.rights(message.person)
    if numbers := read_numbers(argument):
        keys = assistant.shown.keys(message, REGISTRATIONS, numbers)
        found = await service.records([int(key) for key in keys])
        return [record for record in found if rights.covers(record.region)]
    _, found = await service.find(Kind.CONTACT, rights.covers, argument, MOST)
    return found


def _ask_which(
    assistant: Assistant, message: Message, found: Sequence[Record]
) -> Reply:
    """有好几条像的：列出来，等他说编号。"""
    page = found[:SHOWN]
    assistant.shown.show(message, REGISTRATIONS, _lines(page))
    return Reply(telling.to_choose(page, message.place.is_group))


def _lines(records: Sequence[Record]) -> list[Line]:
    return [Line(str(record.id), record.school) for record in records]
