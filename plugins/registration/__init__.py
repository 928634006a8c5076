"""登记的聊天界面：登记校级联系人与试点情况，秘书处查找与导出。"""

import asyncio
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from nonebot.plugin import PluginMetadata

from bot import clock
from bot.access import Role
from bot.errors import SendError
from bot.messages import Attachment, Message, Person, Reply
from bot.registration import (
    COURTESY,
    PERSONAL,
    YEARS,
    Confirmation,
    Draft,
    Field,
    Kind,
    Reading,
    Record,
    export_folder,
    file_name,
    notify,
    region_named,
    wording,
    write_contacts,
    write_summary,
)
from bot.routing import Routes

if TYPE_CHECKING:
    from bot.assistant import Assistant

__plugin_meta__ = PluginMetadata(
    name="登记",
    description="用一条消息登记校级联系人与试点情况，秘书处查找与导出",
    usage="登记 院校 类型 姓名 手机号；我的登记；修改登记 字段 值；撤销登记",
)

routes = Routes()

LISTED = 20
"""登记列表一次列几条。"""
UNADDRESSED = timedelta(days=1)
"""群里没点名的消息，只接着这么久之内动过的草稿。"""
PROGRESS_AFTER = 2.0
"""导出超过几秒就先说一声。"""

_OWN_WORDS = re.compile(r"\s*[/／]?(?:登记|修改登记|我的|撤销|确认|取消|导出)")
_tasks: set[asyncio.Task[None]] = set()


@routes.dialogue(order=60)
async def carry_on(assistant: "Assistant", message: Message) -> Reply | None:
    """草稿没确认时，读得懂的补充和改正接着填；别的一概不管。"""
    service = assistant.registration
    if not service.drafting(message.person) or _OWN_WORDS.match(message.text):
        return None
    draft = await service.draft(message.person)
    if draft is None or not _listening(draft, message):
        return None
    reading = service.read(draft.kind, message.text)
    if not draft.continued_by(reading, addressed=message.addressed):
        return None
    return await _fill(assistant, message, draft.kind, reading)


def _listening(draft: Draft, message: Message) -> bool:
    if message.addressed:
        return True
    fresh = clock.now() - draft.updated_at < UNADDRESSED
    return fresh and message.place == draft.place


@routes.word("登记", usage="登记 院校 类型 姓名 手机号 … —— 登记校级联系人", glued=True)
async def register(
    assistant: "Assistant", message: Message, argument: str
) -> Reply | None:
    """登记校级联系人；什么都不带就说明怎么填。"""
    return await _begin(assistant, message, argument, Kind.CONTACT, wording.START)


@routes.word(
    "登记试点", usage="登记试点 证书 等级 专业 规模 … —— 报汇总表的一行", glued=True
)
async def register_pilot(
    assistant: "Assistant", message: Message, argument: str
) -> Reply | None:
    """登记试点情况：一个证书等级一条。"""
    return await _begin(assistant, message, argument, Kind.PILOT, wording.START_PILOT)


async def _begin(
    assistant: "Assistant", message: Message, argument: str, kind: Kind, start: str
) -> Reply | None:
    service = assistant.registration
    reading = service.read(kind, argument)
    if argument and not reading.fields:
        if COURTESY.fullmatch(argument):
            argument = ""
        elif reading.question or not message.addressed:
            return None
        else:
            return Reply(wording.NOTHING_READ)
    if reading.question and not reading.has_number:
        return None
    if argument and not _meant(message, reading):
        return None
    if argument:
        return await _fill(assistant, message, kind, reading, starting=True)
    defaults = await _defaults(assistant, message, kind, reading)
    await service.amend(message.person, kind, message.place, reading, defaults=defaults)
    if message.place.is_group:
        start += "\n" + wording.BETTER_PRIVATE
    return Reply(start)


def _meant(message: Message, reading: Reading) -> bool:
    """群里没点名、又连着写的“登记……”，要有号码或校名才算是在登记。"""
    if message.addressed or re.match(r"[/／]?登记(?:试点)?[\s:：,，]", message.text):
        return True
    return reading.has_number or Field.SCHOOL in reading.values


