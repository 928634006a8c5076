"""起草：登记、登记试点，把读到的写进草稿，出示卡片。"""

import re
from dataclasses import replace

from bot.assistant import Assistant
from bot.messages import Message, Reply
from bot.registration import (
    DRAFT_LIFETIME,
    OFFER_LIFETIME,
    SENSITIVE,
    Draft,
    Field,
    Kind,
    Reading,
    Record,
    is_asking,
    sees_pictures,
    telling,
    wording,
)
from bot.routing import LONGEST_QUESTION
from bot.text import is_courtesy
from bot.words import LONGEST_FORM

from .recalling import out_of_the_group
from .routes import routes
from .sheets import several


@routes.word(
    "登记",
    usage=wording.USAGE_CONTACT,
    glued=True,
    longest=LONGEST_FORM,
)
async def register(
    assistant: Assistant, message: Message, argument: str
) -> Reply | None:
    """登记校级联系人；什么都不带就说明怎么填。"""
    said = assistant.registration.recognise(message.text)
    if said and said.asked and not said.is_bare:
        # “登记联系人 …”这样的开场整个去掉，不混进内容
        argument = said.text
    if rows := await several(assistant, message, argument):
        return rows
    return await _begin(assistant, message, argument, Kind.CONTACT)


@routes.word(
    "登记试点",
    usage=wording.USAGE_PILOT,
    glued=True,
    longest=LONGEST_FORM,
)
async def register_pilot(
    assistant: Assistant, message: Message, argument: str
) -> Reply | None:
    """登记试点情况：一个证书等级一条。"""
    return await _begin(assistant, message, argument, Kind.PILOT)


async def _begin(
    assistant: Assistant, message: Message, argument: str, kind: Kind
) -> Reply | None:
    reading = assistant.registration.read(kind, argument)
    if message.person.is_anonymous:
        meant = message.addressed and not reading.question
        return Reply(telling.NO_ANONYMOUS) if meant else None
    if is_asking(reading):
        return None
    if not message.addressed and argument and not _meant(message, reading):
        return None
    if reading.blank and not reading.fields:
        return Reply(wording.blank_form(reading.blank))
    if reading.fields:
        return await fill(assistant, message, kind, reading, starting=True)
    if argument and not is_courtesy(argument):
        return Reply(wording.NOTHING_READ)
    return await guide(assistant, message, kind)


def _meant(message: Message, reading: Reading) -> bool:
    """群里没点名说到“登记”的，要像一条登记：有几项内容，或隔开写的、都看得懂的一项。"""
    if re.match(r"[/／]?登记(?:试点)?[\s:：,，;；|]", message.text):
        return len(reading.fields) > 1 or (
            bool(reading.fields) and not reading.leftover
        )
    told = reading.has_number or Field.SCHOOL in reading.values
    return told and len(reading.fields) > 1 and not reading.leftover


async def guide(assistant: Assistant, message: Message, kind: Kind) -> Reply:
    """说明怎么填；已有草稿就把它也摆出来。"""
    service = assistant.registration
    text = wording.START[kind]
    if message.images:
        text = f"{wording.NO_PICTURES}\n{text}"
    if message.place.is_group:
        text += "\n" + wording.BETTER_PRIVATE
    if open_draft := await service.draft(message.person, kind):
        shown = await show(assistant, message, open_draft)
        return Reply(f"{text}\n{wording.STILL_OPEN}\n{shown}")
    region = assistant.groups.get(message.place).region
    started = await service.amend(
        message.person, kind, message.place, Reading(), region=region
    )
    assistant.desk.showed(message, started.draft.number)
    return Reply(text)


async def show(assistant: Assistant, message: Message, draft: Draft) -> str:
    """一份草稿的卡片，在这里出示过了。"""
    peers = await assistant.registration.peers(draft)
    await assistant.desk.show(message, draft.number)
    return assistant.registration.card(draft, None, message.place, peers)


async def _answered(
    assistant: Assistant, message: Message, reading: Reading
) -> str | None:
    """夹着问的也答；答了的不算没用上。"""
    if not reading.asked or not message.addressed:
        return None
    question = " ".join(reading.asked)
    if len(question) > LONGEST_QUESTION:
        return None
    response = await assistant.conversation.reply(replace(message, text=question))
    if response is None:
        return None
    reading.asked.clear()
    return response.text


async def fill(
    assistant: Assistant,
    message: Message,
    kind: Kind,
    reading: Reading,
    *,
    starting: bool = False,
    base: Record | None = None,
    offering: bool = False,
) -> Reply:
    """把读到的写进草稿，出示卡片；群里的个人信息劝撤回。

    参数:
        offering: 没说要登记，先问要不要
    """
    answered = await _answered(assistant, message, reading)
    amended = await assistant.registration.amend(
        message.person,
        kind,
        message.place,
        reading,
        region=assistant.groups.get(message.place).region,
        base=base,
        starting=starting,
        lifetime=OFFER_LIFETIME if offering else DRAFT_LIFETIME,
    )
    assistant.desk.showed(message, amended.draft.number)
    service = assistant.registration
    text = service.card(amended.draft, reading, message.place, amended.peers)
    if message.images and not sees_pictures():
        text = f"{text}\n！{wording.NO_PICTURES}"
    if offering:
        text = f"{wording.SHALL_I}\n{text}"
    for old in amended.replaced:
        text = f"{wording.replaced(old.values)}\n{text}"
    if answered:
        text = f"{text}\n\n{answered}"
    if not reading.fields & SENSITIVE:
        return Reply(text)
    meant = message.addressed or starting or base is not None
    return await out_of_the_group(assistant, message, text, meant=meant)
