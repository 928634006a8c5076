"""双周报与提醒。"""

import re
from dataclasses import replace
from datetime import date, timedelta

from bot import clock
from bot.access import NATIONWIDE, Role
from bot.deadlines import (
    HolidayRule,
    Occurrence,
    holiday_rule,
    mentions_asked,
)
from bot.orders import wording
from bot.orders.models import Elsewhere, Manner, Missing, Order, Told, Writer
from bot.orders.slots import joined, numbers_in, region_in, written
from bot.text.dates import (
    WEEKDAYS,
    DateError,
    clock_mentions,
    date_mentions,
    parse_moment,
)
from bot.text.dates.numbers import CHINESE, number_of

_LEAD = re.compile(
    rf"(?:提?前)?\s*(?P<days>\d{{1,2}}|[{CHINESE}]{{1,3}})\s*天|"
    r"(?<![\d])(?P<bare>\d{1,2})(?![\d年月日号点时:：%])"
)
_UNWANTED = re.compile(
    r"(?:别|不要|不用|去掉|取消)(?:再)?(?:提?前)?\s*\d+\s*天(?:了|的)?|当天(?:那[次条])?(?:的)?(?:不用|不要|去掉|免)"
)
_WEEKDAY = re.compile(rf"(?:[这本下]{{0,2}}个?)(?:周|星期|礼拜)(?P<w>[{WEEKDAYS}天])")
_EVERY_TWO_WEEKS = re.compile(
    r"[每隔]?[两双二2俩]?个?(?:周|星期|礼拜)(?=一?[次报交期回趟遍])"
)
_POINTED = re.compile(r"(?<![\d.])(?P<month>1[0-2]|[1-9])[.](?P<day>[0-3]?\d)(?![\d.])")
"""“1.15 那条”。"""
_LOOSE = re.compile(r"^(\d{1,2})[.\-/](\d{1,2})(?!\d|[.\-/])")
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


def _acting(told: Told) -> str | None:
    """办的是哪个地区的：说到的、这个群的、他只管着的那一个。"""
    own = told.facts.own_region(told.message.person)
    return _region(told) or told.region or own


async def _resume_report(told: Told) -> str:
    """恢复；还没有设置过、又说了下一次哪天的，就是设置。"""
    if _sets_anew(told):
        return await _set_report(told)
    return joined("双周报 恢复", _region(told))


def _sets_anew(told: Told) -> bool:
    here = _acting(told)
    known = here is None or told.facts.report_time(here) is not None
    return not known and bool(date_mentions(written(told.text)))


async def _set_report(told: Told) -> str:
    text = written(told.text)
    region = _region(told)
    return joined(
        "双周报 设置",
        region,
        f"首次截止 {_first_due(told, text)}",
        *_extras(text),
    )


def _first_due(told: Told, text: str) -> str:
    """首次截止：哪天，逢周几就顺到那一天，几点；没说几点就照原来的，原来没有的不写。

    异常:
        Missing: 没说哪天
    """
    text = _EVERY_TWO_WEEKS.sub(" ", text)
    dates = date_mentions(text)
    if not dates:
        raise Missing(wording.FIRST_DUE_WHEN)
    weekdays = [d for d in dates if _WEEKDAY.match(d)]
    exact = [d for d in dates if d not in weekdays]
    moved = len(weekdays) > 1 and re.search(r"改|调|换|挪", text)
    named = (weekdays[-1:] if moved else weekdays[:1]) if weekdays else []
    first = exact[0] if exact else named[0]
    if not exact and "下周" in text and not first.startswith("下"):
        first = f"下{first}"
    moment = parse_moment(_LOOSE.sub(r"\1月\2日", first), clock.now())
    if exact and named:
        moment = replace(moment, day=_on_weekday(moment.day, named[0]))
    times = [at for said in dates if (at := _time(said))]
    times += clock_mentions(text)
    if moment.at is None and times:
        moment = parse_moment(f"{moment.day:%Y-%m-%d} {times[0]}", clock.now())
    if moment.at is None:
        here = _acting(told)
        moment = replace(moment, at=told.facts.report_time(here) if here else None)
    return joined(f"{moment.day:%Y-%m-%d}", f"{moment.at:%H:%M}" if moment.at else None)


