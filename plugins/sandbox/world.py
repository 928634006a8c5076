"""沙盒的世界：会话、人、每个会话的记录，以及旁听的人；与任何框架无关。"""

import itertools
import time
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import TypeAlias

from nonebot.log import logger

from bot import clock
from bot.messages import PlaceKind

from .blobs import BlobStore
from .content import Part
from .people import (
    ASSISTANT_NAME,
    GROUPS,
    PERSONAS,
    ChatPlace,
    Persona,
    Protocol,
    Role,
)
from .talk import Bubble, BubbleKind, Quoted, message_id


class Change(StrEnum):
    """世界里发生的事。"""

    ADDED = "added"
    UPDATED = "updated"
    PEOPLE = "people"
    """来了新人。"""
    LINK = "link"
    """网关连上、断开，或故障设置变了。"""


def _number(name: str) -> int:
    return 100_000 + zlib.crc32(name.encode()) % 900_000


Listener: TypeAlias = Callable[[Change, Bubble | None], None]


class World:
    """沙盒的全部状态。

    参数:
        groups: 群
        personas: 可以扮演的人
        history_limit: 每个会话最多留多少条
    """

    def __init__(
        self,
        groups: Iterable[ChatPlace] = GROUPS,
        personas: Iterable[Persona] = PERSONAS,
        *,
        history_limit: int = 500,
    ) -> None:
        self.blobs = BlobStore()
        self._limit = history_limit
        self._places: dict[str, ChatPlace] = {group.key: group for group in groups}
        self._by_id = {
            (place.protocol, place.kind, place.id): place
            for place in self._places.values()
        }
        self._personas: dict[int, Persona] = {item.number: item for item in personas}
        self._assistants: dict[Protocol, str] = {}
        self._history: dict[str, deque[Bubble]] = {}
        self._by_message: dict[str, Bubble] = {}
        self._listeners: list[Listener] = []
        self._sequence = itertools.count(time.time_ns() // 1000)

    # 会话与人

    @property
    def groups(self) -> list[ChatPlace]:
        """全部群，按登记的次序。"""
        return [place for place in self._places.values() if place.is_group]

    @property
    def personas(self) -> list[Persona]:
        """全部可以扮演的人。"""
        return list(self._personas.values())

    def place(self, key: str) -> ChatPlace:
        """按短名取会话。

        异常:
            KeyError: 没有这个会话
        """
        return self._places[key]

    def persona(self, number: int) -> Persona:
        """按号取人。

        异常:
            KeyError: 没有这个人
        """
        return self._personas[number]

    def add_group(
        self, group_id: str, name: str, protocol: Protocol = Protocol.V11
    ) -> ChatPlace:
        """添一个群，已有则返回原来的。"""
        if (found := self.find_place(protocol, PlaceKind.GROUP, group_id)) is not None:
            return found
        key = f"{protocol}-{group_id}"
        return self._register(ChatPlace(key, name, protocol, PlaceKind.GROUP, group_id))

    def add_persona(self, name: str, role: Role = Role.TEACHER) -> Persona:
        """添一个人，号由名字而来，重启后还是他；同名的人已在时返回原来的。"""
        for persona in self._personas.values():
            if persona.name == name:
                return persona
        number = _number(name)
        while number in self._personas:
            number += 1
        persona = Persona(number, name, role)
        self._personas[number] = persona
        self.notify(Change.PEOPLE)
        return persona

    def private(self, persona: Persona, protocol: Protocol = Protocol.V11) -> ChatPlace:
        """某人与助手的私聊。"""
        user_id = persona.id_in(protocol)
        found = self.find_place(protocol, PlaceKind.PRIVATE, user_id)
        if found is not None:
            return found
        key = f"private-{user_id}"
        name = ASSISTANT_NAME if protocol is Protocol.V11 else f"{ASSISTANT_NAME}·微信"
        return self._register(
            ChatPlace(key, name, protocol, PlaceKind.PRIVATE, user_id)
        )

    def _register(self, place: ChatPlace) -> ChatPlace:
        self._places[place.key] = place
        self._by_id[place.protocol, place.kind, place.id] = place
        return place

    def find_place(
        self, protocol: Protocol, kind: PlaceKind, place_id: str
    ) -> ChatPlace | None:
        """按协议里的号找会话。"""
        return self._by_id.get((protocol, kind, place_id))

    def find_persona(self, protocol: Protocol, user_id: str) -> Persona | None:
        """按协议里的号找人。"""
        for persona in self._personas.values():
            if persona.id_in(protocol) == user_id:
                return persona
        return None

    def set_assistant(self, protocol: Protocol, user_id: str) -> None:
        """登记助手在某种协议里的号。"""
        self._assistants[protocol] = user_id

    def assistant_id(self, protocol: Protocol) -> str:
        """助手在某种协议里的号；没有网关时为空。"""
        return self._assistants.get(protocol, "")

    def name_of(self, protocol: Protocol, user_id: str) -> str:
        """号对应的名字；不认识的就用号。"""
        if user_id == "all":
            return "全体成员"
        if user_id == self._assistants.get(protocol):
            return ASSISTANT_NAME
        persona = self.find_persona(protocol, user_id)
        return persona.name if persona is not None else user_id

    # 记录

    def history(self, place: ChatPlace) -> list[Bubble]:
        """一个会话的记录，旧的在前。"""
        return list(self._history.get(place.key, ()))

    def latest(self, place: ChatPlace) -> Bubble | None:
        """一个会话的最后一条。"""
        history = self._history.get(place.key)
        return history[-1] if history else None

    def since(self, place: ChatPlace, seq: int) -> list[Bubble]:
        """某序号之后的消息，旧的在前。"""
        found: list[Bubble] = []
        for bubble in reversed(self._history.get(place.key, ())):
            if bubble.seq <= seq:
                break
            found.append(bubble)
        return found[::-1]

    def find(self, message_id: str) -> Bubble | None:
        """按消息号找消息。"""
        return self._by_message.get(message_id)

    def post(
        self,
        place: ChatPlace,
        sender: Persona | None,
        parts: Sequence[Part],
        *,
        quote: Quoted | None = None,
        kind: BubbleKind = BubbleKind.MESSAGE,
        undelivered: bool = False,
    ) -> Bubble:
        """在会话里说一条。

        参数:
            place: 会话
            sender: 发言人；`None` 是助手
            parts: 内容
            quote: 引用
            kind: 普通消息或群公告
            undelivered: 助手不在线，收不到
        """
        seq = next(self._sequence)
        protocol = place.protocol
        bubble = Bubble(
            seq=seq,
            message_id=message_id(seq, protocol),
            place=place,
            sender_id=(
                sender.id_in(protocol) if sender else self.assistant_id(protocol)
            ),
            sender_name=sender.name if sender else ASSISTANT_NAME,
            role=sender.role if sender else None,
            parts=tuple(parts),
            at=clock.now(),
            quote=quote,
            kind=kind,
            undelivered=undelivered,
        )
        history = self._history.setdefault(place.key, deque())
        history.append(bubble)
        self._by_message[bubble.message_id] = bubble
        if len(history) > self._limit:
            self._by_message.pop(history.popleft().message_id, None)
        self.notify(Change.ADDED, bubble)
        return bubble

    def quoted(self, message_id: str) -> Quoted | None:
        """引用某条消息时留下的摘要；找不到那条时为 `None`。"""
        bubble = self.find(message_id)
        if bubble is None:
            return None
        return Quoted(message_id, bubble.sender_name, bubble.text, bubble.sender_id)

    def recall(self, bubble: Bubble) -> None:
        """撤回一条。"""
        bubble.recalled = True
        self.notify(Change.UPDATED, bubble)

    def mark_essence(self, bubble: Bubble) -> None:
        """设为精华。"""
        bubble.essence = True
        self.notify(Change.UPDATED, bubble)

    # 旁听

    def listen(self, listener: Listener) -> Callable[[], None]:
        """旁听世界里发生的事。

        参数:
            listener: 每件事调用一次

        返回:
            不再旁听时调用
        """
        self._listeners.append(listener)

        def stop() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return stop

    def notify(self, change: Change, bubble: Bubble | None = None) -> None:
        """告诉所有旁听的人；一个出错不影响其他。"""
        for listener in list(self._listeners):
            try:
                listener(change, bubble)
            except Exception:
                logger.exception("沙盒页面刷新失败")
