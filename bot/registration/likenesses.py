"""一段文字里各处像什么：像校名、姓名、部门职务、类型、虚词，各有多像。"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from bot.text.names import COMPOUND, HONORIFICS, NOT_NAMES, SURNAME

from .fields import Field
from .people import ADDRESSED, DISCIPLINE_COLLEGE, PARTICLES, POSITION_WORDS
from .vocabulary import (
    FILLER,
    GENERIC_SCHOOL,
    INTRODUCING,
    LEAD,
    SCHOOL_ENDING,
    TYPE_DOUBTFUL,
    TYPE_PREFIX,
    TYPE_SYNONYMS,
)

_FILLER = 0.6


class Kind(Enum):
    """一段前面的是什么。"""

    START = auto()
    FILLER = auto()
    INTRODUCING = auto()
    CONTENT = auto()
    SCHOOL = auto()
    NAME = auto()
    UNREAD = auto()
    MURKY = auto()
    """认不得的字后面的虚词。"""


@dataclass(frozen=True, slots=True)
class Segment:
    """切出的一段。

    参数:
        field: 是哪一项内容；虚词与认不得的字为 `None`
        cost: 这样认的代价
        introduced: 姓氏少见，要有“我叫”引出来才算
    """

    start: int
    end: int
    kind: Kind
    field: Field | None = None
    cost: float = _FILLER
    introduced: bool = False


_TYPES = {*TYPE_SYNONYMS, *TYPE_DOUBTFUL}
_ODD = re.compile(
    r"[我俺咱您的了吗呢吧啊们是叫这]|那[边里个]|谢谢|麻烦|老师|一下|您好|你好|"
    r"^(?:学校|单位|院校|本校|校|全称|[在从为到由个所])|现在|以前|之前|以后|换成|改成|联系人|负责人|登记|隔壁|工作人员|^[帮替代系请把将]"
)
"""校名里不会有的字词。"""
_TWO = re.compile(rf"{SCHOOL_ENDING.pattern}[和与及跟]")
"""两所学校。"""
_NOT_HERE = re.compile(
    r"[我俺咱你您他她的了吗呢吧啊们是叫这那请打找问到在有给把让和也都不去来做当任由]|"
    r"秘书处|^(?:转发|抄送|接到|根据|按照?|据)"
)
"""部门里不会有的字词。"""
_OFFICE = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,7}?(?:处|科|部|办公室|办(?![事理公学法证好])|中心|(?<![联关])系|室|分院|团委|工会|学院))"
    rf"(?:的?{POSITION_WORDS})?"
)
_NAME = re.compile(
    rf"(?:{COMPOUND})[\u3400-\u9fff]{{1,2}}|{SURNAME}[\u3400-\u9fff]{{1,2}}"
)
_FOREIGN = re.compile(
    r"(?![我俺叫是的由])[\u4e00-\u9fff]{1,6}(?:·[\u4e00-\u9fff]{1,6}?){1,3}"
    rf"(?=[^\u4e00-\u9fff·]|$|{HONORIFICS}|对接|负责|担任|牵头|[的和来是])"
)
_INTRODUCED = re.compile(r"[\u3400-\u9fff]{2,3}(?=$|的|老师)")
_CALLED = re.compile(HONORIFICS)
_POSITION = re.compile(POSITION_WORDS)
_COLLEGE = re.compile(DISCIPLINE_COLLEGE)
_NOT_IN_NAMES = re.compile(r"[的了吗呢吧啊们是我你您他她它这那在和就叫请电手机话号]")
_FILLING = re.compile(
    rf"{FILLER.pattern}|{SURNAME}(?:{HONORIFICS})|[小老]{SURNAME}|"
    r"[贵喂]?秘书处(?:的?(?:各位)?(?:老师|同志|领导))?|[那这][个所]|"
    r"[\u4e00-\u9fff]{0,6}(?:登记|信息|报名|情况|统计|汇总)表"
)
_LONGEST_FILLER = 9


def schools(text: str) -> Iterator[Segment]:
    """以学校结尾的各种截法。"""
    for ending in SCHOOL_ENDING.finditer(text):
        after = SCHOOL_ENDING.match(text, ending.end())
        if after and after[0] not in _TYPES:
            continue
        for start in range(max(0, ending.end() - 40), ending.end() - 3):
            name = text[start : ending.end()]
            if name in _TYPES or not _is_han(name) or _is_generic(name):
                continue
            inner = SCHOOL_ENDING.search(name, 2)
            glued = inner is not None and inner.end() < len(name)
            cost = 1.5 + 3.0 * len(_ODD.findall(name)) + 1.5 * glued
            lead = LEAD.match(name)
            cost += 3.0 * (lead is not None and lead.end() > 1)
            cost += 0.01 * len(name) + 4.0 * (_TWO.search(name) is not None)
            yield Segment(start, ending.end(), Kind.SCHOOL, Field.SCHOOL, cost)


def _is_han(name: str) -> bool:
    return re.match(r"[\u3400-\u9fff]{2}", name) is not None


def _is_generic(name: str) -> bool:
    """“我们学校”“以后我们学校”没有说出名字。"""
    if GENERIC_SCHOOL.fullmatch(name):
        return True
    odd = _ODD.search(name)
    return odd is not None and any(
        GENERIC_SCHOOL.fullmatch(name, place.start()) for place in _ODD.finditer(name)
    )


def names(text: str) -> Iterator[Segment]:
    """以姓开头的两三个字，与带间隔号的。"""
    for start in range(len(text)):
        if found := _FOREIGN.match(text, start):
            yield Segment(start, found.end(), Kind.NAME, Field.NAME, 1.5)
        if found := _INTRODUCED.match(text, start):
            yield Segment(start, found.end(), Kind.NAME, Field.NAME, 2.5, True)
        if (found := _NAME.match(text, start)) is None:
            continue
        for end in range(start + 2, found.end() + 1):
            if (cost := _name_cost(text[start:end])) is None:
                continue
            yield Segment(start, end, Kind.NAME, Field.NAME, cost)
            if called := _CALLED.match(text, end):
                # “王建国主任”的主任是称呼，验证时去掉
                yield Segment(start, called.end(), Kind.NAME, Field.NAME, cost + 0.1)


def _name_cost(name: str) -> float | None:
    """像人名的程度；不是人名为 `None`。"""
    if name in NOT_NAMES or ADDRESSED.fullmatch(name):
        return None
    if name[:2] in NOT_NAMES and (len(name) == 2 or name[2:] in PARTICLES):
        return None
    if re.match(rf".(?:{HONORIFICS})", name):
        return None
    compound = re.match(COMPOUND, name) is not None
    usual = len(name) == 3 or (compound and len(name) > 2)
    odd = len(_NOT_IN_NAMES.findall(name, 1)) if not compound else 0
    odd += name[:2] in NOT_NAMES
    return (1.5 if usual else 1.8) + 2.0 * odd


def positions(text: str) -> Iterator[Segment]:
    """部门与职务。"""
    for start in range(len(text)):
        for pattern, cost in ((_POSITION, 1.0), (_COLLEGE, 1.0), (_OFFICE, 2.8)):
            found = pattern.match(text, start)
            if found is None or found.end() == start:
                continue
            if pattern is _OFFICE and not _is_office(found["name"]):
                continue
            yield Segment(start, found.end(), Kind.CONTENT, Field.POSITION, cost)


def _is_office(name: str) -> bool:
    school = SCHOOL_ENDING.search(name)
    inside = school is not None and school.end() < len(name)
    return not (inside or _NOT_HERE.search(name) or name == "办公室")


def types(text: str) -> Iterator[Segment]:
    """院校类型。"""
    for found in TYPE_PREFIX.finditer(text):
        yield Segment(found.start(), found.end(), Kind.CONTENT, Field.TYPE, 1.0)


def fillers(text: str) -> Iterator[Segment]:
    """虚词，与引出姓名的说法。"""
    for start in range(len(text)):
        for end in range(start + 1, min(start + _LONGEST_FILLER, len(text)) + 1):
            if INTRODUCING.fullmatch(text, start, end):
                yield Segment(start, end, Kind.INTRODUCING)
            elif _FILLING.fullmatch(text, start, end):
                yield Segment(start, end, Kind.FILLER)
