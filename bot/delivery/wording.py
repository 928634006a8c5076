"""发送与广播对人说的话。"""

from datetime import datetime

from bot import clock

from .models import Status

NO_LONGER_ALLOWED = "确认人已没有这个地区的权限"
NOT_IN_GROUP = "助手已不在这个群"
TOO_LATE = "过了有效时间还没发出"
TOO_MANY_ATTEMPTS = "试了几次都没发出"
STOPPED = "已被停止"
CHANGED = "安排已改"
CRASHED = "发送时程序中断，正在查是否送到"
NOT_IN_HISTORY = "历史里没有，重新发"
NO_HISTORY = "网关查不了历史，不知道送到没有；请到群里看一眼"
HISTORY_TOO_SHORT = "历史不够长，不知道送到没有；请到群里看一眼"
UNEXPECTED = "发送时程序出错，不知道送到没有"
NO_MENTION_ALL = "没有@全体的权限或次数，已按普通消息发出"
NO_NOTICE = "发不了群公告，已按普通消息发出"

STATUS_NAMES = {
    Status.PENDING: "等待",
    Status.SENDING: "正在发",
    Status.SENT: "已发",
    Status.UNKNOWN: "下落不明",
    Status.FAILED: "没发成",
    Status.EXPIRED: "过期未发",
    Status.CANCELLED: "已停止",
}


def late_prefix(due_at: datetime) -> str:
    """晚发的消息，开头注明原定何时。"""
    due = clock.local(due_at)
    return f"【补发，原定{due.month}月{due.day}日{due:%H:%M}】\n"


def duration(seconds: float) -> str:
    """一段时间的说法，往多里说。"""
    if seconds < 60:
        return "不到 1 分钟"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"约 {minutes} 分钟"
    return f"约 {minutes // 60} 小时" + (
        f" {minutes % 60} 分钟" if minutes % 60 else ""
    )
