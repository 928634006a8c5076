"""OneBot v12 的消息段与沙盒内容之间的翻译。"""

from typing import Any, TypeAlias

from plugins.sandbox.content import (
    AtPart,
    FilePart,
    ImagePart,
    Part,
    TextPart,
    plain_text,
)
from plugins.sandbox.people import Protocol
from plugins.sandbox.talk import Bubble, Quoted
from plugins.sandbox.world import World

from .actions import Refusal

Segment: TypeAlias = dict[str, Any]
_BAD_SEGMENT = 10006


def segments(bubble: Bubble) -> list[Segment]:
    """一条消息的消息段：引用在最前。"""
    result: list[Segment] = []
    if (quote := bubble.quote) is not None:
        data = {"message_id": quote.message_id, "user_id": quote.user_id}
        result.append({"type": "reply", "data": data})
    result += [_segment(part) for part in bubble.parts]
    return result


def _segment(part: Part) -> Segment:
    match part:
        case AtPart(user_id="all"):
            return {"type": "mention_all", "data": {}}
        case AtPart(user_id=user_id):
            return {"type": "mention", "data": {"user_id": user_id}}
        case ImagePart(blob=blob):
            return {"type": "image", "data": {"file_id": blob or ""}}
        case FilePart(blob=blob):
            return {"type": "file", "data": {"file_id": blob or ""}}
        case _:
            return {"type": "text", "data": {"text": plain_text([part])}}


def read_message(message: Any, world: World) -> tuple[list[Part], Quoted | None]:
    """读助手要发的消息。

    参数:
        message: 消息段的列表、一个消息段，或纯文字
        world: 用于查名字、取文件、找被引用的消息

    返回:
        内容与引用

    异常:
        Refusal: 写法不对，或文件编号不存在
    """
    if isinstance(message, str):
        message = [{"type": "text", "data": {"text": message}}]
    items = [message] if isinstance(message, dict) else message
    if not isinstance(items, list) or not items:
        raise Refusal(_BAD_SEGMENT, "消息应当是消息段的列表")
    parts: list[Part] = []
    quote: Quoted | None = None
    for item in items:
        try:
            kind, data = item["type"], item.get("data") or {}
            if kind == "reply":
                quote = world.quoted(str(data["message_id"]))
            else:
                parts.append(_part(kind, data, world))
        except (KeyError, TypeError, AttributeError) as error:
            raise Refusal(_BAD_SEGMENT, f"消息段不对：{error!r}") from error
    if not parts:
        raise Refusal(_BAD_SEGMENT, "消息是空的")
    return parts, quote


def _part(kind: str, data: dict[str, Any], world: World) -> Part:
    match kind:
        case "text":
            return TextPart(str(data["text"]))
        case "mention":
            user_id = str(data["user_id"])
            return AtPart(user_id, world.name_of(Protocol.V12, user_id))
        case "mention_all":
            return AtPart("all", "全体成员")
        case "image" | "file" | "audio" | "voice" | "video":
            blob = world.blobs.get(str(data["file_id"]))
            if blob is None:
                raise Refusal(_BAD_SEGMENT, f"没有这个文件：{data['file_id']}")
            if kind == "image":
                return ImagePart(blob.id, name=blob.name)
            return FilePart(blob.name, blob.id, len(blob.data))
        case _:
            return TextPart(f"[{kind}]")
