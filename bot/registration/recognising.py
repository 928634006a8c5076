"""一条消息是不是在登记：有登记的开场，或整条就是一份登记的内容。"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.text import is_courtesy, simplified

from .fields import REACHING, Field
from .masking import mask, mask_problem
from .openings import opened
from .result import Reading

WHOLE = frozenset({Field.SCHOOL, Field.NAME, Field.PHONE})
"""三样都有，才像一份登记。"""
_UNREAD, _UNREAD_OF_WHOLE = 0.25, 0.4
"""没读懂的字超过几成，说的多半是别的事。"""


@dataclass(frozen=True, slots=True)
class Recognised:
    """像是登记的一条消息。

    参数:
        text: 去掉开场与收尾之后的内容
        asked: 明说了要登记；没有明说的要先问
    """

    text: str
    reading: Reading
    asked: bool

    @property
    def is_bare(self) -> bool:
        """只有开场，还没有内容。"""
        return not self.text or is_courtesy(self.text)


def recognise(text: str, read: Callable[[str], Reading]) -> Recognised | None:
    """认一条消息；不是登记的为 `None`。

    参数:
        read: 按登记读一段文字
    """
    text = simplified(text)
    if found := opened(text):
        said = Recognised(found.text, read(found.text), asked=True)
        return said if said.is_bare or _has_content(said.reading) else None
    reading = read(text)
    return Recognised(text, reading, asked=False) if _seems(text, reading) else None


def is_asking(reading: Reading) -> bool:
    """问的是登记的事，不是在登记；内容齐全的不算。"""
    whole = {Field.SCHOOL, Field.PHONE} <= reading.fields
    return reading.question and not (whole or len(reading.labelled) > 1)


def _has_content(reading: Reading) -> bool:
    if is_asking(reading):
        return False
    return bool(reading.fields or reading.blank or reading.others)


def _seems(text: str, reading: Reading) -> bool:
    """没说要登记，内容却是一份登记：不是提问，几样都有，大半读得懂。"""
    whole = reading.fields >= WHOLE
    # “联系人还是我”的“还是”不是在问：三样都有、又没有问号的
    asking = reading.question and not (whole and not re.search("[?？]", text))
    if asking or (reading.correcting and not whole):
        return False
    labelled = len(reading.labelled) > 2 and bool(reading.labelled & WHOLE)
    if not (whole or (labelled and reading.fields & REACHING)):
        return False
    unread = sum(map(len, (*reading.leftover, *reading.unused)))
    return unread <= (_UNREAD_OF_WHOLE if whole else _UNREAD) * len(text)


def conceal(text: str, reading: Reading) -> str:
    """一条里说到怎样找到某个人的，把其中的姓名、号码遮住再记。"""
    if not reading.fields & REACHING and not any(o.number for o in reading.others):
        return text
    # 读出的都已写成简体
    text = simplified(text)
    secrets = {
        value: mask(field, value)
        for field, value in reading.values.items()
        if field in {Field.NAME, Field.PRINCIPAL, *REACHING, Field.ADDRESS}
    }
    secrets |= {
        problem.raw: mask_problem(field, problem.raw)
        for field, problem in reading.problems.items()
    }
    for other in reading.others:
        secrets[other.name] = mask(Field.NAME, other.name)
        if other.number:
            secrets[other.number] = mask(Field.PHONE, other.number)
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        text = text.replace(secret, secrets[secret])
    return text
