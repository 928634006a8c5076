"""文件库：秘书处发来通知、指南，导入之后据它回答；逐处定下它带来的改动。"""

import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from nonebot.plugin import PluginMetadata

from bot import HOMEPAGE
from bot.access import Role
from bot.acting import refusal
from bot.answering import Given
from bot.assistant import Assistant
from bot.chat.matching import listen
from bot.documents import (
    LARGEST,
    Imported,
    Received,
    Status,
    asking_slip,
    seen_in,
    sees,
    with_scope,
    wording,
)
from bot.documents.orders import read_chosen, read_scope, read_viewed
from bot.errors import AssistantError, SendError
from bot.listing import DOCUMENTS, Line, NotListed, read_numbers
from bot.messages import Message, Reply
from bot.routing import Routes
from bot.words import LONGEST_QUERY, read_number

__plugin_meta__ = PluginMetadata(
    name="文件库",
    description="导入通知与指南：马上据它回答，逐处定下它带来的改动",
    usage="导入 · 导入 查看 · 接受 1 3-5 · 改 2 … · 拒绝 其余 · 撤销导入 编号 · 原文",
    type="application",
    homepage=HOMEPAGE,
    supported_adapters={"~onebot.v11", "~onebot.v12"},
)

routes = Routes()


@routes.observer
async def heard(assistant: Assistant, message: Message) -> None:
    """记下发来的文件。"""
    assistant.received.heard(message)


@routes.order
async def offer(assistant: Assistant, message: Message) -> Reply | None:
    """秘书处发来文件的，告诉他可以导入；登记表已由登记接过去了。"""
    if not message.addressed or not message.files or message.text:
        return None
    if not _is_secretariat(assistant, message):
        return None
    return Reply(wording.may_import(message.files[-1].name))


@routes.dialogue
async def shown(assistant: Assistant, message: Message) -> Reply | None:
    """发来图片来问的，看得到就照图里的字答。"""
    if not message.addressed:
        return None
    is_order = assistant.words.begins(message.text)
    if is_order or not message.images or not sees() or assistant.gateways is None:
        return None
    seen = await seen_in(assistant.gateways, message)
    if not seen:
        return None
    asked = replace(message, text=f"{message.text} {seen}".strip())
    response = await assistant.conversation.reply(asked)
    return Reply(wording.seen(seen, response.text)) if response else None


@routes.word("导入", usage=wording.USAGE_IMPORT, role=Role.SECRETARIAT, glued=True)
async def bring(assistant: Assistant, message: Message, argument: str) -> Reply | None:
    """导入刚发的文件。"""
    received = assistant.received.meant(message)
    scope = read_scope(argument, assistant.lexicon.regions)
    if scope.rest:
        # 没发过文件，“导入数据失败怎么办”是在问别的
        hinted = received is not None and message.addressed
        return Reply(wording.not_understood(scope.rest)) if hinted else None
    if received is None:
        return Reply(wording.WHICH_FILE) if message.addressed else None
    try:
        told = await _bring(assistant, message, received, scope.region, scope.year)
    except AssistantError as error:
        return Reply(str(error))
    return Reply(told)


async def _bring(
    assistant: Assistant,
    message: Message,
    received: Received,
    region: str | None,
    year: int | None,
) -> str:
    """取来、读、存；返回对人说的话。

    异常:
        AssistantError: 取不到、读不了、看不出是哪里哪年的，或管不着
    """
    gateways, name = assistant.gateways, received.file.name
    if gateways is None:
        return wording.NO_GATEWAY
    taken = await gateways.take(
        message.place, received.file, account=received.account, most=LARGEST
    )
    progress = Reply(wording.reading_now(name))
    with suppress(SendError):
        # 说不出“正在读”，照样读
        await gateways.send(
            message.place, progress, account=message.account, quote=message.message_id
        )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(taken.data)
        read = await assistant.imports.library.read(path, name)
        draft = with_scope(read, region, year)
        if draft.region is not None:
            rights = assistant.access.rights(message.person)
            if refused := refusal(rights, draft.region):
                return refused
        brought = await assistant.imports.bring(draft, message.person, message.place)
    return wording.brought(brought)


@routes.word("导入 列表", "导入列表", role=Role.SECRETARIAT)
async def listed(assistant: Assistant, message: Message, argument: str) -> Reply:
    """导入过的文件，从 1 编起。"""
    documents = list(assistant.imports.library.documents.values())
    if not documents:
        return Reply(wording.NO_DOCUMENTS)
    lines = [Line(str(one.number), one.title) for one in documents]
    assistant.shown.show(message, DOCUMENTS, lines)
    return Reply(wording.listed(documents, await assistant.imports.left()))


