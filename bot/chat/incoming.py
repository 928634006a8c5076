"""把两种协议的消息事件读成助手的 `Message`。"""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any, TypeAlias

import nonebot
from nonebot.adapters.onebot import v11, v12
from nonebot_plugin_alconna.uniseg import At, Image, Reply, UniMessage

from bot.messages import (
    ANONYMOUS,
    SANDBOX_PLATFORM,
    Message,
    Person,
    Place,
    PlaceKind,
    Quote,
    ReceivedFile,
)

SANDBOX_V11_ACCOUNT = "10001000"
"""沙盒里 v11 助手的号：v11 的事件不带平台名，凭它认出沙盒。"""

_UNSEEN = {
    "image": "图片", "record": "语音", "voice": "语音", "audio": "语音",
    "video": "视频", "file": "文件", "onlinefile": "文件", "forward": "聊天记录",
    "json": "卡片", "xml": "卡片", "share": "卡片", "contact": "名片",
    "location": "位置", "music": "音乐",
}  # fmt: skip
"""两种协议里看不到内容的消息段。"""

AnyBot: TypeAlias = v11.Bot | v12.Bot
AnyMessageEvent: TypeAlias = v11.MessageEvent | v12.MessageEvent


def platform_of(bot: AnyBot, *, sandbox: bool) -> str:
    """账号所在的平台。"""
    if isinstance(bot, v12.Bot):
        return bot.platform
    return SANDBOX_PLATFORM if sandbox and bot.self_id == SANDBOX_V11_ACCOUNT else "qq"


def connected_bots(platform: str, *, sandbox: bool) -> list[AnyBot]:
    """某平台上连着的全部账号。"""
    return [
        bot
        for bot in nonebot.get_bots().values()
        if isinstance(bot, v11.Bot | v12.Bot)
        and platform_of(bot, sandbox=sandbox) == platform
    ]


def read_message(
    bot: AnyBot, event: AnyMessageEvent, platform: str, accounts: Collection[str]
) -> Message | None:
    """读一条消息；不归这个账号管的返回 `None`。

    频道等会话不支持；助手自己的账号说的不算；对助手的另一个账号说的，
    那个账号也会收到，由它来答：消息号各账号自己算，引用要用它自己的。

    参数:
        accounts: 助手在这个平台的全部账号
    """
    user_id = event.get_user_id()
    if user_id in accounts:
        return None
    place = _place(event, platform)
    if place is None:
        return None
    segments = _segments(bot, event)
    targets = [segment.target for segment in segments[At]]
    ours = {*accounts}
    called = ours.intersection(targets) or ours & {_quoted_sender(event)}
    if called and bot.self_id not in called and place.is_group:
        return None
    moment = event.time
    return Message(
        account=bot.self_id,
        place=place,
        person=Person(platform, _user_id(event), _name(event)),
        text=segments.extract_plain_text().strip(),
        message_id=str(event.message_id),
        addressed=event.is_tome() or bool(called),
        at=moment
        if isinstance(moment, datetime)
        else datetime.fromtimestamp(moment, UTC),
        quote=_quote(bot, event, segments),
        mentions=tuple(
            Person(platform, target) for target in targets if target not in accounts
        ),
        images=tuple(image.url or image.id or "" for image in segments[Image]),
        unseen=_unseen(event),
        group=str(getattr(event, "group_name", "") or "") if place.is_group else "",
        files=_files(event),
    )


def _files(event: AnyMessageEvent) -> tuple[ReceivedFile, ...]:
    """发来的文件；各网关的写法不一。"""
    return tuple(
        file_of(segment.data)
        for segment in event.get_message()
        if segment.type in ("file", "onlinefile")
    )


