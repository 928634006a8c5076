"""试点情况：读汇总表的一行，以及表的填写规则。"""

import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Protocol

from .fields import PILOT_FORM, TITLES, Field
from .numbers import Shape
from .people import split_names
from .reading import Candidate, Problem, Reading, Walker, settle
from .scanning import Label, Number, Word, clean, scan
from .validation import Invalid, certificate, validate
from .vocabulary import is_question

_LEVEL = r"(?:初级?、?)?(?:中级?、?)?(?:高级?)?"
_COUNT = re.compile(r"(?:共)?(\d{1,3})个(?:试点)?专业")
_PEOPLE = re.compile(r"(?:约|共)?(\d{1,6})(?:人|名(?:学生)?)(?:左右)?")
_PERSONS = {
    Field.PRINCIPAL: Field.PRINCIPAL,
    Field.PRINCIPAL_PHONE: Field.PRINCIPAL,
    Field.NAME: Field.NAME,
    Field.PHONE: Field.NAME,
}
_PHONES = {Field.PRINCIPAL: Field.PRINCIPAL_PHONE, Field.NAME: Field.PHONE}


class CertificateNames(Protocol):
    """证书名录：由别处提供。"""

    def find(self, text: str) -> str | None:
        """文字所说的那个证书的正式名称；认不出或不止一个为 `None`。"""
        ...

    def suggestions(self, text: str) -> Sequence[str]:
        """相近的几个正式名称，最像的在前。"""
        ...


def read_pilot(text: str, names: CertificateNames | None) -> Reading:
    """读一条试点情况。

    参数:
        text: 去掉口令后的原文
        names: 证书名录；没有时证书照写，不核对
    """
    plain = clean(text)
    reading = Reading(question=is_question(plain))
    walker = PilotWalker(plain, reading, names)
    for item in scan(plain, PILOT_FORM):
        walker.take(item)
    walker.finish()
    settle(walker.candidates, reading, partial(_validate, names))
    return reading


def _validate(names: CertificateNames | None, field: Field, raw: str) -> str:
    if field is not Field.CERTIFICATE or names is None:
        return validate(field, raw)
    text = certificate(raw)
    if found := names.find(text):
        return found
    near = "、".join(names.suggestions(text))
    hint = f"，是不是 {near}" if near else ""
    raise Invalid(f"名录里没有这个证书{hint}；请写证书全名")


