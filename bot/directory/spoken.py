"""人们查名录时怎样说：套话、不说名称的说法、问什么都常说的字组。"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from .sayings import Saying, read_sayings
from .talk import LEARNT_TALK, Talk

LEARNT_PLAIN = Path("learnt") / "plain.txt"
"""在知识文件夹里的位置，一行一个字组。"""
SAYINGS = "sayings"


@dataclass(frozen=True, slots=True)
class Spoken:
    """怎样说。

    参数:
        talk: 说在名称与所问的项旁边、不改变所问的词
        sayings: 不说名称，说行当、活计、专业
        plain: 问什么都常说的字组，说明不了问的是哪一个
    """

    talk: Talk = field(default_factory=Talk)
    sayings: Sequence[Saying] = ()
    plain: frozenset[str] = frozenset()

    @classmethod
    def load(cls, knowledge: Path) -> Self:
        """读知识文件夹里写的与学好的；没有的就没有。

        异常:
            KnowledgeError: 说法的文件有误
        """
        try:
            plain = (knowledge / LEARNT_PLAIN).read_text("utf-8").splitlines()
        except FileNotFoundError:
            plain = []
        talk = Talk.load(knowledge / LEARNT_TALK)
        return cls(talk, read_sayings(knowledge / SAYINGS), frozenset(plain))
