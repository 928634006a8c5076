"""答疑：回答提问，教、更正、撤销教，处理没答上来的问题。"""

import re
from dataclasses import replace

from nonebot.plugin import PluginMetadata

from bot import HOMEPAGE
from bot.access import NATIONWIDE, Role
from bot.acting import acts_on, refusal
from bot.answering import (
    Given,
    Lesson,
    Response,
    is_correction,
    receipts,
    wants_a_person,
)
from bot.answering.checking_lessons import lessons_in
from bot.answering.teaching import TEACHING, instead
from bot.assistant import Assistant
from bot.chat.matching import listen
from bot.listing import UNANSWERED, Line
from bot.messages import Message, Reply
from bot.routing import Routes
from bot.storage.tables import Unanswered
from bot.text import fold
from bot.words import LONGEST_QUERY, read_number

from . import wording

__plugin_meta__ = PluginMetadata(
    name="答疑",
    description="回答1+X试点的问题；秘书处可以随时教它、更正它",
    usage="直接提问；教 问题 = 答案；更正 答案；未答；答 编号 答案",
    type="application",
    homepage=HOMEPAGE,
    supported_adapters={"~onebot.v11", "~onebot.v12"},
)

routes = Routes()
_TEACHING = re.compile(r"^(?P<question>.+?)\s*(?:[=＝]>?|→)\s*(?P<answer>.+)$", re.S)
_DISMISS = re.compile(
    r"^(?:划掉|忽略|删除)\s*(?P<numbers>全部|(?:[#\s,，、;；和]*\d{1,9})+)\s*(?:号|条|个)?$"
)
_NUMBERED = re.compile(
    r"^(?P<lasting>#?)(?P<number>\d{1,9})[\s:：.、=＝]+(?P<answer>.+)$", re.S
)


@routes.question
async def ask(assistant: Assistant, message: Message) -> Reply | None:
    """当作提问来答。"""
    if not message.text and not message.addressed:
        return None
    if not message.text and message.unseen:
        return Reply(wording.cannot_see(message.unseen))
    if message.addressed and wants_a_person(message.text):
        return await for_a_person(assistant, message, "")
    response = await assistant.conversation.reply(message, assistant.is_business)
    if response is None:
        return None
    reply = _reply(assistant, message, response)
    if not (message.addressed and message.unseen):
        return reply
    return await _unseen(assistant, message, response, reply)


@routes.word(
    "没解决",
    "没有解决",
    "还是不行",
    *wording.COMPLAINTS,
    usage=wording.USAGE_UNSOLVED,
    longest=LONGEST_QUERY,
)
async def unsolved(
    assistant: Assistant, message: Message, argument: str
) -> Reply | None:
    """没解决：记下来转给秘书处；“不对”这样的话，对着助手说的才算。"""
    if not message.addressed and message.text.startswith(wording.COMPLAINTS):
        return None
    if argument and is_correction(message.text):
        corrected = await assistant.conversation.corrected(message)
        if corrected is not None:
            return _reply(assistant, message, corrected)
    given = await _quoted(assistant, message)
    question = given.question if given else assistant.conversation.last_asked(message)
    if question is None:
        return Reply(wording.WHAT_UNSOLVED) if message.addressed else None
    adds = fold(argument) not in fold(question)
    text = f"{question}（{argument}）" if adds else question
    return await _call(assistant, message, text)


@routes.word(*wording.FOR_A_PERSON, usage=wording.USAGE_PERSON, longest=LONGEST_QUERY)
async def for_a_person(
    assistant: Assistant, message: Message, argument: str
) -> Reply | None:
    """转人工：对着助手说的才算；问题是写在后面的，没写就是刚才问的。"""
    if not message.addressed:
        return None
    given = await _quoted(assistant, message)
    asked = given.question if given else assistant.conversation.last_asked(message)
    question = argument or asked
    if not question:
        return Reply(wording.WHAT_FOR_A_PERSON)
    return await _call(assistant, message, question, about_answer=not argument)


