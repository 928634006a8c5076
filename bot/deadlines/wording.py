"""提醒的文字，与说日期的几种说法。"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.access import NATIONWIDE
from bot.text.dates import WEEKDAYS, Moment

from .models import HolidayRule, Kind, Occurrence, Period, Window

PLATFORM = "https://vslc.ncb.edu.cn/"

HOLIDAY_TOO_LONG = "假期太长，没有调整"

MISSED = "停机太久，过了时间"
HELD = "提醒已暂停或跳过"
CHANGED = "安排已改"

MENTIONS_LATER = "（发的时候@没交的、在那个群里说过话的联系人）"
NAMES_SHOWN = 10


def holidays_unknown(year: int) -> str:
    """放假安排还不知道。"""
    return f"{year}年的放假安排还没有收录，这一期按原定日期，没有调整"


def shifted(day: date, rule: HolidayRule) -> str:
    """遇休息日挪了。"""
    return f"原定{day.month}月{day.day}日是休息日，按规则{rule}"


def span(window: Window) -> str:
    """起止。"""
    if window.opens is None:
        return f"{window.closes}截止"
    return f"{window.opens} 至 {window.closes}"


def days_left(deadline: Moment, today: date) -> str:
    """离截止还有多久，按日子数。"""
    days = (deadline.day - today).days
    at = f" {deadline.at:%H:%M} " if deadline.at else ""
    if days <= 1:
        return f"{'今天' if days == 0 else '明天'}{at}截止"
    return f"还有 {days} 天截止"


def source_line(window: Window) -> str:
    """出处。"""
    return f"来源：{window.notice or '秘书处设置的时间'}"


def reminder(
    occurrence: Occurrence, waiting: Sequence[str] | None, registered: int
) -> str:
    """一条提醒的正文。

    参数:
        waiting: 还没交双周报的学校；`None` 为到时再数
        registered: 登记过的学校共几所
    """
    today = occurrence.base.date()
    if occurrence.window:
        return _window_reminder(occurrence.window, occurrence.lead, today)
    assert occurrence.period
    return _report_reminder(occurrence.period, today, waiting, registered)


def _window_reminder(window: Window, lead: int | None, today: date) -> str:
    where = "" if window.region == NATIONWIDE else window.region
    title = f"{where}“{window.title}”"
    if lead is None:
        at = f" {window.opens.at:%H:%M} " if window.opens and window.opens.at else ""
        head = f"【{window.kind}开始】{title}今天{at}开始，{window.closes}截止。"
    elif window.kind is Kind.COMPLETION:
        left = days_left(window.closes, today)
        head = f"【完成期限】{title}{left}：{window.closes}。请按时完成。"
    else:
        left = days_left(window.closes, today)
        head = f"【{window.kind}提醒】{title}{left}：{window.closes}。请抓紧。"
    return f"{head}\n{source_line(window)}"


def _report_reminder(
    period: Period, today: date, waiting: Sequence[str] | None, registered: int
) -> str:
    left = days_left(period.due, today)
    lines = [f"【双周报】本期{left}：{period.due}。"]
    if waiting is None:
        lines.append("（还没交的学校到时再数）")
    elif registered and not waiting:
        lines.append(f"登记的 {registered} 所学校都已交，谢谢各位老师。")
    elif registered:
        lines.append(
            f"登记的 {registered} 所学校里还有 {len(waiting)} 所没交：{names(waiting)}"
        )
    if period.note:
        lines.append(f"注：{period.note}。")
    lines.append("交了请回一句“双周报已交”。")
    return "\n".join(lines)


def names(schools: Sequence[str], limit: int = NAMES_SHOWN) -> str:
    """学校的名单，太长就截断。"""
    shown = "、".join(schools[:limit])
    return shown + (f" 等 {len(schools)} 所" if len(schools) > limit else "")


def period_line(period: Period) -> str:
    """一期一行。"""
    return f"· {period.due}" + (f"（{period.note}）" if period.note else "")


def when(moments: Sequence[datetime]) -> str:
    """一次提醒在各群的时刻。"""
    first, last = min(moments), max(moments)
    day = f"{first:%Y-%m-%d}（周{WEEKDAYS[first.weekday()]}）"
    times = f"{first:%H:%M}" + (f"–{last:%H:%M}" if last - first > _MINUTE else "")
    return f"{day}{times}"


_MINUTE = timedelta(minutes=1)


def label(occurrence: Occurrence) -> str:
    """一次提醒叫什么。"""
    if occurrence.window:
        title = f"{occurrence.region} {occurrence.window.title}"
    else:
        title = f"{occurrence.region} 双周报"
    if occurrence.lead is None:
        return f"{title} 开始"
    return f"{title} " + (
        f"截止前{occurrence.lead}天" if occurrence.lead else "截止当天"
    )


def timeline_entry(
    occurrence: Occurrence, moments: Sequence[datetime], text: str
) -> str:
    """时间表里的一次提醒。"""
    body = "\n".join(f"    {line}" for line in text.splitlines())
    groups = f"{len(moments)} 个群"
    return f"{when(moments)}  {label(occurrence)}  {groups}\n{body}"
