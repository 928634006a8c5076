"""别人写的插件：它答了的消息，助手不再答。

NoneBot 的 `on_command` 默认不阻断，邻居答完，消息照样往下传；谁答了，只有从发出的
动作才看得出来。
"""

from typing import Any

from nonebot.adapters import Bot, Event
from nonebot.matcher import Matcher, current_event, current_matcher
from nonebot.message import event_postprocessor

_ours: set[type[Matcher]] = set()
_answered: set[int] = set()
"""邻居答过的、还在处理的事件。"""
_SENDING = frozenset({
    "send_msg", "send_private_msg", "send_group_msg", "send_message",
    "send_forward_msg", "send_private_forward_msg", "send_group_forward_msg",
    "forward_friend_single_msg", "forward_group_single_msg", "send_group_ai_record",
    "upload_private_file", "upload_group_file",
})  # fmt: skip
"""让人看到一条消息的动作：OneBot v11、v12 的，与常用网关扩展的；点赞、戳一戳不算。"""
_WHERE = ("user_id", "group_id", "channel_id")


def is_answered(event: Event) -> bool:
    """这个事件有没有哪个邻居答过。"""
    return id(event) in _answered


def keep_ours(matchers: list[type[Matcher]]) -> None:
    """这些响应器是自己的。"""
    _ours.update(matchers)


def watch() -> None:
    """从此留意邻居说了什么。"""
    Bot.on_called_api(_note)
    event_postprocessor(_forget)


async def _note(
    bot: Bot, error: Exception | None, api: str, data: dict[str, Any], result: Any
) -> None:
    matcher, event = current_matcher.get(None), current_event.get(None)
    if matcher is None or event is None or type(matcher) in _ours:
        return
    if error is None and api in _SENDING and _is_back(data, event):
        _answered.add(id(event))


def _is_back(data: dict[str, Any], event: Event) -> bool:
    """发回了这个人、这个会话；转到别处去的不是回答他。"""
    pairs = ((data.get(name), getattr(event, name, None)) for name in _WHERE)
    return any(
        to is not None and whence is not None and str(to) == str(whence)
        for to, whence in pairs
    )


async def _forget(event: Event) -> None:
    """处理完了；同一个地址以后是别的事件。"""
    _answered.discard(id(event))
