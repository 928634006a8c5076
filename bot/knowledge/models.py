"""知识的记录：文件里写什么，就是什么。"""

import re
from datetime import date
from typing import Annotated, NamedTuple

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from bot.access import NATIONWIDE


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("不能为空")
    return text.strip()


Text = Annotated[str, AfterValidator(_not_blank)]


class Phrasing(NamedTuple):
    """某个人的一种问法；`author` 是他的代号。"""

    text: str
    author: str


NOT_WRITTEN = "未载"
_NOTHING_SAID = re.compile("没有?(?:写|规定|说|提|全国统一)|没有资料")
FILES = "files"
"""知识文件里写的问法，都算这位作者的。"""


class Source(BaseModel):
    """一份来源文件。

    `region` 是适用地区，`全国` 表示人人适用；`year` 是内容所属年份。
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Text
    short: Text
    region: Text
    year: int = Field(ge=2000, le=2100)


class FileEntry(BaseModel):
    """知识文件里的一条。"""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{1,60}$")]
    question: Text
    answer: Text
    topic: Text | None = None
    variants: tuple[Text, ...] = ()
    unlike: tuple[Text, ...] = ()
    section: Text | None = None
    until: date | None = None


class Entry(BaseModel):
    """一条可供回答的知识：文件里的，或秘书处教的。

    参数:
        id: 条目编号；教的以 `local-` 开头
        topic: 不同文件里回答同一个问题的条目共有的话题
        beside: 没有话题的，与哪一条回答同一个问题（地区不同）
        unlike: 相近但不该由它回答的问法
        until: 答案里的期限，过后回答会注明已结束
        phrasings: 各人的问法
        corrected: 答案被秘书处更正过
    """

    model_config = ConfigDict(frozen=True)

    id: str
    question: str
    answer: str
    source: Source
    topic: str | None = None
    beside: str | None = None
    variants: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()
    section: str | None = None
    until: date | None = None
    phrasings: tuple[Phrasing, ...] = ()
    corrected: bool = False

    @property
    def wordings(self) -> tuple[str, ...]:
        """标准问法与全部变体。"""
        return (self.question, *self.variants)

    @property
    def asked(self) -> tuple[Phrasing, ...]:
        """全部问法，连同作者。"""
        own = (Phrasing(text, FILES) for text in self.wordings)
        return (*own, *self.phrasings)

    @property
    def matter(self) -> str:
        """回答的是哪件事：同一件事的几条，按地区与年份取用。"""
        return self.topic or f"#{self.beside or self.id}"

    @property
    def leaves_open(self) -> bool:
        """出处写着未载：说的是这份文件没有写。"""
        return self.section is not None and NOT_WRITTEN in self.section

    @property
    def says_nothing(self) -> bool:
        """开头就说没有写、没有规定。"""
        opening = re.split("[。；\n]", self.answer, maxsplit=1)[0]
        return self.leaves_open or _NOTHING_SAID.search(opening) is not None

    @property
    def is_national(self) -> bool:
        """是否不分地区。"""
        return self.source.region == NATIONWIDE
