"""网关的错误说成人话：哪些是确定没送到，哪些不知道。"""

import pytest
from nonebot.adapters.onebot.v11 import ActionFailed, NetworkError

from bot.chat.failures import translate
from bot.errors import SendFailed, SendUnknown


def failed(message: str, retcode: int = 1200) -> ActionFailed:
    """网关回的失败，字段与 NapCat 的相同。"""
    return ActionFailed(
        status="failed", retcode=retcode, data=None, message=message, wording=message
    )


def napcat(result: int, head: str = "EventChecker Failed") -> str:
    """NapCat 把 QQ 的结果码写在说明里。"""
    return (
        f"{head}: NTEvent serviceAndMethod:NodeIKernelMsgService/sendMsg "
        "ListenerName:NodeIKernelMsgListener/onMsgInfoListUpdate EventRet:\n"
        f'{{\n    "result": {result},\n    "errMsg": ""\n}}\n'
    )


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ("当前处于被禁言状态", "禁言"), (napcat(120), "禁言"),
        (napcat(120, "Timeout"), "禁言"), ("发送失败，账号可能被风控", "风控"),
        ("消息内容过长", "太长"), ("对方不是好友", "好友"),
        (napcat(299), "QQ 拒绝了这条消息（299）"),
        ("result:110 已被移出该群", "移出"), (napcat(110), "移出"),
        ("不在该群中", "移出"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("retcode", [1200, 100, -1])
def test_a_certain_refusal_says_why(message: str, reason: str, retcode: int) -> None:
    error = translate(failed(message, retcode))
    assert isinstance(error, SendFailed)
    assert reason in str(error)
    assert error.removed == (reason == "移出")


@pytest.mark.parametrize(
    "error",
    [
        failed("Timeout: sendMsg"), failed(napcat(0, "Timeout")), failed(""),
        failed(napcat(1, "Timeout")), failed("发送超时", 200), NetworkError("断了"),
    ],
)  # fmt: skip
def test_a_timeout_is_not_known(error: Exception) -> None:
    assert isinstance(translate(error), SendUnknown)
