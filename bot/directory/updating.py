"""读懂“更新联系人”：谁的哪一项改成什么，次序和标点随意。"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.errors import AssistantError
from bot.text.contacts import EMAIL_IN_TEXT, PHONE_IN_TEXT, email_cautions

from . import wording
from .edits import Edit
from .matches import Entity, Quality, leading
from .records import (
    CONTACTS,
    SEPARATOR,
    Row,
    check_landline,
    check_mobile,
    split,
)
from .service import Directory
from .tables import canonical

HEADERS = {
    "联系人": "联系人",
    "姓名": "联系人",
    "负责人": "联系人",
    "职务": "职务",
    "岗位": "职务",
    "手机号码": "手机",
    "手机号": "手机",
    "手机": "手机",
    "固定电话": "固定电话",
    "办公电话": "固定电话",
    "座机": "固定电话",
    "联系电话": "电话",
    "电话": "电话",
    "号码": "电话",
    "邮箱": "邮箱",
    "邮件": "邮箱",
    "传真": "传真",
    "通讯地址": "地址",
    "地址": "地址",
    "邮政编码": "邮编",
    "邮编": "邮编",
    "说明": "说明",
}
_LABEL = re.compile("|".join(sorted(HEADERS, key=len, reverse=True)))
_JOINT = re.compile(
    r"^[\s:：,，;；。、的]*((更新|修改|改|换|变更)?(成|为)|更新|是|=|→|->)?[\s:：,，;；]*"
)
_EDGE = " \t\n\r\f\v:,;。、"
_HEAD = re.compile(r"^(把|将|请把?)")
_NOT_SAID = re.compile(r"(也|都|还|得|需|要|该|想|换|改|更|新|动|变|了|一下|下|的)+")
"""“邮箱也要改”：没有说改成什么。"""
_CLEARED = frozenset({"无", "没有", "清空", "空", "删除", "-"})
_MANY = frozenset({"联系人", "固定电话", "手机", "邮箱"})
_ADDING = re.compile(r"\s+(?:增加|新增|添加)$")
"""“某证书 增加 联系人 ……”：原有的留着。"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """读懂的更新：谁，哪些列改成什么。

    参数:
        adds: 是在原有的之外增加
    """

    who: str
    values: dict[str, str]
    adds: bool = False


def read_update(text: str) -> Wanted:
    """读一条更新。

    异常:
        AssistantError: 没写谁、没写改什么，或号码不像号码
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    labels = list(_LABEL.finditer(plain))
    if not labels:
        return _unlabelled(plain)
    who = _HEAD.sub("", trimmed(plain[: labels[0].start()]))
    who, adds = _ADDING.subn("", who)
    values: dict[str, str] = {}
    for label, said in after_labels(plain, labels):
        value = trimmed(_JOINT.sub("", said))
        if value and not _NOT_SAID.fullmatch(value):
            set_value(values, HEADERS[label], value)
    if not who or not values:
        raise AssistantError(wording.UPDATE_HOW)
    return Wanted(who, values, adds=adds > 0)


def after_labels(
    text: str, labels: Sequence[re.Match[str]]
) -> Iterator[tuple[str, str]]:
    """各项目名，与它后面、下一个之前写的。"""
    ends = [*(label.start() for label in labels), len(text)][1:]
    for label, end in zip(labels, ends, strict=True):
        yield label[0], text[label.end() : end]


class Proposed(NamedTuple):
    """一份提议的改动。

    参数:
        edits: 改动
        summary: 一句话的题目
        notes: 应用之前要提醒的
    """

    edits: list[Edit]
    summary: str
    notes: list[str]


def propose(directory: Directory, text: str) -> Proposed:
    """把一条更新变成改动。

    新的一处改成写的内容，更早的几处里同样的项清空，免得旧号码还查得到。

    异常:
        AssistantError: 没读懂、对不上、有歧义，或改后与现在一样
    """
    wanted = read_update(text)
    entity = _find(directory, wanted.who)
    located = directory.contact_rows(entity.kind, entity.name)
    if len(located) != 1:
        names = [row.row["证书"] for row in located]
        raise AssistantError(wording.which_contact(entity.name, names))
    row = canonical(CONTACTS, located[0].row)
    added = {header: _beside(row, header, v) for header, v in wanted.values.items()}
    values, notes = _completed(row, added if wanted.adds else wanted.values)
    edits = [_edit(row, values)]
    older_rows = [] if wanted.adds else directory.older_rows(located[0])
    for older in older_rows:
        edits.append(_edit(canonical(CONTACTS, older.row), dict.fromkeys(values, "")))
    edits = [edit for edit in edits if edit.after]
    if not edits:
        raise AssistantError(wording.NOTHING_CHANGES)
    directory.check(edits)
    changed = dict.fromkeys(header for edit in edits for header in edit.after)
    return Proposed(edits, f"{row['证书']}的{'、'.join(changed)}", notes)


