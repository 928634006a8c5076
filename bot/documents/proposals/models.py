"""由一份文件提出的改动。"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """改的是什么；名字存在数据库里，不可改。"""

    ENTRY = "更新"
    SAME = "仍然有效"
    NEW = "新增"
    WINDOW = "日期"
    PERIOD = "周期"
    CHANNEL = "群与网址"
    CONTACT = "名录"


ANSWERS = frozenset({Kind.ENTRY, Kind.SAME, Kind.NEW, Kind.CHANNEL})
"""改的是问答：答案可以由人换一个写法。"""


class Status(StrEnum):
    """还没定、接受了、拒绝了、接受之后又撤销了。"""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """一处改动。

    参数:
        title: 哪个问题、哪个窗口、谁的联系方式
        before: 现在的；新增的为空
        after: 接受之后的
        label: 依据哪一条
        quote: 依据的原话
        payload: 照办所需的内容
        passage: 依据的是哪一段
        sure: 有把握；没有把握的列在后面，请人细看
    """

    kind: Kind
    title: str
    before: str
    after: str
    label: str
    quote: str
    page: int = 0
    payload: Mapping[str, Any] = field(default_factory=dict)
    passage: int = 0
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Proposed:
    """存着的一处改动。

    参数:
        number: 在这份文件里的序号
        made: 接受之后做成了什么
    """

    document: int
    number: int
    status: Status
    suggestion: Suggestion
    made: Mapping[str, Any]
