"""草稿开着时，一条消息是不是在接着填；拿不准的一概不算。"""

import re
from collections.abc import Callable

from bot.text import SMALL_WORDS, is_question
from bot.text.contacts import Invalid

from .checks import Checks
from .drafts import Draft
from .fields import (
    COUNTS,
    NUMERIC,
    PEOPLE,
    REACHING,
    SCHOOL_TYPES,
    WEB,
    Field,
    Kind,
)
from .people import may_be_name
from .pilot import read_pilot
from .reader import read
from .result import Problem, Reading
from .vocabulary import FOREIGN_HOSTS, like_major

NAMED = PEOPLE | {Field.SCHOOL, Field.POSITION}
"""光凭字面与闲聊分不开的。"""
_WEAK = NAMED | {
    Field.CITY,
    Field.REGION,
    Field.TYPE,
    Field.CERTIFICATE,
    Field.LEVEL,
    Field.SIZE,
    Field.WEBSITE,
}
"""不写名目时容易与闲聊混淆的。"""
_TALK = re.compile("[局厅批的了不到时们我你您请那这里要吗都就说好啊发收没给]")
_AROUND = re.compile(
    rf"(?:{SMALL_WORDS}|校|学校|叫|姓.|男|女|属于|在|约|共|人|名|个|应该)*"
)
_FRAME = re.compile(
    r"\A(?:[对是嗯好哦啊噢哎]+[的啊呀嘛呢]?[，,。！!~\s]+|[我俺咱]们?(?:学校|校|单位)?|本校|学校|这边|应该|是|就|叫|在|属于|选|填|写)+|"
    r"(?:的|吧|呢|了|啊|哦|呀|这边|这里|那边|老师|[。.!！,，~]){1,20}\Z"
)
_ORDINAL = re.compile(
    r"(?:我?(?:选|要))?第?([1-4一二三四])(?:个|项|种|类|号)?(?:吧|的)?"
)
_INSTEAD = re.compile(r"[用换改错]|应该?是|不是|不对")
"""说了要换上的。"""
_SOMEONE = re.compile(r"老师|主任|[校院处科]长|[他她]|微信|加微")
"""也许是别人的号码。"""
_DIGITS = "一二三四"


def answer(
    draft: Draft,
    text: str,
    checks: Checks,
    *,
    addressed: bool,
    just_asked: bool,
) -> Reading | None:
    """一条消息在草稿上填了什么；不是在填为 `None`。

    参数:
        addressed: 是否在对助手说话；不是的话，只收干脆的、正等着的内容
        just_asked: 刚出示过卡片：整句话就是所问的内容也算
    """
    pilot = draft.kind is Kind.PILOT
    reading = read_pilot(text, checks) if pilot else read(text, draft.form, checks)
    if continues(draft, reading, addressed=addressed):
        return reading
    if not addressed or is_question(text):
        return None
    if just_asked and _replaces(draft, reading, text):
        return reading
    if just_asked and not _SOMEONE.search(text) and _supplies(draft, reading):
        return reading
    return _bare(draft, text, checks, just_asked=just_asked)


def continues(draft: Draft, reading: Reading, *, addressed: bool) -> bool:
    """读出来的是不是在接着填：提问、闲聊和没看全的都不算。"""
    unread = reading.leftover or reading.asked
    if reading.question or reading.dangling or unread or not reading.fields:
        return False
    if any(_mere_talk(reading, field) for field in reading.fields):
        return False
    awaited = {*draft.awaited}
    if reading.addressing and not (
        addressed and Field.NAME in awaited & reading.fields
    ):
        return False
    if not addressed:
        return reading.fields <= awaited and _terse(reading) and _clear(reading)
    if not all(_welcome(draft, reading, field) for field in reading.fields):
        return False
    if reading.has_number:
        return True
    return bool(reading.labelled) or reading.correcting or _terse(reading)


def _replaces(draft: Draft, reading: Reading, text: str) -> bool:
    """“手机留成家属的了，用139…这个”：已填的一个号码换成另一个，别的话是缘由。"""
    if len(reading.values) != 1 or len(reading.fields) != 1 or reading.others:
        return False
    field, value = next(iter(reading.values.items()))
    new = field in REACHING and draft.values.get(field, value) != value
    return new and _INSTEAD.search(text) is not None


def _supplies(draft: Draft, reading: Reading) -> bool:
    """“邮箱哦 a@b.cn 刚刚漏了”：还没填的号码、邮箱补来了，别的话是缘由。"""
    given = reading.values.keys()
    new = given <= REACHING and not given & draft.values.keys()
    return bool(given) and new and not reading.problems and not reading.others


