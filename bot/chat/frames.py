"""网关报上来的一帧：能读的读出来，缺的补上，写错的换成该有的样子。"""

import time
from collections.abc import Callable, Mapping
from typing import Any

from loguru import logger
from nonebot.drivers import WebSocket

from bot.text.cleaning import clean_all

_LATEST_SECONDS = 10**11
"""再大的时刻是毫秒或微秒。"""
_EARLIEST_SECONDS = 10**9
"""再小的不是时刻（本世纪初以前）。"""
_V11_DEFAULTS = {"font": 0, "raw_message": "", "sub_type": "normal", "message_id": 0}
"""事件里缺了也不妨碍理解的项。"""
_V11_NUMBERS = ("self_id", "user_id", "group_id", "message_id", "font")
_V11_SENDER_NUMBERS = ("user_id", "age")
_V11_SENDER_TEXTS = ("nickname", "card", "sex", "area", "level", "role", "title")
_V11_SEGMENTS = {"text": "text", "at": "qq", "reply": "id"}
_V12_DEFAULTS = {"id": "", "message_id": "", "alt_message": "", "sub_type": ""}
_V12_TEXTS = ("id", "message_id", "user_id", "group_id", "alt_message", "sub_type")
_V12_SEGMENTS = {"text": "text", "mention": "user_id", "reply": "message_id"}
"""各种消息段少不了的一项；别的段各读各的。"""


class SteadySocket(WebSocket):
    """只递上读得懂的帧；读不懂的记一行日志，连接照旧。

    参数:
        load: 一帧的原文 → 内容
    """

    def __init__(self, socket: WebSocket, load: Callable[[str | bytes], Any]) -> None:
        super().__init__(request=socket.request)
        self._socket = socket
        self._load = load

    @property
    def closed(self) -> bool:
        """是否已经断开。"""
        return self._socket.closed

    async def accept(self) -> None:
        """接受连接。"""
        await self._socket.accept()

    async def close(self, code: int = 1000, reason: str = "") -> None:
        """断开。"""
        await self._socket.close(code, reason)

    async def receive(self) -> str | bytes:
        """下一帧读得懂的。"""
        while True:
            frame = await self._socket.receive()
            try:
                if isinstance(self._load(frame), dict):
                    return frame
            except (ValueError, TypeError, RecursionError):
                pass
            logger.warning("网关发来读不懂的一帧，没有理会")

    async def receive_text(self) -> str:
        """下一帧文字。"""
        return await self._socket.receive_text()

    async def receive_bytes(self) -> bytes:
        """下一帧字节。"""
        return await self._socket.receive_bytes()

    async def send_text(self, data: str) -> None:
        """发一帧文字。"""
        await self._socket.send_text(data)

    async def send_bytes(self, data: bytes) -> None:
        """发一帧字节。"""
        await self._socket.send_bytes(data)


def complete_v11(frame: Mapping[str, Any]) -> dict[str, Any]:
    """v11 的一帧，各项都是该有的样子；对调用的回应只收拾文字。"""
    whole = clean_all(dict(frame))
    if "post_type" not in whole:
        return whole
    whole = _given(whole)
    whole["time"] = _seconds(whole.get("time"))
    if whole["post_type"] not in ("message", "message_sent"):
        return whole
    return complete_v11_message(_V11_DEFAULTS | whole)


def complete_v11_message(message: Mapping[str, Any]) -> dict[str, Any]:
    """v11 的一条消息，来自事件，或按消息号取回。"""
    whole = _given(message)
    whole["time"] = _seconds(whole.get("time"))
    for name in _V11_NUMBERS:
        _convert(whole, name, _number)
    sender = whole.get("sender")
    whole["sender"] = sender = _given(sender) if isinstance(sender, dict) else {}
    for name in _V11_SENDER_NUMBERS:
        _convert(sender, name, _number)
    for name in _V11_SENDER_TEXTS:
        _convert(sender, name, _text)
    for name in ("sub_type", "raw_message"):
        _convert(whole, name, _text)
    whole = _V11_DEFAULTS | whole
    content = whole.get("message")
    if not isinstance(content, str):
        items = content if isinstance(content, list) else []
        whole["message"] = [
            segment
            for segment in _segments(items, _V11_SEGMENTS)
            if segment["type"] != "reply" or _number(segment["data"]["id"]) is not None
        ]
    return whole


def complete_quoted(message: object) -> dict[str, Any]:
    """按消息号取回的一条：适配器要的项都在，读不懂的当作没说什么。"""
    given = message if isinstance(message, dict) else {}
    whole = complete_v11_message(given)
    _convert(whole, "message_type", _text)
    _convert(whole, "real_id", _number)
    return {"message_type": "", "real_id": 0, **whole}


def complete_v12(frame: Mapping[str, Any]) -> dict[str, Any]:
    """v12 的一帧；号写成数字的换成文字，对调用的回应只收拾文字。"""
    whole = clean_all(dict(frame))
    if whole.get("type") == "meta" or "type" not in whole:
        return whole
    whole = _given(whole)
    whole["time"] = _seconds(whole.get("time"))
    for name in _V12_TEXTS:
        _convert(whole, name, _text)
    whole = _V12_DEFAULTS | whole
    if whole["type"] != "message":
        return whole
    content = whole.get("message")
    if not isinstance(content, str):
        items = content if isinstance(content, list) else []
        whole["message"] = _segments(items, _V12_SEGMENTS)
        for segment in whole["message"]:
            if segment["type"] == "reply":
                _convert(segment["data"], "user_id", _text)
                segment["data"].setdefault("user_id", "")
    return whole


def _segments(items: list[Any], needs: Mapping[str, str]) -> list[dict[str, Any]]:
    """读得懂的消息段。"""
    found: list[dict[str, Any]] = []
    for item in items:
        if not isinstance(item, dict) or not isinstance(item.get("type"), str):
            continue
        data = item.get("data")
        data = dict(data) if isinstance(data, dict) else {}
        needed = needs.get(item["type"])
        if needed is not None:
            _convert(data, needed, _text)
            if needed not in data:
                continue
        found.append({"type": item["type"], "data": data})
    return found


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _convert(values: dict[str, Any], name: str, convert: Callable[[Any], Any]) -> None:
    """换成该有的样子；换不了的去掉。"""
    if name not in values:
        return
    value = convert(values[name])
    if value is None:
        del values[name]
    else:
        values[name] = value


def _text(value: object) -> str | None:
    if isinstance(value, str):
        return value
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return str(value) if is_number else None


def _number(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        return int(value)
    except (ValueError, OverflowError):
        return None


def _seconds(value: object) -> int:
    """整秒的时刻；毫秒的换成秒，看不出的算现在。"""
    try:
        moment = float(value) if isinstance(value, int | float | str) else 0.0
    except (ValueError, OverflowError):
        moment = 0.0
    while _LATEST_SECONDS <= moment < float("inf"):
        moment /= 1000
    sensible = _EARLIEST_SECONDS <= moment < _LATEST_SECONDS
    return int(moment) if sensible else int(time.time())
