"""草稿开着时的回复：补充和改正；答应与放弃归确认台。"""

from datetime import timedelta

from bot import clock
from bot.assistant import Assistant
from bot.messages import Message, Reply
from bot.registration import Draft, answer, wording

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
    return await fill(assistant, message, draft.kind, reading) if reading else None


def _listening(draft: Draft, message: Message) -> bool:
    if message.addressed:
        return True
    fresh = clock.now() - draft.updated_at < UNADDRESSED
    return fresh and message.place == draft.place
