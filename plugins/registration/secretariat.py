"""秘书处：登记列表与导出。"""

import asyncio
import re
from collections.abc import Awaitable

from bot.access import Role
from bot.acting import Refused
from bot.assistant import Assistant
from bot.errors import SendError
from bot.listing import REGISTRATIONS, Line
from bot.messages import Attachment, Message, Reply
from bot.registration import (
    YEARS,
    Kind,
    Order,
    export,
    export_folder,
    file_name,
    scope,
    wording,
)
from bot.words import LONGEST_QUERY

from .routes import routes

LISTED = 20
"""登记列表一次列几条。"""
PROGRESS_AFTER = 2.0
"""导出超过几秒就先说一声。"""


@routes.word(
    "登记列表",
    usage=wording.USAGE_LISTING,
    longest=LONGEST_QUERY,
    role=Role.SECRETARIAT,
    glued=True,
)
async def listing(assistant: Assistant, message: Message, argument: str) -> Reply:
    """本地区的登记，从 1 编起，可带校名、姓名、手机号里的词。"""
    rights = assistant.access.rights(message.person)
    bound = assistant.groups.get(message.place).region
    try:
        where = scope(assistant.lexicon.regions, rights, bound=bound)
    except Refused as error:
        return Reply(str(error))
    total, records = await assistant.registration.find(
        Kind.CONTACT, where.covers, argument, LISTED
    )
    lines = [Line(str(record.id), record.school) for record in records]
    assistant.shown.show(message, REGISTRATIONS, lines)
    marked = assistant.registration.schools.marked
    masked = message.place.is_group
    return Reply(wording.found(total, records, argument, masked, marked))


@routes.word(
    "导出登记",
    usage=wording.USAGE_EXPORT,
    role=Role.SECRETARIAT,
    glued=True,
)
async def export_contacts(
    assistant: Assistant, message: Message, argument: str
) -> Reply:
    """导出登记名册，私聊发给来要的人。"""
    return await _export(assistant, message, argument, Order(Kind.CONTACT))


@routes.word(
    "导出汇总表",
    usage=wording.USAGE_SUMMARY,
    role=Role.SECRETARIAT,
    glued=True,
)
async def export_summary(
    assistant: Assistant, message: Message, argument: str
) -> Reply:
    """导出汇总表，私聊发给来要的人；默认 2020 年的表式。"""
    year = next((y for y in YEARS if str(y) in argument), YEARS[0])
    region = re.sub(rf"(?:{'|'.join(map(str, YEARS))})年?(?:版|表)?", " ", argument)
    return await _export(assistant, message, region, Order(Kind.PILOT, year))


async def _export(
    assistant: Assistant, message: Message, region: str, order: Order
) -> Reply:
    rights = assistant.access.rights(message.person)
    bound = assistant.groups.get(message.place).region
    try:
        where = scope(assistant.lexicon.regions, rights, region, bound)
        name = file_name(order, where)
        path = export_folder(assistant.settings.data_dir) / name
        work = export(assistant.registration, order, where, path, message.person)
        count = await _with_progress(assistant, message, work)
    except Refused as error:
        return Reply(str(error))
    if not count:
        return Reply(wording.nothing_to_export(where.name))
    text = wording.exported(order.name, count, where.name)
    return Reply(text, attachments=(Attachment(path, name),), private=True)


async def _with_progress(
    assistant: Assistant, message: Message, work: Awaitable[int]
) -> int:
    """做一件慢事，久了先说一声。"""
    task = asyncio.ensure_future(work)
    done, _ = await asyncio.wait({task}, timeout=PROGRESS_AFTER)
    if not done and assistant.gateways is not None:
        try:
            await assistant.gateways.send(
                message.place, Reply(wording.EXPORTING), account=message.account
            )
        except SendError:
            pass
    return await task
