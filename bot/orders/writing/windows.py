"""申报窗口：列表、新增、修改、删除。"""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from bot import clock
from bot.deadlines import Window
from bot.listing import WINDOWS, Line, Numbered
from bot.orders import wording
from bot.orders.models import Manner, Missing, Order, Told
from bot.orders.slots import bare, joined, likeness, quoted, region_in, written
from bot.text.dates import DateError, date_mentions, date_spans, parse_span
from bot.text.dates.numbers import CHINESE, number_of

_NAMED = re.compile(
    r"(?:名称|名字|名|叫做?|称为|标题)(?:请)?(?:是|为|叫|改为|改成|换成|用|写)?[:：\s「“]*(?P<name>[^，,。;；\n」”]+)"
)
_ENDING = re.compile(r"截止|截至|结束|之前|以前|为止|最晚|最迟|前|止|到|至")
_OPENING = re.compile(r"开始|起|从|开放|启动|开[门张整闸报]|放开")
_REQUEST = (
    r"(?:帮我|帮忙|请|麻烦|给我|把|将|再)?(?:新增|添加|增加|加上|加进去|加|新建|建立|建|创建|新开|开个|开一个|设置|设|录入|录进去|"
    r"录|记下来|记录|记上|记住|记|登记|写上|存上|存|安排|挂)(?:一下|下|好|上|入|进去|到系统)?(?:一个|个|一条|条|一次)?(?:新的?)?"
)
_FRAME = (
    r"要?开(?:始)?了|(?:的)?(?:窗口期?|时间|日期|期限|起止)(?:定了|定下来了|是|为|定为|定在|出来了|有了|安排)?|"
    r"开始|结束|截止|截至|起|止|为止|期间|[从自到至]|是|为|定了|了$|的$"
)
_UNTIL = re.compile(r"(?:日|号)?\s*[到至\-~～]\s*(?P<day>\d{1,2})(?![\d.月点时:：])")
_TITLE_WORDS = re.compile(
    r"第.批|第.次|师资|计划|申报|补报|备案|报名|报送|汇总|完成|培训|考核|上报|评审|材料"
)
_NUMBERED = re.compile(
    rf"窗口\s*[#＃]?(\d{{1,6}})(?!\d*[月.\-/])|(\d{{1,6}}|[{CHINESE}])\s*号\s*(?:申报)?窗口|"
    rf"第\s*(\d{{1,6}}|[{CHINESE}])\s*个|编号\s*[#＃]?(\d{{1,6}})|^\s*[#＃]?(\d{{1,6}})\s*$|，\s*[#＃]?(\d{{1,6}})\s*$"
)
_LONGER = re.compile(
    rf"(?P<back>提前)?(?:推后|推迟|延后|延长|延期|顺延|宽限|往后[推拖延]|再给|多给|放宽|(?<=提前))\D{{0,3}}?"
    rf"(?P<n>\d{{1,2}}|[{CHINESE}]{{1,3}})(?P<unit>天|周|个?星期|个?礼拜)"
)
_SEPARATORS = r"[，,。;；\n:：、（）()—–~～\-\s]+"


async def _list(told: Told) -> str:
    return joined("窗口 列表", region_in(told.text, told.regions))


async def _add(told: Told) -> str:
    text = written(told.text)
    region = region_in(text, told.regions)
    span = span_in(text)
    title = title_in(told.regions.without(text) if region else text)
    if not title:
        title = wording.declaration_of(_year(span))
    return joined("窗口 新增", region, title, span)


def span_in(text: str) -> str:
    """起止日期，写成口令里的样子。

    异常:
        Missing: 没说起止，或只说了开始
    """
    dates, spans = date_mentions(text), date_spans(text)
    if len(dates) >= 2:
        between = text[spans[0][1] : spans[1][0]]
        is_reversed = re.search(r"从|起始|开始|启动", between[-4:]) and re.search(
            r"截止|截至|结束|到", text[: spans[0][0]][-4:] + between[:3]
        )
        first, last = (dates[1], dates[0]) if is_reversed else dates[:2]
        return f"{first}至{last}"
    if dates and (tail := _UNTIL.match(text, spans[0][1])):
        return f"{dates[0]}至{tail['day']}日"
    if not dates:
        raise Missing(wording.FROM_WHEN_TO_WHEN)
    start, end = date_spans(text)[0]
    around = f"{text[max(0, start - 4) : start]}{text[end : end + 3]}"
    if _OPENING.search(around) and not re.search("截止|截至|结束", around):
        raise Missing(wording.CLOSES_WHEN)
    if _ENDING.search(around):
        return f"截至{dates[0]}"
    raise Missing(wording.FROM_WHEN_TO_WHEN)


def title_in(text: str) -> str:
    """窗口的名称：写明的，否则去掉日期与“帮我记一下”之后剩下的。"""
    if (named := quoted(text)) and _TITLE_WORDS.search(named):
        return named
    for start, end in reversed(date_spans(text)):
        text = f"{text[:start]},{text[end:]}"
    if match := _NAMED.search(text):
        return re.sub(rf"\s*(?:{_FRAME})+$", "", match["name"]).strip()
    parts = [_trimmed(part) for part in re.split(_SEPARATORS, text)]
    kept = [part for part in parts if len(part) > 1]
    telling = [p for p in kept if _TITLE_WORDS.search(p) and not _ASKING.search(p)]
    best = max(telling, key=len, default="")
    return "" if best in ("申报", "报名", "备案", "申报期") else best


