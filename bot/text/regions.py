"""地区：省级地区与地级行政区的各种叫法，都由一张表查出。"""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple, Self

from pydantic import BaseModel, ConfigDict, model_validator

_SUFFIXES = ("省", "市", "州", "盟", "区", "兵团")
_PART_OF_A_WORD = re.compile(
    r"路(?![演由透径])|街|大道|道(?![路德理具教])|巷|话(?![题费筒])|[鸡鸭饺饼糕]|饭|"
    r"面(?![试向授对积临])|菜(?!单)|米?[粉线](?![丝上下])|火锅|烧烤|火腿|啤酒|扑克|公园"
)
"""“海南鸡饭”“山东路”“广东话”不是在说这个地方。"""
_AS_A_PLACE = re.compile(
    r"$|[，,。？?！!\s]|呢|吗|的|这|那|地区|我们|咱|老师|学校|院校|职院|高职|中职|"
    r"什么|啥|怎|能|可|有|今年|明年|20\d\d|1\+"
)
_ORGANISATION = re.compile(
    r"公司|集团|协会|学会|中心|研究院|科技|大学|学院|出版|航空|股份|软件"
)
_SURELY_A_PLACE = re.compile(
    r"的?(?:学校|院校|高校|高职|中职|职校|职院|中专|单位|考点|考生|学生)|"
    r"的?(?:一[个位])?老?(?:朋友|同学|同行|老乡|亲戚)|"
    r"[这那][边里]|地区|我们|呢[？?。]?$"
)
_OPENING = re.compile(r"(?:^|[\W_]|[在那是们问和])$")
"""一个字的叫法前面只能是这些。"""


