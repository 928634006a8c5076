"""没有名目的一段文字：认作若干字段的接续。"""

import re

from bot.text import Regions, is_courtesy

from .fields import PEOPLE, Field
from .numbers import Shape
from .people import is_position
from .segmenting import Segmenter
from .vocabulary import SCHOOL_ENDING, school_prefixes

Part = tuple[Field, str]
"""认出的一个字段与它的原文。"""

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
    """认一段文字；某张表另有认法的，覆盖 `read_part`。"""

    def __init__(self, regions: Regions) -> None:
        self._regions = regions
        self._segmenter = Segmenter(regions)

    def parse(self, text: str) -> list[Part] | None:
        """把一段没有名目的文字整个认作若干字段；认不全为 `None`。"""
        parts, unread = self.read_part(text)
        return None if unread else parts

    def read_part(self, text: str) -> tuple[list[Part], list[str]]:
        """一段没有名目的文字：（认出的，认不得的各处）。"""
        if not text or is_courtesy(text):
            return [], []
        if (whole := self._whole(text)) is not None:
            located = _LOCATED.sub("", text)
            return [(whole, located if self._whole(located) is whole else text)], []
        cut = self._segmenter.cut(text)
        return [*cut.parts], [*cut.unread]

    def cut(self, field: Field, text: str) -> tuple[str, list[Part]]:
        """名目后面的一段：取属于它的，其余另认。"""
        found, unread = self.read_part(text)
        parts = [] if unread else found
        if field in PEOPLE and unread and found and found[0][0] is Field.NAME:
            # “我叫陈示例以后我来对接”：名字后面的话没读懂；还有数字的是写错了
            rest = text.removeprefix(found[0][1])
            said = rest != text and not re.search(r"\d(?!\+[xX])", rest)
            parts = found if said else parts
        if field in PEOPLE:
            names = [raw for found, raw in parts if found in PEOPLE]
            others = [part for part in parts if part[0] not in PEOPLE]
            if not names and parts and parts[0][0] is Field.SCHOOL:
                # “联系人是我：某某学院 …”
                return "", parts
            if not names:
                kept = (Field.POSITION, Field.SCHOOL)
                return text, [part for part in others if part[0] in kept]
            return names[0], [*others, *((field, name) for name in names[1:])]
        only_type = bool(parts) and parts[0][0] is Field.TYPE
        if field is Field.SCHOOL and only_type and not SCHOOL_ENDING.search(text):
            # “学校是高职”说的是类型
            return "", parts
        if field in (Field.SCHOOL, Field.TYPE) and parts and parts[0][0] is field:
            return parts[0][1], parts[1:]
        return text, []

    def belongs(self, field: Field, text: str) -> bool:
        """地址、职务、外文名后面隔开的一段，是不是接着它的。"""
        if field is Field.ADDRESS:
            is_place = self._regions.place(text) is not None
            return _ADDRESS_TAIL.fullmatch(text) is not None and not is_place
        if field in PEOPLE:
            return re.fullmatch(r"[A-Za-z.'\-]+", text) is not None
        return is_position(text)

    def _whole(self, text: str) -> Field | None:
        if place := self._regions.place(text):
            return Field.CITY if place.city else Field.REGION
        if len(text) >= 5 and _STREET.search(text) and _DOOR.search(text):
            # 校名里也会有“区”“道”，以学校结尾又没有门牌的不是地址
            if _NUMBERED.search(text) or not school_prefixes(text):
                return Field.ADDRESS
        return None
