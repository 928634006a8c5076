"""回答窗口与双周报各口令的话。"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from bot import clock
from bot.confirming import settle_with
from bot.text.dates import Moment
from bot.text.echoing import quoted_name
from bot.wording import no_such_number

from .models import DAY_END, Period, ReportSetting, Window
from .wording import days_left, names, period_line, span

USAGE_WINDOWS = "窗口 列表 [地区] —— 现在、将来和以往的申报窗口"
USAGE_ADD = "窗口 新增 [地区] 名称 起止日期 —— 先复述，确认后才记下"
USAGE_CHANGE = "窗口 修改 编号 日期 —— 没发的提醒随之重排"
USAGE_REMOVE = "窗口 删除 编号"
TILL_DAY_END = "没写几点，按当天结束算；要定几点请说，如：改成 17:00"
USAGE_REPORT = "双周报 设置 [地区] 首次截止 2027-01-08 17:00 [提前/顺延/不变] [@联系人]"
USAGE_ROSTER = "双周报 名单 [地区] —— 谁交了、谁没交"
USAGE_PAUSE = "双周报 暂停 [地区] —— 不再提醒"
USAGE_RESUME = "双周报 恢复 [地区]"
USAGE_DONE = "双周报已交 —— 联系人报本校已交；报错了加「撤销」"

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
REPORT_USAGE = f"写法：{USAGE_REPORT}"
NOT_COORDINATOR = (
    "还不知道您是哪所学校的联系人，没法记。请先登记，或请秘书处发：双周报已交 学校全称"
)
KINDS = "类别只有：申报、完成、报送。"
WHICH_END = "改的是开始还是截止？请连着说，如：截止改成12月25日。"
BACKWARDS = "开始不早于截止，请核对。"
UNCHANGED = "和现在的一样，没有要改的。"


def window_line(window: Window, now: datetime, number: int | None) -> str:
    """列表里的一行；不能在这里改的不编号。"""
    if window.is_over(now):
        state = "已结束"
    elif window.has_begun(now):
        state = days_left(window.closes, now.date())
    else:
        state = "还没开始"
    head = "·" if number is None else f"{number}."
    return f"{head} {window.region} {window.title}：{span(window)}（{state}）"


def window_list(
    current: Sequence[Window],
    past: Sequence[Window],
    numbered: Sequence[Window],
    now: datetime,
) -> str:
    """窗口列表。

    参数:
        numbered: 能在这里改的，依次编号
    """
    numbers = {window.id: number for number, window in enumerate(numbered, start=1)}

    def write(windows: Sequence[Window]) -> str:
        return "\n".join(window_line(w, now, numbers.get(w.id)) for w in windows)

    text = f"现在与将来的窗口：\n{write(current)}" if current else NO_WINDOWS
    return f"{text}\n以往的：\n{write(past)}" if past else text


def too_long(title: int, notice: int) -> str:
    """名称或依据太长。"""
    return f"名称最多 {title} 个字，依据最多 {notice} 个字，请写短些。"


def already_past(closes: Moment) -> str:
    """截止已过。"""
    return f"截止日期 {closes} 已经过去了，请核对。"


def report_proposal(setting: ReportSetting, coming: Iterable[Period]) -> str:
    """设置双周报之前的复述：列出接下来几期，看得见调整与不知道的年份。"""
    lines = [
        f"将设置{setting.region}双周报：每两周一期，遇休息日{setting.holidays}，"
        f"{'@' if setting.mention else '不@'}没交学校的联系人。接下来几期：",
        *(period_line(period) for period in coming),
        *([TILL_DAY_END] if clock.local(setting.anchor).time() == DAY_END else []),
    ]
    return "\n".join(lines)


def roster(
    period: Period,
    done: Sequence[str],
    waiting: Sequence[str],
    marked: Callable[[str, str], str],
) -> str:
    """双周报名单。

    参数:
        marked: 某地区的某校怎么写，不在院校名单里的注明
    """
    head = f"{period.region}双周报，{period.due}截止"
    if not done and not waiting:
        return f"{head}：还没有登记的学校，也没有人报过已交。"
    listed, missing = (
        [marked(period.region, school) for school in schools]
        for schools in (done, waiting)
    )
    return (
        f"{head}：已交 {len(done)} 所，没交 {len(waiting)} 所。\n"
        f"没交：{names(missing, 100) or '无'}\n已交：{names(listed, 100) or '无'}"
    )


def booked(schools: Sequence[str]) -> str:
    """设置之前报的已交，算进这一期。"""
    return f"\n先前报过已交的 {len(schools)} 所算进这一期：{names(schools)}。"


def kept(school: str, region: str, *, fresh: bool) -> str:
    """还没有设置双周报，已交先留着。"""
    done = "记下了" if fresh else "早已记下"
    return (
        f"{done}：{school} 已交双周报。{region}还没有设置双周报的截止时间，"
        "等秘书处设好，就算进那一期。报错了请回：双周报已交 撤销"
    )


def unkept(school: str, *, fresh: bool) -> str:
    """撤回先留着的已交。"""
    if not fresh:
        return f"{school} 本来就没有记为已交。"
    return f"已撤回：{school} 的双周报记为没交。"


def early(period: Period, before: Period | None) -> str:
    """离截止还早，问清是不是这一期。"""
    days = (period.due.day - clock.now().date()).days
    ask = f"\n离截止还有 {days} 天，交的是这一期吗？"
    if before is None:
        return f"{ask}不是就请撤销。"
    return f"{ask}若是 {before.due}截止的上一期，请回：双周报已交 上期"


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


def no_report(region: str) -> str:
    """没有设置双周报。"""
    return (
        f"{region}还没有设置双周报的截止时间。设置请发：双周报 设置 …\n{REPORT_USAGE}"
    )


def nothing_to_pause(region: str) -> str:
    """没有设置双周报，本来就不提醒。"""
    return f"{region}还没有设置双周报，本来就不会提醒，没有要停的。"


def no_window(number: str) -> str:
    """没有这个可改的窗口。"""
    return no_such_number(number or "（空）", "窗口") + (
        "编号见「窗口 列表」；没有编号的是文件里的历史，不能在这里改。"
    )


def unknown_school(school: str) -> str:
    """名单里没有。"""
    shown = quoted_name(school, "这所学校")
    return f"登记名单里没有{shown}，请写登记时的学校全称，或先登记。"


def window_removed(name: str) -> str:
    """删掉之后。"""
    return f"已删除窗口：{name}，它没发的提醒不再发。"


def proposal(before: Window | None, window: Window, number: int, now: datetime) -> str:
    """新增或修改窗口之前的复述；修改的写明从什么改成什么。"""

    def line(name: str, of: Callable[[Window], object]) -> str:
        old = of(before) if before else None
        changed = f"{old} → " if before and old != of(window) else ""
        return f"{name}：{changed}{of(window)}"

    lines = [
        f"将{'修改' if before else '新增'}窗口，请核对：",
        f"地区：{window.region}",
        line("名称", lambda w: f"{w.title}（{w.kind}）"),
        line("开始", lambda w: w.opens or "不定"),
        line("截止", lambda w: f"{w.closes}{'' if w.closes.at else '，到当天结束'}"),
        line("依据", lambda w: w.notice or "未写"),
        outlook(window, now),
    ]
    years = {int(year) for year in re.findall(r"20\d\d", window.title)}
    if years and not years & {m.day.year for m in (window.opens, window.closes) if m}:
        lines.append("注意：名称里的年份与日期的年份不同。")
    return "\n".join([*lines, settle_with(number)])


def outlook(window: Window, now: datetime) -> str:
    """从今天看，还有多久、共多久：日期写错了，一眼看得出。"""
    today = now.date()
    parts: list[str] = []
    if window.opens:
        until = (window.opens.day - today).days
        parts.append(f"{until} 天后开始" if until > 0 else f"已开始 {-until} 天")
    parts.append(days_left(window.closes, today))
    if window.opens:
        length = (window.closes.day - window.opens.day).days + 1
        parts.append(f"首尾共 {length} 天")
    return f"从今天看：{'，'.join(parts)}"


def removal(window: Window, number: int) -> str:
    """删除窗口之前的复述。"""
    title = f"{window.region} {window.title}：{span(window)}"
    return f"将删除窗口：{title}（编号 #{window.id}）。\n{settle_with(number)}"


def window_brief(region: str, title: str, *, new: bool) -> str:
    """新增或修改一个窗口的一行。"""
    return f"{'新增' if new else '修改'}窗口：{region} {title}"


def removal_brief(region: str, title: str) -> str:
    """删除一个窗口的一行。"""
    return f"删除窗口：{region} {title}"


def report_brief(region: str) -> str:
    """设置双周报的一行。"""
    return f"设置{region}双周报"


def already_stored(window: Window) -> str:
    """要新增的已经有了。"""
    return f"已经有了一样的：{window.region} {window.title}（编号 #{window.id}）。"


def year_differs(title: str, closes: Moment) -> str:
    """名称里的年份与日期对不上。"""
    return (
        f"名称「{title}」里的年份与日期（截止 {closes}）对不上，请把年份写全，"
        "如：2027年3月14日至6月10日"
    )


def window_stored(window: Window, sent_now: int) -> str:
    """记下之后。"""
    return (
        f"记下了：{window.region} {window.title}，{span(window)}（编号 #{window.id}）。"
        f"会按时提醒，看安排：提醒 列表{sending_now(sent_now)}"
    )


def report_stored(
    setting: ReportSetting, coming: Sequence[Period], sent_now: int
) -> str:
    """设好之后。"""
    first = f"最近一期 {coming[0].due}截止。" if coming else ""
    done = f"设好了{setting.region}双周报。{first}看安排：提醒 列表"
    return done + sending_now(sent_now)


def sending_now(number: int) -> str:
    """今天起发的时刻已过，改了以后该发的。"""
    return f"\n今天该提醒的 {number} 条现在就发。" if number else ""


def several_regions(school: str, regions: Sequence[str]) -> str:
    """同名的学校几个地区都有。"""
    return f"{'、'.join(regions)}都有「{school}」，请到那个地区的群里发。"
