"""发件箱里的一条，从放进去到有了结果。"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from bot.messages import Person, Place, Reply

LATE_AFTER = timedelta(minutes=30)
"""比原定晚了这么久才算晚发：排队本身要些时间。"""

LATE_ROOM = 20
"""要注明补发的，拆分时给那句话留这么多字。"""


class Status(StrEnum):
    """一条的状态。

    `SENDING` 在交给网关之前就写进数据库：进程此后任何时候被杀，都知道它可能已经发出。
    """

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    FAILED = "failed"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


class Form(StrEnum):
    """怎么发：普通消息、@全体、群公告。"""

    MESSAGE = "message"
    MENTION_ALL = "mention_all"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """要放进发件箱的一条。

    参数:
        what: 哪件事，如 `window:3`、`broadcast:12`
        occurrence: 这件事的哪一次；同一次在同一处只会有一条
        text: 正文，过长的会拆成几条
        due_at: 原定何时发
        expires_at: 过了就不再发；`None` 为一直有效
        mark_late: 发晚了要不要在开头注明
        late_after: 比原定晚了多久算晚
        urgent: 有人等着，安静时段也发
        by: 代表谁发；发出时再查一次他的权限，`None` 为助手自己
        ordered_in: 在哪里托办的
    """

    what: str
    occurrence: str
    place: Place
    text: str
    due_at: datetime
    images: tuple[Path, ...] = ()
    mention: tuple[Person, ...] = ()
    form: Form = Form.MESSAGE
    expires_at: datetime | None = None
    mark_late: bool = False
    late_after: timedelta = LATE_AFTER
    urgent: bool = False
    by: Person | None = None
    ordered_in: Place | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """到发的时候才定的内容。"""

    text: str
    mention: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """到发的时候才知道不该发；`reason` 写给人看。"""

    reason: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """发件箱里的一条现在的样子。

    参数:
        text: 待发的是要发的文字，交给过网关的是当时交出去的文字
        account: 由哪个账号发
        sending_at: 最近一次交给网关的时刻
        reason: 没发成，或与要求有出入的原因，写给人看
        ordered_in: 在哪个群里托办的；不是在群里的为 `None`
    """

    id: int
    what: str
    occurrence: str
    place: Place
    part: int
    form: Form
    text: str
    images: tuple[Path, ...]
    mention: tuple[Person, ...]
    status: Status
    due_at: datetime
    account: str
    attempts: int
    sending_at: datetime | None
    message_id: str
    reason: str
    by: Person | None = None
    ordered_in: Place | None = None
    late_at: datetime | None = None
    expires_at: datetime | None = None

    @property
    def content(self) -> Content:
        """照放进来的样子发，是什么内容。"""
        return Content(self.text, self.mention)

    @property
    def reply(self) -> Reply:
        """交给网关的样子。"""
        return Reply(self.text, quote=False, mention=self.mention, images=self.images)
