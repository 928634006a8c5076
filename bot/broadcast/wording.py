"""广播对人说的话。"""

from collections.abc import Mapping, Sequence

from bot.confirming import settle_with
from bot.outbox import STATUS_NAMES, Form
from bot.text.splitting import shorten
from bot.wording import UNBOUND, no_such_number

from .models import Draft, Forecast, Progress, Stopped

STOPPED = "已被停止"

USAGE_BROADCAST = "广播 [全体] [公告] [地区] 内容 —— 发到各群，先预览再确认"
USAGE_PROGRESS = "广播状态 编号 —— 每个群发到了没有；不写编号是最近没送到的"
USAGE_STOP = "停止广播 编号 —— 还没发的不再发"
BROADCAST_USAGE = (
    "写法：广播 内容。可在内容前加 [全体]、[公告]、[地区]（如 [广西,山东]），可带图片；"
    "也可以引用一条消息再发「广播」。"
)
NO_CONTENT = "没有要广播的内容。" + BROADCAST_USAGE
QUOTE_UNREADABLE = "引用的那条消息取不到内容（可能太久了），请把内容写在「广播」后面。"
NO_GROUPS = "没有可以发到的群：请先在群里用「绑定地区」绑定，或换一个地区。"
PICTURE_WITHOUT_ADDRESS = "网关没有给出图片的网址，转发不了图片。请改发文字。"
NOT_A_PICTURE = "附的不是图片（只认 jpg、png、gif、webp）。"
PICTURE_TOO_LARGE = "图片超过 10 MB，请压缩后再发。"
PICTURE_GONE = "图片取不下来，请重新发一次这张图。"
CONTRADICTION = (
    "[全体] 与 [公告] 只能选一样，[全部] 与地区也只能选一样。" + BROADCAST_USAGE
)
_FORMS = {
    Form.MENTION_ALL: "，并@全体（有权限和次数的群）",
    Form.NOTICE: "，作为群公告",
}


def too_many_pictures(limit: int) -> str:
    """附的图片太多。"""
    return f"一次最多 {limit} 张图片，请分几次发。"


def notice_length(limit: int) -> str:
    """群公告的文字太长，或没有文字。"""
    return f"群公告要有文字，最多 {limit:,} 字；更长的请去掉 [公告] 按普通消息发。"


def unknown_option(text: str) -> str:
    """方括号里不是选项。"""
    return (
        f"不认识 [{shorten(text)}]，还没有发。方括号里写 全体、公告 或地区，"
        "如 [广西,山东]；如果是要发的内容，请改用【】。"
    )


def region_or_text(chosen: Sequence[str], other: str) -> str:
    """分不清开头的地区是去处还是内容。"""
    both = ",".join([*chosen, other])
    return (
        f"「{other}」是要发到的地区，还是内容的开头？还没有发。"
        f"发到两处请写：广播 [{both}] 内容；"
        f"只发到{'、'.join(chosen)}请写：广播 [{','.join(chosen)}] {other}…"
    )


def no_broadcast(number: int) -> str:
    """没有这次广播。"""
    return f"{no_such_number(number, '广播')}还没有确认的不算。"


def broadcast_brief(text: str, groups: int) -> str:
    """一次广播的一行。"""
    return f"广播：{shorten(text or '图片', 20)}（{groups} 个群）"


def broadcast_preview(
    number: int,
    draft: Draft,
    by_region: Mapping[str, int],
    forecast: Forecast,
) -> str:
    """广播的预览。"""
    groups = sum(by_region.values())
    each = "、".join(f"{r or UNBOUND} {n}" for r, n in sorted(by_region.items()))
    where = (
        f"{'、'.join(draft.regions)}的 {groups} 个群"
        if draft.regions
        else f"全部 {groups} 个群（{each}）"
    )
    lines = [f"将发到{where}{_FORMS.get(draft.form, '')}："]
    lines.append("────\n" + (draft.text or "（没有文字）") + "\n────")
    if draft.images:
        lines.append(f"附 {len(draft.images)} 张图片。")
    if forecast.parts > 1:
        lines.append(f"内容较长，每个群拆成 {forecast.parts} 条。")
    lines.append(f"每条隔几秒，全部发完{duration(forecast.seconds)}。")
    lines += _provisos(forecast)
    lines.append(settle_with(number))
    return "\n".join(lines)


def _provisos(forecast: Forecast) -> list[str]:
    lines: list[str] = []
    if forecast.resting:
        lines.append("现在是安静时段，早上 8:30 以后才开始发。")
    if forecast.overnight:
        lines.append("今天 21:00 前发不完，余下的明早 8:30 以后接着发。")
    if forecast.offline:
        lines.append(
            f"其中 {forecast.offline} 个群的助手账号没有连着，连上才发；"
            "一天还没连上就不发了，会告诉您。"
        )
    return lines


def broadcast_started(number: int, groups: int, forecast: Forecast) -> str:
    """确认之后。"""
    begins = "已排上" if forecast.resting else "开始发"
    lines = [f"{begins}，{groups} 个群，{duration(forecast.seconds)}。"]
    lines += _provisos(forecast)
    lines.append(f"看进度：广播状态 {number}；随时可停：停止广播 {number}")
    return "\n".join(lines)


def broadcast_progress(progress: Progress) -> str:
    """广播的进度与每个群的结果。"""
    counted = "，".join(
        f"{STATUS_NAMES[status]} {number}" for status, number in progress.counts.items()
    )
    lines = [
        f"广播 {progress.number}：共 {sum(progress.counts.values())} 个群，{counted}。"
    ]
    for group in progress.groups[:60]:
        reason = f"（{group.reason}）" if group.reason else ""
        lines.append(f"· {group.name}：{STATUS_NAMES[group.status]}{reason}")
    if len(progress.groups) > 60:
        lines.append(f"……还有 {len(progress.groups) - 60} 个群")
    return "\n".join(lines)


def broadcast_stopped(number: int, stopped: Stopped) -> str:
    """停下之后。"""
    lines = [
        f"停了：还没发的 {stopped.cancelled} 条不会再发。"
        if stopped.cancelled
        else f"广播 {number} 没有还没发的了。"
    ]
    if stopped.in_doubt:
        lines.append(
            f"另有 {stopped.in_doubt} 条已交给网关、还不知道送到没有，不会重发。"
        )
    if stopped.cancelled:
        lines.append(f"已发的收不回，结果看：广播状态 {number}")
    return "".join(lines)


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
