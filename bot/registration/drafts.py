"""草稿：还没确认的内容，与已有登记合起来看齐不齐、对不对。"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.messages import Person, Place
from bot.text import Regions

from .checks import rule_problems
from .fields import FORMS, Field, Form, Kind
from .records import Record, changed, entry_of, school_key
from .result import Problem, Reading
from .vocabulary import type_in_name


@dataclass(frozen=True, slots=True)
class Draft:
    """一个人的一份草稿。

    参数:
        place: 最近一次在哪里出示
        changes: 要新填或改的；空文字表示清空
        wrong: 写了但不对的
        base: 在改哪一条登记，新登记为 `None`
        number: 在确认台上的编号；还没放上去为 0
        begun: 在哪里开始的；就在 `place` 为 `None`
    """

    kind: Kind
    person: Person
    place: Place
    changes: Mapping[Field, str]
    wrong: Mapping[Field, Problem]
    created_at: datetime
    updated_at: datetime
    base: Record | None = None
    number: int = 0
    begun: Place | None = None

    @property
    def form(self) -> Form:
        """按哪张表填。"""
        return FORMS[self.kind]

    @property
    def values(self) -> dict[Field, str]:
        """合上已有登记之后的内容，按表的顺序；新登记只差类型的，看校名。"""
        before = dict(self.base.values) if self.base else {}
        if Field.MAJORS in self.changes:
            before.pop(Field.MAJOR_COUNT, None)
        merged = {**before, **self.changes}
        if self.kind is Kind.PILOT and merged.get(Field.MAJORS):
            count = str(len(merged[Field.MAJORS].split("、")))
            merged[Field.MAJOR_COUNT] = merged.get(Field.MAJOR_COUNT) or count
        lacking = [f for f in self.form.required if not merged.get(f)]
        if self.base is None and lacking == [Field.TYPE] and not self.wrong:
            merged[Field.TYPE] = type_in_name(merged[Field.SCHOOL])
        return {f: merged[f] for f in self.form.fields if merged.get(f)}

    @property
    def entry(self) -> str:
        """同校之内区分各条的内容。"""
        return entry_of(self.kind, self.values)

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
    def blocking(self) -> list[Field]:
        """写错了、不改就不能确认的；选填的写错了，先不存它就是。"""
        optional = self.form.optional if self.kind is Kind.CONTACT else ()
        return [field for field in self.problems if field not in optional]

    @property
    def ready(self) -> bool:
        """可以确认了。"""
        return not self.missing and not self.blocking

    @property
    def changed(self) -> dict[Field, tuple[str, str]]:
        """与已有登记不同的：字段 → （原来，现在）。"""
        if self.base is None:
            return {}
        return changed(self.base.values, self.values)

    def amended(self, reading: Reading, now: datetime, regions: Regions) -> "Draft":
        """加上新读到的内容。"""
        changes, wrong = dict(self.changes), dict(self.wrong)
        for field in reading.cleared:
            changes[field] = ""
        changes.update(reading.values)
        for field in {*reading.cleared, *reading.values}:
            wrong.pop(field, None)
        wrong.update(reading.problems)
        draft = replace(self, changes=changes, wrong=wrong, updated_at=now)
        if Field.REGION in draft.values:
            return draft
        region = region_seen(draft.values, regions)
        # 看出来就定下：之后把所属市改成“无”，地区也还在
        known = {Field.REGION: region} if region else {}
        return replace(draft, changes={**changes, **known})

    def shown_in(self, place: Place) -> "Draft":
        """换到这个会话里出示。"""
        return replace(self, place=place, begun=self.begun or self.place)

    @property
    def awaited(self) -> list[Field]:
        """等着回复的：写错的与还缺的。"""
        return [*self.problems, *self.missing]

    def superseded_by(self, reading: Reading) -> bool:
        """从头说起的是另一所院校、另一个人，就不是在补这份草稿。"""
        held, new = self.values, reading.values
        school, other = held.get(Field.SCHOOL), new.get(Field.SCHOOL)
        if school and other and school_key(school) != school_key(other):
            return True
        differs = {
            f
            for f in (Field.NAME, Field.PHONE)
            if held.get(f) and new.get(f, held[f]) != held[f]
        }
        if self.kind is not Kind.CONTACT or Field.NAME not in differs:
            return False
        return self.base is not None or Field.PHONE in differs


def region_seen(values: Mapping[Field, str], regions: Regions) -> str:
    """没说地区时，由所属市、地址或校名的开头看出。"""
    places = (values.get(f, "") for f in (Field.CITY, Field.ADDRESS, Field.SCHOOL))
    return next(filter(None, map(regions.leading, places)), "")


def fitting(
    drafts: Sequence[Draft], reading: Reading, base: Record | None, *, starting: bool
) -> Draft | None:
    """新读到的接在哪一份草稿上；要另起一份为 `None`。

    参数:
        base: 指明了在改哪一条登记
        starting: 是用口令从头说起的
    """
    if base is not None:
        return next((d for d in drafts if d.base and d.base.id == base.id), None)
    if not starting:
        return drafts[0] if drafts else None
    return next((d for d in drafts if not d.superseded_by(reading)), None)
