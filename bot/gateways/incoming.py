"""把两种协议的消息事件读成助手的 `Message`。"""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import TypeAlias

from nonebot.adapters.onebot import v11, v12
from nonebot_plugin_alconna.uniseg import At, Image, Reply, UniMessage

from bot.messages import SANDBOX_PLATFORM, Message, Person, Place, PlaceKind, Quote

SANDBOX_V11_ACCOUNT = "10001000"
"""沙盒里 v11 助手的号：v11 的事件不带平台名，凭它认出沙盒。"""

AnyBot: TypeAlias = v11.Bot | v12.Bot
AnyMessageEvent: TypeAlias = v11.MessageEvent | v12.MessageEvent


def platform_of(bot: AnyBot, *, sandbox: bool) -> str:
    """账号所在的平台。"""
    if isinstance(bot, v12.Bot):
        return bot.platform
    return SANDBOX_PLATFORM if sandbox and bot.self_id == SANDBOX_V11_ACCOUNT else "qq"


def read_message(
    bot: AnyBot, event: AnyMessageEvent, platform: str, accounts: Collection[str]
) -> Message | None:
    """读一条消息；频道等不支持的会话返回 `None`。

    参数:
        accounts: 助手的全部账号；@ 了其中别的一个，也是在对助手说话，由那个账号答
    """
    user_id = event.get_user_id()
    group_id = getattr(event, "group_id", None)
    if group_id is not None:
        place = Place(platform, PlaceKind.GROUP, str(group_id))
    elif event.detail_type == "private" if isinstance(event, v12.Event) else True:
        place = Place(platform, PlaceKind.PRIVATE, user_id)
    else:
        return None
    segments = UniMessage.of(event.get_message(), bot)
    targets = [segment.target for segment in segments[At]]
    called = next((target for target in targets if target in accounts), None)
    moment = event.time
    return Message(
        account=called or bot.self_id,
        place=place,
        person=Person(platform, user_id, _name(event)),
        text=segments.extract_plain_text().strip(),
        message_id=str(event.message_id),
        addressed=event.is_tome() or called is not None,
        at=moment
        if isinstance(moment, datetime)
        else datetime.fromtimestamp(moment, UTC),
        quote=_quote(bot, event, segments),
        mentions=tuple(
            Person(platform, target) for target in targets if target not in accounts
        ),
        images=tuple(image.url or image.id or "" for image in segments[Image]),
    )


def group_name(event: AnyMessageEvent) -> str:
    """事件里带的群名；没有则为空。"""
    return str(getattr(event, "group_name", "") or "")


def event_key(event: AnyMessageEvent, place: Place) -> tuple[str, ...] | None:
    """同一条消息不论上报几次、由几个账号上报，都有同样的键；无从辨认则为 `None`。

    QQ 的 message_id 是各账号自己算的，优先用群里的流水号 real_seq。
    """
    where = (place.platform, place.kind.value, place.id)
    sequence = getattr(event, "real_seq", None)
    if sequence:
        return (*where, "seq", str(sequence))
    if isinstance(event, v12.Event):
        return (*where, "event", event.id)
    return (*where, "id", str(event.message_id)) if event.message_id else None


def _name(event: AnyMessageEvent) -> str:
    if isinstance(event, v11.MessageEvent):
        return event.sender.card or event.sender.nickname or ""
    return ""


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
