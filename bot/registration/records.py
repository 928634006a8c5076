"""确认过的登记：一条记录、它的各版，以及同校之内怎样区分。"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.messages import Person
from bot.text import normalise

from .fields import Field, Form, Kind


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
    def entry(self) -> str:
        """同校之内区分各条的内容。"""
        return entry_of(self.kind, self.values)


@dataclass(frozen=True, slots=True)
class Version:
    """登记的一版。"""

    number: int
    values: Mapping[Field, str]
    at: datetime


def completeness(values: Mapping[Field, str], form: Form) -> tuple[int, int]:
    """完整度：（已填几项，共几项）；地区不算。"""
    counted = [f for f in form.fields if f is not Field.REGION]
    return sum(bool(values.get(f)) for f in counted), len(counted)


def school_key(school: str) -> str:
    """校名的统一写法：不计全角半角、空格和标点。"""
    return normalise(school)


def entry_of(kind: Kind, values: Mapping[Field, str]) -> str:
    """同校之内区分各条的内容：联系人姓名，或证书与等级。"""
    if kind is Kind.CONTACT:
        return values.get(Field.NAME, "")
    return f"{values.get(Field.CERTIFICATE, '')} {values.get(Field.LEVEL, '')}"


def changed(
    before: Mapping[Field, str], after: Mapping[Field, str]
) -> dict[Field, tuple[str, str]]:
    """两版之间不同的：字段 → （原来，现在）。"""
    pairs = {f: (before.get(f, ""), after.get(f, "")) for f in Field}
    return {f: pair for f, pair in pairs.items() if pair[0] != pair[1]}
