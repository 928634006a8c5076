"""网关的错误说成人话，并分清“确定没送到”与“不知道送到没有”。"""

from nonebot.adapters.onebot import v11
from nonebot.exception import ApiNotAvailable

from bot.errors import NotConnected, SendError, SendFailed, SendUnknown

_V11_REASONS = {
    1400: "网关说消息格式不对",
    1404: "网关没有这个功能",
}


def translate(error: Exception) -> SendError:
    """网关调用的异常 → 助手的异常。

    超时（v11 的 1200、v12 的 3xxxx 里带 timeout 的、适配器自己的网络错误）
    可能已经送到，一律算不知道。
    """
    if isinstance(error, ApiNotAvailable):
        return NotConnected("账号没有连着")
    retcode, words = _details(error)
    if retcode is None:
        return SendUnknown("网关没有回应，不知道送到没有")
    if "timeout" in words.lower() or "超时" in words or retcode == 1200:
        return SendUnknown("网关超时，不知道送到没有")
    if "移出" in words or "result:110" in words:
        return SendFailed("助手已被移出这个群", removed=True)
    reason = _V11_REASONS.get(retcode, "网关拒绝了这条消息")
    return SendFailed(f"{reason}（{retcode}）")


def _details(error: Exception) -> tuple[int | None, str]:
    """（错误码，说明）；不是网关明确的拒绝则错误码为 `None`。"""
    if isinstance(error, v11.ActionFailed):
        info = error.info
        words = f"{info.get('message', '')} {info.get('wording', '')}"
        return int(info.get("retcode", 0) or 0), words
    retcode = getattr(error, "retcode", None)
    if isinstance(retcode, int):
        return retcode, str(getattr(error, "message", ""))
    return None, ""