async def _fill(
    assistant: "Assistant",
    message: Message,
    kind: Kind,
    reading: Reading,
    *,
    starting: bool = False,
    base: Record | None = None,
) -> Reply:
    """把读到的写进草稿，出示卡片；群里的个人信息劝撤回。"""
    service = assistant.registration
    note = ""
    if starting and (old := await service.draft(message.person, kind)):
        if old.of_other_school(reading):
            await service.drop(message.person, kind)
            note = wording.replaced(old) + "\n"
    draft = await service.amend(
        message.person,
        kind,
        message.place,
        reading,
        defaults=await _defaults(assistant, message, kind, reading),
        base=base,
    )
    peers = await service.peers(draft)
    text = note + wording.card(draft, reading, message.place, peers)
    if not message.place.is_group or not reading.fields & PERSONAL:
        return Reply(text)
    if await _recall(assistant, message):
        text = f"{text}\n{wording.RECALLED}"
        return Reply(text, quote=False, mention=(message.person,))
    return Reply(f"{text}\n{wording.PLEASE_RECALL}")


async def _defaults(
    assistant: "Assistant", message: Message, kind: Kind, reading: Reading
) -> dict[Field, str]:
    """新草稿预先知道的：群的地区；试点情况还有本人登记过的院校。"""
    known: dict[Field, str] = {}
    if region := assistant.groups.get(message.place).region:
        known[Field.REGION] = region
    if kind is Kind.CONTACT or Field.SCHOOL in reading.fields:
        return known
    own = await assistant.registration.mine(message.person, Kind.CONTACT)
    if len({record.school for record in own}) == 1:
        values = own[0].values
        for field in (Field.REGION, Field.SCHOOL, Field.TYPE, Field.CITY):
            if field in values:
                known[field] = values[field]
        if values.get(Field.TYPE) == "高职":
            known.pop(Field.CITY, None)
    return known


async def _recall(assistant: "Assistant", message: Message) -> bool:
    if assistant.gateways is None or not message.message_id:
        return False
    try:
        return await assistant.gateways.recall(
            message.place, message.message_id, account=message.account
        )
    except SendError:
        return False


@routes.word("修改登记", usage="修改登记 字段 值 —— 改自己的登记", glued=True)
async def change(assistant: "Assistant", message: Message, argument: str) -> Reply:
    """改自己的登记；有没确认的草稿就改草稿。"""
    service = assistant.registration
    own = await service.mine(message.person, Kind.CONTACT)
    draft = await service.draft(message.person, Kind.CONTACT)
    base = None
    if draft is None:
        if not own:
            return Reply(wording.NOTHING_TO_CHANGE)
        chosen, argument = _choose(own, argument)
        if len(chosen) != 1:
            return Reply(wording.which("修改登记", own))
        base = chosen[0]
    reading = service.read(Kind.CONTACT, argument)
    if not reading.fields:
        return Reply(wording.HOW_TO_CHANGE)
    return await _fill(assistant, message, Kind.CONTACT, reading, base=base)


def _choose(records: list[Record], argument: str) -> tuple[list[Record], str]:
    """由开头的序号挑一条，返回挑中的与其余文字；只有一条就不用序号。"""
    found = re.match(r"(\d{1,2})(?:[\s,，、.:：]+|$)", argument)
    if found and 1 <= int(found[1]) <= len(records):
        return [records[int(found[1]) - 1]], argument[found.end() :]
    return records, argument


@routes.word("确认", "确认登记")
async def confirm(
    assistant: "Assistant", message: Message, argument: str
) -> Reply | None:
    """确认草稿；再确认一次不会多存一份。"""
    if argument:
        return None
    service = assistant.registration
    if not service.drafting(message.person):
        again = await service.just_confirmed(message.person)
        return Reply(wording.ALREADY) if again else None
    confirmation = await service.confirm(message.person)
    if confirmation is None:
        return None
    if confirmation.record is None:
        return Reply(wording.refused(confirmation, message.place))
    _announce(assistant, confirmation, confirmation.record)
    return Reply(wording.saved(confirmation))


