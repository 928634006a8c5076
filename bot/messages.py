"""一条消息在助手内部的样子：与聊天框架、协议版本无关。"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

SANDBOX_PLATFORM = "sandbox"
SANDBOX_WECHAT = "sandbox-wechat"
SANDBOX_PLATFORMS = frozenset({SANDBOX_PLATFORM, SANDBOX_WECHAT})
"""沙盒里的人和群自成平台，与真实的 QQ、微信互不相干。"""
WEBHOOK_PLATFORM = "wecom"
"""企业微信群机器人所在的平台；机器人的名称就是群号，也是账号。"""


ANONYMOUS = "80000000"
"""QQ 群里全部匿名成员共用的号。"""


class PlaceKind(StrEnum):
    """会话的种类。"""

    GROUP = "group"
    PRIVATE = "private"


@dataclass(frozen=True, slots=True)
class Place:
    """一个会话：某平台上的一个群，或与某人的私聊。

    参数:
        platform: 平台，如 `qq`、`wechat`、`sandbox`
        kind: 群聊或私聊
        id: 群号，或私聊对方的号
    """

    platform: str
    kind: PlaceKind
    id: str

    @property
    def is_group(self) -> bool:
        """是否群聊。"""
        return self.kind is PlaceKind.GROUP


@dataclass(frozen=True, slots=True)
class Person:
    """一个人；`name` 是群名片或昵称，不参与比较。"""

    platform: str
    id: str
    name: str = field(default="", compare=False)

    @property
    def is_anonymous(self) -> bool:
        """群里的匿名成员：许多人共用一个号，认不出是谁。"""
        return self.platform == "qq" and self.id == ANONYMOUS


@dataclass(frozen=True, slots=True)
class Quote:
    """被引用的那条消息。"""

    message_id: str
    text: str = ""
    by_assistant: bool = False


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """收到的一个文件；内容要另外向网关取。

    参数:
        name: 文件名；有的网关要取的时候才给
        id: 网关给的文件号
        url: 网关给的网址；没有则为空
        size: 多少字节；不知道为 0
        bus: QQ 群文件的 busid
        data: 内容；还没取为空
    """

    name: str
    id: str = ""
    url: str = ""
    size: int = 0
    bus: int = 0
    data: bytes = field(default=b"", repr=False)

    def holding(self, data: bytes, name: str = "") -> "ReceivedFile":
        """取来内容之后。"""
        return replace(self, name=name or self.name, data=data)


@dataclass(frozen=True, slots=True)
class Message:
    """收到的一条消息。

    参数:
        account: 收到它的助手账号
        place: 会话
        person: 发言人
        text: 纯文字部分，已去掉开头对助手的 @ 或称呼
        message_id: 网关给的消息号；有的网关不给，为空
        addressed: 是否在对助手说话（私聊、@、引用助手、叫名字）
        quote: 引用的消息
        mentions: 被 @ 的其他人
        images: 图片的网址或文件号
        unseen: 看不到内容的东西，如 `图片`、`语音`
        files: 图片、语音以外的文件
        at: 发出时间
        group: 群名；网关没给则为空
    """

    account: str
    place: Place
    person: Person
    text: str
    message_id: str
    addressed: bool
    at: datetime
    quote: Quote | None = None
    mentions: tuple[Person, ...] = ()
    images: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()
    files: tuple[ReceivedFile, ...] = ()
    group: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """随回复发出的文件。"""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Reply:
    """要发出的回复；文字永远按文字发，不解析任何消息码。

    参数:
        text: 正文
        quote: 群聊里是否引用来问
        mention: 要 @ 的人
        attachments: 图片以外的文件
        images: 本地图片
        private: 改为私聊发给来问的人
        on_sent: 发出后以网关给的消息号（可能为空）回调
    """

    text: str
    quote: bool = True
    mention: tuple[Person, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    images: tuple[Path, ...] = ()
    private: bool = False
    on_sent: "Callable[[str], Awaitable[None]] | None" = None


SILENCE = Reply("")
"""这条归这里管，但不出声，也不必再问别处。"""
