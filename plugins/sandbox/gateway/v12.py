"""OneBot v12 的模拟网关，行为照着微信一侧的实现。"""

import asyncio
import base64
import hashlib
import time
import uuid
from typing import Any, ClassVar

from bot.messages import PlaceKind
from plugins.sandbox.blobs import Blob
from plugins.sandbox.people import ASSISTANT_NAME, ChatPlace, Persona, Protocol
from plugins.sandbox.talk import Bubble

from .actions import Params, Refusal, action
from .base import SimulatedGateway
from .faults import FaultMode
from .wire_v12 import read_message, segments

_VERSION = {"impl": "sandbox", "version": "1.0.0", "onebot_version": "12"}
_UNSUPPORTED_PARAM = 10004
_FILE_MISSING = 32001
_NO_NETWORK = 33001


class V12Gateway(SimulatedGateway):
    """扮演微信一侧的网关，连到 `/onebot/v12/ws`。"""

    protocol: ClassVar[Protocol] = Protocol.V12
    label: ClassVar[str] = "沙盒的微信网关"
    gives_message_id: bool = True
    """有的微信网关发完不给消息号，设为假即可模拟。"""
    _unknown_action = 10002
    _bad_params = 10003
    _internal_error = 20002
    _outcomes: ClassVar[dict[FaultMode, tuple[int, str]]] = {
        FaultMode.TIMEOUT_DELIVERED: (34001, "Timeout: sendMsg"),
        FaultMode.TIMEOUT_LOST: (34001, "Timeout: sendMsg"),
        FaultMode.ERROR: (10003, "参数错误"),
        FaultMode.REMOVED: (34002, "result:110 已被移出该群"),
    }

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._parts: dict[str, tuple[str, bytearray]] = {}

    def _headers(self) -> dict[str, str]:
        headers = {"User-Agent": "OneBot/12 (sandbox) sandbox/1.0.0"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        return headers

    async def _greet(self) -> None:
        await self.send_event(self._event("meta", "connect", version=_VERSION))
        await self.send_event(
            self._event("meta", "status_update", status=self._status())
        )

    async def _send_heartbeat(self) -> None:
        interval = int(self._heartbeat * 1000)
        await self.send_event(self._event("meta", "heartbeat", interval=interval))

    def _event(self, kind: str, detail: str, **fields: Any) -> dict[str, Any]:
        return {
            "id": str(uuid.uuid4()),
            "time": time.time(),
            "type": kind,
            "detail_type": detail,
            "sub_type": "",
            **fields,
        }

    def _self(self) -> dict[str, str]:
        return {"platform": self.platform, "user_id": self.self_id}

    def _status(self) -> dict[str, Any]:
        return {"good": True, "bots": [{"self": self._self(), "online": True}]}

    def message_event(self, bubble: Bubble) -> dict[str, Any]:
        """一条消息的事件。"""
        fields: dict[str, Any] = {
            "message_id": bubble.message_id,
            "message": segments(bubble),
            "alt_message": bubble.text,
            "user_id": bubble.sender_id,
        }
        if bubble.place.is_group:
            fields["group_id"] = bubble.place.id
        event = self._event("message", str(bubble.place.kind), **fields)
        return event | {"self": self._self(), "time": bubble.at.timestamp()}

    # 消息

    @action("send_message", sends=True)
    async def _send(self, params: Params) -> dict[str, Any]:
        place = self._target(params)
        parts, quote = read_message(params["message"], self.world)
        bubble = self.deliver(place, parts, quote)
        sent: dict[str, Any] = {"time": bubble.at.timestamp()}
        if self.gives_message_id:
            sent["message_id"] = bubble.message_id
        return sent

    def _target(self, params: Params) -> ChatPlace:
        match params["detail_type"]:
            case PlaceKind.GROUP:
                return self._group(str(params["group_id"]))
            case PlaceKind.PRIVATE:
                persona = self._member(str(params["user_id"]))
                return self.world.private(persona, self.protocol)
            case other:
                raise Refusal(_UNSUPPORTED_PARAM, f"不支持的会话种类：{other}")

    @action("delete_message")
    async def _recall(self, params: Params) -> None:
        self.world.recall(self._bubble(str(params["message_id"])))

    # 群与人

    @action("get_self_info")
    async def _get_self(self, params: Params) -> dict[str, Any]:
        return _person(self.self_id, ASSISTANT_NAME)

    @action("get_user_info")
    async def _get_user(self, params: Params) -> dict[str, Any]:
        return self._person(self._member(str(params["user_id"])))

    @action("get_friend_list")
    async def _get_friends(self, params: Params) -> list[dict[str, Any]]:
        return [self._person(persona) for persona in self.world.personas]

    @action("get_group_info")
    async def _get_group(self, params: Params) -> dict[str, Any]:
        place = self._group(str(params["group_id"]))
        return {"group_id": place.id, "group_name": place.name}

    @action("get_group_list")
    async def _get_groups(self, params: Params) -> list[dict[str, Any]]:
        return [
            {"group_id": item.id, "group_name": item.name} for item in self._groups()
        ]

    @action("get_group_member_info")
    async def _get_member(self, params: Params) -> dict[str, Any]:
        self._group(str(params["group_id"]))
        if str(params["user_id"]) == self.self_id:
            return _person(self.self_id, ASSISTANT_NAME)
        return self._person(self._member(str(params["user_id"])))

    @action("get_group_member_list")
    async def _get_members(self, params: Params) -> list[dict[str, Any]]:
        self._group(str(params["group_id"]))
        people = [self._person(persona) for persona in self.world.personas]
        return [*people, _person(self.self_id, ASSISTANT_NAME)]

    def _person(self, persona: Persona) -> dict[str, Any]:
        return _person(persona.id_in(self.protocol), persona.name)

    # 文件

    @action("upload_file")
    async def _upload(self, params: Params) -> dict[str, Any]:
        name = str(params.get("name") or "")
        match params["type"]:
            case "path":
                source = str(params["path"])
            case "data":
                data = params["data"]
                source = f"base64://{data}"
            case "url":
                source = str(params["url"])
                if not source.startswith(("file:", "data:", "base64:")):
                    raise Refusal(_NO_NETWORK, "沙盒不联网，取不到网址里的文件")
            case other:
                raise Refusal(_UNSUPPORTED_PARAM, f"不支持的上传方式：{other}")
        blob = await asyncio.to_thread(self.world.blobs.load, source, name)
        return {"file_id": blob.id}

    @action("upload_file_fragmented")
    async def _upload_in_pieces(self, params: Params) -> dict[str, Any]:
        match params["stage"]:
            case "prepare":
                number = f"part-{len(self._parts) + 1}"
                self._parts[number] = (str(params["name"]), bytearray())
                return {"file_id": number}
            case "transfer":
                _, content = self._parts[params["file_id"]]
                if params["offset"] != len(content):
                    raise Refusal(self._bad_params, "分块的次序不对")
                content += base64.b64decode(params["data"], validate=True)
                return {}
            case _:
                name, content = self._parts.pop(params["file_id"])
                if hashlib.sha256(content).hexdigest() != params["sha256"]:
                    raise Refusal(self._bad_params, "校验和不对")
                return {"file_id": self.world.blobs.add(bytes(content), name).id}

    @action("get_file")
    async def _get_file(self, params: Params) -> dict[str, Any]:
        blob = self._blob(str(params["file_id"]))
        match params.get("type", "url"):
            case "url":
                url = f"{self.http_base}/sandbox/files/{blob.id}"
                return {"name": blob.name, "url": url}
            case "data":
                data = base64.b64encode(blob.data).decode()
                return {"name": blob.name, "data": data}
            case other:
                raise Refusal(_UNSUPPORTED_PARAM, f"不支持的取法：{other}")

    def _blob(self, file_id: str) -> Blob:
        blob = self.world.blobs.get(file_id)
        if blob is None:
            raise Refusal(_FILE_MISSING, f"没有这个文件：{file_id}")
        return blob

    # 网关自身

    @action("get_status")
    async def _get_status(self, params: Params) -> dict[str, Any]:
        return self._status()

    @action("get_version")
    async def _get_version(self, params: Params) -> dict[str, Any]:
        return dict(_VERSION)

    @action("get_supported_actions")
    async def _get_actions(self, params: Params) -> list[str]:
        return sorted(self._actions)


def _person(user_id: str, name: str) -> dict[str, Any]:
    return {
        "user_id": user_id,
        "user_name": name,
        "user_displayname": name,
        "user_remark": "",
    }
