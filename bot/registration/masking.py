"""群里的遮盖：号码、邮箱、地址、姓名都不露全；网址、招揽的话不替人在群里说。"""

import re

from bot.text import mask_text
from bot.text.echoing import is_plain

from .fields import PEOPLE, Field

NOT_HERE = "（群里不显示，私聊我看）"
_FREE = frozenset({
    Field.SCHOOL, Field.WEBSITE, Field.POSITION, Field.CITY, Field.CERTIFICATE,
    Field.MAJORS, Field.REMARK,
})  # fmt: skip
"""写什么都收的。"""


def mask(field: Field, value: str) -> str:
    """遮盖一个字段的有效值，如 `138****8000`。"""
    match field:
        case Field.PHONE | Field.PRINCIPAL_PHONE:
            return f"{value[:3]}****{value[-4:]}"
        case Field.EMAIL:
            local, _, domain = value.partition("@")
            return f"{local[:1]}***@{domain}"
        case Field.NAME | Field.PRINCIPAL:
            return value[:1] + "*" * (len(value) - 1)
        case Field.ADDRESS:
            area = re.match(r".{0,12}?[市县]", value)
            return (area[0] if area else value[:2]) + "****"
        case Field.USCC:
            return f"{value[:4]}****{value[-4:]}"
        case Field.CODE:
            return f"{value[:4]}****{value[-2:]}"
        case _:
            return mask_text(value)


def hide_words(text: str) -> str:
    """群里说没用上的话：也许有姓名，每段只露头一个字。"""
    return re.sub(r"([\w@.])[\w@.]*", r"\1***", mask_text(text))[:30]


def shown(field: Field, value: str, masked: bool) -> str:
    """要遮盖就遮盖，不要就照原样。"""
    if not masked or not value:
        return value
    if field in _FREE and not is_plain(value):
        return NOT_HERE
    return mask(field, value)


def mask_change(field: Field, before: str, after: str, masked: bool) -> tuple[str, str]:
    """一处改动的前后；遮盖后看不出差别的，说明遮住的地方不同。"""
    old, new = (shown(field, value, masked) or "空" for value in (before, after))
    return old, new if old != new else f"{new}（遮住的部分不同）"


def mask_problem(field: Field, raw: str) -> str:
    """遮盖写错的原文。"""
    if field in PEOPLE:
        return raw[:1] + "*" * (len(raw) - 1)
    if field is Field.ADDRESS:
        return raw[:2] + "****"
    if field is Field.EMAIL:
        return mask_text(raw) if "@" in raw else raw[:1] + "***"
    if field in _FREE and not is_plain(raw):
        return NOT_HERE
    return mask_text(raw)
