"""双周报与提醒。"""

import re

from bot.access import NATIONWIDE, Role
from bot.deadlines import HolidayRule
from bot.orders import wording
from bot.orders.models import Manner, Missing, Order, Told, Writer
from bot.orders.slots import joined, numbers_in, region_in, without_dates, written
from bot.text.dates import clock_mentions, date_mentions
from bot.text.dates.numbers import CHINESE, number_of

_EARLIER = re.compile(r"(?:假|休息|周末|节).{0,6}(?:提前|往前|向前)|提前(?=$|[，,。])")
_LATER = re.compile(r"顺延|往后|延后|推后|推迟|后延|之后第一个工作日|下一个工作日")
_MENTION = re.compile(
    r"(?P<no>不|别)?(?:用|要)?(?:@|艾特|点名|圈)(?:一下)?(?:没交的?)?(?:联系人|没交|学校)"
)
_LEAD = re.compile(
    rf"(?:提?前)?\s*(?P<days>\d{{1,2}}|[{CHINESE}]{{1,3}})\s*天|"
    r"(?<![\d.])(?P<bare>\d{1,2})(?![\d.年月日号点时:：%])"
)
_ALL = re.compile(r"全部|所有|一切|统统")
_NEXT = re.compile(
    r"下一?[次条个期]|最近|这一?[次条个]|本次|明天|今天|后天|马上|接下来"
)


def _regional(word: str) -> Writer:
    """口令后面只跟地区的。"""

    async def write(told: Told) -> str:
        return joined(word, _region(told))

    return write


def _region(told: Told) -> str | None:
    if "全国" in told.text:
        return NATIONWIDE
    return region_in(told.text, told.regions)


async def _set_report(told: Told) -> str:
    text = written(told.text)
    dates = [d for d in date_mentions(text) if not re.fullmatch(r"每?周.", d)]
    dates = dates or date_mentions(text)
    if not dates:
        raise Missing(wording.FIRST_DUE_WHEN)
    first, clocks = dates[0], clock_mentions(text)
    if not clock_mentions(f"，{first}"[1:]) and not re.search(r"[点时:：]", first):
        later = [d for d in dates[1:] if re.search(r"[点时:：]", d)]
        clocks = clocks or [
            c for d in later for c in re.findall(r"\D?\d+[点时:：].*", d)
        ]
        if not clocks:
            raise Missing(wording.DUE_AT_WHAT_TIME)
        first = f"{first} {clocks[0]}"
    return joined(
        "双周报 设置",
        _region(told),
        f"首次截止 {first}",
        _holidays(text),
        _mention(text),
    )


def _holidays(text: str) -> str:
    if _LATER.search(text):
        return HolidayRule.LATER
    return HolidayRule.EARLIER if _EARLIER.search(text) else ""


def _mention(text: str) -> str:
    match = _MENTION.search(text)
    return "" if match is None else "不@联系人" if match["no"] else "@联系人"


async def _done(told: Told) -> str:
    match = re.search(
        r"[^\W\d_，,。的了是们交报]{2,20}(?:学院|大学|学校|中专|职校)", told.text
    )
    own = match is None or match[0] in ("我们学校", "我们学院", "我校", "本校")
    return joined("双周报已交", None if own else match[0])


async def _undone(told: Told) -> str:
    return f"{await _done(told)} 撤销"


async def _preview(told: Told) -> str:
    numbers = numbers_in(told.text)
    return joined("提醒 预览", str(numbers[0]) if numbers else None)


async def _skip(told: Told) -> str:
    if numbers := numbers_in(told.text):
        return f"提醒 跳过 {numbers[0]}"
    if _NEXT.search(told.text) and not re.search(r"今天|明天|后天", told.text):
        return "提醒 跳过 最近"
    raise Missing(wording.SKIP_WHICH)


def _holding(word: str) -> Writer:
    """暂停、恢复提醒：一件、一个地区、全部。"""

    async def write(told: Told) -> str:
        if numbers := numbers_in(told.text):
            return f"{word} {numbers[0]}"
        here = told.region or told.facts.own_region(told.message.person)
        if region := _region(told) or here:
            return f"{word} {region}"
        if _ALL.search(told.text):
            return f"{word} 全部"
        raise Missing(wording.PAUSE_WHAT)

    return write


async def _rules(told: Told) -> str:
    text = written(told.text)
    region = _region(told)
    clocks = clock_mentions(text)
    about = "双周报" if "双周报" in text else "窗口"
    leads = _leads(text)
    if clocks and not leads:
        return joined("提醒 设置", region, "时间", clocks[0])
    if not leads:
        return joined("提醒 设置", region)
    acting = region or told.region or told.facts.own_region(told.message.person)
    opens = about == "窗口" and bool(
        re.search(r"开始", text) or (acting and told.facts.rule(acting).opening)
    )
    return joined(
        "提醒 设置", region, about, "开始" if opens else None, " ".join(leads)
    )


def _leads(text: str) -> list[str]:
    """提前几天，从多到少；“当天”在最后。"""
    plain = without_dates(text)
    days: set[int] = set()
    for match in _LEAD.finditer(plain):
        days.add(number_of(match["days"] or match["bare"]))
    if "一周" in plain or "一个星期" in plain:
        days.add(7)
    if re.search(r"前一[天日]", text):
        days.add(1)
    leads = [str(day) for day in sorted(days - {0}, reverse=True)]
    onday = re.search(r"(?<!开始)当[天日]|截止那[天日]|最后一天", text)
    return [*leads, "当天"] if onday else leads


_LIGHT, _ASKING = Manner.LIGHT, Manner.ASKING
ORDERS = (
    Order(
        "report-set", "设置双周报", "双周报 设置", _set_report,
        pattern="双周报 设置 首次截止 2027-01-08 17:00",
    ),
    Order(
        "report-pause", "暂停双周报提醒", "双周报 暂停", _regional("双周报 暂停"),
        manner=_LIGHT,
    ),
    Order(
        "report-resume", "恢复双周报提醒", "双周报 恢复", _regional("双周报 恢复"),
        manner=_ASKING,
    ),
    Order("report-missing", "看双周报谁没交", "双周报 名单", _regional("双周报 名单")),
    Order("report-done", "报双周报已交", "双周报已交", _done, Role.EVERYONE),
    Order(
        "report-undone", "收回双周报已交", "双周报已交", _undone, Role.EVERYONE,
        pattern="双周报已交 撤销",
    ),
    Order("reminder-list", "看接下来的提醒", "提醒 列表", _regional("提醒 列表")),
    Order("reminder-preview", "预览提醒", "提醒 预览", _preview),
    Order(
        "reminder-skip", "跳过一次提醒", "提醒 跳过", _skip,
        manner=_ASKING, pattern="提醒 跳过 编号",
    ),
    Order(
        "reminder-pause", "暂停提醒", "提醒 暂停", _holding("提醒 暂停"),
        manner=_LIGHT, pattern="提醒 暂停 广西",
    ),
    Order(
        "reminder-resume", "恢复提醒", "提醒 恢复", _holding("提醒 恢复"),
        manner=_ASKING, pattern="提醒 恢复 广西",
    ),
    Order(
        "reminder-rules", "改什么时候提醒", "提醒 设置", _rules,
        manner=_ASKING, pattern="提醒 设置 窗口 开始 7 3 1 当天",
    ),
)  # fmt: skip
