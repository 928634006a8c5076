"""自己的登记：确认、取消、查看、修改、撤销。"""

import re
from typing import TYPE_CHECKING

from bot.messages import Message, Person, Reply
from bot.registration import (
    Change,
    Confirmation,
    Field,
    Herald,
    Kind,
    Record,
    wording,
)
from bot.text import is_question

from .drafting import fill, show
from .routes import routes

if TYPE_CHECKING:
    from bot.assistant import Assistant


def _herald(assistant: "Assistant") -> Herald:
    return Herald(assistant.delivery.outbox, assistant.access)


@routes.word("确认")
async def confirm(
    assistant: "Assistant", message: Message, argument: str
) -> Reply | None:
    """确认草稿；再确认一次不会多存一份。"""
    return None if argument else await settle(assistant, message, None)


@routes.word("确认登记")
async def confirm_contact(
    assistant: "Assistant", message: Message, argument: str
) -> Reply | None:
    """指明确认联系人的草稿。"""
    return None if argument else await settle(assistant, message, Kind.CONTACT)


@routes.word("确认试点")
async def confirm_pilot(
    assistant: "Assistant", message: Message, argument: str
) -> Reply | None:
    """指明确认试点情况的草稿。"""
    return None if argument else await settle(assistant, message, Kind.PILOT)


async def settle(
    assistant: "Assistant", message: Message, kind: Kind | None
) -> Reply | None:
    """确认一份草稿；没指明、而它在上次确认之前就搁着的，先出示再问。"""
    service, person = assistant.registration, message.person
    last = await service.last_confirmed(person)
    draft = await service.draft(person, kind) if service.drafting(person) else None
    if draft is None:
        return Reply(wording.ALREADY) if last else None
    if kind is None and last and draft.updated_at < last:
        shown = await show(assistant, message, draft, named=True)
        return Reply(f"{wording.ALREADY}\n{wording.ANOTHER_LEFT}\n{shown}")
    confirmation = await service.confirm(person, draft.kind, _herald(assistant))
    if confirmation is None:
        return Reply(wording.ALREADY)
    if confirmation.change is None:
        shown = await show(assistant, message, confirmation.draft)
        return Reply(f"{wording.NOT_READY}\n{shown}")
    return await _saved(assistant, message, confirmation, confirmation.change)


async def _saved(
    assistant: "Assistant", message: Message, confirmation: Confirmation, change: Change
) -> Reply:
    text = wording.saved(change.record, change.peers)
    if confirmation.left:
        shown = await show(assistant, message, confirmation.left, named=True)
        text = f"{text}\n{wording.ANOTHER_LEFT}\n{shown}"
    return Reply(text)


@routes.word("取消", "取消登记", "取消试点")
async def cancel(
    assistant: "Assistant", message: Message, argument: str
) -> Reply | None:
    """放弃最近的草稿。"""
    if argument or not assistant.registration.drafting(message.person):
        return None
    kind = Kind.PILOT if message.text.rstrip().endswith("试点") else None
    draft = await assistant.registration.drop(message.person, kind)
    if draft is None:
        return None
    return Reply(wording.dropped(draft.form.title, draft.base is not None))


@routes.word("我的登记", usage="我的登记 —— 看自己登记的内容")
async def mine(assistant: "Assistant", message: Message, argument: str) -> Reply:
    """自己的登记与没确认的草稿。"""
    return await _show_own(assistant, message, Kind.CONTACT)


@routes.word("我的试点", usage="我的试点 —— 看自己报的试点情况")
async def my_pilots(assistant: "Assistant", message: Message, argument: str) -> Reply:
    """自己报的试点情况与没确认的草稿。"""
    return await _show_own(assistant, message, Kind.PILOT)


async def _show_own(assistant: "Assistant", message: Message, kind: Kind) -> Reply:
    service, masked = assistant.registration, message.place.is_group
    records = await service.mine(message.person, kind)
    parts = []
    if records:
        histories = [await service.history(r) for r in records] if not masked else []
        parts.append(wording.listing(records, masked, histories))
    if draft := await service.draft(message.person, kind):
        parts.append(await show(assistant, message, draft))
    return Reply("\n".join(parts) or wording.NOTHING_YET[kind])


@routes.word("修改登记", usage="修改登记 字段 值 —— 改自己的登记", glued=True)
async def change_contact(
    assistant: "Assistant", message: Message, argument: str
) -> Reply | None:
    """改自己的登记；有没确认的草稿、又没指明哪一条，就改草稿。"""
    return await _change(assistant, message, argument, Kind.CONTACT)


@routes.word("修改试点", usage="修改试点 [序号] 字段 值 —— 改自己报的一行", glued=True)
async def change_pilot(
    assistant: "Assistant", message: Message, argument: str
) -> Reply | None:
    """改自己报的试点情况。"""
    return await _change(assistant, message, argument, Kind.PILOT)


async def _change(
    assistant: "Assistant", message: Message, argument: str, kind: Kind
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


@routes.word("撤销登记", usage="撤销登记 —— 删除自己的登记", glued=True)
async def withdraw(
    assistant: "Assistant", message: Message, argument: str
) -> Reply | None:
    """删除自己的登记；有好几条要说明哪一条，或“全部”。"""
    return await _withdraw(assistant, message, argument, Kind.CONTACT)


@routes.word("撤销试点", usage="撤销试点 序号 —— 删除自己报的一行", glued=True)
async def withdraw_pilot(
    assistant: "Assistant", message: Message, argument: str
) -> Reply | None:
    """删除自己报的试点情况。"""
    return await _withdraw(assistant, message, argument, Kind.PILOT)


async def _withdraw(
    assistant: "Assistant", message: Message, argument: str, kind: Kind
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
    if own:
        leaving = kind is Kind.CONTACT and len(gone) == len(own)
        service, herald = assistant.registration, _herald(assistant)
        await service.withdraw(message.person, gone, herald, leaving=leaving)
        return Reply(wording.withdrawn(gone))
    return await _forget(assistant, message.person, kind)


async def _forget(assistant: "Assistant", person: Person, kind: Kind) -> Reply:
    """没有这种登记：草稿删掉；撤销登记的，试点情况里的个人信息也删掉。"""
    if kind is Kind.PILOT:
        dropped = await assistant.registration.drop(person, kind)
        return Reply(wording.DRAFT_DROPPED if dropped else wording.NOTHING_TO_WITHDRAW)
    drafting = assistant.registration.drafting(person)
    touched = await assistant.registration.withdraw(person, [], leaving=True)
    lines = [wording.DRAFT_DROPPED] if drafting else []
    lines += [wording.ONLY_PILOTS_LEFT] if touched else []
    return Reply("\n".join(lines) or wording.NOTHING_TO_WITHDRAW)
