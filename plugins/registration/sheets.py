"""发来填好的登记表、一条消息里的好几所：读出各行，确认后一起登记。"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from bot.access import NATIONWIDE, Role
from bot.acting import acts_on
from bot.assistant import Assistant
from bot.errors import AssistantError
from bot.messages import Message, ReceivedFile, Reply
from bot.registration import (
    MOST_ROWS,
    SUFFIXES,
    Admission,
    SheetRow,
    batch_slip,
    read_lines,
    read_rows,
    sheet_wording,
    telling,
    too_many,
)

from .recalling import out_of_the_group
from .routes import routes


@routes.dialogue
async def take_sheet(assistant: Assistant, message: Message) -> Reply | None:
    """私聊发来的工作簿，是登记表就读；不是的留给别处。"""
    file = next(filter(_may_be_sheet, message.files), None)
    if file is None or not message.addressed or assistant.gateways is None:
        return None
    if message.person.is_anonymous:
        return Reply(telling.NO_ANONYMOUS)
    service = assistant.registration
    try:
        taken = await assistant.gateways.take(
            message.place, file, account=message.account
        )
        if not taken.name.lower().endswith(SUFFIXES):
            return None
        region = home(assistant, message)
        rows = await asyncio.to_thread(
            read_rows, taken.data, taken.name, service.checks, region
        )
    except AssistantError as error:
        return Reply(str(error))
    if not rows:
        return None
    reply = await propose_rows(assistant, message, rows)
    return _or_import(assistant, message, reply)


async def propose_rows(
    assistant: Assistant, message: Message, rows: Sequence[SheetRow]
) -> Reply:
    """读到的与有误的各行一起出示，等一个确认；群里的劝撤回。"""
    service = assistant.registration
    if len(rows) > MOST_ROWS:
        return Reply(sheet_wording.TOO_MANY_ROWS)
    if all(row.wrong for row in rows):
        wrong = sheet_wording.wrong_lines([(row.number, row.wrong) for row in rows])
        told = "\n".join((sheet_wording.NOTHING_RIGHT, *wrong))
        return Reply(told)
    admission = Admission(assistant.access, service.limits)
    if too_many(rows, admission, message.person):
        return Reply(telling.too_many_schools(service.limits.schools))
    reply = await assistant.desk.propose(batch_slip(rows, message.person), message)
    return await out_of_the_group(assistant, message, reply.text)


def _or_import(assistant: Assistant, message: Message, reply: Reply) -> Reply:
    """当登记表读的，也可能是要据它回答的文件：秘书处的人告诉他怎么导入。"""
    if assistant.access.rights(message.person).role < Role.SECRETARIAT:
        return reply
    return replace(reply, text=f"{reply.text}\n{sheet_wording.OR_IMPORT}")


async def several(assistant: Assistant, message: Message, text: str) -> Reply | None:
    """一条消息里的好几所；不到两所为 `None`。"""
    if not message.addressed or message.person.is_anonymous or "\n" not in text:
        return None
    checks, region = assistant.registration.checks, home(assistant, message)
    rows = await asyncio.to_thread(read_lines, text, checks, region)
    return await propose_rows(assistant, message, rows) if len(rows) > 1 else None


def home(assistant: Assistant, message: Message) -> str | None:
    """没写地区的算哪里的：群所属的，否则是此人唯一管的地区。"""
    here = assistant.groups.get(message.place).region
    region = acts_on(assistant.access.rights(message.person), None, here)
    return None if region == NATIONWIDE else region


def _may_be_sheet(file: ReceivedFile) -> bool:
    """有的网关取的时候才给名字。"""
    return not file.name or file.name.lower().endswith(SUFFIXES)
