"""草稿开着时的回复：补充和改正；答应与放弃归确认台。"""

from dataclasses import replace
from datetime import timedelta

from bot import clock
from bot.assistant import Assistant
from bot.messages import Message, Reply
from bot.registration import Draft, answer, wording
from bot.routing import LONGEST_QUESTION
from bot.text import tell_apart

from .drafting import fill
from .routes import routes

UNADDRESSED = timedelta(days=1)
"""群里没点名的消息，只接着这么久之内动过的草稿。"""


@routes.dialogue
async def carry_on(assistant: Assistant, message: Message) -> Reply | None:
    """草稿没确认时，听得懂的都接着；别的一概不管。"""
    service, desk = assistant.registration, assistant.desk
    if not desk.is_waited(message.person) or assistant.words.begins(message.text):
        return None
    draft = await service.draft(message.person)
    if draft is None or not _listening(draft, message):
        return None
    if message.addressed and message.images and not message.text:
        return Reply(wording.NO_PICTURES)
    standing = desk.attention.standing(message)
    if standing not in (None, draft.number):
        # 眼前摆着的是别的事：“改成……”说的是它
        return None
    reading = answer(
        draft,
        message.text,
        service.checks,
        addressed=message.addressed,
        just_asked=desk.attention.answering(message) == draft.number,
    )
    if reading is None:
        return await _fill_and_answer(assistant, message, draft)
    return await fill(assistant, message, draft.kind, reading)


async def _fill_and_answer(
    assistant: Assistant, message: Message, draft: Draft
) -> Reply | None:
    """一句里又填了号码、又问了别的：填上，也答。"""
    told, asked = tell_apart(message.text)
    if not (message.addressed and told and asked) or len(asked) > LONGEST_QUESTION:
        return None
    checks = assistant.registration.checks
    reading = answer(draft, told, checks, addressed=True, just_asked=False)
    if reading is None or not reading.has_number:
        return None
    response = await assistant.conversation.reply(replace(message, text=asked))
    filled = await fill(assistant, message, draft.kind, reading)
    if response is None:
        return filled
    return replace(filled, text=f"{response.text}\n\n{filled.text}")


def _listening(draft: Draft, message: Message) -> bool:
    if message.addressed:
        return True
    fresh = clock.now() - draft.updated_at < UNADDRESSED
    return fresh and message.place == draft.place
