"""试点情况：读汇总表的一行。"""

import re

from .checks import Checks
from .fields import PEOPLE, PHONE_OF, PHONES, PILOT_FORM, Field
from .numbers import Shape
from .parsing import Part
from .people import split_names
from .reader import Reader
from .result import Candidate, Reading
from .scanning import Item, Label, Number, Word
from .vocabulary import like_major

_LEVEL = r"(?:初级?、?)?(?:中级?、?)?(?:高级?)?"
_COUNT = re.compile(r"(?:共)?(\d{1,3})个(?:试点)?专业")
_PEOPLE = re.compile(r"(?:约|共)?(\d{1,6})(?:人|名(?:学生)?)(?:左右)?")
_WHO = re.compile("校长|联系人|联系老师|负责人|姓名")


def read_pilot(text: str, checks: Checks) -> Reading:
    """读一条试点情况。

    参数:
        text: 去掉口令后的原文
    """
    reader = PilotReader(text, checks)
    reader.walk()
    return reader.settled()


class PilotReader(Reader):
    """在登记的读法之上，认证书、等级、专业、规模，并分清校长与联系人。"""

    def __init__(self, text: str, checks: Checks) -> None:
        super().__init__(text, PILOT_FORM, checks)
        self._checks = checks
        self._who = Field.NAME
        self._majors = False

    def take(self, item: Item) -> None:
        """收下一个片段，记住说的是谁；光一个“手机”不换人。"""
        if isinstance(item, Label):
            self._majors = False
            if found := _WHO.search(self.text, item.start, item.end):
                principal = found[0] == "校长"
                self._who = Field.PRINCIPAL if principal else Field.NAME
        super().take(item)

    def add(self, field: Field, raw: str, labelled: bool = False) -> None:
        """记下一处写法；联系电话、姓名归到正在说的那个人。"""
        if field is Field.NAME and not labelled:
            field = self._who
        if field in PHONES:
            field = PHONE_OF[self._who]
        if field is Field.SIZE and re.search(rf"\s-{re.escape(raw)}", self.text):
            raw = f"-{raw}"
        super().add(field, raw, labelled)
        if field is Field.CERTIFICATE and labelled:
            self._level_of(raw)
        self._majors = field is Field.MAJORS

    def _level_of(self, raw: str) -> None:
        """“BIM中级”连着写时，把等级分出来。"""
        found = re.fullmatch(rf"({_LEVEL}?)(.+?)({_LEVEL})(?:证书)?", raw)
        level = found and (found[1] or found[3])
        unlisted = self._checks.certificates is None
        if found and level and (unlisted or self._checks.official(found[2])):
            self.candidates[-1] = Candidate(Field.CERTIFICATE, found[2], True)
            self.candidates.append(Candidate(Field.LEVEL, level, True))

    def take_number(self, number: Number) -> None:
        """号码：手机号归到正在说的那个人。"""
        label, self.label = self.label, None
        if label is not None and self._set_aside(label, number):
            return
        if number.shape not in (Shape.PHONE, Shape.LANDLINE):
            self.reading.leftover.append(number.raw)
            return
        named = label is not None and label.field in PEOPLE | PHONES
        self._mark(label)
        self.add(PHONE_OF[self._who], number.raw, named)

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

    def read_part(self, text: str) -> tuple[list[Part], list[str]]:
        """没有名目的文字：先认规模、专业数、等级、证书。"""
        if (found := self._of_pilot(text)) is not None:
            return found, []
        parts, unread = super().read_part(text)
        if unread and like_major(text):
            return [(Field.MAJORS, text)], []
        return parts, unread

    def _of_pilot(self, text: str) -> list[Part] | None:
        """整段是汇总表里的哪一项；都不是为 `None`。"""
        if found := _PEOPLE.fullmatch(text):
            return [(Field.SIZE, found[1])]
        if found := _COUNT.fullmatch(text):
            return [(Field.MAJOR_COUNT, found[1])]
        if re.fullmatch(r"[1-9]\d{0,2}0", text):
            return [(Field.SIZE, text)]
        if re.fullmatch(r"[初中高]级?(?:[和、]?[初中高]级?)*", text):
            return [(Field.LEVEL, text)]
        if found := re.fullmatch(r"校长(.{2,4})", text):
            if split_names(found[1]):
                self._who = Field.PRINCIPAL
                return [(Field.PRINCIPAL, found[1])]
        if text == "校长":
            self._who = Field.PRINCIPAL
            return []
        return self._certificate(text)

    def _certificate(self, text: str) -> list[Part] | None:
        if self._checks.official(text):
            return [(Field.CERTIFICATE, text)]
        found = re.fullmatch(r"([初中高]级)?(.+?)([初中高]级)?(?:证书)?", text)
        level = found and (found[1] or found[3])
        if found and level and self._checks.official(found[2]):
            return [(Field.CERTIFICATE, found[2]), (Field.LEVEL, level)]
        return None
