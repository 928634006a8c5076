"""读一条登记消息：不论顺序、标点、有没有名目，读出各字段。"""

import dataclasses
import re
from collections.abc import Callable
from dataclasses import dataclass

from .fields import Field, Form
from .numbers import Shape
from .people import ADDRESSED, DISCIPLINE_COLLEGE, POSITION, split_names
from .places import city_named, region_named
from .scanning import BREAK, Item, Label, Number, Word, clean, scan
from .validation import Invalid, validate
from .vocabulary import (
    COURTESY,
    EMPTY_VALUE,
    LEAD,
    TYPE_PREFIX,
    is_question,
    school_prefixes,
)

SHAPE_FIELDS = {
    Shape.PHONE: Field.PHONE,
    Shape.LANDLINE: Field.PHONE,
    Shape.CODE: Field.CODE,
    Shape.USCC: Field.USCC,
    Shape.EMAIL: Field.EMAIL,
    Shape.WEBSITE: Field.WEBSITE,
}
NUMERIC = frozenset({Field.PHONE, Field.CODE, Field.USCC, Field.PRINCIPAL_PHONE})
_STRINGS = frozenset({Field.EMAIL, Field.WEBSITE})
_CONTACTS = frozenset({Field.NAME, Field.PHONE, Field.PRINCIPAL, Field.PRINCIPAL_PHONE})