def _beside(row: Row, header: str, value: str) -> str:
    """在原有的后面加上。"""
    return "；".join(filter(None, [row.get(header, ""), value]))


def _completed(row: Row, wanted: Row) -> tuple[dict[str, str], list[str]]:
    """补上连带要改的项，与要提醒的话。

    整个换了人，前任的职务与手机不再算数；换了邮箱，原来邮箱的说明也不再算数。
    """
    values, notes = dict(wanted), []
    before, after = split(row["联系人"]), split(wanted.get("联系人", ""))
    if after and before and not set(before) & set(after):
        for header in ("职务", "手机"):
            values.setdefault(header, "")
        kept = [h for h in ("固定电话", "邮箱") if h not in wanted and row[h]]
        if kept:
            notes.append(wording.kept_for_new_contact(kept))
    if "邮箱" in wanted:
        values.update(dict.fromkeys(("邮箱原文", "邮箱说明"), ""))
        for address in split(wanted["邮箱"]):
            notes += email_cautions(address)
    return values, notes


def _edit(row: Row, values: Row) -> Edit:
    """一行要改的格；与现在一样的不算。"""
    shown = canonical(CONTACTS, {**row, **values})
    after = {h: shown[h] for h in values if row.get(h, "") != shown[h]}
    before = {header: row.get(header, "") for header in after}
    return Edit(CONTACTS.name, row[CONTACTS.key], before, after)


def _find(directory: Directory, who: str) -> Entity:
    reader = directory.snapshot.reader
    request = reader.name(who)
    found = [m for m in leading(request.matches) if m.quality > Quality.PIECE]
    if request.leftover or not found:
        near = [m.entity.name for m in (*request.matches, *request.near)]
        raise AssistantError(wording.cannot_update(who, near))
    if len(found) > 1:
        names = [match.entity.name for match in found]
        raise AssistantError(wording.which_contact(who, names))
    return found[0].entity


def _unlabelled(plain: str) -> Wanted:
    """没写项目名时，凭样子认邮箱和号码。"""
    values: dict[str, str] = {}
    rest = plain
    if emails := EMAIL_IN_TEXT.findall(plain):
        values["邮箱"] = SEPARATOR.join(emails)
        rest = EMAIL_IN_TEXT.sub(" ", rest)
    if numbers := [match[0] for match in PHONE_IN_TEXT.finditer(rest)]:
        set_value(values, "电话", " ".join(numbers))
        rest = PHONE_IN_TEXT.sub(" ", rest)
    who = trimmed(re.sub(r"(更新|修改|改|换)(成|为)\s*$", "", rest.strip()))
    if not who or not values:
        raise AssistantError(wording.UPDATE_HOW)
    return Wanted(who, values)


def trimmed(text: str) -> str:
    """去掉两头的标点，末尾的“的”。"""
    return text.lstrip(_EDGE).rstrip(f"{_EDGE}的")


def set_value(values: dict[str, str], header: str, value: str) -> None:
    """写上一项；笼统说的电话，分清手机与固定电话。

    异常:
        AssistantError: 不像号码
    """
    if value in _CLEARED:
        if header == "电话":
            raise AssistantError(wording.CLEAR_WHICH)
        values[header] = ""
        return
    value = _by_shape(header, value)
    if header != "电话":
        values[header] = _separated(value) if header in _MANY else value
        return
    found = list(PHONE_IN_TEXT.finditer(value))
    if not found or PHONE_IN_TEXT.sub("", value).strip(" ,，;；、和/"):
        raise AssistantError(wording.not_a_number(value))
    mobiles = [match[0] for match in found if match["number"].startswith("1")]
    landlines = [match[0] for match in found if match[0] not in mobiles]
    try:
        if mobiles:
            values["手机"] = SEPARATOR.join(map(check_mobile, mobiles))
        if landlines:
            values["固定电话"] = SEPARATOR.join(map(check_landline, landlines))
    except ValueError as error:
        raise AssistantError(str(error)) from None


def _by_shape(header: str, value: str) -> str:
    """号码、邮箱只取那几个；旁边还有别的数字、字母的，原样留着去说哪里不对。"""
    shape = EMAIL_IN_TEXT if header == "邮箱" else PHONE_IN_TEXT
    if header not in ("邮箱", "手机", "固定电话", "电话", "传真"):
        return value
    found = [re.sub(r"\s", "", match[0]) for match in shape.finditer(value)]
    rest = shape.sub("", value)
    return value if not found or re.search(r"[\dA-Za-z@]", rest) else " ".join(found)


def _separated(value: str) -> str:
    parts = re.split(r"[,，;；、/]|\s+(?:和)?\s*|和", value)
    return SEPARATOR.join(part for part in parts if part)