def _on_weekday(day: date, said: str) -> date:
    """这天起头一个周几。"""
    match = _WEEKDAY.match(said)
    if match is None:
        return day
    wanted = WEEKDAYS.index(match["w"].replace("天", "日"))
    return day + timedelta(days=(wanted - day.weekday()) % 7)


def _extras(text: str) -> list[str]:
    """遇休息日怎么办，@不@联系人。"""
    rule = holiday_rule(text)
    return [
        "" if rule is HolidayRule.UNCHANGED else rule,
        "@联系人" if mentions_asked(text) else "",
    ]


async def _done(told: Told) -> str:
    match = re.search(
        r"[^\W\d_，,。的了是们交报]{2,20}(?:学院|大学|学校|中专|职校)", told.text
    )
    named = match[0] if match else ""
    person = told.message.person
    if not named and told.facts.tends(person) and not told.facts.is_coordinator(person):
        # 秘书处的没有自己的学校：说的是登记过的一所
        named = told.facts.school(person, told.text)
        if not named:
            raise Missing(wording.WHOSE_REPORT)
    own = named in ("", "我们学校", "我们学院", "我校", "本校")
    return joined("双周报已交", None if own else named)


async def _undone(told: Told) -> str:
    return f"{await _done(told)} 撤销"


async def _preview(told: Told) -> str:
    found, _ = _reminder(told)
    return joined("提醒 预览", found.code if found else None)


async def _skip(told: Told) -> str:
    found, is_named = _reminder(told)
    coming = told.facts.coming(told.message)
    if not is_named and (_NEXT.search(told.text) or len(coming) == 1):
        found = next(iter(coming), None)
    if found is None and not coming:
        raise Elsewhere(wording.NO_REMINDERS)
    if found is None:
        raise Missing(wording.which_reminder(told.facts.names(told.message)))
    told.notes.append(told.facts.name(found))
    return f"提醒 跳过 {found.code}"


def _reminder(told: Told) -> tuple[Occurrence | None, bool]:
    """说的是接下来的哪一次：第几条、哪一天的、截止前几天的；与有没有点明是哪一次。"""
    text = _POINTED.sub(r"\g<month>月\g<day>日", written(told.text))
    if numbers := numbers_in(re.sub(r"前?\d+\s*天", " ", text)):
        return told.facts.reminder(told.message, numbers[0]), True
    coming = told.facts.coming(told.message)
    days = [_day(said) for said in date_mentions(text)]
    lead = _LEAD.search(text)
    before = number_of(lead["days"]) if lead and lead["days"] else None
    about = re.search(r"双周报|催报", text) is not None
    fitting = [
        one
        for one in coming
        if (not days or one.base.date() in days)
        and (before is None or one.lead == before)
        and (not about or one.period is not None)
    ]
    is_named = bool(days) or before is not None or about
    return (fitting[0] if fitting and is_named else None), is_named


def _time(text: str) -> str:
    """日期附写的钟点；没有为空。"""
    try:
        at = parse_moment(_LOOSE.sub(r"\1月\2日", text), clock.now()).at
    except DateError:
        return ""
    return f"{at:%H:%M}" if at else ""


def _day(text: str) -> date | None:
    try:
        return parse_moment(text, clock.now()).day
    except DateError:
        return None


def _holding(word: str) -> Writer:
    """暂停、恢复提醒：一件、一个地区、全部。"""

    async def write(told: Told) -> str:
        if numbers := numbers_in(told.text):
            return f"{word} {numbers[0]}"
        if region := _acting(told):
            return f"{word} {region}"
        if _ALL.search(told.text):
            return f"{word} 全部"
        raise Missing(wording.PAUSE_WHAT)

    return write


