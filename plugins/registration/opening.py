"""不以口令开头的登记：我来登记、……请登记，或整条就是一份登记的内容。"""

import re

from bot.assistant import Assistant
from bot.messages import Message, Reply
from bot.registration import WHOLE, Field, Kind, Recognised, telling, wording

from .drafting import fill, guide
from .routes import routes
from .sheets import several

BEGIN = "registration-begin"
"""听出来的事里，登记自己的那一件。"""
_NUMBERED = re.compile(r"\d[\d \-]{5,}\d|@|[零〇一二三四五六七八九幺]{7}")


@routes.dialogue
async def begin_freely(assistant: Assistant, message: Message) -> Reply | None:
    """不以口令开头的登记：我来登记、……请登记；没说要登记、像是一份登记的，问要不要。"""
    if assistant.words.begins(message.text) or not _worth_reading(message):
        return None
    said = assistant.registration.recognise(message.text)
    if said is None or not _is_for_us(message, said):
        return None
    fields = said.reading.fields
    vague = not fields & WHOLE or not (said.asked or Field.SCHOOL in fields)
    if vague and _is_about_others(assistant, message):
        return None
    if message.person.is_anonymous:
        return Reply(telling.NO_ANONYMOUS) if message.addressed else None
    if said.is_bare:
        return await guide(assistant, message, Kind.CONTACT)
    if not said.reading.fields:
        blank = said.reading.blank
        return Reply(wording.blank_form(blank) if blank else wording.NOTHING_READ)
    if rows := await several(assistant, message, said.text):
        return rows
    if said.asked:
        return await fill(assistant, message, Kind.CONTACT, said.reading, starting=True)
    return await fill(
        assistant, message, Kind.CONTACT, said.reading, starting=True, offering=True
    )


def _is_about_others(assistant: Assistant, message: Message) -> bool:
    """“把登记的联系人弄成表格给我”：说到登记，要办的却是别的事。"""
    meant = assistant.clerk.meant(message)
    return meant is not None and meant.taken and meant.order.name != BEGIN


def _worth_reading(message: Message) -> bool:
    """闲聊不必照登记去读：要说到登记、联系人，或是对助手说的、里面有号码。"""
    if re.search("登记|联系人|录入|收录", message.text):
        return True
    return message.addressed and _NUMBERED.search(message.text) is not None


def _is_for_us(message: Message, said: Recognised) -> bool:
    """群里没点名的，要明说登记、内容齐全；对着助手说的都算。"""
    if message.addressed:
        return True
    return said.asked and not said.is_bare and said.reading.fields >= WHOLE
