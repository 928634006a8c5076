"""发送时对人说的话：一条的下落，没发成的告诉秘书处。"""

from collections.abc import Sequence
from datetime import datetime

from bot import clock
from bot.text.splitting import shorten

from .models import Delivery, Status

NO_LONGER_ALLOWED = "确认人已没有这个地区的权限"
PRIVATE = "私聊"
NOT_IN_GROUP = "助手已不在这个群"
TOO_LATE = "过了有效时间还没发出"
EARLIER_PART = "前面一段没有发成"
ACCOUNT_GONE = "发它的账号一直没有连上，查不了送到没有；请到群里看一眼"
TOO_MANY_ATTEMPTS = "试了几次都没发出"
FORGOTTEN = "其中的个人信息已应本人要求删去，查不了送到没有；请到群里看一眼"
CRASHED = "发送时程序中断，正在查是否送到"
NOT_IN_HISTORY = "历史里没有，重新发"
NO_HISTORY = "网关查不了历史，不知道送到没有；请到群里看一眼"
HISTORY_TOO_SHORT = "历史不够长，不知道送到没有；请到群里看一眼"
UNEXPECTED = "发送时程序出错，不知道送到没有"
NO_MENTION_ALL = "没有@全体的权限或次数，已按普通消息发出"
NO_NOTICE = "发不了群公告，已按普通消息发出"

NO_SUCH_WEBHOOK = "设置里没有这个群机器人"
WEBHOOK_FULL = "群机器人每分钟最多 20 条，过一会儿再发"
WEBHOOK_TOO_OFTEN = "群机器人发得太密，过一会儿再发"
WEBHOOK_BUSY = "企业微信忙，过一会儿再发"
WEBHOOK_UNREACHABLE = "连不上企业微信"
WEBHOOK_SILENT = "企业微信没有回音"
WEBHOOK_WRONG_ADDRESS = "群机器人的网址不对"
WEBHOOK_GONE = "群机器人已失效，请核对网址"
WEBHOOK_CANNOT_MENTION_ALL = "群机器人不能@全体"
WEBHOOK_CANNOT_POST_NOTICE = "群机器人不能发群公告"
PICTURE_UNREADABLE = "图片读不了"
PICTURE_TOO_LARGE = "图片超过 2 MB，群机器人发不了"

STATUS_NAMES = {
    Status.PENDING: "等待",
    Status.SENDING: "正在发",
    Status.SENT: "已发",
    Status.UNKNOWN: "下落不明",
    Status.FAILED: "没发成",
    Status.EXPIRED: "过期未发",
    Status.CANCELLED: "已停止",
}


def webhook_failed(status: int) -> str:
    """企业微信的服务器出错。"""
    return f"企业微信出错（{status}）"


def not_wecom(status: int) -> str:
    """回的不是企业微信的样子。"""
    return f"对方不像企业微信（{status}），请核对网址"


def webhook_refused(code: int) -> str:
    """企业微信不收。"""
    return f"企业微信拒收（{code}）"


def late_prefix(due_at: datetime) -> str:
    """晚发的消息，开头注明原定何时。"""
    due = clock.local(due_at)
    return f"【补发，原定{due.month}月{due.day}日{due:%H:%M}】\n"


def troubles(
    region: str | None, deliveries: Sequence[Delivery], names: Sequence[str]
) -> str:
    """告诉秘书处：哪些没有发成。"""
    lines = [
        _trouble(name, delivery)
        for delivery, name in list(zip(deliveries, names, strict=True))[:10]
    ]
    more = f"\n……共 {len(deliveries)} 条" if len(deliveries) > 10 else ""
    where = f"{region}有" if region else "有"
    return (
        f"{where} {len(deliveries)} 条消息没有确定送到，助手不会自己重发：\n"
        + "\n".join(lines)
        + more
    )


def _trouble(name: str, delivery: Delivery) -> str:
    due = delivery.due_at
    return (
        f"· {due.month}月{due.day}日 {name}：{shorten(delivery.text or '图片', 20)}"
        f"（{STATUS_NAMES[delivery.status]}，{delivery.reason or TOO_LATE}）"
    )


def troubles_here(deliveries: Sequence[Delivery]) -> str:
    """在群里告诉托办的人：几条、为什么；内容不说。"""
    reasons = "；".join(dict.fromkeys(d.reason or TOO_LATE for d in deliveries))
    return (
        f"您在这里交办的消息，有 {len(deliveries)} 条没有确定送到（{reasons}），"
        "助手不会自己重发。看是哪几条，请私聊我发：广播状态"
    )


def recent_troubles(named: Sequence[tuple[str, Delivery]]) -> str:
    """最近没有确定送到的。"""
    if not named:
        return "最近七天没有没送到的消息。看某次广播：广播状态 编号"
    lines = [f"最近七天有 {len(named)} 条没有确定送到，助手不会自己重发："]
    lines += [_trouble(name, delivery) for name, delivery in named[:30]]
    if len(named) > 30:
        lines.append(f"……还有 {len(named) - 30} 条")
    lines.append("看某次广播：广播状态 编号")
    return "\n".join(lines)