@routes.word("导入 查看", "导入查看", role=Role.SECRETARIAT)
async def view(assistant: Assistant, message: Message, argument: str) -> Reply:
    """看提出的改动。"""
    chosen = read_viewed(argument)
    imported, told = await _document(assistant, message, chosen.document)
    if imported is None:
        return Reply(told)
    opened = await assistant.imports.proposals(imported.number, Status.OPEN)
    if not opened:
        return Reply(wording.NOTHING_OPEN)
    wanted = chosen.among(one.number for one in opened)
    page = [one for one in opened if one.number in wanted][: wording.SHOWN]
    return Reply(wording.shown(imported, page or opened[: wording.SHOWN], len(opened)))


@routes.word("接受", longest=LONGEST_QUERY)
async def accept(assistant: Assistant, message: Message, argument: str) -> Reply | None:
    """接受几处。"""
    chosen = read_chosen(argument)
    if chosen is None or not _is_secretariat(assistant, message):
        return None
    imported, told = await _document(assistant, message, chosen.document)
    if imported is None:
        return Reply(told) if message.addressed else None
    opened = await assistant.imports.proposals(imported.number, Status.OPEN)
    everything = chosen.numbers is None
    doubtful = [o.number for o in opened if everything and not o.suggestion.sure]
    wanted = set(chosen.among(one.number for one in opened)) - set(doubtful)
    settled = await assistant.imports.accept(
        imported.number,
        wanted,
        message.person,
        assistant.access.rights(message.person),
        message.place,
    )
    told = wording.accepted(settled, doubtful)
    if not settled.private:
        return Reply(told)
    slip = asking_slip(imported, settled)
    asked = await assistant.desk.propose(slip, message)
    return replace(asked, text=f"{told}\n{asked.text}")


@routes.word("拒绝", longest=LONGEST_QUERY)
async def refuse(assistant: Assistant, message: Message, argument: str) -> Reply | None:
    """拒绝几处。"""
    chosen = read_chosen(argument)
    if chosen is None or not _is_secretariat(assistant, message):
        return None
    imported, told = await _document(assistant, message, chosen.document)
    if imported is None:
        return Reply(told) if message.addressed else None
    opened = await assistant.imports.proposals(imported.number, Status.OPEN)
    numbers = chosen.among(one.number for one in opened)
    settled = await assistant.imports.refuse(imported.number, numbers, message.person)
    return Reply(wording.refused(settled))


@routes.word("改")
async def amend(assistant: Assistant, message: Message, argument: str) -> Reply | None:
    """换一处的答案。"""
    head, _, text = argument.partition(" ")
    number = read_number(head.strip("：:、."))
    if number is None or not _is_secretariat(assistant, message):
        return None
    imported, _ = await _document(assistant, message, "")
    if imported is None:
        return None
    if not text.strip():
        return Reply(wording.CHANGE_HOW)
    done = await assistant.imports.amend(imported.number, number, text.strip())
    return Reply(wording.amended(number) if done else wording.no_such_item(number))


@routes.word("撤销导入", usage=wording.USAGE_UNDO, role=Role.SECRETARIAT, glued=True)
async def undo(assistant: Assistant, message: Message, argument: str) -> Reply:
    """撤销一份。"""
    if len(read_numbers(argument)) != 1:
        return Reply(wording.UNDO_HOW)
    imported, told = await _document(assistant, message, argument)
    if imported is None:
        return Reply(told)
    problems = await assistant.imports.undo(
        imported.number, message.person, message.place
    )
    return Reply(wording.undone(imported, problems))


@routes.word("原文", usage=wording.USAGE_ORIGINAL, longest=LONGEST_QUERY)
async def original(
    assistant: Assistant, message: Message, argument: str
) -> Reply | None:
    """一条答案依据的原文。"""
    if argument:
        return None
    given = await _answered(assistant, message)
    if given is None:
        return Reply(wording.NO_ANSWER_TO_SHOW) if message.addressed else None
    return Reply(await assistant.originals.of(given))


async def _answered(assistant: Assistant, message: Message) -> Given | None:
    """引用的那条答案；没有引用的，是刚答他的那条。"""
    if message.quote is None:
        return assistant.conversation.last_given(message)
    return await assistant.conversation.delivered.find(
        message.place, message.quote.message_id
    )


async def _document(
    assistant: Assistant, message: Message, written: str
) -> tuple[Imported | None, str]:
    """说的是哪份文件：写了编号的就是它，没写的是此人最近的；不行为 `None` 与缘由。"""
    imports = assistant.imports
    try:
        named = assistant.shown.one(message, DOCUMENTS, written)
    except NotListed as error:
        return None, str(error)
    chosen = int(named) if named else await imports.current(message.person)
    if chosen is None:
        return None, wording.NOTHING_OPEN
    imported = imports.library.documents.get(chosen)
    if imported is None:
        return None, wording.no_such_document(written or str(chosen))
    rights = assistant.access.rights(message.person)
    if refused := refusal(rights, imported.region):
        return None, refused
    if named:
        imports.look_at(message.person, imported.number)
    return imported, ""


def _is_secretariat(assistant: Assistant, message: Message) -> bool:
    return assistant.access.rights(message.person).role >= Role.SECRETARIAT


matchers = listen(routes)
