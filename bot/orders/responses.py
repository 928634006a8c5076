"""摆着一件等确认的事，人接着说的话是照办、不要、先放着、要改，还是在说别的。"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Self

from bot.knowledge.lexicon import OrderPhrasings

from .classifying import Classifier, Example, name_of

LEARNT_REACTIONS = Path("learnt") / "reactions.npz"
"""在知识文件夹里的位置。"""


class Reaction(StrEnum):
    """怎样应的。"""

    AGREE = "agree"
    DECLINE = "decline"
    WAIT = "wait"
    CHANGE = "change"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Felt:
    """听出来的。

    参数:
        confidence: 把握，0 到 1
    """

    reaction: Reaction
    confidence: float


@dataclass(frozen=True, slots=True)
class Responses:
    """听怎样应：照 `reactions.yaml` 学的。"""

    classifier: Classifier

    def hear(self, text: str) -> Felt:
        """听一句；没有字的（一张图、几个问号）不是在应什么。"""
        if not re.search(r"[^\W\d_]", text):
            return Felt(Reaction.OTHER, 1.0)
        chances = self.classifier.chances(text)
        best = int(chances.argmax())
        return Felt(Reaction(self.classifier.labels[best]), float(chances[best]))

    @classmethod
    def open(cls, path: Path, said: OrderPhrasings) -> Self:
        """读入学好的；没有的现在学。"""
        examples = [*_examples(said)]
        name = name_of(examples)
        return cls(Classifier.open(path, name, lambda: Classifier.learn(examples)))

    @staticmethod
    def learn(said: OrderPhrasings, path: Path) -> None:
        """学一遍，存作随知识带着的。

        异常:
            OSError: 写不了
        """
        examples = [*_examples(said)]
        Classifier.learn(examples).save(path, name_of(examples))


def _examples(said: OrderPhrasings) -> Iterator[Example]:
    for name, hands in said.orders.items():
        for own in hands.values():
            yield from ((text, name) for text in own)
    for own in said.others.values():
        yield from ((text, Reaction.OTHER) for text in own)
