"""假的网关：记下发了什么，按吩咐失败、不明或断开。"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot import clock
from bot.errors import NotTaken, SendError, SendFailed
from bot.messages import Place, PlaceKind, ReceivedFile, Reply
from bot.outgoing import Fetched, History, SentMessage


def group(number: int | str, platform: str = "qq") -> Place:
    """一个群。"""
    return Place(platform, PlaceKind.GROUP, str(number))


@dataclass
class FakeGateways:
    """假的网关。

    参数:
        failures: 接下来各次发送抛的错；`None` 为成功
        delivers_anyway: 报不明的那次其实送到了
        has_history: 能否查历史
        others_since: 群里别人说话，最早从何时起
        members: 哪些账号在哪个群里；不写的都在
        messages: 按消息号能取到的消息
        files: 按文件号能取到的文件
        forwards: 能否合并转发
        forward_error: 合并转发时抛的错；没有则为 `None`
        recallable: 能否撤回
        refusal: 每次发送都抛的错；没有则为 `None`
        files: 按文件号能取到的文件
    """

    connected: list[str] = field(default_factory=lambda: ["10001"])
    failures: list[SendError | None] = field(default_factory=list)
    delivers_anyway: bool = False
    has_history: bool = True
    quota: int = 0
    notices: bool = False
    members: dict[Place, set[str]] = field(default_factory=dict)
    sent: list[tuple[str, Place, Reply]] = field(default_factory=list)
    own: dict[Place, list[SentMessage]] = field(default_factory=dict)
    others_since: dict[Place, datetime] = field(default_factory=dict)
    messages: dict[str, Fetched] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    forwards: bool = False
    forward_error: SendError | None = None
    recallable: bool = False
    refusal: SendError | None = None
    files: dict[str, bytes] = field(default_factory=dict)
    forwarded: list[tuple[str, list[str]]] = field(default_factory=list)
    recalled: list[str] = field(default_factory=list)
    all_mentioned: list[tuple[Place, str]] = field(default_factory=list)
    posted: list[tuple[Place, str]] = field(default_factory=list)

    def texts(self, place: Place | None = None) -> list[str]:
        """发出的文字。"""
        return [r.text for _, p, r in self.sent if place is None or p == place]

    def accounts(self, place: Place) -> Sequence[str]:
        return self.connected

    async def send(
        self, place: Place, reply: Reply, *, account: str = "", quote: str = ""
    ) -> str:
        if account not in self.members.get(place, {account}):
            raise SendFailed("已被移出该群", removed=True)
        if self.refusal is not None:
            raise self.refusal
        error = self.failures.pop(0) if self.failures else None
        if error is None or self.delivers_anyway:
            self.sent.append((account, place, reply))
            number = str(len(self.sent))
            message = SentMessage(number, reply.text, clock.now())
            self.own.setdefault(place, []).append(message)
        if error is not None:
            raise error
        return str(len(self.sent))

    async def forward(
        self, place: Place, title: str, pages: Sequence[str], *, account: str = ""
    ) -> str:
        if self.forward_error is not None:
            raise self.forward_error
        if not self.forwards:
            raise SendFailed("不支持")
        self.forwarded.append((title, list(pages)))
        return "forwarded"

    async def history(
        self, place: Place, *, account: str = "", count: int = 20
    ) -> History | None:
        if not self.has_history:
            return None
        own = self.own.get(place, [])
        known = [message.at for message in own]
        if place in self.others_since:
            known.append(self.others_since[place])
        return History(tuple(own), min(known, default=None))

    async def fetch(
        self, place: Place, message_id: str, *, account: str = ""
    ) -> Fetched | None:
        return self.messages.get(message_id)

    async def take(
        self, place: Place, file: ReceivedFile, *, account: str = "", most: int = 0
    ) -> ReceivedFile:
        if file.id not in self.files:
            raise NotTaken("没有取到")
        return file.holding(self.files[file.id])

    async def group_ids(self, platform: str, account: str) -> frozenset[str] | None:
        return frozenset(p.id for p, who in self.members.items() if account in who)

    async def recall(self, place: Place, message_id: str, *, account: str = "") -> bool:
        self.recalled.append(message_id)
        return self.recallable

    async def mention_all_quota(self, place: Place, *, account: str = "") -> int:
        return self.quota

    async def mention_all(
        self, place: Place, reply: Reply, *, account: str = ""
    ) -> str:
        self.all_mentioned.append((place, reply.text))
        return "all"

    async def notice(self, place: Place, text: str, *, account: str = "") -> None:
        if not self.notices:
            raise SendFailed("不支持群公告")
        self.posted.append((place, text))
