"""窗口 列表/新增/修改/删除。"""

import re
from dataclasses import replace
from typing import Any

from bot import clock
from bot.access import NATIONWIDE, Role
from bot.assistant import Assistant
from bot.deadlines import Kind, Window, kind_of, replies, window_key
from bot.errors import AssistantError
from bot.messages import Message, Reply
from bot.routing import Routes
from bot.text.dates import (
    Moment,
    parse_closing,
    parse_moment,
    parse_opening,
    parse_span,
    split_trailing,
)

from .common import (
    WINDOW_PUT,
    WINDOW_REMOVE,
    Refused,
    forms,
    region_named,
    take_region,
)

LONGEST_TITLE, LONGEST_NOTICE = 60, 100
"""提醒因此总放得进一条消息，到发的时候才写也不用拆。"""
_MOVED = re.compile(r"^(?:延期|延长|推迟|延|提前|改)(?=[至到])")
_NOTICE = re.compile(r"[\s,，;；]*(?:依据|来源)[:：\s]*(?P<notice>\S.*)$")


def register(routes: Routes) -> None:
    """登记口令。"""
    add = routes.word
    add(
        *forms("窗口", "列表"),
        usage="窗口 列表 [地区] —— 现在、将来和以往的申报窗口",
        role=Role.SECRETARIAT,
        glued=True,
    )(show)
    add(
        *forms("窗口", "新增"),
        usage="窗口 新增 [地区] 名称 起止日期 —— 先复述，确认后才记下",
        role=Role.SECRETARIAT,
        glued=True,
    )(create)
    add(
        *forms("窗口", "修改"),
        usage="窗口 修改 编号 新的日期 —— 没发的提醒随之重排",
        role=Role.SECRETARIAT,
        glued=True,
    )(change)
    add(
        *forms("窗口", "删除"),
        usage="窗口 删除 编号",
        role=Role.SECRETARIAT,
        glued=True,
    )(remove)


async def show(assistant: Assistant, message: Message, argument: str) -> Reply | None:
    """列出窗口。"""
    named = region_named(assistant, argument)
    if argument and named is None:
        return None
    region = named or assistant.groups.get(message.place).region
    now = clock.now()
    regions = {region, NATIONWIDE} if region else None
    windows = assistant.deadlines.windows(regions)
    current = [window for window in windows if not window.is_over(now)]
    past = [window for window in reversed(windows) if window.is_over(now)]
    return Reply(replies.window_list(current, past, now))


async def create(assistant: Assistant, message: Message, argument: str) -> Reply:
    """复述要新增的窗口。"""
    try:
        region, rest = take_region(assistant, message, argument, "窗口 新增")
        if not rest:
            return Reply(replies.WINDOW_USAGE)
        notice = _NOTICE.search(rest)
        body = rest[: notice.start()] if notice else rest
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
        if same := _same_as(assistant, window):
            raise Refused(replies.already_stored(same))
        _check_year(window, body.removeprefix(title))
        return await _propose(assistant, message, None, window)
    except AssistantError as error:
        return Reply(str(error))


async def change(assistant: Assistant, message: Message, argument: str) -> Reply:
    """复述要改的窗口。"""
    number, _, rest = argument.partition(" ")
    try:
        window = _own(assistant, message, number)
        if not rest.strip():
            return Reply(replies.WINDOW_EDIT_USAGE)
        changed = _changed(window, rest.strip())
        return await _propose(assistant, message, window, changed)
    except AssistantError as error:
        return Reply(str(error))


async def remove(assistant: Assistant, message: Message, argument: str) -> Reply:
    """复述要删的窗口。"""
    try:
        window = _own(assistant, message, argument.strip())
    except Refused as error:
        return Reply(str(error))
    number = await assistant.delivery.proposals.create(
        WINDOW_REMOVE,
        {"region": window.region, "id": window.id},
        message,
        subject=window_key(window.id),
    )
    return Reply(replies.removal(window, number))


def _own(assistant: Assistant, message: Message, number: str) -> Window:
    window = assistant.deadlines.store.windows.get(number)
    if window is None:
        raise Refused(replies.no_window(number))
    if not assistant.access.rights(message.person).covers(window.region):
        raise Refused(replies.not_yours(window.region))
    return window


def _changed(window: Window, text: str) -> Window:
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
            raise Refused("类别只有：申报、完成、报送。")
        case "开始":
            return replace(window, opens=parse_opening(value, now, window.closes))
        case "截止":
            return replace(window, closes=parse_closing(value, now, window.opens))
    span = parse_span(text, now)
    if span.first is None:
        # 只说了新的截止，开始不变
        return replace(window, closes=parse_closing(text, now, window.opens))
    return replace(window, opens=span.first, closes=span.last)


def _check_year(window: Window, dates: str) -> None:
    """名称里的年份与没写年份的日期对不上，多半是写错了。"""
    years = {int(year) for year in re.findall(r"20\d\d", window.title)}
    dated = {m.day.year for m in (window.opens, window.closes) if m}
    if years and not years & dated and not re.search(r"20\d\d", dates):
        raise Refused(replies.year_differs(window.title, window.closes))


async def _propose(
    assistant: Assistant, message: Message, before: Window | None, window: Window
) -> Reply:
    now = clock.now()
    if len(window.title) > LONGEST_TITLE or len(window.notice) > LONGEST_NOTICE:
        raise Refused(replies.too_long(LONGEST_TITLE, LONGEST_NOTICE))
    if window == before:
        raise Refused(replies.UNCHANGED)
    if window.opens and window.opens.start >= window.closes.end:
        raise Refused("开始不早于截止，请核对。")
    if window.is_over(now):
        raise Refused(replies.already_past(window.closes))
    number = await assistant.delivery.proposals.create(
        WINDOW_PUT,
        {"region": window.region, "new": pack(window)},
        message,
        # 新增的还没有编号：两人同时记同一个窗口，也只办先确认的
        subject=window_key(window.id or f"{window.region} {window.title}"),
    )
    return Reply(replies.proposal(before, window, number, now))


def _same_as(assistant: Assistant, window: Window) -> Window | None:
    """要新增的已经有一模一样的了。"""
    every = assistant.deadlines.store.windows.values()
    return next((w for w in every if replace(w, id=window.id) == window), None)


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