async def _call(
    assistant: Assistant,
    message: Message,
    question: str,
    *,
    about_answer: bool = True,
    attached: str = "",
) -> Reply:
    """请值班的人来，照实说告诉了谁。"""
    quote = message.quote
    answer = ""
    if about_answer and quote is not None and quote.by_assistant:
        answer = quote.text
    elif about_answer and (turn := assistant.conversation.last_turn(message)):
        answer = turn.answer
    region = assistant.conversation.pose(question, _region(assistant, message)).region
    number, told = await assistant.calling.call(
        message, question, answer, region, attached
    )
    guide = assistant.lexicon.guides.of(region)
    return Reply(wording.unsolved(number, told, guide))


@routes.word("教", usage=wording.USAGE_TEACH, role=Role.SECRETARIAT)
async def teach(assistant: Assistant, message: Message, argument: str) -> Reply | None:
    """教一条。"""
    match = _TEACHING.match(argument)
    if match is None:
        return Reply(wording.TEACH_HOW) if message.addressed else None
    if (count := lessons_in(argument)) > 1:
        return Reply(wording.one_at_a_time(count))
    region = _region_to_edit(assistant, message)
    if region is None:
        return Reply(wording.TEACH_WHERE)
    lesson = Lesson(match["question"].strip(), match["answer"].strip(), region)
    return await _give(assistant, message, assistant.teaching.compared(lesson))


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
    return await _give(assistant, message, lesson)


@routes.word("更正", usage=wording.USAGE_CORRECT, role=Role.SECRETARIAT)
async def correct(
    assistant: Assistant, message: Message, argument: str
) -> Reply | None:
    """更正被引用的答案。"""
    given = await _quoted(assistant, message)
    if given is None and message.quote and message.quote.by_assistant:
        return Reply(wording.cannot_correct(()))
    if message.quote is None:
        given = assistant.conversation.last_given(message)
    if given is None or not argument:
        return Reply(wording.CORRECT_HOW) if message.addressed else None
    entries = [e for i in given.entries if (e := assistant.knowledge.entries.get(i))]
    rights = assistant.access.rights(message.person)
    mine = [entry for entry in entries if rights.covers(entry.source.region)]
    region = _region(assistant, message)
    if len(mine) > 1:
        mine = [entry for entry in mine if entry.source.region == region]
    if len(mine) != 1:
        return Reply(wording.cannot_correct(entries))
    chosen = mine[0]
    lesson = Lesson(chosen.question, argument, chosen.source.region, chosen.id)
    return await _give(assistant, message, lesson)


@routes.word("撤销教", usage=wording.USAGE_WITHDRAW, role=Role.SECRETARIAT, glued=True)
async def withdraw(
    assistant: Assistant, message: Message, argument: str
) -> Reply | None:
    """撤销一次教或更正。"""
    number = read_number(argument.lstrip("#").strip())
    if number is None:
        return Reply(wording.WITHDRAW_HOW)
    region = assistant.knowledge.local_region(number)
    if region is None:
        return Reply(wording.no_such(str(number)))
    if refused := refusal(assistant.access.rights(message.person), region):
        return Reply(refused)
    change = await assistant.knowledge.withdraw(number, message.person, message.place)
    await assistant.faq.refresh()
    return Reply(wording.withdrawn(change) if change else wording.no_such(str(number)))


@routes.word(UNANSWERED, usage=wording.USAGE_UNANSWERED, role=Role.SECRETARIAT)
async def unanswered(assistant: Assistant, message: Message, argument: str) -> Reply:
    """列出没答上来的问题，从 1 编起；`划掉 编号` 是不答了。"""
    if match := _DISMISS.match(argument):
        return await _dismiss(assistant, message, match["numbers"])
    rights = assistant.access.rights(message.person)
    regions = None if rights.role is Role.SUPERUSER else rights.regions
    rows = await assistant.conversation.unanswered.open(regions)
    lines = [Line(str(row.number), row.text) for row in rows]
    assistant.shown.show(message, UNANSWERED, lines)
    return Reply(wording.unanswered(rows))


