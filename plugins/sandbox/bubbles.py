"""把一条消息画成气泡。"""

from collections.abc import Callable
from datetime import datetime

from nicegui import ui

from bot import clock
from bot.pages import Button, Span, block, label

from .content import (
    AtPart,
    FilePart,
    ForwardPart,
    ImagePart,
    Part,
    TextPart,
    split_links,
)
from .elements import avatar
from .talk import Bubble, BubbleKind, Quoted

_WEEKDAYS = "一二三四五六日"


def time_text(at: datetime, *, short: bool = False) -> str:
    """时间的写法：今天只写时刻，昨天、本周、更早各加一点。

    参数:
        at: 时间
        short: 列表里用的短写法
    """
    at, now = clock.local(at), clock.now()
    moment = f"{at:%H:%M}"
    days = (now.date() - at.date()).days
    if days == 0:
        return moment
    if days == 1:
        return "昨天" if short else f"昨天 {moment}"
    if 1 < days < 7:
        day = f"星期{_WEEKDAYS[at.weekday()]}"
    elif at.year == now.year:
        day = f"{at.month}月{at.day}日"
    else:
        day = f"{at.year}年{at.month}月{at.day}日"
    return day if short else f"{day} {moment}"


def draw_time(at: datetime) -> None:
    """时间分隔。"""
    label(time_text(at), "sb-time", "time")


def draw_row(
    row: ui.element, bubble: Bubble, *, own: bool, on_reply: Callable[[Bubble], None]
) -> None:
    """把一条消息画进一行，重画时先清空。

    参数:
        row: 这一行的容器
        bubble: 消息
        own: 是否当前发言人自己说的
        on_reply: 点了回复
    """
    row.clear()
    tip = _tip(bubble)
    if tip:
        row.classes(replace="sb-tip")
        row.props["data-testid"] = "recalled" if bubble.recalled else "note"
        with row:
            Span(tip)
        return
    row.classes(replace="sb-row sb-own" if own else "sb-row")
    row.props["data-testid"] = "bubble"
    row.props["data-message-id"] = bubble.message_id
    row.props["data-by"] = (
        "assistant" if bubble.by_assistant else "self" if own else "other"
    )
    with row:
        avatar(bubble.sender_name, bubble.sender_id, assistant=bubble.by_assistant)
        with block("sb-col"):
            _draw_who(bubble)
            with block("sb-line"):
                _draw_bubble(bubble)
                reply = Button(
                    classes="sb-reply", icon="reply", testid="reply", title="引用"
                )
                reply.on("click", lambda: on_reply(bubble))
            if bubble.undelivered:
                label("助手当时不在线，没有收到这条", "sb-lost", "undelivered")


def _tip(bubble: Bubble) -> str:
    """不画成气泡、只写一行的。"""
    if bubble.recalled:
        return f"{bubble.sender_name}撤回了一条消息"
    return bubble.text if bubble.kind is BubbleKind.NOTE else ""


def _draw_who(bubble: Bubble) -> None:
    with block("sb-who"):
        Span(bubble.sender_name)
        if bubble.role is None:
            Span("助手", "sb-tag sb-tag-assistant")
        else:
            Span(bubble.role.label, f"sb-tag sb-tag-{bubble.role}")
        if bubble.essence:
            Span("精华", "sb-tag sb-tag-essence")


def _draw_bubble(bubble: Bubble) -> None:
    pictures = all(isinstance(part, ImagePart) and part.blob for part in bubble.parts)
    classes = "sb-bubble"
    if bubble.kind is BubbleKind.ANNOUNCEMENT:
        classes += " sb-announce"
    elif pictures and bubble.quote is None:
        classes += " sb-only-image"
    with block(classes, "bubble-body"):
        if bubble.kind is BubbleKind.ANNOUNCEMENT:
            label("📢 群公告", "sb-announce-head")
        if bubble.quote is not None:
            _draw_quote(bubble.quote)
        for part in bubble.parts:
            _draw_part(part)


def _draw_quote(quote: Quoted) -> None:
    box = block("sb-quote", "quote")
    box.props["data-quoted"] = quote.message_id
    # 消息号放在属性里，脚本从属性里取，不拼进脚本
    box.on(
        "click",
        js_handler="(e) => window.sandbox.jump(e.currentTarget.dataset.quoted)",
    )
    with box:
        text = f"{quote.name}：{quote.text}" if quote.name else quote.text
        label(text[:200], "sb-quote-text")


def _draw_part(part: Part) -> None:
    match part:
        case TextPart(text):
            for piece, is_link in split_links(text):
                if is_link:
                    _draw_link(piece)
                else:
                    Span(piece)
        case AtPart(name=name):
            Span(f"@{name}", "sb-at")
        case ImagePart():
            _draw_image(part)
        case FilePart():
            _draw_file(part)
        case ForwardPart(entries):
            label("聊天记录", "sb-forward-head")
            for name, text in entries:
                label(f"{name}：{text}", "sb-forward-line")


def _draw_link(url: str) -> None:
    link = Span(url, "sb-link")
    link.tag = "a"
    link.props["href"] = url
    link.props["target"] = "_blank"
    link.props["rel"] = "noopener noreferrer"


def _draw_image(part: ImagePart) -> None:
    if part.blob is None:
        Span(f"[图片] {part.url}")
        return
    picture = ui.element("img").classes("sb-picture")
    picture.props["src"] = f"/sandbox/files/{part.blob}"
    picture.props["alt"] = part.name
    picture.props["data-testid"] = "picture"


def _draw_file(part: FilePart) -> None:
    card = ui.element("a" if part.blob else "div").classes("sb-file")
    card.props["data-testid"] = "file"
    if part.blob:
        card.props["href"] = f"/sandbox/files/{part.blob}"
        card.props["download"] = part.name
    with card:
        ui.icon("description")
        label(part.name, "sb-file-name")
        label(_size_text(part.size), "sb-file-size")


def _size_text(size: int) -> str:
    if size < 1024:
        return f"{size} 字节"
    if size < 1024 * 1024:
        return f"{size / 1024:.1f} KB"
    return f"{size / 1024 / 1024:.1f} MB"
