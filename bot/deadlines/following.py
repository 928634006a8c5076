"""接着问时间：“那山东呢”“再下一次呢”“到几号为止”。"""

import re
from dataclasses import dataclass, replace

from bot.answering import Question
from bot.text import fold

from .understanding import Intent

NAME = "deadlines"
_WHEN = r"(?:是|在|到|从)?(?:什么时候|几号|几月几号|哪天|多久)"
_NEXT = re.compile(
    rf"(?:那|然后)*再?(?P<down>下+)一?[次期回轮](?:的)?(?:时间)?(?:{_WHEN}(?:交|报|截止|开始)?)?呢?"
)
_BOUND = re.compile(
    rf"那?(?:{_WHEN})(?:为止|截止|截至|结束|止|开始|开放)呢?|到(?:什么时候|几号|哪天)呢?|"
    r"那?(?:截止|结束|开始)(?:时间|日期)?呢?"
)
LONGEST_PLACE = 8


@dataclass(frozen=True, slots=True)
class Key:
    """一个候选，编号如 `REPORT`、`WHEN+1`。

    参数:
        after: 现在这一次之后的第几次；0 是现在这一次
    """

    intent: Intent
    after: int = 0

    def __str__(self) -> str:
        return f"{self.intent.name}+{self.after}" if self.after else self.intent.name

    @classmethod
    def read(cls, text: str) -> "Key | None":
        """读回编号；不是编号为 `None`。"""
        name, _, after = text.partition("+")
        if name not in Intent.__members__:
            return None
        return cls(Intent[name], int(after or 0))


def follow(question: Question) -> Key | None:
    """接着刚答过的时间问的是什么；不是接着问的为 `None`。"""
    previous = question.previous
    before = Key.read(previous.key) if previous and previous.source == NAME else None
    if before is None:
        return None
    said = fold(question.words)
    if (found := _NEXT.fullmatch(said)) is not None:
        # “下下次”从现在这一次数起，“再下一次”从刚说的那次数起
        jump = len(found["down"])
        after = jump if jump > 1 else before.after + 1
        return replace(before, after=after)
    if _BOUND.fullmatch(said):
        return before
    short = len(question.text) <= LONGEST_PLACE and question.named_region is not None
    return replace(before, after=0) if short else None