async def _dismiss(assistant: Assistant, message: Message, written: str) -> Reply:
    """划掉几个；一个也不对的，一个也不划。"""
    listed = assistant.shown.listed(message, UNANSWERED)
    if listed is None:
        return Reply(wording.LIST_FIRST)
    numbers = [int(number) for number in re.findall(r"\d+", written)]
    if not numbers:
        numbers = list(range(1, len(listed) + 1))
    rows: list[Unanswered] = []
    rights = assistant.access.rights(message.person)
    for number in dict.fromkeys(numbers):
        row = await _asked(assistant, message, number)
        if row is None:
            return Reply(wording.no_question(str(number)))
        if row.region and (refused := refusal(rights, row.region)):
            return Reply(refused)
        rows.append(row)
    store = assistant.conversation.unanswered
    gone = [row for row in rows if await store.settle(row.id, None)]
    if not gone:
        return Reply(receipts.already_answered(written.strip()))
    return Reply(wording.dismissed([row.text for row in gone]))


async def _asked(
    assistant: Assistant, message: Message, number: int
) -> Unanswered | None:
    """刚列给他看的第几个问题；没有为 `None`。"""
    line = assistant.shown.pick(message, UNANSWERED, number)
    if line is None:
        return None
    return await assistant.conversation.unanswered.get(int(line.key))


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
    if match["lasting"]:
        row = await store.get(int(match["number"]))
    elif assistant.shown.listed(message, UNANSWERED) is None:
        return Reply(wording.LIST_FIRST)
    else:
        row = await _asked(assistant, message, int(match["number"]))
    if row is None:
        return Reply(wording.no_question(match["number"]))
    if row.answered_at is not None:
        return Reply(receipts.already_answered(match["number"]))
    rights = assistant.access.rights(message.person)
    if row.region and (refused := refusal(rights, row.region)):
        return Reply(refused)
    region = row.region or _region_to_edit(assistant, message)
    lesson = Lesson(
        row.text, match["answer"].strip(), region,
        asked=row.id, places=await store.places(row),
    )  # fmt: skip
    return await _give(assistant, message, lesson)


@routes.word("教过的", "教过", usage=wording.USAGE_TAUGHT, role=Role.SECRETARIAT)
async def taught(assistant: Assistant, message: Message, argument: str) -> Reply:
    """列出教过的与更正过的。"""
    rights = assistant.access.rights(message.person)
    regions = None if rights.everywhere else rights.regions
    return Reply(wording.taught(assistant.knowledge.local_edits(regions)))


async def _give(assistant: Assistant, message: Message, lesson: Lesson) -> Reply:
    """教、更正或答；答案里有个人号码的先问。"""
    if slip := assistant.teaching.slip(lesson):
        return await assistant.desk.propose(slip, message)
    try:
        told = await assistant.teaching.give(lesson, message.person, message.place)
    except KeyError:
        return Reply(wording.cannot_correct(()))
    return Reply(told)


def _reply(assistant: Assistant, message: Message, response: Response) -> Reply:
    given = response.given

    async def record(message_id: str) -> None:
        if given is not None:
            assistant.conversation.delivered.add(
                message.place, message.person, message_id, given
            )

    return Reply(response.text, on_sent=record)


async def _unseen(
    assistant: Assistant, message: Message, response: Response, reply: Reply
) -> Reply:
    """一起发来的图片、语音看不到：照字答的说明白，照字答不了的转给秘书处。"""
    if response.given is None:
        return reply
    turn = assistant.conversation.last_turn(message)
    if turn is not None and turn.answer:
        return replace(reply, text=wording.by_words(response.text, message.unseen))
    attached = wording.attached(message.unseen)
    question = turn.question if turn else message.text
    called = await _call(
        assistant, message, question, about_answer=False, attached=attached
    )
    return replace(called, text=wording.handed_on(called.text, message.unseen))


async def _quoted(assistant: Assistant, message: Message) -> Given | None:
    if message.quote is None:
        return None
    return await assistant.conversation.delivered.find(
        message.place, message.quote.message_id
    )


def _region(assistant: Assistant, message: Message) -> str | None:
    return assistant.groups.get(message.place).region


def _region_to_edit(assistant: Assistant, message: Message) -> str | None:
    """教的内容算哪个地区的：群所属的，否则是此人唯一管的地区。"""
    rights = assistant.access.rights(message.person)
    here = _region(assistant, message)
    mine = here if rights.covers(here) else None
    return acts_on(rights, None, mine) or (NATIONWIDE if rights.everywhere else None)


matchers = listen(routes)
