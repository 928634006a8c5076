"""读一条登记消息：依次走过名目、号码与文字，把它们归到字段。"""

import re

from bot.text import is_courtesy

from .accounting import POINTING, SELF, account
from .checks import Checks
from .fields import NUMERIC, PEOPLE, PHONES, WEB, Field, Form
from .numbers import Shape
from .overlooked import Join, look_again
from .parsing import SHAPE_FIELDS, Parser, Part
from .people import ADDRESSED
from .preparing import prepare
from .result import Candidate, Reading
from .scanning import Item, Label, Number, Word, scan
from .vocabulary import EMPTY_VALUE, school_prefixes

_ALSO_PHONE = re.compile("微信|QQ", re.I)
_OWNER = re.compile(rf"{ADDRESSED.pattern}的?\Z")
_SIGNS = re.compile(r"[0-9A-Za-z@*.#零〇一二三四五六七八九幺]")
_OWNER_LENGTH = 20


def read(text: str, form: Form, checks: Checks) -> Reading:
    """读一条消息。

    参数:
        text: 去掉口令后的原文
        form: 按哪张表读
    """
    reader = Reader(text, form, checks)
    reader.walk()
    return reader.settled()


class Reader(Parser):
    """依次走过各片段。

    参数:
        text: 去掉口令后的原文
    """

    def __init__(self, text: str, form: Form, checks: Checks) -> None:
        super().__init__(checks.regions)
        self.text, self.reading = prepare(text, form)
        self._unlabelled = self.text
        self._told: list[str] = []
        self.form = form
        self._check = checks.validate
        self.candidates: list[Candidate] = []
        self.label: Label | None = None
        self._open: tuple[Field, int, bool] | None = None
        self._listing: Field | None = None
        self._broken: tuple[Word, Part | None] | None = None
        self._joins: list[Join] = []

    def walk(self) -> None:
        """走完全部片段，看还剩下什么。"""
        for item in scan(self.text, self.form):
            self.take(item)
        if self.label is not None:
            self.reading.dangling = not self.label.marked
            self._blank(self.label)
        again = look_again(
            self.candidates, self.reading, self._joins, self.text, self._regions
        )
        for field, raw in again:
            self.add(field, raw)
        account(self.reading, self._unlabelled, self.candidates, self._told)

    def settled(self) -> Reading:
        """把各项定下来。"""
        self.reading.settle(self.candidates, self._check)
        for other in self.reading.others:
            self.reading.doubt(other)
        return self.reading

    def _blank(self, label: Label) -> None:
        if label.marked and label.field is not None:
            self.reading.blank.append(label.field)

    def take(self, item: Item) -> None:
        """收下一个片段。"""
        match item:
            case Label():
                self._note_owner(item)
                self._take_label(item)
            case Number():
                self._note_owner(item)
                self.take_number(item)
            case Word():
                self.take_word(item)

    def add(self, field: Field, raw: str, labelled: bool = False) -> None:
        """记下一处写法；写明“无”的记作不填。"""
        if labelled:
            self.reading.labelled.add(field)
            if EMPTY_VALUE.fullmatch(raw) and not (field in PEOPLE and raw[0] == "待"):
                self.reading.cleared.add(field)
                self._told.append(raw)
                return
        # “联系人：李明、王红”里，后一个也是写明了的
        self.candidates.append(
            Candidate(field, raw, labelled or field is self._listing)
        )

    def _note_owner(self, item: Label | Number) -> None:
        """“张老师的电话”说的多半是别人的。"""
        self._broken = None
        before = self.text[max(0, item.start - _OWNER_LENGTH) : item.start]
        if self.label is None and _OWNER.search(before):
            self.reading.addressing = True

    def _take_label(self, label: Label) -> None:
        previous, self._open, self._listing = self.label, None, None
        blank = " " * (label.end - label.start)
        self._unlabelled = (
            self._unlabelled[: label.start] + blank + self._unlabelled[label.end :]
        )
        if previous is not None and self._is_value(previous, label):
            word = self._said(label).strip()
            self.take_word(Word(word, "", label.start, label.end))
            return
        between = self.text[previous.end : label.start] if previous else ""
        joined = previous is not None and re.fullmatch(r"\s*[/、及和]\s*", between)
        # “手机号/微信：…”仍按手机号读；“姓名/电话：…”各凭形状
        if not joined or previous is None:
            if previous is not None:
                self._blank(previous)
            self.label = label
        elif label.field is not None:
            self.label = None

    def _is_value(self, previous: Label, label: Label) -> bool:
        """“网址：学校官网”“学校：学院”里，后一个是值而不是名目。"""
        before = self.text[previous.start : label.start]
        if not re.search(r"[:=][ \t]*$", before) or previous.field is None:
            return False
        if re.search(r"[:=]", self._said(label)):
            return False
        ending = self.text[label.end : label.end + 1]
        return previous.field == label.field or not ending or ending in "\n,;。"

    def take_number(self, number: Number) -> None:
        """号码：名目与形状合得来就从名目，否则凭形状。"""
        label, self.label = self.label, None
        self._open = self._listing = None
        field = SHAPE_FIELDS[number.shape]
        wanted = label.field if label else None
        if wanted is Field.CODE and field is Field.USCC:
            # “代码”后面是十八位的，说的是信用代码
            wanted = field
        if label is not None and self._set_aside(label, number):
            return
        for family in (NUMERIC, WEB):
            if wanted is not None and wanted in family and field in family:
                self._mark(label)
                self._add_number(wanted, number, labelled=True)
                return
        if field in self.form.fields:
            named = wanted in PEOPLE or wanted in PHONES
            self._add_number(field, number, labelled=named)
        else:
            self.reading.leftover.append(number.raw)

    def _set_aside(self, label: Label, number: Number) -> bool:
        """名目不收的，与写在姓名、校名处的号码；微信号就是手机号的照收。"""
        named, is_phone = self._said(label), number.shape is Shape.PHONE
        if label.field is None:
            if is_phone and _ALSO_PHONE.search(named):
                return False
            self._refuse(label, self.text[number.start : number.end])
            return True
        odd = label.marked and not re.search("手机|电话|联系方式", named)
        if label.field not in PEOPLE | {Field.SCHOOL} or not is_phone or not odd:
            return False
        self.add(label.field, number.raw, True)
        spare = Candidate(Field.PHONE, number.raw, True, "写错地方的号码")
        self.candidates.append(spare)
        return True

    def _refuse(self, label: Label, raw: str) -> None:
        """这一项不收。"""
        named = re.split(r"[\s:=(]|就?是$", self._said(label).strip())[0]
        self._told.append(raw)
        if not EMPTY_VALUE.fullmatch(raw) and not is_courtesy(raw):
            self.reading.unwanted.append(named)

    def _said(self, label: Label) -> str:
        return self.text[label.start : label.end]

    def _add_number(self, field: Field, number: Number, *, labelled: bool) -> None:
        if field is Field.PHONE and number.shape is Shape.LANDLINE:
            self.candidates.append(Candidate(field, number.raw, labelled, "座机"))
        else:
            self.add(field, number.raw, labelled)

    def _mark(self, label: Label | None) -> None:
        if label is not None and label.marked and label.field is not None:
            self.reading.marked.add(label.field)

    def take_word(self, word: Word) -> None:
        """文字：有名目的从名目，否则逐段去认。"""
        label = self.label
        if label is not None:
            # 空着的模板后面另起一行的客套，不是它的值
            below = "\n" in self.text[label.start : word.start]
            if below and is_courtesy(word.text):
                self.label = None
            elif label.field is not None and POINTING.fullmatch(word.text):
                # “联系人如下：”“手机是一三八的那个：”还没有说出来
                self._told.append(word.text)
                self.label = label if label.field in NUMERIC | WEB else None
            elif label.field not in PEOPLE or not SELF.fullmatch(word.text):
                self.label = None
                if label.field is not None:
                    self._mark(label)
                    self.labelled(label.field, word)
                else:
                    self._refuse(label, word.text)
            return
        if self._extends(word):
            return
        self._open = None
        found, unread = self.read_part(word.text)
        if self._rejoined(word, None if unread else found):
            return
        if unread:
            self._partly(word, found, unread)
            return
        if found and found[0][0] is not self._listing:
            self._listing = None
        for field, raw in found:
            self.add(field, raw)
            if field in (Field.ADDRESS, Field.POSITION) and raw == word.text:
                self._open = (field, word.start, False)
        only = found[0] if len(found) == 1 and found[0][1] == word.text else None
        self._broken = (word, only) if only else None

    def labelled(self, field: Field, word: Word) -> None:
        """名目后面的一段文字；“信用代码我问下财务”还没有说出来。"""
        unsaid = field in NUMERIC | WEB and field not in self.reading.marked
        unsaid = unsaid and not EMPTY_VALUE.fullmatch(word.text)
        if unsaid and len(word.text) > 3 and not _SIGNS.search(word.text):
            self.reading.blank.append(field)
            self.reading.leftover.append(word.text)
            return
        raw, rest = self.cut(field, word.text)
        if raw:
            self.add(field, raw, True)
        self._listing = field
        for other, value in rest:
            self.add(other, value)
        if field in (Field.ADDRESS, Field.POSITION) and not rest:
            self._open = (field, word.start, True)
        if field in PEOPLE and not rest and raw.isascii():
            self._open = (field, word.start, True)

    def _extends(self, word: Word) -> bool:
        """地址、职务、外文名可以隔开几段来写，后面的接上去。"""
        if self._open is None or "\n" in word.gap:
            return False
        field, start, labelled = self._open
        if not self.belongs(field, word.text):
            return False
        self._told.append(self.text[start : word.end])
        raw = re.sub(r"[ \t]*\|[ \t]*", " ", self.text[start : word.end])
        self.candidates[-1] = Candidate(field, raw, labelled)
        return True

    def _rejoined(self, word: Word, found: list[Part] | None) -> bool:
        """校名被空格断开：“桂东示例 职业技术学院”；前半像人名的先记着。"""
        before, self._broken = self._broken, None
        if before is None or word.gap.strip():
            return False
        first, part = before
        joined = first.text + word.text
        if part is None and found == [(Field.TYPE, word.text)]:
            if schools := school_prefixes(joined):
                self.reading.leftover.remove(first.text)
                self.add(Field.SCHOOL, schools[-1][0])
                return True
        if part == (Field.NAME, first.text) and found == [(Field.SCHOOL, word.text)]:
            name = self.candidates[-1]
            self.add(Field.SCHOOL, word.text)
            self._joins.append(Join(name, self.candidates[-1], joined))
            return True
        return False

    def _partly(self, word: Word, found: list[Part], unread: list[str]) -> None:
        """认不全的一段：收下认出的，其余记作没看懂；校名已有的不再收。"""
        self._listing = None
        if re.fullmatch(r"\d{1,2}|[一二三四五六七八九十]{1,2}|\W+", word.text):
            return
        known = any(c.field is Field.SCHOOL for c in self.candidates)
        for field, raw in found:
            if field is Field.SCHOOL and known:
                unread.append(raw)
            elif field not in (Field.REGION, Field.CITY):
                self.add(field, raw)
        self.reading.leftover += unread
        self._broken = (word, None) if unread == [word.text] else None
