"""读懂“更新联系人”：谁的哪一项改成什么，次序和标点随意。"""

import re
import unicodedata
from dataclasses import dataclass

from bot.errors import AssistantError

from . import wording
from .layer import Edit
from .matches import Entity, Kind, leading
from .reading import canonical
from .records import CONTACTS, LANDLINE, MOBILE, SEPARATOR
from .service import Directory

_HEADERS = {
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
_LABEL = re.compile("|".join(sorted(_HEADERS, key=len, reverse=True)))
_JOINT = re.compile(
    r"^[\s:：,，;；。、的]*((更新|修改|改|换|变更)?(成|为)|更新|是|=|→|->)?[\s:：,，;；]*"
)
_TAIL = re.compile(r"^[\s:,;。、]+|[\s:,;。、的]+$")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.A)
_PHONE = re.compile(rf"{MOBILE.pattern}|{LANDLINE.pattern}")
_CLEARED = frozenset({"无", "没有", "清空", "空", "删除", "-"})
_MANY = frozenset({"联系人", "固定电话", "手机", "邮箱"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """读懂的更新：谁，哪些列改成什么。"""

    who: str
    values: dict[str, str]


def read_update(text: str) -> Wanted:
    """读一条更新。

    异常:
        AssistantError: 没写谁、没写改什么，或号码不像号码
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    labels = list(_LABEL.finditer(plain))
    if not labels:
        return _unlabelled(plain)
    who = _TAIL.sub("", plain[: labels[0].start()])
    values: dict[str, str] = {}
    ends = [label.start() for label in labels[1:]] + [len(plain)]
    for label, end in zip(labels, ends, strict=True):
        value = _TAIL.sub("", _JOINT.sub("", plain[label.end() : end]))
        if value:
            _set(values, _HEADERS[label[0]], value)
    if not who or not values:
        raise AssistantError(wording.UPDATE_HOW)
    return Wanted(who, values)


def propose(directory: Directory, text: str) -> tuple[list[Edit], str]:
    """把一条更新变成改动；返回改动与一句话的题目。

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
    after = {h: v for h, v in wanted.values.items() if row.get(h, "") != v}
    if not after:
        raise AssistantError(wording.NOTHING_CHANGES)
    key = row[CONTACTS.key]
    shown = canonical(CONTACTS, {**row, **after})
    after = {header: shown[header] for header in after}
    before = {header: row.get(header, "") for header in after}
    edit = Edit(CONTACTS.name, key, before, after)
    directory.check([edit])
    return [edit], f"{row['证书']}的{'、'.join(after)}"


def _find(directory: Directory, who: str) -> Entity:
    reader = directory.snapshot.reader
    request = reader.name(who)
    found = [m for m in leading(request.matches) if m.entity.kind is not Kind.PERSON]
    if request.leftover or not found:
        near = [match.entity.name for match in request.near]
        raise AssistantError(wording.cannot_update(who, near))
    if len(found) > 1:
        names = [match.entity.name for match in found]
        raise AssistantError(wording.which_contact(who, names))
    return found[0].entity


def _unlabelled(plain: str) -> Wanted:
    """没写项目名时，凭样子认邮箱和号码。"""
    values: dict[str, str] = {}
    rest = plain
    if emails := _EMAIL.findall(plain):
        values["邮箱"] = SEPARATOR.join(emails)
        rest = _EMAIL.sub(" ", rest)
    if numbers := [match[0] for match in _PHONE.finditer(rest)]:
        _set(values, "电话", " ".join(numbers))
        rest = _PHONE.sub(" ", rest)
    who = _TAIL.sub("", re.sub(r"(更新|修改|改|换)(成|为)\s*$", "", rest.strip()))
    if not who or not values:
        raise AssistantError(wording.UPDATE_HOW)
    return Wanted(who, values)


def _set(values: dict[str, str], header: str, value: str) -> None:
    if value in _CLEARED:
        if header == "电话":
            raise AssistantError(wording.CLEAR_WHICH)
        values[header] = ""
        return
    if header != "电话":
        values[header] = _separated(value) if header in _MANY else value
        return
    numbers = [match[0] for match in _PHONE.finditer(value)]
    if not numbers or _PHONE.sub("", value).strip(" ,，;；、和/"):
        raise AssistantError(wording.not_a_number(value))
    mobiles = [number for number in numbers if MOBILE.fullmatch(number)]
    landlines = [number for number in numbers if number not in mobiles]
    if mobiles:
        values["手机"] = SEPARATOR.join(mobiles)
    if landlines:
        values["固定电话"] = SEPARATOR.join(landlines)


def _separated(value: str) -> str:
    parts = re.split(r"[,，;；、/]|\s+(?:和)?\s*|和", value)
    return SEPARATOR.join(part for part in parts if part)
