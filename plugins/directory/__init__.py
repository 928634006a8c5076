"""名录：查证书、查机构、证书列表；秘书处更新联系人。"""

import re
from collections.abc import Callable

from nonebot.plugin import PluginMetadata

from bot import HOMEPAGE, clock
from bot.access import NATIONWIDE, Role
from bot.assistant import Assistant
from bot.chat.matching import listen
from bot.confirming import Slip
from bot.directory import (
    Kind,
    add_slip,
    look_up,
    propose,
    propose_addition,
    send_list,
    undo_slip,
    update_slip,
    wording,
)
from bot.errors import AssistantError, KnowledgeError
from bot.messages import Message, Reply
from bot.routing import Routes
from bot.words import LONGEST_QUERY

__plugin_meta__ = PluginMetadata(
    name="名录",
    description="查证书、评价组织、联系人与等级；秘书处更新联系人",
    usage="查证书 词；查机构 词；证书列表 [批次或方向]；更新联系人 …",
    type="application",
    homepage=HOMEPAGE,
    supported_adapters={"~onebot.v11", "~onebot.v12"},
)

routes = Routes()


@routes.word(
    "查证书", usage=wording.USAGE_CERTIFICATE, glued=True, longest=LONGEST_QUERY
)
async def find_certificate(
    assistant: Assistant, message: Message, argument: str
) -> Reply | None:
    """查一个证书。"""
    if not argument:
        return Reply(wording.WHAT_CERTIFICATE)
    return await _look_up(assistant, message, argument, Kind.CERTIFICATE)


@routes.word(
    "查机构", usage=wording.USAGE_ORGANISATION, glued=True, longest=LONGEST_QUERY
)
async def find_organisation(
    assistant: Assistant, message: Message, argument: str
) -> Reply | None:
    """查一家评价组织。"""
    if not argument:
        return Reply(wording.WHAT_ORGANISATION)
    return await _look_up(assistant, message, argument, Kind.ORGANISATION)


@routes.word(
    "证书列表", "证书名单", usage=wording.USAGE_LIST, glued=True, longest=LONGEST_QUERY
)
async def list_certificates(
    assistant: Assistant, message: Message, argument: str
) -> Reply | None:
    """列出一批、一个方向或全部证书。"""
    directory = assistant.directory
    topic = directory.source.topic(argument)
    if topic is None:
        if not message.addressed:
            return None
        fields = list(directory.snapshot.catalogue.fields)
        return Reply(wording.no_such_list(argument, fields))
    return await _send(assistant, message, topic)


@routes.word(
    "更新联系人", usage=wording.USAGE_UPDATE, role=Role.SECRETARIAT, glued=True
)
async def update(assistant: Assistant, message: Message, argument: str) -> Reply:
    """读懂一条更新，先给人看改动。"""
    directory = assistant.directory
    return await _offer(
        assistant, message, lambda: update_slip(*propose(directory, argument), argument)
    )


@routes.word("名录新增", usage=wording.USAGE_ADD, role=Role.SECRETARIAT, glued=True)
async def add(assistant: Assistant, message: Message, argument: str) -> Reply:
    """往名录里加一个证书，先给人看。"""
    directory, today = assistant.directory, clock.local(clock.now()).date()
    return await _offer(
        assistant,
        message,
        lambda: add_slip(*propose_addition(directory, argument, today), argument),
    )


async def _offer(
    assistant: Assistant, message: Message, read: Callable[[], Slip]
) -> Reply:
    """先给人看要改什么；读不懂、对不上的说明原因。"""
    try:
        slip = read()
    except KnowledgeError as error:
        return Reply(wording.rejected(error.problems))
    except AssistantError as error:
        return Reply(str(error))
    return await assistant.desk.propose(slip, message)


@routes.word("撤销更新", usage=wording.USAGE_UNDO, role=Role.SECRETARIAT, glued=True)
async def undo(assistant: Assistant, message: Message, argument: str) -> Reply:
    """撤销一次更新。"""
    number = argument.lstrip("#").strip()
    if not re.fullmatch(r"[0-9]{1,9}", number):
        return Reply(wording.UNDO_HOW)
    if not assistant.access.rights(message.person).covers(NATIONWIDE):
        return await _propose_undoing(assistant, message, int(number))
    try:
        change = await assistant.directory.undo(int(number), message.person)
    except KnowledgeError as error:
        return Reply(wording.rejected(error.problems))
    except AssistantError as error:
        return Reply(str(error))
    return Reply(wording.undone(change.number, change.summary))


async def _propose_undoing(
    assistant: Assistant, message: Message, number: int
) -> Reply:
    """不管全国的人提出撤销，由管全国的人确认。"""
    change = await assistant.directory.change(number)
    if change is None:
        return Reply(wording.no_change(number))
    if change.undone:
        return Reply(wording.already_undone(number))
    return await assistant.desk.propose(undo_slip(change), message)


@routes.word("更新记录", usage=wording.USAGE_HISTORY, role=Role.SECRETARIAT)
async def history(assistant: Assistant, message: Message, argument: str) -> Reply:
    """最近的更新。"""
    changes = await assistant.directory.history(argument)
    lines = [
        line
        for change in changes
        for line in wording.history_lines(
            change.number,
            clock.local(change.at).strftime("%Y-%m-%d %H:%M"),
            change.user_id,
            change.summary,
            [line for edit in change.edits for line in edit.lines()],
            change.undone,
        )
    ]
    return Reply("\n".join(lines) or wording.NO_HISTORY)


async def _look_up(
    assistant: Assistant, message: Message, argument: str, kind: Kind
) -> Reply | None:
    found = look_up(assistant.directory.source, argument, kind)
    if found.missing and not message.addressed:
        return None
    if found.topic:
        return await _send(assistant, message, found.topic)
    if found.memory is not None:
        memory = assistant.conversation.memory
        memory.keep(message.place, message.person, found.memory)
    return Reply(found.text)


async def _send(assistant: Assistant, message: Message, topic: str) -> Reply:
    folder = assistant.settings.data_dir / "exports"
    return await send_list(
        assistant.directory,
        assistant.gateways,
        folder,
        message,
        topic,
        assistant.database.on_trouble,
    )


matchers = listen(routes)
