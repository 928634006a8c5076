"""套话：查名录时说在名称与所问的项旁边、不改变所问的词，由各人的问法学来。"""

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Self

LEARNT_TALK = Path("learnt") / "talk.txt"
"""在知识文件夹里的位置，一行一个词。"""
LONGEST = 4
"""词最长几个字。"""


class Talk:
    """套话里的词。

    参数:
        words: 各词，规整过的
    """

    def __init__(self, words: Collection[str] = ()) -> None:
        self.words = frozenset(words)

    @classmethod
    def load(cls, path: Path) -> Self:
        """读学好的；没有就一个词也没有。"""
        try:
            return cls(path.read_text("utf-8").split())
        except FileNotFoundError:
            return cls()

    def without(self, names: Iterable[str]) -> "Talk":
        """名称里也有的词去掉，只留一个字的不管：它们在名称里说明不了什么。"""
        known = "\n".join(names)
        return Talk([w for w in self.words if len(w) == 1 or w not in known])

    def cover(self, text: str, *, shortest: int = 1) -> str:
        """套话换成一样长的空格。

        参数:
            shortest: 至少几个字的词才算
        """
        kept = list(text)
        start = 0
        while start < len(text):
            for length in range(LONGEST, shortest - 1, -1):
                if text[start : start + length] in self.words:
                    kept[start : start + length] = " " * length
                    start += length - 1
                    break
            start += 1
        return "".join(kept)
