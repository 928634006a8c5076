"""助手能请网关做的事：与协议无关，`bot.chat` 实现。"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.messages import SANDBOX_PLATFORM, Place, ReceivedFile, Reply
from bot.text.splitting import split, utf8_size

LARGEST_FILE = 5 * 1024 * 1024
"""收到的文件，不另说就最多取这么多字节。"""
TEXT_LIMIT = 1500
"""QQ 一条消息最多的字数：更长的常被网关或 QQ 悄悄丢掉。"""
BYTES_LIMIT = 1900
"""别的平台按字节算：企业微信、微信客服、公众号的一条文字都是最多 2048 字节，
@ 的人也在其中。"""


def pieces(text: str, platform: str, *, room: int = 0) -> list[str]:
    """拆成这个平台一条放得下的几条。

    参数:
        room: 每条另外留出几个汉字的地方
    """
    if platform in ("qq", SANDBOX_PLATFORM):
        return split(text, TEXT_LIMIT - room)
    return split(text, BYTES_LIMIT - room * utf8_size("字"), utf8_size)


@dataclass(frozen=True, slots=True)
class SentMessage:
    """从网关的历史里查到的、助手自己发过的一条。"""

    message_id: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class History:
    """从网关查到的一个会话最近的历史。

    参数:
        own: 其中助手自己发的，旧的在前
        since: 查到的最早一条（不论谁发的）的时刻；什么也没查到则为 `None`
    """

    own: tuple[SentMessage, ...] = ()
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """按消息号取回的一条；`images` 是图片的网址或文件号。"""

    text: str
    images: tuple[str, ...] = ()


class Gateways(Protocol):
    """当前连着的全部网关账号。"""

    def accounts(self, place: Place) -> Sequence[str]:
        """连着的、属于这个平台的账号，顺序固定；没有则为空。"""
        ...

    async def send(
        self, place: Place, reply: Reply, *, account: str = "", quote: str = ""
    ) -> str:
        """发一条消息，返回网关给的消息号（有的网关不给，为空）；太长的拆成几条。

        参数:
            account: 用哪个账号，空为任意一个
            quote: 要引用的消息号

        异常:
            SendFailed: 确定没有送到
            SendUnknown: 不知道送到没有
            NotConnected: 没有连着的账号
        """
        ...

    async def forward(
        self, place: Place, title: str, pages: Sequence[str], *, account: str = ""
    ) -> str:
        """把几页文字合并转发；网关不支持时抛 `SendFailed`。异常同 `send`。"""
        ...

    async def history(
        self, place: Place, *, account: str = "", count: int = 20
    ) -> History | None:
        """查最近的历史，看自己发过什么；网关不支持或这次没查成则为 `None`。"""
        ...

    async def fetch(
        self, place: Place, message_id: str, *, account: str = ""
    ) -> Fetched | None:
        """按消息号取一条消息的全文与图片；取不到则为 `None`。"""
        ...

    async def take(
        self,
        place: Place,
        file: ReceivedFile,
        *,
        account: str = "",
        most: int = 5 * 1024 * 1024,
    ) -> ReceivedFile:
        """取来一个收到的文件的内容。

        参数:
            most: 最多多少字节

        异常:
            NotTaken: 太大，或取不到
        """
        ...

    async def group_ids(self, platform: str, account: str) -> frozenset[str] | None:
        """一个账号在哪些群里；网关不支持或这次没查成则为 `None`。"""
        ...

    async def recall(self, place: Place, message_id: str, *, account: str = "") -> bool:
        """撤回一条消息，返回是否成功。"""
        ...

    async def mention_all_quota(self, place: Place, *, account: str = "") -> int:
        """今天在这个群还能 @全体 几次；无权或不支持为 0。"""
        ...

    async def mention_all(
        self, place: Place, reply: Reply, *, account: str = ""
    ) -> str:
        """发一条 @全体成员 的消息。异常同 `send`。"""
        ...

    async def notice(self, place: Place, text: str, *, account: str = "") -> None:
        """发群公告；网关不支持时抛 `SendFailed`。异常同 `send`。"""
        ...