def _announce(
    assistant: "Assistant", confirmation: Confirmation, record: Record
) -> None:
    """同校多了联系人、或联系人换了，告知同校的人与秘书处。"""
    before = confirmation.before
    if record.kind is not Kind.CONTACT:
        return
    if before is None:
        text = wording.second_contact(record) if confirmation.peers else ""
    elif before.contact != record.contact:
        text = wording.contact_changed(record, before)
    else:
        text = ""
    if text:
        owners = [peer.owner for peer in confirmation.peers]
        _tell(assistant, record, owners, text)


def _tell(
    assistant: "Assistant", record: Record, owners: list[Person], text: str
) -> None:
    """在后台告知，不耽误回复。"""
    people = [*owners, *assistant.access.secretariat(record.region)]
    others = [person for person in people if person != record.owner]
    task = asyncio.create_task(notify(assistant.gateways, others, text))
    _tasks.add(task)
    task.add_done_callback(_tasks.discard)


@routes.on_stop
async def finish_telling(assistant: "Assistant") -> None:
    """停止前把没说完的说完。"""
    await asyncio.gather(*_tasks)


@routes.word("取消", "取消登记")
async def cancel(
    assistant: "Assistant", message: Message, argument: str
) -> Reply | None:
    """放弃最近的草稿。"""
    if argument or not assistant.registration.drafting(message.person):
        return None
    draft = await assistant.registration.drop(message.person)
    return Reply(wording.dropped(draft)) if draft else None


@routes.word("我的登记", usage="我的登记 —— 看自己登记的内容")
async def mine(assistant: "Assistant", message: Message, argument: str) -> Reply:
    """自己的登记与没确认的草稿。"""
    return await _show(assistant, message, Kind.CONTACT, wording.NOTHING_YET)


@routes.word("我的试点", usage="我的试点 —— 看自己报的试点情况")
async def my_pilots(assistant: "Assistant", message: Message, argument: str) -> Reply:
    """自己报的试点情况与没确认的草稿。"""
    return await _show(assistant, message, Kind.PILOT, wording.NOTHING_PILOT)


async def _show(
    assistant: "Assistant", message: Message, kind: Kind, nothing: str
) -> Reply:
    service, masked = assistant.registration, message.place.is_group
    records = await service.mine(message.person, kind)
    parts = []
    if records:
        histories = [await service.history(r) for r in records] if not masked else []
        parts.append(wording.listing(records, masked, histories))
    if draft := await service.draft(message.person, kind):
        peers = await service.peers(draft)
        parts.append(wording.card(draft, None, message.place, peers))
    return Reply("\n".join(parts) or nothing)


@routes.word("撤销登记", usage="撤销登记 —— 删除自己的登记", glued=True)
async def withdraw(assistant: "Assistant", message: Message, argument: str) -> Reply:
    """删除自己的登记；有好几条要说明哪一条，或“全部”。"""
    return await _withdraw(assistant, message, argument, Kind.CONTACT)


@routes.word("撤销试点", usage="撤销试点 序号 —— 删除自己报的一行", glued=True)
async def withdraw_pilot(
    assistant: "Assistant", message: Message, argument: str
) -> Reply:
    """删除自己报的试点情况。"""
    return await _withdraw(assistant, message, argument, Kind.PILOT)


async def _withdraw(
    assistant: "Assistant", message: Message, argument: str, kind: Kind
) -> Reply:
    service = assistant.registration
    own = await service.mine(message.person, kind)
    if not own:
        draft = await service.drop(message.person, kind)
        text = wording.DRAFT_DROPPED if draft else wording.NOTHING_TO_WITHDRAW
        return Reply(text)
    chosen = own
    if argument != "全部":
        chosen, rest = _choose(own, argument)
        if len(chosen) != 1 or rest:
            word = "撤销登记" if kind is Kind.CONTACT else "撤销试点"
            return Reply(wording.which(word, own))
    await service.withdraw(message.person, chosen)
    if kind is Kind.CONTACT:
        _tell(assistant, chosen[0], [], wording.contact_gone(chosen))
    return Reply(wording.withdrawn(chosen))


