"""名录：查证书、查机构、证书列表；秘书处更新联系人。"""

import asyncio
import contextlib
import re

from loguru import logger
from nonebot.plugin import PluginMetadata
from sqlalchemy.exc import SQLAlchemyError

from bot import clock
from bot.access import Role
from bot.answering import Candidate, Remembered, Turn
from bot.assistant import Assistant
from bot.directory import Key, Kind, propose, wording
from bot.errors import AssistantError, KnowledgeError
from bot.messages import Message, Reply
from bot.routing import Routes

from .listing import send_list

__plugin_meta__ = PluginMetadata(
    name="名录",
    description="查证书、评价组织、联系人与等级；秘书处更新联系人",
    usage="查证书 词；查机构 词；证书列表 [批次或方向]；更新联系人 …",
    type="application",
    supported_adapters={"~onebot.v11", "~onebot.v12"},
)

routes = Routes()
REFRESH_SECONDS = 30
"""多久看一次有没有从命令行导入的更新。"""
_watchers: set[asyncio.Task[None]] = set()


@routes.word("查证书", usage=wording.USAGE_CERTIFICATE, glued=True)
async def find_certificate(
    assistant: Assistant, message: Message, argument: str
) -> Reply | None:
    """查一个证书。"""
    if not argument:
        return Reply(wording.WHAT_CERTIFICATE)
    return await _look_up(assistant, message, argument, Kind.CERTIFICATE)


@routes.word("查机构", usage=wording.USAGE_ORGANISATION, glued=True)
async def find_organisation(
    assistant: Assistant, message: Message, argument: str
) -> Reply | None:
    """查一家评价组织。"""
    if not argument:
        return Reply(wording.WHAT_ORGANISATION)
    return await _look_up(assistant, message, argument, Kind.ORGANISATION)


@routes.word("证书列表", "证书名单", usage=wording.USAGE_LIST, glued=True)
async def list_certificates(
    assistant: Assistant, message: Message, argument: str
) -> Reply | None:
    """列出一批、一个方向或全部证书。"""
    directory = assistant.directory
    topic = directory.source.topic(argument)
    if topic is None:
        fields = list(directory.snapshot.catalogue.fields)
        return Reply(wording.no_such_list(argument, fields))
    return await send_list(assistant, message, topic)


@routes.word(
    "更新联系人", usage=wording.USAGE_UPDATE, role=Role.SECRETARIAT, glued=True
)
async def update(assistant: Assistant, message: Message, argument: str) -> Reply:
    """读懂一条更新，先给人看改动。"""
    directory = assistant.directory
    try:
        edits, summary, notes = propose(directory, argument)
    except KnowledgeError as error:
        return Reply(wording.rejected(error.problems))
    except AssistantError as error:
        return Reply(str(error))
    replaced = directory.pending.keep(message.person, edits, summary, clock.now())
    if replaced is not None:
        notes.append(wording.replaced(replaced.summary))
    lines = [line for edit in edits for line in edit.lines()]
    return Reply(wording.preview(summary, lines, notes))


@routes.word("确认")
async def confirm(
    assistant: Assistant, message: Message, argument: str
) -> Reply | None:
    """确认自己刚才的更新；没有等着确认的就不是给这里的。"""
    if argument:
        return None
    directory = assistant.directory
    proposal = directory.pending.take(message.person, clock.now())
    if proposal is None:
        return None
    if assistant.access.rights(message.person).role < Role.SECRETARIAT:
        return Reply(wording.NO_RIGHT)
    try:
        number = await directory.apply(proposal.edits, proposal.summary, message.person)
    except KnowledgeError as error:
        return Reply(wording.rejected(error.problems))
    except AssistantError as error:
        return Reply(str(error))
    return Reply(wording.applied(number, proposal.summary))


@routes.word("取消")
async def cancel(assistant: Assistant, message: Message, argument: str) -> Reply | None:
    """取消自己刚才的更新。"""
    if argument:
        return None
    proposal = assistant.directory.pending.take(message.person, clock.now())
    return Reply(wording.CANCELLED) if proposal else None


@routes.word("撤销更新", usage=wording.USAGE_UNDO, role=Role.SECRETARIAT, glued=True)
async def undo(assistant: Assistant, message: Message, argument: str) -> Reply:
    """撤销一次更新。"""
    number = argument.lstrip("#").strip()
    if not re.fullmatch(r"[0-9]{1,9}", number):
        return Reply(wording.UNDO_HOW)
    try:
        change = await assistant.directory.undo(int(number), message.person)
    except KnowledgeError as error:
        return Reply(wording.rejected(error.problems))
    except AssistantError as error:
        return Reply(str(error))
    return Reply(wording.undone(change.number, change.summary))


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


@routes.on_start
async def watch(assistant: Assistant) -> None:
    """每隔一会儿看看更新有没有变。"""
    task = asyncio.create_task(_watch(assistant))
    _watchers.add(task)


@routes.on_stop
async def stop_watching(assistant: Assistant) -> None:
    """停下。"""
    for task in list(_watchers):
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
    _watchers.clear()


async def _watch(assistant: Assistant) -> None:
    while True:
        await asyncio.sleep(REFRESH_SECONDS)
        try:
            if await assistant.directory.refresh():
                logger.info("名录有更新，已重新装入")
        except (SQLAlchemyError, AssistantError) as error:
            logger.warning("重新装入名录失败，照旧用原来的：{}", error)


async def _look_up(
    assistant: Assistant, message: Message, argument: str, kind: Kind
) -> Reply | None:
    source = assistant.directory.source
    keys = source.look_up(argument, kind)
    if len(keys) == 1 and keys[0].kind == "list":
        return await send_list(assistant, message, keys[0].name)
    if len(keys) == 1:
        text = source.say(keys[0])
        if text is not None:
            _remember(
                assistant, message, Turn(argument, source.name, str(keys[0]), None)
            )
            return Reply(text)
    if keys:
        offered = keys[: source.MAX_CHOICES]
        _offer(assistant, message, argument, offered)
        return Reply(wording.choices([source.title(key) for key in offered]))
    asked, near = source.near(argument)
    _offer(assistant, message, argument, near)
    return Reply(wording.not_found(asked, [key.name for key in near]))


def _offer(assistant: Assistant, message: Message, asked: str, keys: list[Key]) -> None:
    """记下列出的几个，回复“1”就答第一个。"""
    source = assistant.directory.source
    offered = tuple(
        Candidate(source.name, str(key), source.title(key), 0.5, 1.0) for key in keys
    )
    memory = Remembered(clock.now(), asked=asked, offered=offered)
    assistant.conversation.memory.keep(message.place, message.person, memory)


def _remember(assistant: Assistant, message: Message, turn: Turn) -> None:
    """记下刚答的，好接“电话呢”。"""
    memory = Remembered(clock.now(), turn, turn.question)
    assistant.conversation.memory.keep(message.place, message.person, memory)
