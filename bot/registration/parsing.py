"""没有名目的一段文字：整个认作若干字段的接续。"""

import re

from bot.text import Regions, is_courtesy

from .fields import PEOPLE, Field
from .numbers import Shape
from .people import ADDRESSED, DISCIPLINE_COLLEGE, POSITION, is_position, split_names
from .vocabulary import LEAD, TYPE_PREFIX, school_prefixes

Part = tuple[Field, str]
"""认出的一个字段与它的原文。"""

_DEEPEST, _LONGEST = 8, 80
SHAPE_FIELDS = {
    Shape.PHONE: Field.PHONE,
    Shape.LANDLINE: Field.PHONE,
    Shape.CODE: Field.CODE,
    Shape.USCC: Field.USCC,
    Shape.EMAIL: Field.EMAIL,
    Shape.WEBSITE: Field.WEBSITE,
}
_ADDRESS_TAIL = re.compile(
    r"[\u4e00-\u9fffA-Za-z0-9]{0,20}(?:号|楼|栋|幢|室|层|座|单元|校区|院内|区|园)\S{0,12}"
    r"|\d{1,4}[A-Za-z]?"
)
_LOCATED = re.compile(r"^(?:我们?|学校|我校|本校|单位){0,3}(?:在|位于|坐落[在于])")
_STREET = re.compile(r"路|街|道|巷|弄|胡同|镇|乡|村|屯|园区|开发区|大学城")
_DOOR = re.compile(r"\d+(?:-\d+)?号|号|栋|楼|幢|室|[市县区州旗]")
_NUMBERED = re.compile(r"\d+号|[路街道巷]\d+|栋|幢")


class Parser:
    """认一段文字；某张表另有认法的，覆盖 `parse`。"""

    def __init__(self, regions: Regions) -> None:
        self._regions = regions

    def parse(self, text: str, depth: int = 0) -> list[Part] | None:
        """把一段没有名目的文字整个认作若干字段；认不全为 `None`。"""
        if not text or is_courtesy(text):
            return []
        if depth > _DEEPEST or len(text) > _LONGEST:
            return None
        if (whole := self._whole(text)) is not None:
            located = _LOCATED.sub("", text)
            return [(whole, located if self._whole(located) is whole else text)]
        for field, raw, rest in (*self._from_place(text), *_prefixes(text)):
            others = self.parse(rest, depth + 1)
            if others is not None and not _runs_on(field, rest, others):
                return [(field, raw), *others]
        for opening in (ADDRESSED, LEAD):
            if found := opening.match(text):
                return self.parse(text[found.end() :], depth + 1)
        return None

    def cut(self, field: Field, text: str) -> tuple[str, list[Part]]:
        """名目后面的一段：取属于它的，其余另认。"""
        if field in PEOPLE:
            return self._cut_name(field, text)
        prefixes: list[tuple[str, str]] = []
        if field is Field.SCHOOL:
            prefixes = school_prefixes(text)
        elif field is Field.TYPE and (found := TYPE_PREFIX.match(text)):
            prefixes = [(found[0], text[found.end() :])]
        for value, rest in prefixes:
            others = self.parse(rest)
            if others is not None and not _runs_on(field, rest, others):
                return value, others
        return text, []

    def belongs(self, field: Field, text: str) -> bool:
        """地址、职务、外文名后面隔开的一段，是不是接着它的。"""
        if field is Field.ADDRESS:
            is_place = self._regions.place(text) is not None
            return _ADDRESS_TAIL.fullmatch(text) is not None and not is_place
        if field in PEOPLE:
            return re.fullmatch(r"[A-Za-z.'\-]+", text) is not None
        return is_position(text)

    def _from_place(self, text: str) -> list[tuple[Field, str, str]]:
        """“湖北的某某学院”里，前面的是地区。"""
        place, found = re.match(r"([^的]{2,8})的(?=.)", text), None
        if place and (found := self._regions.place(place[1])):
            field = Field.CITY if found.city else Field.REGION
            return [(field, place[1], text[place.end() :])]
        return []

    def _whole(self, text: str) -> Field | None:
        if place := self._regions.place(text):
            return Field.CITY if place.city else Field.REGION
        if len(text) >= 5 and _STREET.search(text) and _DOOR.search(text):
            # 校名里也会有“区”“道”，以学校结尾又没有门牌的不是地址
            if _NUMBERED.search(text) or not school_prefixes(text):
                return Field.ADDRESS
        return None

    def _cut_name(self, field: Field, text: str) -> tuple[str, list[Part]]:
        """“教务处主任李明”里，姓名是李明；“教务处”里没有姓名。"""
        for name, rest in split_names(text):
            if (others := self.parse(rest)) is not None:
                return name, others
        parts = self.parse(text) or []
        names = [raw for found, raw in parts if found in PEOPLE]
        others = [part for part in parts if part[0] not in PEOPLE]
        if not names:
            return text, [p for p in others if p[0] in (Field.POSITION, Field.SCHOOL)]
        return names[0], [*others, *((field, name) for name in names[1:])]


def _runs_on(field: Field, rest: str, others: list[Part]) -> bool:
    """“示例大学附属学校”是一个校名，不是两个；人名也不会紧挨着人名。"""
    if not others or others[0][0] is not field or rest[:1] in "和与及":
        return False
    return field is Field.SCHOOL or field in PEOPLE


def _prefixes(text: str) -> list[tuple[Field, str, str]]:
    found: list[tuple[Field, str, str]] = []
    if kind := TYPE_PREFIX.match(text):
        found.append((Field.TYPE, kind[0], text[kind.end() :]))
    if college := re.match(DISCIPLINE_COLLEGE, text):
        found.append((Field.POSITION, college[0], text[college.end() :]))
    lead = LEAD.match(text)
    for start in dict.fromkeys((lead.end() if lead else 0, 0)):
        found += [(Field.SCHOOL, s, rest) for s, rest in school_prefixes(text[start:])]
    if position := POSITION.match(text):
        held = position["position"].removesuffix("的")
        found.append((Field.POSITION, held, position["rest"]))
    found += [(Field.NAME, name, rest) for name, rest in split_names(text)]
    return found
