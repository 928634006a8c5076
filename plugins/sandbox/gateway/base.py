"""两种模拟网关的共同部分：替人说话、回答助手的调用、等助手回复。"""

import json
from abc import abstractmethod
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar

from nonebot.log import logger

from bot.messages import PlaceKind
from plugins.sandbox.blobs import BlobError
from plugins.sandbox.content import AtPart, ImagePart, Part, TextPart, merge_text
from plugins.sandbox.people import ASSISTANT_NAME, ChatPlace, Persona, Protocol
from plugins.sandbox.talk import Bubble, BubbleKind, Quoted
from plugins.sandbox.world import Change, World

from .actions import Action, Params, Refusal, collect
from .faults import FaultMode, Faults
from .listening import Call, Listening


class SimulatedGateway(Listening):
    """一个模拟网关。

    参数:
        url: 助手的 WebSocket 地址
        token: 访问令牌
        self_id: 助手的账号
        platform: 平台名，默认是沙盒的
        world: 所在的世界，默认新造一个
        http_base: 助手的网址，用于图片地址
        heartbeat: 心跳间隔，秒
        faults: 故障设置
    """

    protocol: ClassVar[Protocol]
    _actions: ClassVar[dict[str, Action]]
    _unknown_action: ClassVar[int]
    _bad_params: ClassVar[int]
    _internal_error: ClassVar[int]
    _outcomes: ClassVar[dict[FaultMode, tuple[int, str]]]

    def __init__(
        self,
        url: str,
        token: str | None,
        self_id: str,
        platform: str = "",
        world: World | None = None,
        *,
        http_base: str = "",
        heartbeat: float = 30,
        faults: Faults | None = None,
    ) -> None:
        super().__init__(url, token, heartbeat, world if world is not None else World())
        self.self_id = self_id
        self.platform = platform or self.protocol.platform
        self.http_base = http_base
        self.faults = faults or Faults()
        self.world.set_assistant(self.protocol, self_id)

    def __init_subclass__(cls) -> None:
        cls._actions = collect(cls)

    # 替人说话

    def place(self, place: ChatPlace | str, persona: Persona) -> ChatPlace:
        """会话或它的短名；`private` 是这个人与助手的私聊。"""
        if isinstance(place, ChatPlace):
            return place
        if place == "private":
            return self.world.private(persona, self.protocol)
        return self.world.place(place)

    async def say(
        self,
        place: ChatPlace | str,
        persona: Persona,
        text: str | Sequence[Part],
        *,
        at_assistant: bool = False,
        quote: str | None = None,
        images: Sequence[bytes | Path] = (),
    ) -> str:
        """替一个人说一句话。

        参数:
            place: 会话，或它的短名
            persona: 发言人
            text: 文字（按原样），或含 @ 的内容
            at_assistant: 开头 @ 助手
            quote: 引用的消息号
            images: 图片内容或文件

        返回:
            消息号；没有连着助手时消息只留在页面上，标为没有收到

        异常:
            ValueError: 会话不属于这个网关，或是别人的私聊
        """
        target = self.place(place, persona)
        self._check_place(target, persona)
        parts: list[Part] = []
        if at_assistant:
            parts += [AtPart(self.self_id, ASSISTANT_NAME), TextPart(" ")]
        parts += [TextPart(text)] if isinstance(text, str) else text
        parts += [self._picture(image) for image in images]
        quoted = self._quoted(quote) if quote is not None else None
        bubble = self.world.post(
            target,
            persona,
            merge_text(parts),
            quote=quoted,
            undelivered=not self.connected,
        )
        self._said[target.key] = bubble.seq
        if not bubble.undelivered:
            try:
                await self.send_event(self.message_event(bubble))
                self.counters.events += 1
            except ConnectionError:
                bubble.undelivered = True
                self.world.notify(Change.UPDATED, bubble)
        return bubble.message_id

    def _check_place(self, place: ChatPlace, persona: Persona) -> None:
        if place.protocol is not self.protocol:
            raise ValueError(f"{place.name}不归{self.label}管")
        if not place.is_group and place.id != persona.id_in(self.protocol):
            raise ValueError(f"{persona.name}不能在别人的私聊里说话")

    def _picture(self, image: bytes | Path) -> ImagePart:
        if isinstance(image, bytes):
            blob = self.world.blobs.add(image, "图片.png")
        else:
            blob = self.world.blobs.load(str(image))
        return ImagePart(blob.id, name=blob.name)

    def _quoted(self, message_id: str) -> Quoted:
        return self.world.quoted(message_id) or Quoted(message_id, "", "原消息已不可见")

    async def send_event(self, event: dict[str, Any]) -> None:
        """发一个事件。

        异常:
            ConnectionError: 没有连着
        """
        await self.send_raw(json.dumps(event, ensure_ascii=False))

    @abstractmethod
    def message_event(self, bubble: Bubble) -> dict[str, Any]:
        """一条消息在协议里的事件；原样再发一次即是重复事件。"""

    # 回答助手的调用

    async def _receive(self, frame: str | bytes) -> None:
        self.counters.received += 1
        try:
            request = json.loads(frame)
            name = request["action"]
            params = request.get("params") or {}
            if not isinstance(name, str) or not isinstance(params, dict):
                raise TypeError("动作或参数的类型不对")
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            self.counters.malformed += 1
            logger.warning(f"{self.label}读不懂助手发来的一帧：{error!r}")
            return
        answer = await self._answer(name, params)
        if answer is None:
            return
        if "echo" in request:
            answer["echo"] = request["echo"]
        with suppress(ConnectionError):
            await self.send_event(answer)

    async def _answer(self, name: str, params: Params) -> dict[str, Any] | None:
        self.counters.actions[name] += 1
        entry = self._actions.get(name)
        mode = self.faults.draw() if entry and entry.sends else FaultMode.NORMAL
        self.calls.append(Call(name, params, mode))
        self._called.set()
        if entry is None:
            return self._failure(self._unknown_action, f"不支持的动作：{name}")
        if mode is not FaultMode.NORMAL:
            logger.info(f"{self.label}按故障演示处理 {name}：{mode.label}")
            self._note(params, mode)
        if mode is FaultMode.DROP:
            return None
        outcome = self._outcomes.get(mode)
        if outcome is not None and mode is not FaultMode.TIMEOUT_DELIVERED:
            return self._failure(*outcome)
        try:
            data = await getattr(self, entry.method)(params)
        except Refusal as refusal:
            return self._failure(refusal.retcode, refusal.message)
        except BlobError as error:
            return self._failure(self._bad_params, str(error))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            return self._failure(self._bad_params, f"参数不对：{error!r}")
        except Exception:
            logger.exception(f"{self.label}处理 {name} 时出错")
            return self._failure(self._internal_error, "网关内部错误")
        return self._failure(*outcome) if outcome else self._success(data)

    def _success(self, data: Any) -> dict[str, Any]:
        return {
            "status": "ok",
            "retcode": 0,
            "data": data,
            "message": "",
            "wording": "",
        }

    def _failure(self, retcode: int, message: str) -> dict[str, Any]:
        return {
            "status": "failed",
            "retcode": retcode,
            "data": None,
            "message": message,
            "wording": message,
        }

    def deliver(
        self,
        place: ChatPlace,
        parts: Sequence[Part],
        quote: Quoted | None = None,
        kind: BubbleKind = BubbleKind.MESSAGE,
    ) -> Bubble:
        """把助手说的话送到会话里。"""
        self.counters.delivered += 1
        return self.world.post(place, None, merge_text(parts), quote=quote, kind=kind)

    def _note(self, params: Params, mode: FaultMode) -> None:
        """在页面上说明助手的话为什么没有出现。"""
        self._changed()
        with suppress(Refusal, KeyError, TypeError, ValueError):
            text = TextPart(f"故障演示：助手发来一条，网关{mode.label}")
            place = self._target(params)
            self.world.post(place, None, [text], kind=BubbleKind.NOTE)

    @abstractmethod
    def _target(self, params: Params) -> ChatPlace:
        """一次发送要发到哪里。"""

    def _group(self, group_id: str) -> ChatPlace:
        place = self.world.find_place(self.protocol, PlaceKind.GROUP, group_id)
        if place is None:
            raise Refusal(*self._outcomes[FaultMode.REMOVED])
        return place

    def _member(self, user_id: str) -> Persona:
        persona = self.world.find_persona(self.protocol, user_id)
        if persona is None:
            raise Refusal(self._bad_params, f"没有这个人：{user_id}")
        return persona

    def _bubble(self, message_id: str) -> Bubble:
        bubble = self.world.find(message_id)
        if bubble is None or bubble.recalled:
            raise Refusal(self._message_gone, "消息不存在")
        return bubble

    @property
    def _message_gone(self) -> int:
        return self._bad_params

    def _groups(self) -> list[ChatPlace]:
        return [item for item in self.world.groups if item.protocol is self.protocol]

    def _sent(self) -> None:
        self.counters.sent += 1

    def announce(self) -> None:
        """告诉页面：连接或故障设置变了。"""
        self.world.notify(Change.LINK)

    def _changed(self) -> None:
        self.announce()
