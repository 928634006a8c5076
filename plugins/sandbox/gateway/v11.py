"""OneBot v11 的模拟网关，行为照着 NapCat。"""

import asyncio
import base64
import time
from typing import Any, ClassVar

from plugins.sandbox.content import FilePart, ForwardPart, ImagePart, Part, TextPart
from plugins.sandbox.people import ASSISTANT_NAME, ChatPlace, Persona, Protocol
from plugins.sandbox.talk import Bubble, BubbleKind

from .actions import Params, Refusal, action
from .base import SimulatedGateway
from .faults import FaultMode
from .wire_v11 import raw_message, read_message, read_nodes, segments

_DAILY_AT_ALL = 20


class V11Gateway(SimulatedGateway):
    """扮演 QQ 一侧的网关，连到 `/onebot/v11/ws`。"""

    protocol: ClassVar[Protocol] = Protocol.V11
    label: ClassVar[str] = "沙盒的 QQ 网关"
    _unknown_action = 1404
    _bad_params = 1400
    _internal_error = 1200
    _outcomes: ClassVar[dict[FaultMode, tuple[int, str]]] = {
        FaultMode.TIMEOUT_DELIVERED: (1200, "Timeout: sendMsg"),
        FaultMode.TIMEOUT_LOST: (1200, "Timeout: sendMsg"),
        FaultMode.ERROR: (1400, "参数错误"),
        FaultMode.REMOVED: (1200, "result:110 已被移出该群"),
    }

    def _headers(self) -> dict[str, str]:
        headers = {"X-Self-ID": self.self_id, "X-Client-Role": "Universal"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        return headers

    async def _greet(self) -> None:
        await self.send_event(
            self._meta("lifecycle", sub_type="connect"),
        )

    async def _send_heartbeat(self) -> None:
        status = {"online": True, "good": True}
        interval = int(self._heartbeat * 1000)
        await self.send_event(self._meta("heartbeat", status=status, interval=interval))

    def _meta(self, kind: str, **fields: Any) -> dict[str, Any]:
        return {
            "time": int(time.time()),
            "self_id": int(self.self_id),
            "post_type": "meta_event",
            "meta_event_type": kind,
            **fields,
        }

    def message_event(self, bubble: Bubble) -> dict[str, Any]:
        """一条消息的事件，字段与 NapCat 上报的相同。"""
        items = segments(bubble, self.http_base)
        message_id = int(bubble.message_id)
        own = bubble.by_assistant
        event: dict[str, Any] = {
            "self_id": int(self.self_id),
            "user_id": int(bubble.sender_id),
            "time": int(bubble.at.timestamp()),
            "message_id": message_id,
            "message_seq": message_id,
            "real_id": message_id,
            "real_seq": str(bubble.seq),
            "message_type": str(bubble.place.kind),
            "sender": self._sender(bubble),
            "raw_message": raw_message(items),
            "font": 14,
            "sub_type": "normal" if bubble.place.is_group else "friend",
            "message": items,
            "message_format": "array",
            "post_type": "message_sent" if own else "message",
        }
        if bubble.place.is_group:
            event["group_id"] = int(bubble.place.id)
            event["group_name"] = bubble.place.name
        else:
            event["target_id"] = int(bubble.place.id if own else self.self_id)
        return event

    def _sender(self, bubble: Bubble) -> dict[str, Any]:
        role = bubble.role.group_role if bubble.role else "member"
        sender: dict[str, Any] = {
            "user_id": int(bubble.sender_id),
            "nickname": bubble.sender_name,
            "card": bubble.sender_name if bubble.place.is_group else "",
        }
        return sender | {"role": role} if bubble.place.is_group else sender

    @property
    def _message_gone(self) -> int:
        return 1200

    # 发送

    @action("send_msg", "send_group_msg", "send_private_msg", sends=True)
    async def _send(self, params: Params) -> dict[str, Any]:
        place = self._target(params)
        literal = params.get("auto_escape") in (True, "true")
        parts, quote = await asyncio.to_thread(
            read_message, params["message"], self.world, literal=literal
        )
        bubble = self.deliver(place, parts, quote)
        return {"message_id": int(bubble.message_id)}

    @action(
        "send_group_forward_msg",
        "send_private_forward_msg",
        "send_forward_msg",
        sends=True,
    )
    async def _send_forward(self, params: Params) -> dict[str, Any]:
        place = self._target(params)
        entries = read_nodes(params["messages"], self.world)
        bubble = self.deliver(place, [ForwardPart(entries)])
        return {"message_id": int(bubble.message_id), "res_id": bubble.message_id}

    @action("upload_group_file", "upload_private_file", sends=True)
    async def _upload(self, params: Params) -> dict[str, Any]:
        place = self._target(params)
        blob = await asyncio.to_thread(
            self.world.blobs.load, str(params["file"]), str(params.get("name") or "")
        )
        self.deliver(place, [FilePart(blob.name, blob.id, len(blob.data))])
        return {"file_id": blob.id}

    @action("get_file")
    async def _get_file(self, params: Params) -> dict[str, Any]:
        blob = self.world.blobs.get(str(params["file_id"]))
        if blob is None:
            raise Refusal(self._bad_params, "没有这个文件")
        data = base64.b64encode(blob.data).decode()
        return {"file_name": blob.name, "base64": data}

    @action("_send_group_notice", sends=True)
    async def _announce(self, params: Params) -> None:
        parts: list[Part] = [TextPart(str(params["content"]))]
        if params.get("image"):
            blob = await asyncio.to_thread(self.world.blobs.load, str(params["image"]))
            parts.append(ImagePart(blob.id, name=blob.name))
        place = self._group(str(params["group_id"]))
        self.deliver(place, parts, kind=BubbleKind.ANNOUNCEMENT)

    def _target(self, params: Params) -> ChatPlace:
        if params.get("group_id"):
            return self._group(str(params["group_id"]))
        return self.world.private(self._member(str(params["user_id"])))

    # 消息

    @action("get_msg")
    async def _get_message(self, params: Params) -> dict[str, Any]:
        return self.message_event(self._bubble(str(params["message_id"])))

    @action("get_group_msg_history")
    async def _get_history(self, params: Params) -> dict[str, Any]:
        place = self._group(str(params["group_id"]))
        history = [
            item
            for item in self.world.history(place)
            if not item.recalled and item.kind is not BubbleKind.NOTE
        ]
        if anchor := int(params.get("message_seq") or 0):
            last = self._bubble(str(anchor)).seq
            history = [item for item in history if item.seq <= last]
        count = max(1, min(int(params.get("count") or 20), 200))
        return {"messages": [self.message_event(item) for item in history[-count:]]}

    @action("delete_msg")
    async def _recall(self, params: Params) -> None:
        self.world.recall(self._bubble(str(params["message_id"])))

    @action("set_essence_msg")
    async def _mark_essence(self, params: Params) -> None:
        self.world.mark_essence(self._bubble(str(params["message_id"])))

    @action("_get_group_notice")
    async def _get_notices(self, params: Params) -> list[dict[str, Any]]:
        place = self._group(str(params["group_id"]))
        return [
            {
                "notice_id": bubble.message_id,
                "sender_id": int(bubble.sender_id),
                "publish_time": int(bubble.at.timestamp()),
                "message": {"text": bubble.text, "image": [], "images": []},
            }
            for bubble in self.world.history(place)
            if bubble.kind is BubbleKind.ANNOUNCEMENT
        ]

    # 群与人

    @action("get_login_info")
    async def _get_login(self, params: Params) -> dict[str, Any]:
        return {"user_id": int(self.self_id), "nickname": ASSISTANT_NAME}

    @action("get_group_info")
    async def _get_group(self, params: Params) -> dict[str, Any]:
        return self._group_info(self._group(str(params["group_id"])))

    @action("get_group_list")
    async def _get_groups(self, params: Params) -> list[dict[str, Any]]:
        return [self._group_info(group) for group in self._groups()]

    def _group_info(self, place: ChatPlace) -> dict[str, Any]:
        return {
            "group_id": int(place.id),
            "group_name": place.name,
            "member_count": len(self.world.personas) + 1,
            "max_member_count": 500,
            "group_all_shut": 0,
        }

    @action("get_group_member_info")
    async def _get_member(self, params: Params) -> dict[str, Any]:
        place = self._group(str(params["group_id"]))
        user_id = str(params["user_id"])
        if user_id == self.self_id:
            return self._self_member(place)
        return _member_info(place, self._member(user_id))

    @action("get_group_member_list")
    async def _get_members(self, params: Params) -> list[dict[str, Any]]:
        place = self._group(str(params["group_id"]))
        people = [_member_info(place, item) for item in self.world.personas]
        return [*people, self._self_member(place)]

    def _self_member(self, place: ChatPlace) -> dict[str, Any]:
        return _member(place, int(self.self_id), ASSISTANT_NAME, "admin")

    @action("get_stranger_info")
    async def _get_stranger(self, params: Params) -> dict[str, Any]:
        return _friend(self._member(str(params["user_id"])))

    @action("get_friend_list")
    async def _get_friends(self, params: Params) -> list[dict[str, Any]]:
        return [_friend(persona) for persona in self.world.personas]

    @action("get_group_at_all_remain")
    async def _get_at_all(self, params: Params) -> dict[str, Any]:
        place = self._group(str(params["group_id"]))
        used = sum(
            getattr(part, "is_all", False)
            for bubble in self.world.history(place)
            if bubble.by_assistant
            for part in bubble.parts
        )
        remain = max(0, _DAILY_AT_ALL - used)
        return {
            "can_at_all": remain > 0,
            "remain_at_all_count_for_group": remain,
            "remain_at_all_count_for_uin": remain,
        }

    # 网关自身

    @action("get_version_info")
    async def _get_version(self, params: Params) -> dict[str, Any]:
        return {
            "app_name": "Sandbox.OneBot",
            "app_version": "1.0.0",
            "protocol_version": "v11",
        }

    @action("get_status")
    async def _get_status(self, params: Params) -> dict[str, Any]:
        return {"online": True, "good": True, "stat": {}}

    @action("can_send_image")
    async def _can_send_image(self, params: Params) -> dict[str, Any]:
        return {"yes": True}


def _member_info(place: ChatPlace, persona: Persona) -> dict[str, Any]:
    return _member(place, persona.number, persona.name, persona.role.group_role)


def _member(place: ChatPlace, user_id: int, name: str, role: str) -> dict[str, Any]:
    return {
        "group_id": int(place.id),
        "user_id": user_id,
        "nickname": name,
        "card": name,
        "role": role,
        "sex": "unknown",
        "age": 0,
        "level": "1",
        "title": "",
    }


def _friend(persona: Persona) -> dict[str, Any]:
    return {
        "user_id": persona.number,
        "nickname": persona.name,
        "remark": "",
        "sex": "unknown",
        "age": 0,
    }