_ASKING = re.compile(r"[你您]|帮我|麻烦|记[到进]")
"""“你帮我记到那个申报时间里头去”：是在请人做，不是名称。"""
_PUT = re.compile(rf"^[\u4e00-\u9fff](?:上|进|入|好)(?={_TITLE_WORDS.pattern})")
"""“挂上申报”：把它放到哪里去。"""
_STORY = re.compile(
    r"^[^，,]{0,6}(?:说了?|讲了?|通知了?)(?:的是|是)?|^.*(?:同意|再开放?|还要|接到通知|我们|专门给)(?:一次)?|(?:定在|定于|定为)$"
)


def _trimmed(part: str) -> str:
    before = None
    part = _PUT.sub("", _STORY.sub("", part))
    while part != before:
        before = part
        part = re.sub(rf"^(?:{_FRAME}|的|给|要|把|将)+|(?:{_FRAME}|的|要)+$", "", part)
        part = bare(part, rf"^(?:{_REQUEST})", rf"(?:{_REQUEST})$")
    return part


def _year(span: str) -> int:
    """截止在哪一年；读不懂的由口令去说。"""
    now = clock.local(clock.now())
    try:
        return parse_span(span, now).last.day.year
    except DateError:
        return now.year


async def _change(told: Told) -> str:
    text = written(told.text)
    window = window_in(told, text)
    text = _NUMBERED.sub(" ", text)
    dates = date_mentions(text)
    named = re.search(r"(?:改名|名称|名字|改叫|叫做)", text) and _NAMED.search(
        re.sub(r"改名(?:为|成|叫)?|改叫|更名为?", "名称", text)
    )
    spans = date_spans(text)
    if len(dates) >= 2 and _RANGE.fullmatch(text[spans[-2][1] : spans[-1][0]]):
        return f"窗口 修改 #{window.id} {dates[-2]}至{dates[-1]}"
    if dates:
        before = text[: spans[-1][0]]
        field = "开始" if re.search(r"开始|起始|开放", before[-12:]) else "截止"
        return f"窗口 修改 #{window.id} {field} {_dated(window, dates[-1])}"
    if moved := _moved(window, text):
        return f"窗口 修改 #{window.id} 截止 {moved:%Y-%m-%d}"
    if named:
        return f"窗口 修改 #{window.id} 名称 {named['name'].strip()}"
    raise Missing(wording.change_to_what(window.title))


_RANGE = re.compile(r"\W*|.{0,6}?(?:到|至|截止|结束|开始|起|[-—~～]).{0,4}")
"""两个日期之间的话说的是起止；“嫌国庆耽误事，挪到……”不是。"""


def _dated(window: Window, said: str) -> str:
    """没说年份的，照这个窗口的年份。"""
    if re.search(r"\d{4}|[今明后去]年", said) or not re.match(r"\d{1,2}月", said):
        return said
    year = window.closes.day.year
    return f"{year}年{said}"


def _moved(window: Window, text: str) -> date | None:
    """“推后一周”“再给5天”是哪一天。"""
    match = _LONGER.search(text)
    if match is None:
        return None
    days = number_of(match["n"]) * (7 if match["unit"] != "天" else 1)
    return window.closes.day + timedelta(days=-days if match["back"] else days)


async def _delete(told: Told) -> str:
    return f"窗口 删除 #{window_in(told, written(told.text)).id}"


def window_in(told: Told, text: str) -> Window:
    """说的是哪个窗口：编号、名称，或只有一个。

    异常:
        Missing: 没有窗口，或说不清是哪个
    """
    windows = told.facts.windows(told.message)
    if not windows:
        raise Missing(wording.NO_WINDOWS)
    region = region_in(text, told.regions) or told.region
    near = [window for window in windows if window.region == region] or windows
    by_number = {f"#{window.id}": window for window in windows}
    if (match := _NUMBERED.search(text)) is not None:
        number = number_of(next(filter(None, match.groups())))
        said = Numbered(number, lasting=re.search(r"[#＃]\s*\d", match[0]) is not None)
        key = told.facts.lasting(told.message, WINDOWS, said)
        if key in by_number:
            return by_number[key]
        raise _asking_which(told, near)
    named = _best_named(text, near)
    if len(named) == 1:
        return named[0]
    open_ones = [w for w in near if not w.is_over(clock.now())]
    if not named and len(open_ones or near) == 1:
        return (open_ones or near)[0]
    raise _asking_which(told, named or near)


def _best_named(text: str, windows: Sequence[Window]) -> list[Window]:
    """名称与话里说的最像的几个；一点也不像的为空。"""
    plain = text
    for start, end in reversed(date_spans(text)):
        plain = f"{plain[:start]} {plain[end:]}"
    plain = re.sub(r"申报|窗口", " ", plain)
    scored = [(likeness(window.title, plain), window) for window in windows]
    best = max(score for score, _ in scored)
    return [window for score, window in scored if score == best] if best else []


def _asking_which(told: Told, windows: Sequence[Window]) -> Missing:
    """问是哪一个，从 1 编起。"""
    lines = [Line(window.id, f"{window.region} {window.title}") for window in windows]
    choices = told.facts.choices(told.message, WINDOWS, lines)
    return Missing(wording.which_window(choices))


ORDERS = (
    Order(
        "window-list", "看申报窗口", "窗口 列表", _list,
        asked=True, shows=True,
    ),
    Order(
        "window-add", "记一个申报窗口", "窗口 新增", _add,
        manner=Manner.RESTATED,
        pattern="窗口 新增 2027年第一次申报 3月14日至6月10日",
    ),
    Order(
        "window-change", "改申报窗口", "窗口 修改", _change,
        manner=Manner.RESTATED, pattern="窗口 修改 编号 截止 6月20日",
    ),
    Order(
        "window-delete", "删申报窗口", "窗口 删除", _delete,
        manner=Manner.RESTATED, pattern="窗口 删除 编号",
    ),
)  # fmt: skip
