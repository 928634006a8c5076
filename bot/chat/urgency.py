"""一个事件要不要赶在群里的闲话前面看；只看原样的一帧，不等它读成消息。"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any


class Urgency:
    """群里没点名的闲话以外，都要紧：私聊、点名、引用、口令、进出群。

    参数:
        nicknames: 助手的名字
        is_word: 一句话的开头是不是口令
    """

    def __init__(
        self, nicknames: Sequence[str], is_word: Callable[[str], bool]
    ) -> None:
        self._nicknames = tuple(name.lower() for name in nicknames)
        self._is_word = is_word

    def __call__(self, event: Mapping[str, Any]) -> bool:
        """这个事件要不要紧。"""
        if event.get("post_type", event.get("type")) != "message":
            return True
        if event.get("message_type", event.get("detail_type")) != "group":
            return True
        content = event.get("message")
        if isinstance(content, list):
            own = _own_number(event)
            segments = [s for s in content if isinstance(s, dict)]
            if any(_calls(segment, own) for segment in segments):
                return True
            content = "".join(map(_text, segments))
        text = str(content).strip()
        calls = text.startswith(("[CQ:at", "[CQ:reply"))
        return calls or self._opens(text) or self._is_word(text)

    def _opens(self, text: str) -> bool:
        return text.lower().startswith(self._nicknames)


def _own_number(event: Mapping[str, Any]) -> str:
    own = event.get("self")
    return str(own.get("user_id") if isinstance(own, dict) else event.get("self_id"))


def _calls(segment: Mapping[str, Any], own: str) -> bool:
    """@ 了助手，或引用了谁的话：引用的是不是助手的，看过才知道。"""
    data = segment.get("data")
    if segment.get("type") == "reply":
        return True
    if segment.get("type") not in ("at", "mention") or not isinstance(data, dict):
        return False
    return str(data.get("qq", data.get("user_id"))) == own


def _text(segment: Mapping[str, Any]) -> str:
    data = segment.get("data")
    if segment.get("type") != "text" or not isinstance(data, dict):
        return ""
    return str(data.get("text", ""))
