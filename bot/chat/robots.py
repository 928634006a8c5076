"""别的机器人：它们说什么都不理，两个机器人一旦对上话，就没完没了。"""

import re
from collections.abc import Collection

from bot.messages import Message

from .incoming import AnyMessageEvent

_QQ_ROBOTS = (
    range(66_600_000, 66_600_001),
    range(2_854_196_301, 2_854_216_400),
    range(3_328_144_510, 3_328_144_511),
    range(3_889_000_000, 3_890_000_000),
    range(4_010_000_000, 4_020_000_000),
)
"""QQ 留给官方机器人与 QQ 管家的号段。

出处是几个网关的 `get_robot_uin_range`：NapCat 问 QQ 客户端要来的（见它的接口文档），
LLOneBot 写在源码里的，两处一致；海豹骰（sealdice-core 的拉取请求 1742）也用这一份。
"""
_AUTOMATIC = re.compile(r"\s*[\[【]自动回复[\]】]")


def is_robot(event: AnyMessageEvent, message: Message, listed: Collection[str]) -> bool:
    """这句话是不是机器人说的。

    参数:
        listed: 设置里列出的号，`10001` 或 `wechat:wxid_a`
    """
    person = message.person
    if person.id in listed or f"{person.platform}:{person.id}" in listed:
        return True
    if _AUTOMATIC.match(message.text):
        return True
    sender = getattr(event, "sender", None)
    if getattr(sender, "is_robot", False) is True:
        return True
    is_qq = person.platform == "qq" and person.id.isdecimal()
    return is_qq and any(int(person.id) in span for span in _QQ_ROBOTS)
