"""回答提问；答得不对的、要找人的，转给秘书处。"""

from dataclasses import replace

from bot.access import Role
from bot.answering import Response, is_correction, wants_a_person
from bot.assistant import Assistant
from bot.confirming import swap_in
from bot.messages import Message, Reply
from bot.text import fold
from bot.words import LONGEST_QUERY

from . import wording
from .common import quoted, region_of
from .routes import routes


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
        role = assistant.access.rights(message.person).role
        if role > Role.EVERYONE and swap_in(message.text):
            # 秘书处说出了该是什么：是要更正
            return None
    given = await quoted(assistant, message)
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
    given = await quoted(assistant, message)
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
    region = assistant.conversation.pose(question, region_of(assistant, message)).region
    number, told = await assistant.calling.call(
        message, question, answer, region, attached
    )
    guide = assistant.lexicon.guides.of(region)
    return Reply(wording.unsolved(number, told, guide))


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