_STREET = re.compile(r"路|街|道|巷|弄|胡同|镇|乡|村|屯|园区|开发区|大学城")
_DOOR = re.compile(r"\d+(?:-\d+)?号|号|栋|楼|幢|室|[市县区州旗]")
_NUMBERED = re.compile(r"\d+号|[路街道巷]\d+|栋|幢")
_ADDRESS_TAIL = re.compile(
    r"[\u4e00-\u9fffA-Za-z0-9]{0,20}(?:号|楼|栋|幢|室|层|座|单元|校区|院内|区|园)\S{0,12}"
    r"|\d{1,4}[A-Za-z]?"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """某个字段的一处写法；`labelled` 表示写明了名目。"""

    field: Field
    raw: str
    labelled: bool = False
    landline: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """一个字段写得不对：原文与理由。"""

    raw: str
    reason: str


@dataclass(slots=True)
class Reading:
    """一条消息读出的内容。

    参数:
        values: 读出并且有效的
        problems: 写了但不对的
        cleared: 写明不填的
        labelled: 写明了名目的
        leftover: 没看懂的文字
        landlines: 已有手机号、没有收下的座机
        question: 整条像是在提问
        dangling: 说了名目没说值，如“某某 联系方式”
        residue: 去掉读出的内容和标点之后剩下的
    """

    values: dict[Field, str] = dataclasses.field(default_factory=dict)
    problems: dict[Field, Problem] = dataclasses.field(default_factory=dict)
    cleared: set[Field] = dataclasses.field(default_factory=set)
    labelled: set[Field] = dataclasses.field(default_factory=set)
    leftover: list[str] = dataclasses.field(default_factory=list)
    landlines: list[str] = dataclasses.field(default_factory=list)
    question: bool = False
    dangling: bool = False
    residue: str = ""

    @property
    def fields(self) -> set[Field]:
        """提到的全部字段。"""
        return {*self.values, *self.problems, *self.cleared}

    @property
    def has_number(self) -> bool:
        """有没有手机号、邮箱、代码这样不会是闲聊的内容。"""
        return bool(self.fields & (NUMERIC | {Field.EMAIL}))


def read(text: str, form: Form) -> Reading:
    """读一条消息。

    参数:
        text: 去掉口令后的原文
        form: 按哪张表读
    """
    plain = clean(text)
    reading = Reading(question=is_question(plain))
    walker = Walker(plain, form, reading)
    for item in scan(plain, form):
        walker.take(item)
    walker.finish()
    settle(walker.candidates, reading)
    return reading


class Walker:
    """依次走过各片段，把它们归到字段。"""

    def __init__(self, text: str, form: Form, reading: Reading) -> None:
        self.text = text
        self.form = form
        self.reading = reading
        self.candidates: list[Candidate] = []
        self.label: Label | None = None
        self._open: tuple[Field, int, bool] | None = None
        self._unread: Word | None = None

    def take(self, item: Item) -> None:
        """收下一个片段。"""
        match item:
            case Label():
                self._take_label(item)
            case Number():
                self.take_number(item)
            case Word():
                self.take_word(item)

    def finish(self) -> None:
        """走完之后，看还剩下什么。"""
        if self.label is not None:
            ending = self.text[self.label.start : self.label.end]
            self.reading.dangling = not re.search("[:=]", ending)
        residue = self.text
        for candidate in self.candidates:
            residue = residue.replace(candidate.raw, " ", 1)
        self.reading.residue = BREAK.sub("", residue)

    def add(self, field: Field, raw: str, labelled: bool = False) -> None:
        """记下一处写法；写明“无”的记作不填。"""
        if labelled:
            self.reading.labelled.add(field)
            if EMPTY_VALUE.fullmatch(raw):
                self.reading.cleared.add(field)
                return
        self.candidates.append(Candidate(field, raw, labelled))

    def _take_label(self, label: Label) -> None:
        previous, self._open = self.label, None
        if previous is not None and self._is_value(previous, label):
            word = self.text[label.start : label.end].strip()
            self.take_word(Word(word, "", label.start, label.end))
            return
        between = self.text[previous.end : label.start] if previous else ""
        joined = previous is not None and re.fullmatch(r"\s*[/、及和]\s*", between)
        # “手机号/微信：…”仍按手机号读；“姓名/电话：…”各凭形状
        if not joined or previous is None:
            self.label = label
        elif label.field is not None:
            self.label = None

    def _is_value(self, previous: Label, label: Label) -> bool:
        """“网址：学校官网”“学校：学院”里，后一个是值而不是名目。"""
        before = self.text[previous.start : label.start]
        if not re.search(r"[:=][ \t]*$", before) or previous.field is None:
            return False
        if re.search(r"[:=]", self.text[label.start : label.end]):
            return False
        ending = self.text[label.end : label.end + 1]
        return previous.field == label.field or not ending or ending in "\n,;。"

    def take_number(self, number: Number) -> None:
        """号码：名目与形状合得来就从名目，否则凭形状。"""
        label, self.label, self._open = self.label, None, None
        field = SHAPE_FIELDS[number.shape]
        wanted = label.field if label else None
        for family in (NUMERIC, _STRINGS):
            if wanted is not None and wanted in family and field in family:
                self._add_number(wanted, number, labelled=True)
                return
        if label is not None and label.field is None and number.shape != Shape.PHONE:
            return
        if field in self.form.fields:
            self._add_number(field, number, labelled=wanted in _CONTACTS)
        else:
            self.reading.leftover.append(number.raw)

    def _add_number(self, field: Field, number: Number, *, labelled: bool) -> None:
        if field is Field.PHONE and number.shape is Shape.LANDLINE:
            self.candidates.append(Candidate(field, number.raw, labelled, True))
        else:
            self.add(field, number.raw, labelled)

    def take_word(self, word: Word) -> None:
        """文字：有名目的从名目，否则逐段去认。"""
        label = self.label
        if label is not None:
            self.label = None
            # 空着的模板后面另起一行的客套，不是它的值
            below = "\n" in self.text[label.start : word.start]
            if below and COURTESY.fullmatch(word.text):
                return
            if label.field is not None:
                self._labelled(label.field, word)
            return
        if self._extends(word):
            return
        self._open = None
        found = self.parse(word.text)
        unknown, self._unread = self._unread, None
        if unknown and found == [(Field.TYPE, word.text)] and not word.gap.strip():
            # 校名被空格断开：“桂东示例 职业技术学院”
            if schools := school_prefixes(unknown.text + word.text):
                self.reading.leftover.remove(unknown.text)
                self.add(Field.SCHOOL, schools[-1][0])
                return
        if found is None:
            self._unknown(word)
            return
        for field, raw in found:
            self.add(field, raw)
            if field in (Field.ADDRESS, Field.POSITION) and raw == word.text:
                self._open = (field, word.start, False)

    def _labelled(self, field: Field, word: Word) -> None:
        raw, rest = self.cut(field, word.text)
        self.add(field, raw, True)
        for other, value in rest:
            self.add(other, value)
        if field in (Field.ADDRESS, Field.POSITION) and not rest:
            self._open = (field, word.start, True)

    def cut(self, field: Field, text: str) -> tuple[str, list[tuple[Field, str]]]:
        """名目后面的一段：取属于它的，其余另认。"""
        prefixes: list[tuple[str, str]] = []
        if field is Field.SCHOOL:
            prefixes = school_prefixes(text)
        elif field in (Field.NAME, Field.PRINCIPAL):
            prefixes = split_names(text)
        elif field is Field.TYPE and (found := TYPE_PREFIX.match(text)):
            prefixes = [(found[0], text[found.end() :])]
        for value, rest in prefixes:
            if (others := self.parse(rest)) is not None:
                return value, others
        return text, []

    def _extends(self, word: Word) -> bool:
        """地址、职务可以隔开几段来写，后面的接上去。"""
        if self._open is None or "\n" in word.gap:
            return False
        field, start, labelled = self._open
        if field is Field.ADDRESS:
            belongs = _ADDRESS_TAIL.fullmatch(word.text) is not None
        else:
            found = POSITION.fullmatch(word.text)
            belongs = found is not None and not found["rest"]
        if not belongs:
            return False
        raw = self.text[start : word.end]
        self.candidates[-1] = Candidate(field, raw, labelled)
        return True

    def _unknown(self, word: Word) -> None:
        """认不全的一段：有校名就先取校名，其余记作没看懂。"""
        text = word.text
        schools = school_prefixes(LEAD.sub("", text, count=1))
        if schools:
            self.add(Field.SCHOOL, schools[-1][0])
            text = schools[-1][1]
        if text:
            self.reading.leftover.append(text)
            self._unread = word if text == word.text else None

    def parse(self, text: str, depth: int = 0) -> list[tuple[Field, str]] | None:
        """把一段没有名目的文字整个认作若干字段；认不全为 `None`。"""
        if not text or COURTESY.fullmatch(text):
            return []
        if depth > 8 or len(text) > 80:
            return None
        if (whole := _whole(text)) is not None:
            return [(whole, text)]
        for field, raw, rest in _prefixes(text):
            if (others := self.parse(rest, depth + 1)) is not None:
                return [(field, raw), *others]
        for opening in (ADDRESSED, LEAD):
            if found := opening.match(text):
                return self.parse(text[found.end() :], depth + 1)
        return None


def _whole(text: str) -> Field | None:
    if region_named(text):
        return Field.REGION
    if city_named(text):
        return Field.CITY
    if len(text) >= 5 and _STREET.search(text) and _DOOR.search(text):
        # 校名里也会有“区”“道”，以学校结尾又没有门牌的不是地址
        if _NUMBERED.search(text) or not school_prefixes(text):
            return Field.ADDRESS
    return None


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
        found.append((Field.POSITION, position["position"], position["rest"]))
    found += [(Field.NAME, name, rest) for name, rest in split_names(text)]
    return found


def settle(
    candidates: list[Candidate],
    reading: Reading,
    check: Callable[[Field, str], str] = validate,
) -> None:
    """把各字段的写法定下来：去重、验证、同一项写了两个就指出。"""
    by_field: dict[Field, list[Candidate]] = {}
    for candidate in candidates:
        by_field.setdefault(candidate.field, []).append(candidate)
    for name, group in by_field.items():
        if any(not c.landline for c in group):
            reading.landlines += [c.raw for c in group if c.landline]
            group = [c for c in group if not c.landline]
        if name in (Field.POSITION, Field.LEVEL):
            joined = " ".join(dict.fromkeys(c.raw for c in group))
            group = [Candidate(name, joined)]
        if any(c.labelled for c in group) and name not in NUMERIC | _STRINGS:
            group = [c for c in group if c.labelled]
        _settle_one(name, group, reading, check)


def _settle_one(
    name: Field,
    group: list[Candidate],
    reading: Reading,
    check: Callable[[Field, str], str],
) -> None:
    outcomes: dict[str, Problem | None] = {}
    for candidate in group:
        try:
            outcomes[check(name, candidate.raw)] = None
        except Invalid as error:
            outcomes[candidate.raw] = Problem(candidate.raw, str(error))
    if len(outcomes) > 1:
        shown = " / ".join(outcomes)
        reason = f"读到 {len(outcomes)} 个，只能填一个" if len(outcomes) > 2 else ""
        reading.problems[name] = Problem(shown, reason or "读到两个，请只发要用的那个")
        return
    [(value, problem)] = outcomes.items()
    if problem is None:
        reading.values[name] = value
    else:
        reading.problems[name] = problem
