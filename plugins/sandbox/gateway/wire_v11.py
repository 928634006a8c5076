"""OneBot v11 的消息段与沙盒内容之间的翻译。"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from nonebot.adapters.onebot.v11.utils import escape, unescape

from plugins.sandbox.blobs import BlobError
from plugins.sandbox.content import (
    AtPart,
    FilePart,
    ForwardPart,
    ImagePart,
    Part,
    TextPart,
    plain_text,
)
from plugins.sandbox.people import Protocol
from plugins.sandbox.talk import Bubble, Quoted
from plugins.sandbox.world import World

Segment: TypeAlias = dict[str, Any]
_CODE = re.compile(r"\[CQ:([a-zA-Z_]+)((?:,[^\[\],=]+=[^\[\],]*)*)\]")


def segments(bubble: Bubble, http_base: str) -> list[Segment]:
    """一条消息的消息段，次序与 NapCat 相同：引用在最前。"""
    result: list[Segment] = []
    if bubble.quote is not None:
        result.append({"type": "reply", "data": {"id": bubble.quote.message_id}})
    result += [_segment(part, http_base) for part in bubble.parts]
    return result


def _segment(part: Part, http_base: str) -> Segment:
    match part:
        case AtPart(user_id=user_id):
            return {"type": "at", "data": {"qq": user_id}}
        case ImagePart(blob=blob, url=url, name=name):
            link = f"{http_base}/sandbox/files/{blob}" if blob else url
            data = {"file": name, "url": link, "sub_type": 0, "summary": ""}
            return {"type": "image", "data": data}
        case FilePart(name=name, blob=blob, size=size):
            data = {"file": name, "file_id": blob or "", "file_size": str(size)}
            return {"type": "file", "data": data}
        case _:
            return {"type": "text", "data": {"text": plain_text([part])}}


def raw_message(items: Iterable[Segment]) -> str:
    """消息段的 CQ 码写法，用于 `raw_message`。"""
    return "".join(_code(item) for item in items)


def _code(item: Segment) -> str:
    if item["type"] == "text":
        return escape(item["data"]["text"], escape_comma=False)
    pairs = "".join(f",{key}={escape(str(v))}" for key, v in item["data"].items())
    return f"[CQ:{item['type']}{pairs}]"


def read_message(
    message: Any, world: World, *, literal: bool = False
) -> tuple[list[Part], Quoted | None]:
    """读助手要发的消息。

    参数:
        message: 消息段、消息段的列表，或字符串
        world: 用于查名字、存图片、找被引用的消息
        literal: 字符串是否按原样（`auto_escape`）；否则像真的网关那样认 CQ 码

    返回:
        内容与引用

    异常:
        ValueError: 写法不对
        BlobError: 图片或文件取不到
    """
    parts: list[Part] = []
    quote: Quoted | None = None
    for item in _as_segments(message, literal):
        kind, data = item["type"], item.get("data") or {}
        if kind == "reply":
            quote = world.quoted(str(data["id"]))
        else:
            parts.append(_part(kind, data, world))
    if not parts:
        raise ValueError("消息是空的")
    return parts, quote


def _as_segments(message: Any, literal: bool) -> Sequence[Mapping[str, Any]]:
    if isinstance(message, str):
        if literal:
            return [{"type": "text", "data": {"text": message}}]
        return _parse_codes(message)
    items = [message] if isinstance(message, dict) else message
    if not isinstance(items, list) or not all(
        isinstance(item, dict) and isinstance(item.get("type"), str) for item in items
    ):
        raise ValueError("消息应当是消息段的列表")
    return items


def _parse_codes(message: str) -> list[Mapping[str, Any]]:
    result: list[Mapping[str, Any]] = []
    position = 0
    for match in _CODE.finditer(message):
        text = unescape(message[position : match.start()])
        result.append({"type": "text", "data": {"text": text}})
        pairs = (pair.split("=", 1) for pair in match[2].split(",")[1:])
        data = {key: unescape(value) for key, value in pairs}
        result.append({"type": match[1], "data": data})
        position = match.end()
    text = unescape(message[position:])
    return [*result, {"type": "text", "data": {"text": text}}]


def _part(kind: str, data: Mapping[str, Any], world: World) -> Part:
    match kind:
        case "text":
            return TextPart(str(data["text"]))
        case "at":
            user_id = str(data["qq"])
            return AtPart(user_id, world.name_of(Protocol.V11, user_id))
        case "image":
            return _image(data, world)
        case "file" | "record" | "video":
            source = str(data["file"])
            name = str(data.get("name") or "")
            blob = world.blobs.load(source, name)
            return FilePart(blob.name, blob.id, len(blob.data))
        case "node":
            return ForwardPart(read_nodes([{"type": kind, "data": data}], world))
        case _:
            return TextPart(f"[{kind}]")


def _image(data: Mapping[str, Any], world: World) -> ImagePart:
    source = str(data["file"])
    name = str(data.get("name") or "")
    if source.startswith(("http://", "https://")):
        return ImagePart(None, source, name or "图片")
    try:
        blob = world.blobs.load(source, name)
    except BlobError:
        url = str(data.get("url") or "")
        if not url:
            raise
        blob = world.blobs.get(url.rpartition("/")[2])
        if blob is None:
            return ImagePart(None, url, name or "图片")
    return ImagePart(blob.id, name=blob.name)


def read_nodes(nodes: Any, world: World) -> tuple[tuple[str, str], ...]:
    """读合并转发的节点。

    异常:
        ValueError: 写法不对
    """
    entries: list[tuple[str, str]] = []
    for node in _as_segments(nodes, literal=True):
        if node["type"] != "node":
            raise ValueError("合并转发里只能有 node")
        data = node["data"]
        if "id" in data and "content" not in data:
            bubble = world.find(str(data["id"]))
            if bubble is not None:
                entries.append((bubble.sender_name, bubble.text))
            continue
        name = str(data.get("nickname") or data.get("name") or data.get("user_id", ""))
        parts, _ = read_message(data["content"], world)
        entries.append((name, plain_text(parts)))
    return tuple(entries)
