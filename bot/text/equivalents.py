"""这一行的同义说法：口令就是密码，送审就是提交审核；写在词表里，人可以改。"""

import re
from functools import cached_property
from typing import Self

from pydantic import ConfigDict, RootModel, model_validator

from .folding import fold, normalise

SHORTEST = 2
"""一个字的说法太容易是别的词的一部分。"""


class Equivalents(RootModel[dict[str, list[str]]]):
    """正名 → 另外的说法。"""

    model_config = ConfigDict(frozen=True, ignored_types=(cached_property,))

    root: dict[str, list[str]] = {}

    @model_validator(mode="after")
    def _each_means_one_thing(self) -> Self:
        owners: dict[str, str] = {}
        for standard, others in self.root.items():
            if not others:
                raise ValueError(f"「{standard}」没有写另外的说法")
            for word in others:
                _check(word, standard)
                if word in self.root:
                    raise ValueError(f"「{word}」是正名，不能又是「{standard}」的说法")
                if word in owners:
                    raise ValueError(
                        f"「{word}」写了两处：「{owners[word]}」与「{standard}」"
                    )
                owners[word] = standard
        return self

    def fold(self, text: str) -> str:
        """折叠，并把这一行的同义说法换成正名。"""
        folded = fold(text)
        if self._pattern is None:
            return folded
        return self._pattern.sub(lambda found: self._standards[found[0]], folded)

    @cached_property
    def _standards(self) -> dict[str, str]:
        """折叠后的说法 → 折叠后的正名。"""
        return {
            fold(word): fold(standard)
            for standard, words in self.root.items()
            for word in words
        }

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        """长的先认；没有同义说法为 `None`。"""
        words = sorted(self._standards, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, words))) if words else None


def _check(word: str, standard: str) -> None:
    if len(normalise(word)) < SHORTEST:
        raise ValueError(f"「{word}」太短，至少要有{SHORTEST}个字")
    if normalise(word) in normalise(standard):
        raise ValueError(f"「{word}」就在正名「{standard}」里，换了还会再换")
