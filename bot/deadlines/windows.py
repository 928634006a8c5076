"""读窗口：新增时的一句话、修改时的一句话；哪些不该记。"""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot import clock
from bot.errors import AssistantError
from bot.text.dates import (
    Moment,
    parse_closing,
    parse_moment,
    parse_opening,
    parse_span,
    split_trailing,
)
from bot.text.swapping import figure_swapped, swapped
from bot.words import LONGEST_FORM

from . import replies
from .models import Kind, Window, kind_of

LONGEST_TITLE, LONGEST_NOTICE = 60, 100
"""提醒因此总放得进一条消息，到发的时候才写也不用拆。"""
_MOVED = re.compile(r"^(?:延期|延长|推迟|延|提前|改)(?=[至到])")
_FIELDS = {
    "名称": re.compile(r"名[称字]$"),
    "开始": re.compile(r"(?:开始|起始|开放|开启|启动)(?:[时日][间期])?$"),
    "截止": re.compile(r"(?:截止|截至|结束|关闭|终止)(?:[时日][间期])?$"),
    "依据": re.compile(r"(?:依据|来源|文号)$"),
    "类别": re.compile(r"类[别型]$"),
}
"""各项人怎么称呼。"""
_DATED = re.compile(r"(?:[日时](?:子|期|间|候)|哪天|几号)?")
_NOTICE = re.compile(
    r"(?<![\s,，;；])[\s,，;；]*(?:依据|来源)[:：\s]*(?P<notice>\S.*)$"
)


class WindowError(AssistantError):
    """这样的窗口不能记；消息说明原因。"""


def read_window(region: str, text: str, known: Iterable[Window]) -> Window:
    """`名称 起止日期 [依据 通知]`。

    参数:
        known: 已经记下的窗口

    异常:
        AssistantError: 日期读不懂，或不该记
    """
    notice = _NOTICE.search(text) if len(text) <= LONGEST_FORM else None
    body = text[: notice.start()] if notice else text
    title, span = split_trailing(body, clock.now())
    window = Window(
        "",
        region,
        title,
        kind_of(title),
        span.first,
        span.last,
        notice["notice"] if notice else "",
    )
    same = next((w for w in known if replace(w, id=window.id) == window), None)
    if same:
        raise WindowError(replies.already_stored(same))
    _check_year(window, body.replace(title, "", 1))
    return window


def changed(window: Window, text: str) -> Window:
    """`截止 6月20日`、`延至6月20日`、`名称 …`、`3月20日至6月10日`：改过的窗口。

    异常:
        AssistantError: 日期读不懂，或没有这样的类别
    """
    now = clock.now()
    text = _MOVED.sub("", text)
    field, _, value = text.partition(" ")
    value = value.strip()
    match field if value else "":
        case "名称":
            return replace(window, title=value)
        case "依据" | "来源":
            return replace(window, notice=value)
        case "类别" if value in list(Kind):
            return replace(window, kind=Kind(value))
        case "类别":
            raise WindowError(replies.KINDS)
        case "开始":
            return replace(window, opens=parse_opening(value, now, window.closes))
        case "截止":
            return replace(window, closes=parse_closing(value, now, window.opens))
    span = parse_span(text, now)
    if span.first is None:
        # 只说了新的截止，开始不变
        return replace(window, closes=parse_closing(text, now, window.opens))
    return replace(window, opens=span.first, closes=span.last)


def field_swapped(window: Window, what: str, value: str) -> str | None:
    """只改一处的，写成 `changed` 认得的一句；说不清是哪一处为 `None`。

    参数:
        what: 哪一项，或原来的哪几个字；没说为空

    异常:
        WindowError: 换的是日期，说不清是开始还是截止
    """
    field = next((f for f, said in _FIELDS.items() if said.match(what)), None)
    if field:
        return f"{field} {value}"
    titled = swapped(window.title, what, value)
    if titled and (what in window.title or figure_swapped(window.title, value)):
        return f"名称 {titled}"
    ends = {"开始": window.opens, "截止": window.closes}
    dated = {
        field: text
        for field, moment in ends.items()
        if moment and (text := swapped(str(moment), "", value))
    }
    said = [f for f in dated if (moment := ends[f]) and _is_said(moment, what)]
    if not dated or (what and not said and not _DATED.fullmatch(what)):
        return None
    chosen = said or list(dated)
    if len(chosen) != 1:
        raise WindowError(replies.WHICH_END)
    return f"{chosen[0]} {dated[chosen[0]]}"


def _is_said(moment: Moment, what: str) -> bool:
    """`what` 说的是不是这一天。"""
    try:
        return parse_moment(what, moment.start).day.day == moment.day.day
    except AssistantError:
        return False


def check_window(window: Window, before: Window | None, now: datetime) -> None:
    """能不能记下。

    异常:
        WindowError: 太长、没有变化、开始晚于截止，或已经过去
    """
    if len(window.title) > LONGEST_TITLE or len(window.notice) > LONGEST_NOTICE:
        raise WindowError(replies.too_long(LONGEST_TITLE, LONGEST_NOTICE))
    if window == before:
        raise WindowError(replies.UNCHANGED)
    if window.opens and window.opens.start >= window.closes.end:
        raise WindowError(replies.BACKWARDS)
    if window.is_over(now):
        raise WindowError(replies.already_past(window.closes))


def _check_year(window: Window, dates: str) -> None:
    """名称里的年份与没写年份的日期对不上，多半是写错了。"""
    years = {int(year) for year in re.findall(r"20\d\d", window.title)}
    dated = {m.day.year for m in (window.opens, window.closes) if m}
    if years and not years & dated and not re.search(r"20\d\d", dates):
        raise WindowError(replies.year_differs(window.title, window.closes))


def pack(window: Window) -> dict[str, Any]:
    """存进待确认的事。"""
    return {
        "id": window.id,
        "region": window.region,
        "title": window.title,
        "kind": window.kind,
        "opens": str(window.opens) if window.opens else None,
        "closes": str(window.closes),
        "notice": window.notice,
    }


def unpack(payload: dict[str, Any]) -> Window:
    """从待确认的事里取出；写出的日期都是绝对的，读回不会变。"""

    def moment(text: str) -> Moment:
        return parse_moment(text, clock.now())

    return Window(
        payload["id"],
        payload["region"],
        payload["title"],
        Kind(payload["kind"]),
        moment(payload["opens"]) if payload["opens"] else None,
        moment(payload["closes"]),
        payload["notice"],
    )
