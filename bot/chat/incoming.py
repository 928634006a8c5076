"""把两种协议的消息事件读成助手的 `Message`。"""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import TypeAlias

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
)

SANDBOX_V11_ACCOUNT = "10001000"
"""沙盒里 v11 助手的号：v11 的事件不带平台名，凭它认出沙盒。"""

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
    group_id = getattr(event, "group_id", None)
    if group_id is not None:
        place = Place(platform, PlaceKind.GROUP, str(group_id))
    elif event.detail_type == "private" if isinstance(event, v12.Event) else True:
        place = Place(platform, PlaceKind.PRIVATE, user_id)
    else:
        return None
    segments = UniMessage.of(event.get_message(), bot)
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
        group=str(getattr(event, "group_name", "") or ""),
    )


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
