"""草稿开着时的回复：答应、放弃、补充和改正。"""

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from bot import clock
from bot.messages import Message, Reply
from bot.registration import Decision, Draft, answer, decision, wording

from .drafting import fill, just_shown
from .own import settle
from .routes import routes

if TYPE_CHECKING:
    from bot.assistant import Assistant

UNADDRESSED = timedelta(days=1)
"""群里没点名的消息，只接着这么久之内动过的草稿。"""

_OWN_WORDS = re.compile(
    r"\s*[/／]?(?:登记|(?:修改|撤销|我的|导出)(?:登记|试点)|导出汇总表|"
    r"(?:确认|取消)(?:登记|试点)?\s*$)"
)

_YES = Decision.YES


@routes.dialogue(order=60)
async def carry_on(assistant: "Assistant", message: Message) -> Reply | None:
    """草稿没确认时，听得懂的都接着；别的一概不管。"""
    service, just_asked = assistant.registration, just_shown(message)
    if _OWN_WORDS.match(message.text):
        return None
    if not service.drafting(message.person):
        again = decision(message.text, just_asked=False, ready=False)
        return await settle(assistant, message, None) if again is _YES else None
    draft = await service.draft(message.person)
    if draft is None or not _listening(draft, message):
        return None
    decided = decision(
        message.text, just_asked=just_asked and message.addressed, ready=draft.ready
    )
    if decided is _YES:
        return await settle(assistant, message, None)
    if decided is Decision.NO:
        await service.drop(message.person, draft.kind)
        return Reply(wording.dropped(draft.form.title, draft.base is not None))
    reading = answer(
        draft,
        message.text,
        service.checks,
        addressed=message.addressed,
        just_asked=just_asked,
    )
    return await fill(assistant, message, draft.kind, reading) if reading else None


def _listening(draft: Draft, message: Message) -> bool:
    if message.addressed:
        return True
    fresh = clock.now() - draft.updated_at < UNADDRESSED
    return fresh and message.place == draft.place
