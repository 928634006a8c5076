"""收发消息时对人说的话，与没有送到的原因。"""

TROUBLE = "刚才出了点问题，没能处理这条消息。请稍后再试，管理员可查看日志。"
SENT_PRIVATELY = "已私聊发给您。"
PRIVATE_FAILED = "没能私聊发给您：请先加我为好友，或私聊我任意一句，再试一次。"

NOT_CONNECTED = "账号没有连着"
NOBODY_THERE = "没有连着的账号可以到达这个会话"
NO_ANSWER = "网关没有回应，不知道送到没有"
TIMED_OUT = "网关超时，不知道送到没有"
REFUSED = "网关拒绝了这条消息"
BAD_FORMAT = "网关说消息格式不对"
NO_SUCH_ACTION = "网关没有这个功能"
NO_FORWARDS = "这个网关不支持合并转发"
NO_NOTICES = "这个网关不支持群公告"
UNSUPPORTED = "这个网关发不了这种内容"
REMOVED = "助手已被移出这个群"
MUTED = "群在禁言，发不出去"
RESTRICTED = "账号被平台限制（风控），发不出去；请到手机上看提示"
TOO_LONG = "消息太长，平台不收"
NOT_FRIENDS = "还不是好友，私聊发不过去"
FILE_UNREADABLE = "助手这边的文件读不了"


def refused_by_qq(result: int) -> str:
    """QQ 给了结果码，别的没说。"""
    return f"QQ 拒绝了这条消息（{result}）"


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


def file_too_large(name: str, most: int) -> str:
    """发来的文件太大。"""
    return f"「{name}」太大，最多 {most // 1024 // 1024} MB，请只发要用的部分"


def file_unreachable(name: str) -> str:
    """发来的文件取不到。"""
    return f"取不到「{name}」（可能已失效，或网关不支持），请重新发一次"
