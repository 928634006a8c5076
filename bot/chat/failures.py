"""网关的错误说成人话，并分清“确定没送到”与“不知道送到没有”。"""

import re

from loguru import logger
from nonebot.adapters.onebot import v11
from nonebot.exception import ActionFailed, ApiNotAvailable, NetworkError

from bot.errors import NotConnected, SendError, SendFailed, SendUnknown

from . import wording
from .lanes import Unread

_V11_REASONS = {
    1400: wording.BAD_FORMAT,
    1404: wording.NO_SUCH_ACTION,
}
_V11_TIMEOUT = 1200
_REFUSALS: tuple[tuple[re.Pattern[str], frozenset[int], str], ...] = (
    (re.compile("禁言|muted", re.I), frozenset({120}), wording.MUTED),
    (
        re.compile("风控|被限制|冻结|封禁|risk control", re.I), frozenset(),
        wording.RESTRICTED,
    ),
    (
        re.compile("消息?(?:内容)?(?:过|太)长|too (?:long|large)", re.I),
        frozenset({45002}), wording.TOO_LONG,
    ),
    (
        re.compile("不是好友|非好友|not (?:a )?friend", re.I), frozenset({16}),
        wording.NOT_FRIENDS,
    ),
)  # fmt: skip
"""（说明里的话，QQ 的结果码，对人怎么说）：不论网关给什么错误码，都是确定的拒绝。"""
_REMOVED = re.compile(
    "移出|不在(?:该|这个|此)?群|已退群|not in (?:the |this )?group", re.I
)
_REMOVED_RESULT = 110
_RESULT = re.compile(r"[\"']?result[\"']?\s*[:：]\s*(-?\d+)", re.I)
_CHECKED = "EventChecker Failed"
"""NapCat 这样说的，是 QQ 明确给了结果码。"""
_V12_UNSUPPORTED = range(10003, 10008)
"""v12：参数或消息段不对、不支持。"""


def translate(error: Exception) -> SendError:
    """网关调用的异常 → 助手的异常。

    超时与网络错误（v11 的 1200、v12 的 33xxx、适配器自己的）可能已经送到，
    没料到的意外也一样，一律算不知道。
    """
    if isinstance(error, ApiNotAvailable):
        return NotConnected(wording.NOT_CONNECTED)
    if isinstance(error, Unread):
        return NotConnected(wording.NOT_READING)
    retcode, words = _details(error)
    if refusal := _refusal(words):
        return refusal
    if retcode is None:
        if not isinstance(error, ActionFailed | NetworkError):
            logger.opt(exception=error).error("经网关发送时出了意外")
        return SendUnknown(wording.NO_ANSWER)
    timeout = "timeout" in words.lower() or "超时" in words
    if timeout or retcode == _V11_TIMEOUT or retcode // 1000 == 33:
        return SendUnknown(wording.TIMED_OUT)
    reason = _V11_REASONS.get(retcode, wording.REFUSED)
    return SendFailed(f"{reason}（{retcode}）", unsupported=retcode in _V12_UNSUPPORTED)


def _refusal(words: str) -> SendFailed | None:
    """说明里明明白白的拒绝；被移出群、被禁言时 NapCat 给的错误码与超时的一样。"""
    found = _RESULT.search(words)
    result = int(found[1]) if found else 0
    if _REMOVED.search(words) or result == _REMOVED_RESULT:
        return SendFailed(wording.REMOVED, removed=True)
    for pattern, results, reason in _REFUSALS:
        if result in results or pattern.search(words):
            return SendFailed(reason)
    if result and _CHECKED in words:
        return SendFailed(wording.refused_by_qq(result))
    return None


def _details(error: Exception) -> tuple[int | None, str]:
    """（错误码，说明）；不是网关明确的拒绝则错误码为 `None`。"""
    if isinstance(error, v11.ActionFailed):
        info = error.info
        words = f"{info.get('message', '')} {info.get('wording', '')}"
        return _code(info.get("retcode")) or 0, words
    return _code(getattr(error, "retcode", None)), str(getattr(error, "message", ""))


def _code(value: object) -> int | None:
    try:
        return int(str(value))
    except ValueError:
        return None
