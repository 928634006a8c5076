"""提醒：发出去的文字，回答提醒各口令的话，与说日期的几种说法。"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.access import NATIONWIDE
from bot.text.dates import WEEKDAYS, Moment
from bot.wording import no_such_number, which_number

from .models import ALL, HolidayRule, Kind, Occurrence, Period, Rule, Window

PLATFORM = "https://vslc.ncb.edu.cn/"

HOLIDAY_TOO_LONG = "假期太长，没有调整"

MISSED = "停机太久，过了时间"
HELD = "提醒已暂停或跳过"
CHANGED = "安排已改"

MENTIONS_LATER = "（发的时候@没交的、在那个群里说过话的联系人）"
NAMES_SHOWN = 10
SECRETARIAT = "秘书处设置的时间"
"""没有写依据的，出处就是这个。"""

USAGE_REMINDERS = "提醒 列表 [地区] —— 接下来要发的提醒"
USAGE_PREVIEW = "提醒 预览 [编号] —— 会发什么字、到哪些群"
USAGE_SKIP = "提醒 跳过 编号 —— 只这一次不发"
USAGE_PAUSE = "提醒 暂停 编号/地区/全部"
USAGE_RESUME = "提醒 恢复 编号/地区/全部"
USAGE_RULE = "提醒 设置 [地区] 窗口 开始 7 3 1 当天 —— 提前几天提醒"

WHICH_TO_SKIP = f"{which_number('提醒 跳过 1')}（编号见「提醒 列表」）"
WHAT_TO_PAUSE = "请写编号、地区或「全部」，如：提醒 暂停 山东"
RULE_CHANGED = "改好了。"
RULE_USAGE = (
    "写法：提醒 设置 [地区] 窗口 开始 7 3 1 当天；提醒 设置 [地区] 双周报 2 当天；"
    "提醒 设置 [地区] 时间 9:15"
)
HOURS_REFUSED = "起发时刻只能设在 8:30 到 20:30 之间，再晚就到安静时段了。"


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


def deadline_line(window: Window, today: date) -> str:
    """一个窗口何时截止。"""
    return f"「{window.title}」{days_left(window.closes, today)}：{window.closes}。"


def notice_of(window: Window) -> str:
    """出自哪里。"""
    return window.notice or SECRETARIAT


def source_line(*windows: Window) -> str:
    """出处，不重复。"""
    return f"来源：{'；'.join(dict.fromkeys(map(notice_of, windows)))}"


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
    title = f"{where}「{window.title}」"
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
    lines.append("交了请回一句「双周报已交」。")
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
        return f"{no_such_number(code, '提醒')}编号见「提醒 列表」。"
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
    return f"{title_of(occurrence)} 的全部提醒（只停一次请用「提醒 跳过」）"


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


def coming_line(
    number: int, occurrence: Occurrence, moments: Sequence[datetime]
) -> str:
    """提醒列表里的第几行。"""
    shown = when(moments) if moments else f"{occurrence.base:%Y-%m-%d %H:%M}"
    return f"{number}. {shown} {label(occurrence)}（{len(moments)} 个群）"


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
    head = label(occurrence)
    if not timed:
        day = f"{occurrence.base:%Y-%m-%d %H:%M}"
        nobody = f"但还没有绑定{occurrence.region}的群"
        return f"{head}，{day} 起发，{nobody}。\n────\n{text}"
    shown = "、".join(f"{name or '未命名的群'} {at:%H:%M}" for at, name in timed[:20])
    more = f" 等 {len(timed)} 个群" if len(timed) > 20 else ""
    moments = [at for at, _ in timed]
    return f"{head}，{when(moments)} 发到：{shown}{more}\n────\n{text}"


def skipped(occurrence: Occurrence, number: str, sent: int) -> str:
    """跳过之后。

    参数:
        number: 他打的编号
        sent: 已经发了几个群
    """
    already = f"已经发出的 {sent} 个群收不回。" if sent else ""
    return (
        f"这一次不发了：{label(occurrence)}（{occurrence.base:%Y-%m-%d}）。{already}"
        f"要恢复请发：提醒 恢复 {number}"
    )
