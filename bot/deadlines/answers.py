"""时间问题的答案：开着、还没开、已结束、什么都不知道，各怎么说。"""

from collections.abc import Sequence
from datetime import datetime

from . import wording
from .asking import Intent
from .models import Kind, Period, Window


def for_region(
    region: str, intent: Intent, windows: Sequence[Window], now: datetime, contact: str
) -> str:
    """一个地区的答案。

    参数:
        windows: 这个地区（和全国）有关的窗口
        contact: 不知道时该问谁
    """
    declared = [w for w in windows if w.kind is Kind.DECLARATION]
    open_now = [w for w in declared if w.has_begun(now) and not w.is_over(now)]
    ahead = [w for w in declared if not w.has_begun(now)]
    others = [w for w in windows if w.kind is not Kind.DECLARATION]
    where = f"{region}：" if region else ""
    if open_now:
        head = "能申报，" if intent is Intent.OPEN else ""
        lines = [where + head + _open(open_now[0], now)]
        lines += [_open(window, now) for window in open_now[1:]]
        shown = [*open_now, *ahead]
        lines += [_ahead(window, now) for window in ahead]
    elif ahead:
        head = "还不能申报。" if intent is not Intent.WHEN else ""
        lines = [where + head + _ahead(ahead[0], now)]
        lines += [_ahead(window, now) for window in ahead[1:]]
        shown = list(ahead)
    else:
        lines, shown = [where + _nothing(declared, now)], []
    for window in others:
        shown.append(window)
        left = wording.days_left(window.closes, now.date())
        lines.append(f"“{window.title}”{left}：{window.closes}。")
    sources = dict.fromkeys(window.notice or "秘书处设置的时间" for window in shown)
    if sources:
        lines.append("来源：" + "；".join(sources))
    if not (open_now or ahead):
        lines.append(f"请看平台 {wording.PLATFORM}，或问{contact}。")
    return "\n".join(lines)


def _open(window: Window, now: datetime) -> str:
    left = wording.days_left(window.closes, now.date())
    opened = f"{window.opens}开始，" if window.opens else ""
    return f"“{window.title}”正在进行：{opened}{window.closes}截止，{left}。"


def _ahead(window: Window, now: datetime) -> str:
    assert window.opens
    days = (window.opens.day - now.date()).days
    until = f"还有 {days} 天" if days else "今天"
    return f"“{window.title}”{window.opens}开始（{until}），{window.closes}截止。"


def _nothing(declared: Sequence[Window], now: datetime) -> str:
    if not declared:
        return "没有资料，不知道现在能不能申报、什么时候申报。"
    last = max(declared, key=lambda window: window.closes.end)
    return (
        f"没有现在或将来的申报安排。知道的最近一次是“{last.title}”，"
        f"{wording.span(last)}，早已结束"
        f"（{last.notice or '秘书处设置的时间'}），别按它等。"
        if (now - last.closes.end).days > 180
        else f"“{last.title}”已在{last.closes}结束，之后的安排还不知道"
        f"（{last.notice or '秘书处设置的时间'}）。"
    )


def for_report(period: Period, now: datetime) -> str:
    """双周报的答案。"""
    left = wording.days_left(period.due, now.date())
    note = f"\n注：{period.note}。" if period.note else ""
    head = f"{period.region}双周报：本期 {period.due}截止，{left}。"
    return f"{head}{note}\n来源：秘书处设置"


def no_report(region: str | None, contact: str) -> str:
    """双周报没有设置。"""
    where = f"{region}的" if region else ""
    return (
        f"没有资料：{where}双周报截止时间还没有设置，通知里也没有写星期几和钟点。\n"
        f"请问{contact}。"
    )
