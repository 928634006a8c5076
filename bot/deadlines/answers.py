"""时间问题的答案：开着、还没开、已结束、什么都不知道，各怎么说。"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from . import wording
from .models import Kind, Period, Window
from .understanding import MAKE_UP, Asked, Intent

RECENT = timedelta(days=60)
"""刚结束不久的，问起来要先说它结束了。"""
OLD = timedelta(days=180)
"""结束了这么久的，提醒别按它等。"""


def for_region(
    region: str, asked: Asked, windows: Sequence[Window], now: datetime, contact: str
) -> str:
    """一个地区的答案。

    参数:
        windows: 这个地区（和全国）有关的窗口
        contact: 不知道时该问谁
    """
    current = [window for window in windows if not window.is_over(now)]
    shown = narrowed(current, asked)
    declared = [w for w in shown or current if w.kind is Kind.DECLARATION]
    others = [w for w in current if w.kind is not Kind.DECLARATION]
    lines = [_ended(windows, now), _missing(asked)] if declared and not shown else []
    if declared and shown and asked.intent is not Intent.WHEN:
        begun = any(window.has_begun(now) for window in declared)
        lines = [] if begun else [_ended(windows, now)]
        if asked.intent is Intent.OPEN or not begun:
            lines.append(_verdict(asked, begun=begun))
    ordered = sorted(declared, key=lambda window: not window.has_begun(now))
    lines += [_window(window, now) for window in ordered]
    if not declared:
        lines = [_nothing(windows, now)]
    lines += [wording.deadline_line(window, now.date()) for window in others]
    if ordered or others:
        lines.append(wording.source_line(*ordered, *others))
    if not declared:
        lines.append(f"请看平台 {wording.PLATFORM}，或问{contact}。")
    where = f"{region}：" if region else ""
    return where + "\n".join(line for line in lines if line)


def narrowed(windows: Sequence[Window], asked: Asked) -> list[Window]:
    """问话点名了哪一次、哪一年的，只留合乎的。"""

    def fits(window: Window) -> bool:
        ends = [moment for moment in (window.opens, window.closes) if moment]
        of_year = asked.year is None or (
            str(asked.year) in window.title
            or asked.year in {moment.day.year for moment in ends}
        )
        return of_year and asked.about in window.title

    return [window for window in windows if fits(window)]


def _missing(asked: Asked) -> str:
    year = f"{asked.year}年" if asked.year else ""
    return f"没有{year}{asked.about}的安排。知道的有："


def _verdict(asked: Asked, *, begun: bool) -> str:
    what = MAKE_UP if asked.about == MAKE_UP else "申报"
    return f"能{what}。" if begun else f"还不能{what}。"


def _ended(windows: Sequence[Window], now: datetime) -> str:
    """刚结束不久的那一次。"""
    over = [
        window
        for window in windows
        if window.kind is Kind.DECLARATION
        and timedelta() <= now - window.closes.end < RECENT
    ]
    if not over:
        return ""
    last = max(over, key=lambda window: window.closes.end)
    return f"「{last.title}」已在{last.closes}结束。"


def for_finishing(region: str, windows: Sequence[Window], now: datetime) -> str:
    """完成、报送期限的答案。"""
    lines = [wording.deadline_line(window, now.date()) for window in windows]
    return f"{region}：" + "\n".join([*lines, wording.source_line(*windows)])


def _window(window: Window, now: datetime) -> str:
    return _open(window, now) if window.has_begun(now) else _ahead(window, now)


def _open(window: Window, now: datetime) -> str:
    left = wording.days_left(window.closes, now.date())
    opened = f"{window.opens}开始，" if window.opens else ""
    return f"「{window.title}」正在进行：{opened}{window.closes}截止，{left}。"


def _ahead(window: Window, now: datetime) -> str:
    assert window.opens
    days = (window.opens.day - now.date()).days
    until = f"还有 {days} 天" if days else "今天"
    return f"「{window.title}」{window.opens}开始（{until}），{window.closes}截止。"


def _nothing(windows: Sequence[Window], now: datetime) -> str:
    declared = [window for window in windows if window.kind is Kind.DECLARATION]
    if not declared:
        return "没有资料，不知道现在能不能申报、什么时候申报。"
    last = max(declared, key=lambda window: window.closes.end)
    notice = wording.notice_of(last)
    if now - last.closes.end > OLD:
        return (
            f"没有现在或将来的申报安排。知道的最近一次是「{last.title}」，"
            f"{wording.span(last)}，早已结束（{notice}），别按它等。"
        )
    return f"「{last.title}」已在{last.closes}结束，之后的安排还不知道（{notice}）。"


def for_later(
    region: str, after: int, windows: Sequence[Window], now: datetime, contact: str
) -> str:
    """“再下一次呢”：现在或最近的一次申报之后的第几次。"""
    coming = [
        window
        for window in windows
        if window.kind is Kind.DECLARATION and not window.is_over(now)
    ]
    coming.sort(key=lambda w: (not w.has_begun(now), w.closes.end))
    where = f"{region}：" if region else ""
    if after < len(coming):
        later = coming[after]
        return f"{where}{_window(later, now)}\n{wording.source_line(later)}"
    return (
        f"{where}再往后的申报安排还不知道。请看平台 {wording.PLATFORM}，或问{contact}。"
    )


def for_report(
    period: Period, now: datetime, *, is_present: bool = True, paused: bool = False
) -> str:
    """双周报的答案。

    参数:
        is_present: 是本期，不是往后的
        paused: 秘书处停着提醒
    """
    left = wording.days_left(period.due, now.date())
    note = f"\n注：{period.note}。" if period.note else ""
    which = "本期 " if is_present else "这一期"
    head = f"{period.region}双周报：{which}{period.due}截止，{left}。"
    if paused:
        head = (
            f"{period.region}双周报现在暂停着（秘书处停了提醒），恢复前以秘书处的通知为准。"
            f"照原来的安排，{which}{period.due}截止。"
        )
    return f"{head}{note}\n来源：{wording.SECRETARIAT}"


def no_report(region: str | None, contact: str) -> str:
    """双周报没有设置。"""
    where = f"{region}的" if region else ""
    return (
        f"没有资料：{where}双周报截止时间还没有设置，通知里也没有写星期几和钟点。\n"
        f"请问{contact}。"
    )
