"""一次广播，从草稿到结果。"""

from dataclasses import dataclass
from pathlib import Path

from bot.outbox import Form, Status

CORRECTION = "【更正】"
"""更正发过的一条，这样开头。"""


@dataclass(frozen=True, slots=True)
class Draft:
    """一条广播的内容；`regions` 为空是发起人管的全部群。"""

    text: str
    regions: tuple[str, ...] = ()
    form: Form = Form.MESSAGE
    images: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Forecast:
    """现在发会怎样。

    参数:
        parts: 每个群拆成几条
        seconds: 连同前面排着的，全部发完要几秒
        resting: 现在不发，早上才开始
        overnight: 今天发不完
        offline: 有几个群的账号没连着
    """

    parts: int
    seconds: float
    resting: bool
    overnight: bool
    offline: int


@dataclass(frozen=True, slots=True)
class GroupOutcome:
    """一个群的结果；长消息的几段合看，取最差的。"""

    name: str
    status: Status
    reason: str


@dataclass(frozen=True, slots=True)
class Progress:
    """一次广播的进度，没发成的群在前。"""

    number: int
    counts: dict[Status, int]
    groups: tuple[GroupOutcome, ...]


@dataclass(frozen=True, slots=True)
class Stopped:
    """停下之后：停了几条，几条已交给网关、还不知道送到没有。"""

    cancelled: int
    in_doubt: int