def file_of(data: Mapping[str, Any]) -> ReceivedFile:
    """网关报上来的一个文件。"""

    def text(*names: str) -> str:
        return next((str(v) for name in names if (v := data.get(name))), "")

    def number(*names: str) -> int:
        found = text(*names)
        return int(found) if found.isdecimal() else 0

    return ReceivedFile(
        text("name", "file_name", "file"),
        text("file_id", "id"),
        text("url", "file_url"),
        number("size", "file_size"),
        number("busid", "bus_id"),
    )


def _unseen(event: AnyMessageEvent) -> tuple[str, ...]:
    """看不到内容的几样；表情包不算。"""
    kinds = (
        _UNSEEN.get(segment.type)
        for segment in event.get_message()
        if str(segment.data.get("sub_type", "0")) != "1"
    )
    return tuple(dict.fromkeys(kind for kind in kinds if kind))


def _segments(bot: AnyBot, event: AnyMessageEvent) -> UniMessage:
    """消息的各段；有一段读不懂时，只看文字与 @。"""
    message = event.get_message()
    try:
        return UniMessage.of(message, bot)
    except (TypeError, ValueError, KeyError, AttributeError, AssertionError):
        plain = message.include("text", "at", "mention")
        return UniMessage.of(plain, bot)


def _place(event: AnyMessageEvent, platform: str) -> Place | None:
    """在哪里说的，以消息的种类为准；频道等不支持的为 `None`。

    群里发起的临时会话也带着群号，却是私聊：不能当作在群里说的。
    """
    v11_event = isinstance(event, v11.MessageEvent)
    kind = event.message_type if v11_event else event.detail_type
    group_id = getattr(event, "group_id", None)
    if kind == PlaceKind.PRIVATE:
        return Place(platform, PlaceKind.PRIVATE, event.get_user_id())
    if kind == PlaceKind.GROUP and group_id:
        return Place(platform, PlaceKind.GROUP, str(group_id))
    return None


def event_key(
    bot: AnyBot, event: AnyMessageEvent, place: Place
) -> tuple[str, ...] | None:
    """同一条消息不论上报几次、由几个账号上报，都有同样的键；无从辨认则为 `None`。

    QQ 的 message_id 是各账号自己算的，优先用群里的流水号 real_seq。
    私聊各账号是各账号的：两个账号的私聊里，流水号可能一样。
    """
    account = "" if place.is_group else bot.self_id
    where = (place.platform, place.kind.value, place.id, account)
    sequence = getattr(event, "real_seq", None)
    if sequence:
        return (*where, "seq", str(sequence))
    if event.message_id:
        return (*where, "id", str(event.message_id))
    if isinstance(event, v12.Event) and event.id:
        return (*where, "event", event.id)
    return None


def _user_id(event: AnyMessageEvent) -> str:
    """说话的人；匿名的不论网关给什么号，都是那个共用的。"""
    anonymous = getattr(event, "anonymous", None)
    return ANONYMOUS if anonymous else event.get_user_id()


def _name(event: AnyMessageEvent) -> str:
    if isinstance(event, v11.MessageEvent):
        return event.sender.card or event.sender.nickname or ""
    return ""


def _quoted_sender(event: AnyMessageEvent) -> str:
    """被引用的那条是谁说的；没有引用或看不出则为空。"""
    if event.reply is None:
        return ""
    if isinstance(event, v11.MessageEvent):
        return str(event.reply.sender.user_id)
    return str(getattr(event.reply, "user_id", ""))


def _quote(bot: AnyBot, event: AnyMessageEvent, segments: UniMessage) -> Quote | None:
    if isinstance(event, v11.MessageEvent) and event.reply is not None:
        reply = event.reply
        text = reply.message.extract_plain_text()
        by_assistant = str(reply.sender.user_id) == bot.self_id
        return Quote(str(reply.message_id), text, by_assistant)
    if isinstance(event, v12.MessageEvent) and event.reply is not None:
        quoted = event.reply
        by_assistant = getattr(quoted, "user_id", None) == bot.self_id
        return Quote(str(quoted.message_id), "", by_assistant)
    for segment in segments[Reply]:
        return Quote(str(segment.id))
    return None
