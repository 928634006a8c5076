"""对确认台说的话里，编号与“改成……”怎么认。"""

import re

AMENDING = re.compile(
    r"^\s*(?:(?:请|麻烦)?(?:再|帮我)?(?:改成|改为|换成|改一下|修改为|更正为))[\s:：,，]*(?P<text>.+)$",
    re.S,
)
_NEGATED = re.compile(
    r"^\s*(?:(?:不对|不是|[说写弄搞]?错了|不不?|等等|慢着|哎呀?)[，,。!！\s]+)+(?P<text>.+)$",
    re.S,
)
_BECOMES = re.compile(
    r"(?:时间|日期)?(?:再|要|得)?(?:[改换挪推延]?[成为到]|应该?是|是)"
)
_FIELDS = {"结束": "截止", "截至": "截止", "起始": "开始", "名字": "名称"}
MISTYPED = re.compile(
    r"^(?:.*[错误等慢][^，,。\s]{0,2}[，,。!！\s]+)+(?:把)?(?P<wrong>[^\s，,。]{1,20}?)"
    r"(?:应该?是|应为|是|改成|改为|换成|→)(?P<right>[^\s，,。]{1,20}?)[。.!！~～吧啊哈]*$"
)
"""“打错了，停几是停机”。"""
NUMBER = re.compile(
    r"^(?:编号|第)?\s*#?(?P<number>\d{1,9})\s*号?(?:吧|了)?[。.!！~～]*$"
)
ENDING = "。.!！~～ 吧了"


def fields_in(text: str) -> str:
    """“不对，结束改成12月25”：哪一项、改成什么，中间空一格；不是这样说的为空。"""
    found = _NEGATED.match(text)
    if found is None:
        return ""
    said = _BECOMES.sub(" ", found["text"], count=1).strip().rstrip(ENDING)
    field, space, value = said.partition(" ")
    return f"{_FIELDS.get(field, field)}{space}{value.strip()}"
