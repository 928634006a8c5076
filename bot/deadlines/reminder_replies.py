"""回答提醒各口令的话。"""

from collections.abc import Sequence
from datetime import datetime

from .models import ALL, Occurrence, Rule
from .wording import label, when

RULE_USAGE = (
    "写法：提醒 设置 [地区] 窗口 开始 7 3 1 当天；提醒 设置 [地区] 双周报 2 当天；"
    "提醒 设置 [地区] 时间 9:15"
)


def rule(region: str, current: Rule) -> str:
    """一个地区的提醒规则。"""

    def leads(days: Sequence[int]) -> str:
        return "、".join(f"前{day}天" if day else "当天" for day in days) or "不提醒"

    opening = "开始当天、" if current.opening else ""
    return (
        f"{region}的提醒：{current.at:%H:%M} 起发；窗口{opening}截止"
        f"{leads(current.window_leads)}；双周报截止{leads(current.report_leads)}。"
    )


def no_reminder(code: str) -> str:
    """没有这次提醒。"""
    if code:
        return f"没有编号 {code} 的提醒，编号见“提醒 列表”。"
    return "接下来没有要发的提醒。"


def paused(name: str, *, fresh: bool) -> str:
    """暂停之后。"""
    return f"已暂停：{name}，恢复前不再发。" if fresh else f"{name}早已暂停。"


def resumed(name: str, *, fresh: bool, still: Sequence[str] = ()) -> str:
    """恢复之后；更大的范围还停着就说明。"""
    done = f"已恢复：{name}。" if fresh else f"{name}本来就没有暂停。"
    if not still:
        return done
    return f"{done}但{'、'.join(still)}还暂停着，恢复它才会发。"


def all_of(occurrence: Occurrence) -> str:
    """一件事的全部提醒。"""
    return f"{title_of(occurrence)} 的全部提醒（只停一次请用“提醒 跳过”）"


def scope_name(scope: str) -> str:
    """全部，或一个地区。"""
    return "全部提醒" if scope == ALL else f"{scope}的提醒"


def skipped_once(occurrence: Occurrence) -> str:
    """跳过的那一次。"""
    return f"{label(occurrence)}（{occurrence.base:%m-%d}，只这一次）"


def title_of(occurrence: Occurrence) -> str:
    """提醒的是什么。"""
    title = occurrence.window.title if occurrence.window else "双周报"
    return f"{occurrence.region} {title}"


HOURS_REFUSED = "起发时刻只能设在 8:30 到 20:30 之间，再晚就到安静时段了。"


def coming_line(occurrence: Occurrence, moments: Sequence[datetime]) -> str:
    """提醒列表里的一行。"""
    shown = when(moments) if moments else f"{occurrence.base:%Y-%m-%d %H:%M}"
    return f"· [{occurrence.code}] {shown} {label(occurrence)}（{len(moments)} 个群）"


def reminder_list(lines: Sequence[str], held: Sequence[str], troubles: int) -> str:
    """提醒列表。"""
    head = "接下来的提醒：\n" if lines else "接下来没有要发的提醒。"
    parts = [head + "\n".join(lines)]
    if held:
        parts.append(f"暂停着：{'、'.join(held)}")
    if troubles:
        parts.append(f"最近七天有 {troubles} 条没有确定送到，是哪些请发：广播状态")
    if lines:
        parts.append("看内容：提醒 预览 编号；这次不发：提醒 跳过 编号")
    return "\n".join(parts)


def preview(
    occurrence: Occurrence, timed: Sequence[tuple[datetime, str]], text: str
) -> str:
    """提醒的预览。"""
    head = f"[{occurrence.code}] {label(occurrence)}"
    if not timed:
        day = f"{occurrence.base:%Y-%m-%d %H:%M}"
        nobody = f"但还没有绑定{occurrence.region}的群"
        return f"{head}，{day} 起发，{nobody}。\n────\n{text}"
    shown = "、".join(f"{name or '未命名的群'} {at:%H:%M}" for at, name in timed[:20])
    more = f" 等 {len(timed)} 个群" if len(timed) > 20 else ""
    moments = [at for at, _ in timed]
    return f"{head}，{when(moments)} 发到：{shown}{more}\n────\n{text}"


def skipped(occurrence: Occurrence, sent: int) -> str:
    """跳过之后。

    参数:
        sent: 已经发了几个群
    """
    already = f"已经发出的 {sent} 个群收不回。" if sent else ""
    return (
        f"这一次不发了：{label(occurrence)}（{occurrence.base:%Y-%m-%d}）。{already}"
        f"要恢复请发：提醒 恢复 {occurrence.code}"
    )
