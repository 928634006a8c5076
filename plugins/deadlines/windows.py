"""窗口 列表/新增/修改/删除。"""

import re
from dataclasses import replace
from typing import Any

from bot import clock
from bot.access import Role
from bot.assistant import Assistant
from bot.deadlines import Kind, Window, kind_of, wording
from bot.errors import AssistantError
from bot.messages import Message, Reply
from bot.routing import Routes
from bot.text.dates import Moment, Span, parse_moment, parse_span, split_trailing

from .common import Refused, forms, take_region

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
    named = assistant.lexicon.regions.named(argument) if argument else None
    if argument and named is None:
        return None
    region = named or assistant.groups.get(message.place).region
    now = clock.now()
    regions = {region, "全国"} if region else None
    windows = assistant.deadlines.windows(regions)
    current = [window for window in windows if not window.is_over(now)]
    past = [window for window in reversed(windows) if window.is_over(now)]
    return Reply(wording.window_list(current, past, now))


async def create(assistant: Assistant, message: Message, argument: str) -> Reply:
    """复述要新增的窗口。"""
    try:
        region, rest = take_region(assistant, message, argument, "窗口 新增")
        if not rest:
            return Reply(wording.WINDOW_USAGE)
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
        return await _propose(assistant, message, "新增", window)
    except AssistantError as error:
        return Reply(str(error))


async def change(assistant: Assistant, message: Message, argument: str) -> Reply:
    """复述要改的窗口。"""
    number, _, rest = argument.partition(" ")
    try:
        window = _own(assistant, message, number)
        if not rest.strip():
            return Reply(wording.WINDOW_EDIT_USAGE)
        changed = _changed(window, rest.strip())
        return await _propose(assistant, message, "修改", changed)
    except AssistantError as error:
        return Reply(str(error))


async def remove(assistant: Assistant, message: Message, argument: str) -> Reply:
    """复述要删的窗口。"""
    try:
        window = _own(assistant, message, argument.strip())
    except Refused as error:
        return Reply(str(error))
    payload = {"region": window.region, "id": window.id}
    created = assistant.delivery.proposals.create("window_remove", payload, message)
    return Reply(wording.proposal("删除", window, await created))


def _own(assistant: Assistant, message: Message, number: str) -> Window:
    window = assistant.deadlines.store.windows.get(number)
    if window is None:
        raise Refused(wording.no_window(number))
    if not assistant.access.rights(message.person).covers(window.region):
        raise Refused(wording.not_yours(window.region))
    return window


def _changed(window: Window, text: str) -> Window:
    now = clock.now()
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
            return replace(window, opens=parse_moment(value, now))
        case "截止":
            return replace(window, closes=parse_moment(value, now))
    span: Span = parse_span(text, now)
    return replace(window, opens=span.first, closes=span.last)


async def _propose(
    assistant: Assistant, message: Message, action: str, window: Window
) -> Reply:
    now = clock.now()
    if window.opens and window.opens.start >= window.closes.end:
        raise Refused("开始不早于截止，请核对。")
    if window.is_over(now):
        raise Refused(wording.already_past(window.closes))
    years = {int(year) for year in re.findall(r"20\d\d", window.title)}
    dated = {window.closes.day.year} | (
        {window.opens.day.year} if window.opens else set()
    )
    if years and not years & dated:
        raise Refused(wording.year_differs(window.title, window.closes))
    number = await assistant.delivery.proposals.create(
        "window_put", pack(window), message
    )
    return Reply(wording.proposal(action, window, number))


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