class Region(BaseModel):
    """一个省级地区。

    参数:
        code: 行政区划代码（GB/T 2260 前两位）
        full: 全称
        also: 另外的叫法
        cities: 地级行政区，是“市”的只写简称，其余写“正名: 另外的叫法”
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    full: str
    also: list[str] = []
    cities: list[str | dict[str, list[str]]] = []


class Place(NamedTuple):
    """一个叫法所指的：地区，或其中的一个地级行政区（正名）。"""

    region: str
    city: str | None = None


class Mention(NamedTuple):
    """文字里的一处地名；`counts` 是确实在说那里，而不是某个名称里带着。"""

    start: int
    end: int
    region: str
    counts: bool


class Regions(BaseModel):
    """地区表。

    参数:
        material: 有本地资料的地区
        words: 也是平常的词、要看上下文的叫法
        regions: 全部地区
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    material: list[str]
    words: frozenset[str]
    regions: dict[str, Region]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        owners: dict[str, Place] = {}
        for form, place in self._written():
            if owners.setdefault(form, place) != place:
                raise ValueError(f"「{form}」指了两个地方，只能留一个")
        strange = ({*self.material} - {*self.regions}) | (self.words - {*owners})
        if strange:
            raise ValueError(f"regions 里没有「{'」「'.join(sorted(strange))}」")
        return self

    def _written(self) -> Iterator[tuple[str, Place]]:
        """（叫法，所指的地方）；通行的错写（广西省、广西区）也算。"""
        for name, region in self.regions.items():
            own = [name, region.full, *region.also]
            if region.full.endswith("自治区"):
                own += [f"{name}省", f"{name}区", f"{name}自治区"]
            yield from ((form, Place(name)) for form in own)
            for written in region.cities:
                if isinstance(written, str):
                    written = {f"{written}市": [written]}
                for city, others in written.items():
                    yield from ((form, Place(name, city)) for form in (city, *others))

    @cached_property
    def forms(self) -> dict[str, Place]:
        """全部叫法 → 所指的地方。"""
        return dict(self._written())

    @property
    def names(self) -> list[str]:
        """有本地资料的地区；不论有没有资料的全部地区是 `regions`。"""
        return self.material

    @cached_property
    def codes(self) -> dict[str, str]:
        """行政区划代码 → 地区。"""
        return {region.code: name for name, region in self.regions.items()}

    def find(self, text: str) -> str | None:
        """文字里说到的地区，有资料的优先，先说的优先；没有则为 `None`。

        没有资料的地区只在像是说“我们这里”、或打头说起时才算：评价组织的名字里常带地名。
        """
        said = [found.region for found in self._mentions(text) if found.counts]
        ours = [region for region in said if region in self.material]
        return next(iter(ours or said), None)

    def without(self, text: str) -> str:
        """去掉文字里全部地区的叫法。"""
        for found in reversed([*self._mentions(text)]):
            text = text[: found.start] + text[found.end :]
        return text

    def place(self, text: str) -> Place | None:
        """整段文字就是一个地方的叫法（如 广西、南宁、广西南宁）时，返回它。"""
        text = "".join(text.split())
        if found := self.forms.get(text):
            return found
        region, rest = self.split(text)
        inner = self.forms.get(rest)
        return inner if inner and inner.city and inner.region == region else None

    def named(self, text: str) -> str | None:
        """整段文字就是一个地方的叫法时，返回它所在的地区。"""
        found = self.place(text)
        return found.region if found else None

    def leading(self, text: str) -> str | None:
        """由地址、校名或市名的开头看出的地区；看不出为 `None`。"""
        form = self._longest(text, 0)
        return self.forms[form].region if len(form) > 1 else None

    def after_place(self, text: str) -> str:
        """去掉开头的地名：`广东省深圳市示例` → `示例`。"""
        while len(form := self._longest(text, 0)) > 1:
            text = text[len(form) :]
        return text

    def split(self, text: str) -> tuple[str | None, str]:
        """把开头的省级地名分出来：`广西南宁` → (`广西`, `南宁`)。"""
        for size in self._sizes:
            form = text[:size]
            found = self.forms.get(form)
            if found and found.city is None and len(form) > 1:
                return found.region, text[len(form) :]
        return None, text

    @cached_property
    def _sizes(self) -> list[int]:
        return sorted({len(form) for form in self.forms}, reverse=True)

    @cached_property
    def _heads(self) -> frozenset[str]:
        """各叫法的头一个字：不是的就不必再比。"""
        return frozenset(form[0] for form in self.forms)

    def _longest(self, text: str, start: int) -> str:
        """从某处起最长的叫法；没有则为空。"""
        if text[start : start + 1] not in self._heads:
            return ""
        parts = (text[start : start + size] for size in self._sizes)
        return next((part for part in parts if part in self.forms), "")

    def _mentions(self, text: str) -> Iterator[Mention]:
        """文字里的各处地名，长的优先，不重叠。"""
        start = 0
        while start < len(text):
            form = self._longest(text, start)
            if not form:
                start += 1
                continue
            end, vague = start + len(form), len(form) < 2 or form in self.words
            before, after = text[:start], text[end:]
            counts = self._counts(form, before, after)
            if counts or not (vague or _inside_a_word(before, after)):
                yield Mention(start, end, self.forms[form].region, counts)
            # “高中山东”里的中山不作数，山东才是
            start = end if counts or not vague else start + 1

    def _counts(self, form: str, before: str, after: str) -> bool:
        whole = not (before or after)
        if whole or (len(form) > 2 and form.endswith(_SUFFIXES)):
            return True
        if _inside_a_word(before, after):
            return False
        if len(form) < 2 or form in self.words:
            opens = len(form) > 1 or _OPENING.search(before) is not None
            return opens and _SURELY_A_PLACE.match(after) is not None
        if self.forms[form].region in self.material or _AS_A_PLACE.match(after):
            return True
        return not before and not _ORGANISATION.search(after)


def _inside_a_word(before: str, after: str) -> bool:
    return before.endswith("推") or _PART_OF_A_WORD.match(after) is not None
