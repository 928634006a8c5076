"""自己的登记：查看、修改、撤销。"""

import re

from bot import clock
from bot.assistant import Assistant
from bot.messages import Message, Reply
from bot.registration import (
    PERSONAL,
    Draft,
    Field,
    Kind,
    Record,
    answer,
    telling,
    withdrawal_slip,
    wording,
)
from bot.text import is_question
from bot.words import LONGEST_FIELD

from .drafting import fill, show
from .routes import routes

_CORRECTING = re.compile("改|换|更正|错|不是|应该|补|加|忘|漏|更名|(?:现在|如今)叫")


@routes.word("我的登记", usage=wording.USAGE_MINE)
async def mine(assistant: Assistant, message: Message, argument: str) -> Reply:
    """自己的登记与没确认的草稿。"""
    return await _show_own(assistant, message, Kind.CONTACT)


@routes.word("我的试点", usage=wording.USAGE_MY_PILOT)
async def my_pilots(assistant: Assistant, message: Message, argument: str) -> Reply:
    """自己报的试点情况与没确认的草稿。"""
    return await _show_own(assistant, message, Kind.PILOT)


async def _show_own(assistant: Assistant, message: Message, kind: Kind) -> Reply:
    service, masked = assistant.registration, message.place.is_group
    records = await service.mine(message.person, kind)
    parts = []
    if records:
        histories = [await service.history(r) for r in records] if not masked else []
        parts.append(wording.listing(records, masked, histories))
    if draft := await service.draft(message.person, kind):
        parts.append(await show(assistant, message, draft))
    if kind is Kind.CONTACT:
        parts += [
            telling.waiting_line(each.values, each.number, masked)
            for each in await service.waiting(message.person)
        ]
    return Reply("\n".join(parts) or wording.NOTHING_YET[kind])


@routes.word(
    "修改登记",
    "登记改一下",
    "登记修改",
    usage=wording.USAGE_CHANGE,
    glued=True,
    longest=LONGEST_FIELD,
)
async def change_contact(
    assistant: Assistant, message: Message, argument: str
) -> Reply | None:
    """改自己的登记；有没确认的草稿、又没指明哪一条，就改草稿。"""
    return await _change(assistant, message, argument, Kind.CONTACT)


@routes.word(
    "修改试点",
    usage=wording.USAGE_CHANGE_PILOT,
    glued=True,
    longest=LONGEST_FIELD,
)
async def change_pilot(
    assistant: Assistant, message: Message, argument: str
) -> Reply | None:
    """改自己报的试点情况。"""
    return await _change(assistant, message, argument, Kind.PILOT)


@routes.dialogue
async def correct(assistant: Assistant, message: Message) -> Reply | None:
    """存下之后又说“名字打错了，应该是…”“电话换成…”：起一份改它的草稿。"""
    service, text = assistant.registration, message.text
    if not message.addressed or assistant.words.begins(text):
        return None
    if _CORRECTING.search(text) is None or len(text) > LONGEST_FIELD:
        return None
    registered = service.roster.school_of(message.person) is not None
    if not registered or await service.draft(message.person) is not None:
        return None
    own = await service.mine(message.person, Kind.CONTACT)
    now = clock.now()
    draft = Draft(
        Kind.CONTACT, message.person, message.place, {}, {}, now, now, base=own[0]
    )
    reading = answer(draft, text, service.checks, addressed=True, just_asked=False)
    if reading is None:
        return None
    if len(own) > 1:
        return Reply(wording.which(wording.OWN_WORDS[Kind.CONTACT][1], own))
    return await fill(assistant, message, Kind.CONTACT, reading, base=own[0])


async def _change(
    assistant: Assistant, message: Message, argument: str, kind: Kind
) -> Reply | None:
    if is_question(argument):
        return None
    service = assistant.registration
    own = await service.mine(message.person, kind)
    draft = await service.draft(message.person, kind)
    base, argument = _choose(own, argument)
    if base is None and draft is None:
        if not own:
            return Reply(wording.NOTHING_TO_CHANGE[kind])
        if len(own) > 1:
            return Reply(wording.which(wording.OWN_WORDS[kind][1], own))
        base = own[0]
    reading = service.read(kind, argument)
    if not reading.fields:
        return Reply(wording.HOW_TO_CHANGE[kind])
    return await fill(assistant, message, kind, reading, base=base)


def _choose(records: list[Record], argument: str) -> tuple[Record | None, str]:
    """由开头的序号或姓名挑一条，返回挑中的与其余文字；没指明为 `None`。"""
    found = re.match(r"第?(\d{1,2})(?:条|个|行|号)?(?:[\s,，、.:：]+|$)", argument)
    if found and 1 <= int(found[1]) <= len(records):
        return records[int(found[1]) - 1], argument[found.end() :]
    for record in records:
        name = record.values.get(Field.NAME) or record.entry
        if name and re.match(rf"{re.escape(name)}(?:[的\s,，:：]+|$)", argument):
            return record, re.sub(r"^[的\s,，:：]+", "", argument[len(name) :])
    return None, argument


@routes.word(
    "撤销登记", usage=wording.USAGE_WITHDRAW, glued=True, longest=LONGEST_FIELD
)
async def withdraw(
    assistant: Assistant, message: Message, argument: str
) -> Reply | None:
    """删除自己的登记；有好几条要说明哪一条，或“全部”。"""
    return await _withdraw(assistant, message, argument, Kind.CONTACT)


@routes.word(
    "撤销试点", usage=wording.USAGE_WITHDRAW_PILOT, glued=True, longest=LONGEST_FIELD
)
async def withdraw_pilot(
    assistant: Assistant, message: Message, argument: str
) -> Reply | None:
    """删除自己报的试点情况。"""
    return await _withdraw(assistant, message, argument, Kind.PILOT)


async def _withdraw(
    assistant: Assistant, message: Message, argument: str, kind: Kind
) -> Reply | None:
    if is_question(argument):
        return None
    own = await assistant.registration.mine(message.person, kind)
    chosen, rest = _choose(own, argument)
    gone = [chosen] if chosen else own
    if rest.strip(" 。.!！") not in ("", "全部") or (
        len(gone) > 1 and rest.strip() != "全部"
    ):
        return Reply(wording.which(wording.OWN_WORDS[kind][2], own)) if own else None
    leaving = kind is Kind.CONTACT and len(gone) == len(own)
    others = await assistant.registration.mine(message.person)
    was_removed = leaving and await assistant.registration.was_removed(message.person)
    if (
        gone
        or was_removed
        or (leaving and any(PERSONAL & {*other.values} for other in others))
    ):
        slip = withdrawal_slip(message.person, gone, kind, leaving=leaving)
        return await assistant.desk.propose(slip, message)
    return await _drop_drafts(assistant, message, None if leaving else kind)


async def _drop_drafts(
    assistant: Assistant, message: Message, kind: Kind | None
) -> Reply:
    """没有登记，只有草稿：不要了。"""
    service = assistant.registration
    drafts = await service.drafts(message.person, kind)
    if kind is not Kind.PILOT:
        drafts += await service.waiting(message.person)
    if not drafts:
        return Reply(wording.NOTHING_TO_WITHDRAW)
    await assistant.desk.drop([draft.number for draft in drafts], message.person)
    return Reply(wording.DRAFT_DROPPED)
