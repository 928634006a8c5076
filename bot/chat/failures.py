"""网关的错误说成人话，并分清“确定没送到”与“不知道送到没有”。"""

from loguru import logger
from nonebot.adapters.onebot import v11
from nonebot.exception import ActionFailed, ApiNotAvailable, NetworkError
from nonebot_plugin_alconna.uniseg import SerializeFailed

from bot.errors import NotConnected, SendError, SendFailed, SendUnknown

_V11_REASONS = {
    1400: "网关说消息格式不对",
    1404: "网关没有这个功能",
}
_V11_TIMEOUT = 1200
_V12_UNSUPPORTED = range(10003, 10008)
"""v12：参数或消息段不对、不支持。"""


def translate(error: Exception) -> SendError:
    """网关调用的异常 → 助手的异常。

    超时与网络错误（v11 的 1200、v12 的 33xxx、适配器自己的）可能已经送到，
    没料到的意外也一样，一律算不知道。
    """
    if isinstance(error, ApiNotAvailable):
        return NotConnected("账号没有连着")
    if isinstance(error, SerializeFailed):
        return SendFailed("这个网关发不了这种内容", unsupported=True)
    retcode, words = _details(error)
    # 被移出群时 NapCat 给的也是 1200，先看说明
    if "移出" in words or "result:110" in words.replace('"', ""):
        return SendFailed("助手已被移出这个群", removed=True)
    if retcode is None:
        if not isinstance(error, ActionFailed | NetworkError):
            logger.opt(exception=error).error("经网关发送时出了意外")
        return SendUnknown("网关没有回应，不知道送到没有")
    timeout = "timeout" in words.lower() or "超时" in words
    if timeout or retcode == _V11_TIMEOUT or retcode // 1000 == 33:
        return SendUnknown("网关超时，不知道送到没有")
    reason = _V11_REASONS.get(retcode, "网关拒绝了这条消息")
    return SendFailed(f"{reason}（{retcode}）", unsupported=retcode in _V12_UNSUPPORTED)


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
