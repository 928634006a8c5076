"""沙盒里的一条消息。"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .content import Part, plain_text
from .people import ChatPlace, Protocol, Role

_ID_SPAN = 2**31 - 1


class BubbleKind(StrEnum):
    """气泡的种类。"""

    MESSAGE = "message"
    ANNOUNCEMENT = "announcement"
    NOTE = "note"
    """页面上的说明，谁也没有说过。"""


@dataclass(frozen=True, slots=True)
class Quoted:
    """被引用的消息留下的摘要；原消息被清掉后摘要仍在。"""

    message_id: str
    name: str
    text: str
    user_id: str = ""


@dataclass(slots=True, eq=False)
class Bubble:
    """会话里的一条消息。

    参数:
        seq: 全局递增的序号，也作 v11 的 `real_seq`
        message_id: 消息号
        place: 会话
        sender_id: 发言人在该协议里的号
        sender_name: 发言人的名字
        role: 发言人的身份；助手没有
        parts: 内容
        at: 时间
        quote: 引用
        recalled: 已撤回
        essence: 被设为精华
        undelivered: 发出时助手不在线，没有收到
    """

    seq: int
    message_id: str
    place: ChatPlace
    sender_id: str
    sender_name: str
    role: Role | None
    parts: tuple[Part, ...]
    at: datetime
    quote: Quoted | None = None
    kind: BubbleKind = BubbleKind.MESSAGE
    recalled: bool = False
    essence: bool = False
    undelivered: bool = False

    @property
    def by_assistant(self) -> bool:
        """是否助手说的。"""
        return self.role is None and self.kind is not BubbleKind.NOTE

    @property
    def text(self) -> str:
        """纯文字。"""
        return plain_text(self.parts)


def message_id(seq: int, protocol: Protocol) -> str:
    """消息号：v11 像 NapCat 一样是看不出次序的 31 位正整数。"""
    if protocol is Protocol.V12:
        return f"wx{seq:x}"
    return str(seq * 1_103_515_245 % _ID_SPAN or 1)