class PilotWalker(Walker):
    """在登记的读法之上，认证书、等级、专业、规模，并分清校长与联系人。"""

    def __init__(
        self, text: str, reading: Reading, names: CertificateNames | None
    ) -> None:
        super().__init__(text, PILOT_FORM, reading)
        self._names = names
        self._who = Field.NAME
        self._majors = False

    def take(self, item: Label | Number | Word) -> None:
        """收下一个片段，记住说的是谁。"""
        if isinstance(item, Label):
            self._majors = False
            if item.field is not None and item.field in _PERSONS:
                self._who = _PERSONS[item.field]
        super().take(item)

    def add(self, field: Field, raw: str, labelled: bool = False) -> None:
        """记下一处写法；联系电话、姓名归到正在说的那个人。"""
        if field is Field.NAME and not labelled:
            field = self._who
        super().add(field, raw, labelled)
        if field is Field.CERTIFICATE and labelled:
            self._level_of(raw)
        self._majors = field is Field.MAJORS and labelled

    def _level_of(self, raw: str) -> None:
        """“BIM中级”连着写时，把等级分出来。"""
        found = re.fullmatch(rf"({_LEVEL}?)(.+?)({_LEVEL})(?:证书)?", raw)
        level = found and (found[1] or found[3])
        if found and level and (self._names is None or self._names.find(found[2])):
            self.candidates[-1] = Candidate(Field.CERTIFICATE, found[2], True)
            self.candidates.append(Candidate(Field.LEVEL, level, True))

    def take_number(self, number: Number) -> None:
        """号码：手机号归到正在说的那个人。"""
        label, self.label = self.label, None
        if number.shape not in (Shape.PHONE, Shape.LANDLINE):
            self.reading.leftover.append(number.raw)
            return
        named = label is not None and label.field in _PERSONS
        principal = self._who is Field.PRINCIPAL
        self.add(_PHONES[self._who], number.raw, named or principal)

    def take_word(self, word: Word) -> None:
        """文字：专业之后以顿号等隔开的仍是专业。"""
        if self._majors and self.label is None and "\n" not in word.gap:
            if not self._starts_other(word):
                last = self.candidates[-1]
                joined = f"{last.raw}、{word.text}"
                self.candidates[-1] = Candidate(Field.MAJORS, joined, True)
                return
        self._majors = False
        super().take_word(word)

    def _starts_other(self, word: Word) -> bool:
        if "、" in word.gap:
            return False
        found = self.parse(word.text)
        certain = {Field.LEVEL, Field.SIZE, Field.MAJOR_COUNT, Field.TYPE, Field.SCHOOL}
        return bool(found) and found[0][0] in certain

    def parse(self, text: str, depth: int = 0) -> list[tuple[Field, str]] | None:
        """没有名目的文字：先认规模、专业数、等级、证书。"""
        if found := _PEOPLE.fullmatch(text):
            return [(Field.SIZE, found[1])]
        if found := _COUNT.fullmatch(text):
            return [(Field.MAJOR_COUNT, found[1])]
        if re.fullmatch(r"[1-9]\d{0,2}0", text):
            return [(Field.SIZE, text)]
        if re.fullmatch(r"[初中高]级?", text) or re.fullmatch(
            r"[初中高]级?(?:[和、]?[初中高]级?)+", text
        ):
            return [(Field.LEVEL, text)]
        if found := re.fullmatch(r"校长(.{2,4})", text):
            if split_names(found[1]):
                self._who = Field.PRINCIPAL
                return [(Field.PRINCIPAL, found[1])]
        if text == "校长":
            self._who = Field.PRINCIPAL
            return []
        if self._names is not None and (certificate := self._certificate(text)):
            return certificate
        return super().parse(text, depth)

    def _certificate(self, text: str) -> list[tuple[Field, str]] | None:
        assert self._names is not None
        if self._names.find(text):
            return [(Field.CERTIFICATE, text)]
        found = re.fullmatch(r"([初中高]级)?(.+?)([初中高]级)?(?:证书)?", text)
        level = found and (found[1] or found[3])
        if found and level and self._names.find(found[2]):
            return [(Field.CERTIFICATE, found[2]), (Field.LEVEL, level)]
        return None


def rule_problems(values: Mapping[Field, str]) -> dict[Field, Problem]:
    """不合 2020 年汇总表填写规则的（附件 3 的注 4、5、7）。"""
    found: dict[Field, Problem] = {}
    names = values[Field.MAJORS].split("、") if values.get(Field.MAJORS) else []
    count = values.get(Field.MAJOR_COUNT)
    if count and names and int(count) != len(names):
        reason = f"专业数量写的是 {count}，列出的专业有 {len(names)} 个，请改成一致"
        found[Field.MAJOR_COUNT] = Problem(count, reason)
    size = values.get(Field.SIZE)
    if size and int(size) % 10:
        reason = "学生规模要填整十数，如 30、50、100"
        found[Field.SIZE] = Problem(size, reason)
    city = values.get(Field.CITY)
    if city and values.get(Field.TYPE) == "高职":
        reason = "高职院校不填所属市，请回“所属市 无”"
        found[Field.CITY] = Problem(city, reason)
    return found


SECOND_BATCH = frozenset(
    "电子商务数据分析 网店运营推广 工业机器人操作与运维 工业机器人应用编程 "
    "特殊焊接技术 智能财税 母婴护理 传感网应用开发 失智老年人照护 "
    "云计算平台运维与开发".split()
)
"""第二批启动试点的十个证书；2019 年的汇总表只从中选。"""


def unfinished(values: Mapping[Field, str], year: int) -> list[str]:
    """一行按某年的表还差什么、错什么，每项一句。

    参数:
        year: 2020（附件 3）或 2019（附件 2）
    """
    needed = [field for field in PILOT_FORM.required if field is not Field.REGION]
    if year == 2019:
        found = [f"缺{TITLES[f]}" for f in needed if not values.get(f)]
        named = values.get(Field.CERTIFICATE)
        if named and named not in SECOND_BATCH:
            found.append("证书不在第二批的十个之内")
        return found
    needed += [Field.PRINCIPAL, Field.PRINCIPAL_PHONE, Field.NAME, Field.PHONE]
    if values.get(Field.TYPE) == "中职":
        needed.append(Field.CITY)
    found = [f"缺{TITLES[f]}" for f in needed if not values.get(f)]
    return found + [problem.reason for problem in rule_problems(values).values()]
