"""教、更正、撤销教、教过的。"""

import re

from bot.access import Role
from bot.acting import refusal
from bot.answering import Lesson, receipts
from bot.answering.checking_lessons import lessons_in
from bot.answering.teaching import TEACHING, instead
from bot.assistant import Assistant
from bot.listing import TAUGHT, Line, NotListed
from bot.messages import Message, Reply

from . import wording
from .common import give, quoted, region_of, region_to_edit
from .routes import routes

_TEACHING = re.compile(
    r"^(?:问题?[:：]\s*)?(?P<question>.+?)"
    r"(?:\s*(?:[=＝]>?|→)\s*|[\s，,。;；?？]*答案?[:：]\s*)(?P<answer>.+)$",
    re.S,
)


@routes.word("教", usage=wording.USAGE_TEACH, role=Role.SECRETARIAT)
async def teach(assistant: Assistant, message: Message, argument: str) -> Reply | None:
    """教一条。"""
    match = _TEACHING.match(argument)
    if match is None:
        return Reply(wording.TEACH_HOW) if message.addressed else None
    if (count := lessons_in(argument)) > 1:
        return Reply(wording.one_at_a_time(count))
    region = region_to_edit(assistant, message)
    if region is None:
        return Reply(wording.TEACH_WHERE)
    lesson = Lesson(match["question"].strip(), match["answer"].strip(), region)
    return await give(assistant, message, assistant.teaching.compared(lesson))


@routes.word(receipts.INSTEAD, role=Role.SECRETARIAT)
async def teach_instead(
    assistant: Assistant, message: Message, argument: str
) -> Reply | None:
    """要教的与已有的像是同一问：改已有的那条。"""
    waiting = await assistant.desk.opened(message.person, TEACHING)
    lesson = next((found for p in waiting if (found := instead(p))), None)
    if argument or lesson is None:
        return None
    await assistant.desk.drop([p.number for p in waiting], message.person)
    return await give(assistant, message, lesson)


@routes.word("更正", usage=wording.USAGE_CORRECT, role=Role.SECRETARIAT)
async def correct(
    assistant: Assistant, message: Message, argument: str
) -> Reply | None:
    """更正被引用的答案。"""
    given = await quoted(assistant, message)
    if given is None and message.quote and message.quote.by_assistant:
        return Reply(wording.cannot_correct(()))
    if message.quote is None:
        given = assistant.conversation.last_given(message)
    if given is None or not argument:
        return Reply(wording.CORRECT_HOW) if message.addressed else None
    entries = [e for i in given.entries if (e := assistant.knowledge.entries.get(i))]
    rights = assistant.access.rights(message.person)
    mine = [entry for entry in entries if rights.covers(entry.source.region)]
    region = region_of(assistant, message)
    if len(mine) > 1:
        mine = [entry for entry in mine if entry.source.region == region]
    if len(mine) != 1:
        return Reply(wording.cannot_correct(entries))
    chosen = mine[0]
    lesson = Lesson(chosen.question, argument, chosen.source.region, chosen.id)
    return await give(assistant, message, lesson)


@routes.word("撤销教", usage=wording.USAGE_WITHDRAW, role=Role.SECRETARIAT, glued=True)
async def withdraw(
    assistant: Assistant, message: Message, argument: str
) -> Reply | None:
    """撤销一次教或更正；撤的是哪一条，照实说。"""
    try:
        key = assistant.shown.one(message, TAUGHT, argument)
    except NotListed as error:
        return Reply(str(error))
    if key is None:
        return Reply(wording.WITHDRAW_HOW)
    edit = assistant.knowledge.local_edit(int(key))
    if edit is None:
        return Reply(wording.no_such(argument.strip()))
    if refused := refusal(assistant.access.rights(message.person), edit.region):
        return Reply(refused)
    change = await assistant.knowledge.withdraw(
        edit.number, message.person, message.place
    )
    if change is None:
        return Reply(wording.no_such(argument.strip()))
    await assistant.faq.refresh()
    return Reply(wording.withdrawn(change, edit))


@routes.word("教过的", "教过", usage=wording.USAGE_TAUGHT, role=Role.SECRETARIAT)
async def taught(assistant: Assistant, message: Message, argument: str) -> Reply:
    """列出教过的与更正过的，从 1 编起。"""
    rights = assistant.access.rights(message.person)
    regions = None if rights.everywhere else rights.regions
    edits = assistant.knowledge.local_edits(regions)
    page = edits[: wording.TAUGHT_SHOWN]
    lines = [Line(str(edit.number), edit.question) for edit in page]
    assistant.shown.show(message, TAUGHT, lines)
    return Reply(wording.taught(page, len(edits)))
