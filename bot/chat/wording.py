"""收发消息时对人说的话。"""

TROUBLE = "刚才出了点问题，没能处理这条消息。请稍后再试，管理员可查看日志。"
SENT_PRIVATELY = "已私聊发给您。"
PRIVATE_FAILED = "没能私聊发给您：请先加我为好友，或私聊我任意一句，再试一次。"


def resting(minutes: int) -> str:
    """答得太密，说完这句要歇一歇。"""
    return f"（这会儿问得很密，我先歇 {minutes} 分钟，之后再问我。）"


def file_failed(name: str, reason: str) -> str:
    """文件没有交成。"""
    return (
        f"「{name}」没有发成：{reason}。"
        "请过一会儿再发一次口令；还是不行，请管理员在运行助手的机器上用 "
        "python -m bot export 导出。"
    )


def file_unsure(name: str) -> str:
    """文件交出去了，不知道到没到。"""
    return f"「{name}」交给了网关，但不知道到没有。没看到的话，请过一会儿再发一次口令。"


def befriended(who: str, *, done: bool, meant: bool) -> str:
    """有人加好友。"""
    if done:
        return f"{who} 加我为好友，已同意。"
    if meant:
        return f"{who} 加我为好友，网关没能同意，请在手机上处理。"
    return f"{who} 加我为好友，照设置（FRIEND_REQUESTS=ignore）没有理会。"


def invited(who: str, group: str, *, done: bool, meant: bool) -> str:
    """有人邀请进群。"""
    if done:
        return (
            f"{who} 邀请我进群 {group}，已同意。"
            "请在那个群里发：绑定地区 广西（换成所属地区）"
        )
    if meant:
        return f"{who} 邀请我进群 {group}，网关没能同意，请在手机上处理。"
    return (
        f"{who} 邀请我进群 {group}，照设置（GROUP_INVITES）没有理会。"
        "要进这个群，请由秘书处的人邀请，或在手机上同意。"
    )
