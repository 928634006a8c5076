"""对上的名称：是谁，对得多准，有多不会弄混；由它写成的候选编号。"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import NamedTuple

from .phrases import Attribute

SOURCE = "directory"
"""名录这个来源的名字。"""
MARK = 0xE000
"""名称在原处换成的记号，从私用区的第一个字开始。"""
MARKED = re.compile("[\ue000-\uf8ff]")
TIE = 0.05
"""得分相差不到这么多的，算不分上下。"""


class Kind(StrEnum):
    """是什么的名称。"""

    CERTIFICATE = "cert"
    ORGANISATION = "org"
    PERSON = "person"


class Entity(NamedTuple):
    """一个证书、机构或人。"""

    kind: Kind
    name: str


class Clarity(IntEnum):
    """名称本身有多不会弄混：放在闲谈里，还是不是在说它。"""

    WORD = 0
    """也是日常用的词，如 快递、前端、首都机场。"""
    NAME = 1
    """正式的名称，但只有几个字，如 污水处理。"""
    UNMISTAKABLE = 2
    """够长，不会是别的。"""


class Quality(IntEnum):
    """名称对上的程度。"""

    NEAR = 1
    """只是相近，只能反问。"""
    PIECE = 2
    """只是名称里的几个字（“企业”“运营服务”），说的未必是它，也只能反问。"""
    PART = 3
    """是名称的大半，或跳着缩写。"""
    TYPO = 4
    """有错字、同音字、漏字、颠倒。"""
    EXACT = 5
    """名称或别名，拼音首字母也算。"""


@dataclass(frozen=True, slots=True)
class Match:
    """一个对上的实体；`score` 在 0 到 1 之间，同一程度内可比。

    参数:
        clarity: 对上的这个名称有多不会弄混
    """

    entity: Entity
    quality: Quality
    score: float
    clarity: Clarity = Clarity.WORD


@dataclass(frozen=True, slots=True)
class Mention:
    """问话里原样出现的名称：起止位置与对上的实体。"""

    start: int
    end: int
    text: str
    matches: tuple[Match, ...]

    @property
    def entities(self) -> tuple[Entity, ...]:
        """可能的实体。"""
        return tuple(match.entity for match in self.matches)


@dataclass(frozen=True, slots=True)
class Key:
    """一个候选，编号如 `cert:物流管理#phone+email`。

    参数:
        kind: cert、org、person、number、email、list、none
        name: 名称、号码，或清单的题目如 `field:数控`；几个名称用 `|` 隔开
        attributes: 问的各项
    """

    kind: str
    name: str
    attributes: tuple[Attribute, ...] = ()

    def __str__(self) -> str:
        tail = "+".join(attribute.value for attribute in self.attributes)
        return f"{self.kind}:{self.name}" + (f"#{tail}" if tail else "")

    @property
    def names(self) -> list[str]:
        """各个名称。"""
        return self.name.split("|")

    @classmethod
    def read(cls, text: str) -> "Key":
        """读回编号。"""
        kind, _, rest = text.partition(":")
        name, _, tail = rest.rpartition("#") if "#" in rest else (rest, "", "")
        attributes = tuple(Attribute(part) for part in tail.split("+") if part)
        return cls(kind, name, attributes)

    def asking(self, attributes: Iterable[Attribute]) -> "Key":
        """同一个对象，换问别的项。"""
        return Key(self.kind, self.name, tuple(attributes))


def leading(matches: Sequence[Match]) -> list[Match]:
    """不分上下的第一名：程度相同，得分相近。"""
    if not matches:
        return []
    best = matches[0]
    return [
        match
        for match in matches
        if match.quality == best.quality and best.score - match.score < TIE
    ]


def mask(text: str, mentions: Sequence[Mention]) -> str:
    """名称换成记号，免得里面的字被当成套话。"""
    for number, mention in reversed(list(enumerate(mentions))):
        text = text[: mention.start] + chr(MARK + number) + text[mention.end :]
    return text


def restore(text: str, mentions: Sequence[Mention]) -> str:
    """记号换回名称。"""
    return MARKED.sub(lambda mark: mentions[ord(mark[0]) - MARK].text, text)