@routes.word(
    "登记列表",
    usage="登记列表 [词] —— 查本地区的登记",
    role=Role.SECRETARIAT,
    glued=True,
)
async def listing(assistant: "Assistant", message: Message, argument: str) -> Reply:
    """本地区的登记，可带校名、姓名、手机号里的词。"""
    total, records = await assistant.registration.find(
        Kind.CONTACT, _covers(assistant, message), argument, LISTED
    )
    return Reply(wording.found(total, records, argument, message.place.is_group))


def _covers(assistant: "Assistant", message: Message) -> Callable[[str], bool]:
    """看得到哪些地区：权限之内；在绑定了地区的群里只看那个地区。"""
    rights = assistant.access.rights(message.person)
    bound = assistant.groups.get(message.place).region
    return lambda region: rights.covers(region) and bound in (None, region)


@routes.word(
    "导出登记",
    usage="导出登记 [地区] —— 私聊发来登记名册",
    role=Role.SECRETARIAT,
    glued=True,
)
async def export_contacts(
    assistant: "Assistant", message: Message, argument: str
) -> Reply:
    """导出登记名册，私聊发给来要的人。"""

    def write(path: Path, records: list[Record]) -> None:
        write_contacts(path, records)

    return await _export(assistant, message, argument, Kind.CONTACT, "登记名册", write)


@routes.word(
    "导出汇总表",
    usage="导出汇总表 [地区] [2019] —— 私聊发来试点院校情况汇总表",
    role=Role.SECRETARIAT,
    glued=True,
)
async def export_summary(
    assistant: "Assistant", message: Message, argument: str
) -> Reply:
    """导出汇总表，私聊发给来要的人；默认 2020 年的表式。"""
    year = next((y for y in YEARS if str(y) in argument), YEARS[0])

    def write(path: Path, records: list[Record]) -> None:
        write_summary(path, records, year)

    argument = re.sub(r"(?:2019|2020)年?(?:版|表)?", " ", argument)
    what = f"{year}汇总表"
    return await _export(assistant, message, argument, Kind.PILOT, what, write)


async def _export(
    assistant: "Assistant",
    message: Message,
    argument: str,
    kind: Kind,
    what: str,
    write: Callable[[Path, list[Record]], None],
) -> Reply:
    covers = _covers(assistant, message)
    region = argument.strip()
    if region:
        named = region_named(region)
        if named is None:
            return Reply(wording.no_such_region(region))
        if not assistant.access.rights(message.person).covers(named):
            return Reply(wording.not_your_region(named))
        region, covers = named, lambda one: one == named
    else:
        region = assistant.groups.get(message.place).region or "全部地区"
    count, records = await assistant.registration.find(kind, covers)
    if not records:
        return Reply(wording.nothing_to_export(region))
    name = file_name(what, region)
    try:
        path = export_folder(assistant.settings.data_dir) / name
        await _with_progress(assistant, message, lambda: write(path, records))
    except OSError:
        return Reply(wording.EXPORT_FAILED)
    await assistant.registration.record_export(message.person, what, region, count)
    text = wording.exported(what, count, region)
    return Reply(text, attachments=(Attachment(path, name),), private=True)


async def _with_progress(
    assistant: "Assistant", message: Message, work: Callable[[], None]
) -> None:
    """在线程里做一件慢事，久了先说一声。"""
    task = asyncio.create_task(asyncio.to_thread(work))
    done, _ = await asyncio.wait({task}, timeout=PROGRESS_AFTER)
    if not done and assistant.gateways is not None:
        try:
            await assistant.gateways.send(message.place, Reply(wording.EXPORTING))
        except SendError:
            pass
    await task