def _clear(reading: Reading) -> bool:
    """群里没点名时，光一个人名、校名不算。"""
    return reading.has_number or bool(reading.labelled) or not reading.fields & NAMED


def _welcome(draft: Draft, reading: Reading, field: Field) -> bool:
    """已经填好的，要写明名目、说了是改正，或整条就是一个新号码，才换掉。"""
    if field in reading.labelled or reading.correcting or field in draft.awaited:
        return True
    if field in draft.values:
        return field not in _WEAK and len(reading.fields) == 1
    return field is not Field.WEBSITE or reading.has_number or _own_site(reading)


def _own_site(reading: Reading) -> bool:
    site = reading.values.get(Field.WEBSITE, "")
    return ".edu." in site and not any(host in site for host in FOREIGN_HOSTS)


def _mere_talk(reading: Reading, field: Field) -> bool:
    """“邮箱格式”“证书列表”“学校地址改不了”不是在填。"""
    if field in reading.cleared or field in reading.marked:
        return False
    problem = reading.problems.get(field)
    raw = problem.raw if problem else reading.values[field]
    if field in NUMERIC | WEB | COUNTS:
        return not re.search(r"[0-9A-Za-z@]", raw)
    if problem is None:
        return field is Field.SCHOOL and _TALK.search(raw) is not None
    if field is Field.CERTIFICATE:
        return "是不是" not in problem.reason
    if field in PEOPLE and field not in reading.labelled:
        return True
    return len(raw) > 20 or _TALK.search(raw) is not None


def _terse(reading: Reading) -> bool:
    """没有号码、没有名目的，要干脆利落，不能是一句话里的几个字。"""
    values = reading.values
    if any(_TALK.search(values.get(field, "")) for field in NAMED):
        return False
    return reading.has_number or _AROUND.fullmatch(reading.residue) is not None


def _bare(
    draft: Draft, text: str, checks: Checks, *, just_asked: bool
) -> Reading | None:
    """整句话就是等着的某一项。"""
    plain = _FRAME.sub("", text.strip()).strip()
    for field in draft.awaited:
        if field in _PLAIN_ANSWERS or just_asked:
            answers = _ANSWERS.get(field)
            if answers and (value := answers(plain, checks)):
                return _given(field, value, checks)
    return None


def _given(field: Field, value: str, checks: Checks) -> Reading:
    try:
        return Reading(values={field: checks.validate(field, value)})
    except Invalid as error:
        return Reading(problems={field: Problem(value, str(error))})


def _certificate(text: str, checks: Checks) -> str | None:
    if not re.fullmatch(r"[^,，。\s]{2,25}", text):
        return None
    try:
        return checks.validate(Field.CERTIFICATE, text)
    except Invalid:
        return None


def _region(text: str, checks: Checks) -> str | None:
    return checks.regions.named(text)


def _type(text: str, checks: Checks) -> str | None:
    if found := _ORDINAL.fullmatch(text):
        number = found[1]
        place = _DIGITS.find(number) if number in _DIGITS else int(number) - 1
        return SCHOOL_TYPES[place]
    try:
        return checks.validate(Field.TYPE, text)
    except Invalid:
        return None


def _name(text: str, checks: Checks) -> str | None:
    return text if may_be_name(text, asked=True) else None


def _majors(text: str, checks: Checks) -> str | None:
    parts = re.split(r"[、,，;；/\s]+", text)
    named = all(re.fullmatch(r"[\u4e00-\u9fff（）()]{2,14}", part) for part in parts)
    listed = named and not _TALK.search(text)
    return "、".join(parts) if listed and all(map(like_major, parts)) else None


def _matching(pattern: str) -> Callable[[str, Checks], str | None]:
    return lambda text, checks: text if re.fullmatch(pattern, text) else None


_PLAIN_ANSWERS = frozenset({Field.REGION})
"""不论隔了多久，整句话就是它也算。"""
_ANSWERS: dict[Field, Callable[[str, Checks], str | None]] = {
    Field.REGION: _region,
    Field.TYPE: _type,
    Field.NAME: _name,
    Field.PRINCIPAL: _name,
    Field.MAJORS: _majors,
    Field.SIZE: _matching(r"约?\d{1,4}(?:人|名)?"),
    Field.MAJOR_COUNT: _matching(r"\d{1,3}个?"),
    Field.PHONE: _matching(r"[\d\s\-]{5,15}"),
    Field.PRINCIPAL_PHONE: _matching(r"[\d\s\-]{5,15}"),
    Field.CODE: _matching(r"[\d\s\-]{5,14}"),
    Field.CITY: _matching(r"[\u4e00-\u9fff]{2,6}[市州盟]"),
    Field.CERTIFICATE: _certificate,
}
