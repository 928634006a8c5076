"""草稿：还没确认的内容，与已有登记合起来看齐不齐、对不对。"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.messages import Person, Place
from bot.text import normalise

from .fields import FORMS, Field, Form, Kind
from .pilot import rule_problems
from .places import region_of
from .reading import Problem, Reading
from .validation import cautions


@dataclass(frozen=True, slots=True)
class Record:
    """一条确认过的登记。"""

    id: int
    kind: Kind
    owner: Person
    values: Mapping[Field, str]
    version: int
    created_at: datetime
    updated_at: datetime

    @property
    def school(self) -> str:
        """院校名称。"""
        return self.values.get(Field.SCHOOL, "")

    @property
    def region(self) -> str:
        """所在地区。"""
        return self.values.get(Field.REGION, "")

    @property
    def contact(self) -> tuple[str, str]:
        """哪所院校的哪位联系人。"""
        return self.school, self.values.get(Field.NAME, "")


@dataclass(frozen=True, slots=True)
class Draft:
    """一个人的一份草稿。

    参数:
        place: 在哪里开始的
        changes: 要新填或改的；空文字表示清空
        wrong: 写了但不对的
        base: 在改哪一条登记，新登记为 `None`
    """

    kind: Kind
    person: Person
    place: Place
    changes: Mapping[Field, str]
    wrong: Mapping[Field, Problem]
    created_at: datetime
    updated_at: datetime
    base: Record | None = None

    @property
    def form(self) -> Form:
        """按哪张表填。"""
        return FORMS[self.kind]

    @property
    def values(self) -> dict[Field, str]:
        """合上已有登记之后的内容，按表的顺序。"""
        before = dict(self.base.values) if self.base else {}
        if Field.MAJORS in self.changes:
            before.pop(Field.MAJOR_COUNT, None)
        merged = {**before, **self.changes}
        if self.kind is Kind.PILOT and merged.get(Field.MAJORS):
            count = str(len(merged[Field.MAJORS].split("、")))
            merged[Field.MAJOR_COUNT] = merged.get(Field.MAJOR_COUNT) or count
        merged[Field.REGION] = merged.get(Field.REGION) or _region(merged)
        return {f: merged[f] for f in self.form.fields if merged.get(f)}

    @property
    def problems(self) -> dict[Field, Problem]:
        """写错的，加上不合表的规则的。"""
        rules = rule_problems(self.values) if self.kind is Kind.PILOT else {}
        found = {**rules, **self.wrong}
        return {f: found[f] for f in self.form.fields if f in found}

    @property
    def missing(self) -> list[Field]:
        """还缺的必填字段。"""
        filled = {*self.values, *self.problems}
        return [f for f in self.form.required if f not in filled]

    @property
    def ready(self) -> bool:
        """可以确认了。"""
        return not self.missing and not self.problems

    @property
    def cautions(self) -> list[str]:
        """有效但要提醒的。"""
        return cautions(self.values)

    @property
    def changed(self) -> dict[Field, tuple[str, str]]:
        """与已有登记不同的：字段 → （原来，现在）。"""
        if self.base is None:
            return {}
        before = self.base.values
        return {
            f: (before.get(f, ""), value)
            for f, value in self.changes.items()
            if before.get(f, "") != value
        }

    def amended(self, reading: Reading, now: datetime) -> "Draft":
        """加上新读到的内容。"""
        changes, wrong = dict(self.changes), dict(self.wrong)
        for field in reading.cleared:
            changes[field] = ""
        changes.update(reading.values)
        for field in {*reading.cleared, *reading.values}:
            wrong.pop(field, None)
        wrong.update(reading.problems)
        return replace(self, changes=changes, wrong=wrong, updated_at=now)

    def of_other_school(self, reading: Reading) -> bool:
        """读到的是不是另一所院校。"""
        old, new = self.values.get(Field.SCHOOL), reading.values.get(Field.SCHOOL)
        return bool(old and new) and school_key(old or "") != school_key(new or "")

    def continued_by(self, reading: Reading, *, addressed: bool) -> bool:
        """一条消息是不是在接着填：提问、闲聊和没看全的都不算。

        参数:
            addressed: 是否在对助手说话；不是的话，光一个人名不算
        """
        if reading.question or reading.dangling or reading.leftover:
            return False
        if not reading.fields or any(
            _mere_talk(field, problem) for field, problem in reading.problems.items()
        ):
            return False
        waiting = {*self.missing, *self.problems}
        filled, strong = self.values, reading.has_number
        for field in reading.fields - reading.labelled:
            wanted = field in waiting or field not in filled
            if not wanted and (not strong or field in WEAK):
                return False
        if strong:
            return True
        if reading.labelled:
            return not re.search("[的了]", reading.values.get(Field.SCHOOL, ""))
        return _terse(reading) and (addressed or reading.fields <= waiting - {*NAMES})


def _region(values: Mapping[Field, str]) -> str:
    """没说地区时，由所属市、地址或校名的开头看出。"""
    places = (values.get(f, "") for f in (Field.CITY, Field.ADDRESS, Field.SCHOOL))
    return next(filter(None, map(region_of, places)), "")


NAMES = (Field.NAME, Field.PRINCIPAL, Field.SCHOOL, Field.POSITION)
"""群里没点名时，不能单凭它就当作在填。"""

WEAK = frozenset(
    {
        *NAMES,
        Field.CITY,
        Field.REGION,
        Field.TYPE,
        Field.CERTIFICATE,
        Field.LEVEL,
        Field.SIZE,
    }
)
"""不写名目时容易与闲聊混淆的字段。"""

_TALK = re.compile("[局厅批的了不到时们我你您请那这里要吗都就说好啊发]")
_AROUND = re.compile(
    "(?:我们?|本校|我校|学校|是|的|叫|属于|谢谢|老师|您|哦|嗯|啊|约|共|人|名|个)*"
)
_NUMBERED = frozenset(
    {
        Field.PHONE,
        Field.CODE,
        Field.USCC,
        Field.EMAIL,
        Field.WEBSITE,
        Field.SIZE,
        Field.MAJOR_COUNT,
        Field.PRINCIPAL_PHONE,
    }
)


def _mere_talk(field: Field, problem: Problem) -> bool:
    """“邮箱格式”“证书列表”不是在填邮箱、填证书。"""
    if field in _NUMBERED:
        return not re.search(r"[0-9A-Za-z@]", problem.raw)
    if field is Field.CERTIFICATE:
        return "是不是" not in problem.reason
    return field in (Field.NAME, Field.PRINCIPAL) and len(problem.raw) > 6


def _terse(reading: Reading) -> bool:
    """没有号码、没有名目的，要干脆利落，不能是一句话里的几个字。"""
    values = reading.values
    if any(_TALK.search(values.get(field, "")) for field in NAMES):
        return False
    if Field.WEBSITE in values and ".edu." not in values[Field.WEBSITE]:
        return False
    return _AROUND.fullmatch(reading.residue) is not None


def completeness(values: Mapping[Field, str], form: Form) -> tuple[int, int]:
    """完整度：（已填几项，共几项）；地区不算。"""
    counted = [f for f in form.fields if f is not Field.REGION]
    return sum(bool(values.get(f)) for f in counted), len(counted)


def school_key(school: str) -> str:
    """校名的统一写法：不计全角半角、空格和标点。"""
    return normalise(school)


def entry_of(kind: Kind, values: Mapping[Field, str]) -> str:
    """同校之内区分各条的内容。"""
    if kind is Kind.CONTACT:
        return values.get(Field.NAME, "")
    return f"{values.get(Field.CERTIFICATE, '')} {values.get(Field.LEVEL, '')}"
