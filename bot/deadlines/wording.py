"""窗口、双周报与提醒对人说的话。"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from bot.access import NATIONWIDE
from bot.text.dates import WEEKDAYS, Moment

from .models import HolidayRule, Kind, Period, ReportSetting, Rule, Window

if TYPE_CHECKING:
    from .planning import Occurrence

PLATFORM = "https://vslc.ncb.edu.cn/"
HOLIDAY_TOO_LONG = "假期太长，没有调整"
MISSED = "停机太久，过了时间"
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
    occurrence: "Occurrence", waiting: Sequence[str] | None, registered: int
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


def window_line(window: Window, now: datetime) -> str:
    """列表里的一行。"""
    if window.is_over(now):
        state = "已结束"
    elif window.has_begun(now):
        state = days_left(window.closes, now.date())
    else:
        state = "还没开始"
    number = f"[{window.id}] " if window.is_local else ""
    return f"· {number}{window.region} {window.title}：{span(window)}（{state}）"


def window_list(
    current: Sequence[Window], past: Sequence[Window], now: datetime
) -> str:
    """窗口列表。"""
    lines = [window_line(window, now) for window in current]
    text = "现在与将来的窗口：\n" + "\n".join(lines) if lines else NO_WINDOWS
    if past:
        history = "\n".join(window_line(window, now) for window in past[:8])
        text += f"\n以往的：\n{history}"
    return text


NO_WINDOWS = (
    "没有现在或将来的窗口。新增请发：窗口 新增 山东 2027年第一次申报 3月14日至6月10日"
)
WINDOW_USAGE = (
    "写法：窗口 新增 [地区] 名称 起止日期 [依据 文号]，如：\n"
    "窗口 新增 山东 2027年第一次申报 3月14日至6月10日"
)
WINDOW_EDIT_USAGE = (
    "写法：窗口 修改 编号 新的起止日期，或 名称/依据/类别/开始/截止 加新的内容，如：\n"
    "窗口 修改 3 截止 6月20日 17:00"
)
REPORT_USAGE = (
    "写法：双周报 设置 [地区] 首次截止 2027-01-08 17:00 [提前/顺延/不变] [@联系人]"
)
RULE_USAGE = (
    "写法：提醒 设置 [地区] 窗口 开始 7 3 1 当天；提醒 设置 [地区] 双周报 2 当天；"
    "提醒 设置 [地区] 时间 9:15"
)


def ask_region(word: str) -> str:
    """不知道是哪个地区。"""
    return f"请写上地区，如：{word} 山东 …"


def not_yours(region: str) -> str:
    """没有权限。"""
    return f"你没有{region}的权限，这件事请{region}的秘书处老师来做。"


def year_differs(title: str, closes: Moment) -> str:
    """名称里的年份与日期对不上。"""
    return (
        f"名称“{title}”里的年份与日期（截止 {closes}）对不上，请把年份写全，"
        "如：2027年3月14日至6月10日"
    )


def already_past(closes: Moment) -> str:
    """截止已过。"""
    return f"截止日期 {closes} 已经过去了，请核对。"


def proposal(action: str, window: Window, number: int, warning: str = "") -> str:
    """改窗口之前的复述。"""
    lines = [
        f"将{action}窗口，请核对：",
        f"地区：{window.region}",
        f"名称：{window.title}（{window.kind}）",
        f"开始：{window.opens or '不定'}",
        f"截止：{window.closes}{'' if window.closes.at else '，到当天结束'}",
        f"依据：{window.notice or '未写'}",
    ]
    if warning:
        lines.append(warning)
    lines.append(f"没错请回：确认 {number}；不对请回：取消 {number}")
    return "\n".join(lines)


def report_proposal(
    setting: ReportSetting, coming: Iterable[Period], number: int
) -> str:
    """设置双周报之前的复述：列出接下来几期，看得见调整与不知道的年份。"""
    lines = [
        f"将设置{setting.region}双周报：每两周一期，遇休息日{setting.holidays}，"
        f"{'@' if setting.mention else '不@'}没交学校的联系人。接下来几期：",
        *(period_line(period) for period in coming),
        f"没错请回：确认 {number}；不对请回：取消 {number}",
    ]
    return "\n".join(lines)


def period_line(period: Period) -> str:
    """一期一行。"""
    return f"· {period.due}" + (f"（{period.note}）" if period.note else "")


def roster(period: Period, done: Sequence[str], waiting: Sequence[str]) -> str:
    """双周报名单。"""
    head = f"{period.region}双周报，{period.due}截止"
    if not done and not waiting:
        return f"{head}：还没有登记的学校，也没有人报过已交。"
    return (
        f"{head}：已交 {len(done)} 所，没交 {len(waiting)} 所。\n"
        f"没交：{names(waiting, 100) or '无'}\n已交：{names(done, 100) or '无'}"
    )


def ticked(school: str, period: Period, *, fresh: bool) -> str:
    """记下已交。"""
    done = "记下了" if fresh else "早已记下"
    return (
        f"{done}：{school} 已交本期双周报（{period.due}截止）。"
        "报错了请回：双周报已交 撤销"
    )


def unticked(school: str, period: Period, *, fresh: bool) -> str:
    """撤回已交。"""
    if not fresh:
        return f"{school} 本期双周报（{period.due}截止）本来就没有记为已交。"
    return f"已撤回：{school} 本期双周报（{period.due}截止）记为没交。"


NOT_COORDINATOR = (
    "还不知道你是哪所学校的联系人，没法记。请先登记，或请秘书处发：双周报已交 学校全称"
)


def no_report(region: str) -> str:
    """没有设置双周报。"""
    return (
        f"{region}还没有设置双周报的截止时间。设置请发：双周报 设置 …\n{REPORT_USAGE}"
    )


def when(moments: Sequence[datetime]) -> str:
    """一次提醒在各群的时刻。"""
    first, last = min(moments), max(moments)
    day = f"{first:%Y-%m-%d}（周{WEEKDAYS[first.weekday()]}）"
    times = f"{first:%H:%M}" + (f"–{last:%H:%M}" if last - first > _MINUTE else "")
    return f"{day}{times}"


_MINUTE = timedelta(minutes=1)


def coming_line(occurrence: "Occurrence", moments: Sequence[datetime]) -> str:
    """提醒列表里的一行。"""
    shown = when(moments) if moments else f"{occurrence.base:%Y-%m-%d %H:%M}"
    return f"· [{occurrence.code}] {shown} {label(occurrence)}（{len(moments)} 个群）"


def label(occurrence: "Occurrence") -> str:
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


def hold_names(scopes: Collection[str], titles: dict[str, str]) -> str:
    """暂停中的范围。"""
    return "、".join(titles.get(scope, scope) for scope in sorted(scopes))


def rule(region: str, current: Rule) -> str:
    """一个地区的提醒规则。"""

    def leads(days: Sequence[int]) -> str:
        return "、".join(f"前{day}天" if day else "当天" for day in days) or "不提醒"

    opening = "开始当天、" if current.opening else ""
    return (
        f"{region}的提醒：{current.at:%H:%M} 起发；窗口{opening}截止"
        f"{leads(current.window_leads)}；双周报截止{leads(current.report_leads)}。"
    )


def no_window(number: str) -> str:
    """没有这个可改的窗口。"""
    return (
        f"没有编号 {number or '（空）'} 的窗口。编号见“窗口 列表”里方括号中的数字；"
        "没有编号的是文件里的历史，不能在这里改。"
    )


def needs_clock(moment: Moment) -> str:
    """双周报的截止要有钟点。"""
    return f"请写上钟点，如：首次截止 {moment.day} 17:00"


def switched(name: str, *, on: bool, fresh: bool) -> str:
    """暂停或恢复之后。"""
    if on:
        return f"已恢复：{name}。" if fresh else f"{name}本来就没有暂停。"
    return f"已暂停：{name}，恢复前不再发。" if fresh else f"{name}早已暂停。"


def unknown_school(school: str) -> str:
    """名单里没有。"""
    return f"登记名单里没有“{school}”，请写登记时的学校全称，或先登记。"


def reminder_list(lines: Sequence[str], held: str, troubles: int) -> str:
    """提醒列表。"""
    head = "接下来的提醒：\n" if lines else "接下来没有要发的提醒。"
    parts = [head + "\n".join(lines)]
    if held:
        parts.append(f"暂停着：{held}")
    if troubles:
        parts.append(f"最近七天有 {troubles} 条没有确定送到，助手不会自己重发。")
    if lines:
        parts.append("看内容：提醒 预览 编号；这次不发：提醒 跳过 编号")
    return "\n".join(parts)


def preview(
    occurrence: "Occurrence", timed: Sequence[tuple[datetime, str]], text: str
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


def skipped(occurrence: "Occurrence") -> str:
    """跳过之后。"""
    return (
        f"这一次不发了：{label(occurrence)}（{occurrence.base:%Y-%m-%d}）。"
        f"要恢复请发：提醒 恢复 {occurrence.code}"
    )


def no_reminder(code: str) -> str:
    """没有这次提醒。"""
    if code:
        return f"没有编号 {code} 的提醒，编号见“提醒 列表”。"
    return "接下来没有要发的提醒。"


def window_stored(window: Window) -> str:
    """记下之后。"""
    return (
        f"记下了：[{window.id}] {window.region} {window.title}，{span(window)}。"
        "会按时提醒，看安排：提醒 列表"
    )


def window_removed(number: str) -> str:
    """删掉之后。"""
    return f"窗口 {number} 已删除，它没发的提醒不再发。"


def report_stored(setting: ReportSetting, coming: Sequence[Period]) -> str:
    """设好之后。"""
    first = f"最近一期 {coming[0].due}截止。" if coming else ""
    return f"设好了{setting.region}双周报。{first}看安排：提醒 列表"


def timeline_entry(
    occurrence: "Occurrence", moments: Sequence[datetime], text: str
) -> str:
    """时间表里的一次提醒。"""
    body = "\n".join(f"    {line}" for line in text.splitlines())
    groups = f"{len(moments)} 个群"
    return f"{when(moments)}  {label(occurrence)}  {groups}\n{body}"