_BEFORE_OPENING = re.compile(r"(?:开始|开放|启动|开报|开闸)(?:之|以|申报|报名)*前")


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
    if _BEFORE_OPENING.search(text) and "截止" not in text:
        raise Elsewhere(wording.ONLY_ON_OPENING)
    acting = _acting(told)
    opens = about == "窗口" and bool(
        re.search(r"开始", text) or (acting and told.facts.rule(acting).opening)
    )
    if acting is None and told.facts.is_everywhere(told.message.person):
        raise Missing(wording.WHOSE_RULES)
    told.glosses.append(wording.rules_of(leads, about, opening=opens))
    return joined(
        "提醒 设置", region, about, "开始" if opens else None, " ".join(leads)
    )


def _leads(text: str) -> list[str]:
    """提前几天，从多到少；“当天”在最后。不要的那几样不算。"""
    plain = _UNWANTED.sub(" ", text)
    for at in clock_mentions(plain):
        plain = plain.replace(at, " ")
    days: set[int] = set()
    for match in _LEAD.finditer(re.sub(r"最后一天|前一[天日]|第一天", " ", plain)):
        days.add(number_of(match["days"] or match["bare"]))
    if "一周" in plain or "一个星期" in plain:
        days.add(7)
    if "半个月" in plain:
        days.add(15)
    if re.search(r"前一[天日]", plain):
        days.add(1)
    leads = [str(day) for day in sorted(days - {0}, reverse=True)]
    onday = 0 in days or re.search(r"(?<!开始)当[天日]|截止那[天日]|最后一天", plain)
    return [*leads, "当天"] if onday else leads


_LIGHT, _ASKING = Manner.LIGHT, Manner.ASKING
ORDERS = (
    Order(
        "report-set", "设置双周报", "双周报 设置", _set_report,
        manner=Manner.RESTATED, pattern="双周报 设置 首次截止 2027-01-08 17:00",
    ),
    Order(
        "report-pause", "暂停双周报提醒", "双周报 暂停", _regional("双周报 暂停"),
        manner=_LIGHT, acts="halt",
    ),
    Order(
        "report-resume", "恢复双周报提醒", "双周报 恢复", _resume_report,
        manner=_ASKING, acts="resume", restates=_sets_anew,
    ),
    Order(
        "report-missing", "看双周报谁没交", "双周报 名单", _regional("双周报 名单"),
        asked=True, shows=True,
    ),
    Order(
        "report-done", "报双周报已交", "双周报已交", _done, Role.EVERYONE,
        asked=True,
    ),
    Order(
        "report-undone", "收回双周报已交", "双周报已交", _undone, Role.EVERYONE,
        pattern="双周报已交 撤销",
    ),
    Order(
        "reminder-list", "看接下来的提醒", "提醒 列表", _regional("提醒 列表"),
        asked=True, shows=True,
    ),
    Order(
        "reminder-preview", "预览提醒", "提醒 预览", _preview,
        asked=True, shows=True,
    ),
    Order(
        "reminder-skip", "跳过一次提醒", "提醒 跳过", _skip,
        manner=_ASKING, pattern="提醒 跳过 编号", acts="halt",
    ),
    Order(
        "reminder-pause", "暂停提醒", "提醒 暂停", _holding("提醒 暂停"),
        manner=_LIGHT, pattern="提醒 暂停 广西", acts="halt",
    ),
    Order(
        "reminder-resume", "恢复提醒", "提醒 恢复", _holding("提醒 恢复"),
        manner=_ASKING, pattern="提醒 恢复 广西", acts="resume",
    ),
    Order(
        "reminder-rules", "改什么时候提醒", "提醒 设置", _rules,
        manner=_ASKING, pattern="提醒 设置 窗口 开始 7 3 1 当天", lists=True,
        asked=True, acts="change",
    ),
)  # fmt: skip
