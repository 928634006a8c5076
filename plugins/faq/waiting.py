"""没答上来的问题：列出、划掉、答。"""

import re

from bot.access import Role
from bot.acting import refusal
from bot.answering import Lesson, receipts
from bot.assistant import Assistant
from bot.listing import UNANSWERED, Line, NotListed, Numbered, read_numbers
from bot.messages import Message, Reply
from bot.storage.tables import Unanswered

from . import wording
from .common import give, region_to_edit
from .routes import routes

_DISMISS = re.compile(r"^(?:划掉|忽略|删除)\s*(?P<numbers>.+)$", re.S)
_NUMBERED = re.compile(r"^(?P<number>#?\d{1,9})[\s:：.、=＝]+(?P<answer>.+)$", re.S)


@routes.word(UNANSWERED, usage=wording.USAGE_UNANSWERED, role=Role.SECRETARIAT)
async def unanswered(assistant: Assistant, message: Message, argument: str) -> Reply:
    """列出没答上来的问题，从 1 编起；`划掉 编号` 是不答了。"""
    match = _DISMISS.match(argument)
    written = match["numbers"].strip() if match else ""
    if written == "全部" or read_numbers(written):
        return await _dismiss(assistant, message, written)
    rights = assistant.access.rights(message.person)
    regions = None if rights.role is Role.SUPERUSER else rights.regions
    rows = await assistant.conversation.unanswered.open(regions)
    lines = [Line(str(row.number), row.text) for row in rows]
    assistant.shown.show(message, UNANSWERED, lines)
    return Reply(wording.unanswered(rows))


async def _dismiss(assistant: Assistant, message: Message, written: str) -> Reply:
    """划掉几个；一个也不对的，一个也不划。"""
    numbers = read_numbers(written)
    if written == "全部":
        listed = assistant.shown.listed(message, UNANSWERED) or ()
        numbers = tuple(Numbered(n) for n in range(1, len(listed) + 1))
    rows: dict[int, Unanswered] = {}
    rights = assistant.access.rights(message.person)
    try:
        for number in numbers:
            row = await _asked(assistant, message, number)
            if row.region and (refused := refusal(rights, row.region)):
                return Reply(refused)
            rows[row.id] = row
    except NotListed as error:
        return Reply(str(error))
    if not rows:
        return Reply(wording.LIST_FIRST)
    store = assistant.conversation.unanswered
    gone = [row for row in rows.values() if await store.settle(row.id, None)]
    if not gone:
        return Reply(receipts.already_answered(written))
    return Reply(wording.dismissed([row.text for row in gone]))


async def _asked(
    assistant: Assistant, message: Message, number: Numbered
) -> Unanswered:
    """打回来的编号是哪个问题。

    异常:
        NotListed: 没有列过，或没有这一个
    """
    unlisted = assistant.shown.listed(message, UNANSWERED) is None
    if unlisted and not number.lasting:
        raise NotListed(wording.LIST_FIRST)
    key = assistant.shown.key(message, UNANSWERED, number)
    row = await assistant.conversation.unanswered.get(int(key))
    if row is None:
        raise NotListed(wording.no_question(str(number.number)))
    return row


@routes.word("答", usage=wording.USAGE_ANSWER, role=Role.SECRETARIAT, glued=True)
async def answer(assistant: Assistant, message: Message, argument: str) -> Reply | None:
    """答一个没答上来的问题：发回问过它的各处，并记为知识。

    编号从 1 数起，是刚列的第几个；`#` 开头的是私聊里告诉过的、一直不变的编号。
    """
    match = _NUMBERED.match(argument)
    if match is None:
        plain = argument and not argument[0].isdecimal()
        return None if plain or not message.addressed else Reply(wording.ANSWER_HOW)
    store = assistant.conversation.unanswered
    [number] = read_numbers(match["number"])
    try:
        row = await _asked(assistant, message, number)
    except NotListed as error:
        return Reply(str(error))
    if row.answered_at is not None:
        return Reply(receipts.already_answered(match["number"]))
    rights = assistant.access.rights(message.person)
    if row.region and (refused := refusal(rights, row.region)):
        return Reply(refused)
    region = row.region or region_to_edit(assistant, message)
    lesson = Lesson(
        row.text, match["answer"].strip(), region,
        asked=row.id, places=await store.places(row),
    )  # fmt: skip
    return await give(assistant, message, lesson)
