"""收消息：去重、读成 `Message`、交给路由、发出回复。v11 与 v12 共用一个处理函数。"""

import asyncio
from collections import OrderedDict
from weakref import WeakValueDictionary

import nonebot
from loguru import logger
from nonebot.adapters.onebot import v11, v12

from bot.assistant import Assistant
from bot.errors import SendError
from bot.messages import Message, Person, Place, PlaceKind, Reply
from bot.routing import Router

from . import wording
from .incoming import event_key, group_name, platform_of, read_message

REMEMBERED_EVENTS = 20_000


class Duplicates:
    """记得最近见过的消息。"""

    def __init__(self, capacity: int = REMEMBERED_EVENTS) -> None:
        self._capacity = capacity
        self._seen: OrderedDict[tuple[str, ...], None] = OrderedDict()

    def is_new(self, key: tuple[str, ...] | None) -> bool:
        """第一次见到则记下并返回真；无从辨认的都算新的。"""
        if key is None:
            return True
        if key in self._seen:
            return False
        self._seen[key] = None
        if len(self._seen) > self._capacity:
            self._seen.popitem(last=False)
        return True


class Turns:
    """同一个人在同一处的话按先后处理：“修改……”紧跟着“确认”不会抢先。"""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[tuple[Place, Person], asyncio.Lock] = (
            WeakValueDictionary()
        )

    def of(self, message: Message) -> asyncio.Lock:
        """这条消息要等的锁；先来的先得。"""
        key = (message.place, message.person)
        lock = self._locks.get(key)
        if lock is None:
            lock = self._locks[key] = asyncio.Lock()
        return lock


def listen(assistant: Assistant, router: Router) -> None:
    """登记唯一的消息处理函数。"""
    duplicates = Duplicates()
    turns = Turns()
    sandbox = assistant.settings.sandbox_on

    async def receive(
        bot: v11.Bot | v12.Bot, event: v11.MessageEvent | v12.MessageEvent
    ) -> None:
        accounts = nonebot.get_bots().keys()
        platform = platform_of(bot, sandbox=sandbox)
        try:
            message = read_message(bot, event, platform, accounts)
        except (TypeError, ValueError, KeyError, AttributeError) as error:
            logger.warning("读不懂网关 {} 发来的一条消息：{!r}", bot.self_id, error)
            return
        if message is None or message.person.id in accounts:
            return
        if not duplicates.is_new(event_key(event, message.place)):
            return
        if message.place.is_group:
            await assistant.groups.seen(message.place, group_name(event))
        await _respond(assistant, router, message, turns.of(message))

    nonebot.on_message(priority=1, block=False, handlers=[receive])


async def _respond(
    assistant: Assistant, router: Router, message: Message, turn: asyncio.Lock
) -> None:
    where = f"{message.place.platform} {message.place.kind.value}"
    try:
        # 只管想的次序；网关迟迟不回应时，不该耽误这个人的下一句
        async with turn:
            reply = await router.handle(assistant, message)
    except Exception:
        logger.exception("处理来自 {} 的消息时出错", where)
        if not message.addressed:
            return
        reply = Reply(wording.TROUBLE)
    if reply is not None:
        await _send(assistant, message, reply, where)


async def _send(
    assistant: Assistant, message: Message, reply: Reply, where: str
) -> None:
    gateways = assistant.gateways
    if gateways is None:
        return
    place = message.place
    if reply.private and place.is_group:
        place = Place(place.platform, PlaceKind.PRIVATE, message.person.id)
    quote = message.message_id if place.is_group else ""
    try:
        sent = await gateways.send(place, reply, account=message.account, quote=quote)
    except SendError as error:
        logger.warning("回复没有确定送到（{}）：{}", where, error)
        if place != message.place:
            await _tell_group(assistant, message, wording.PRIVATE_FAILED)
        return
    if place != message.place:
        await _tell_group(assistant, message, wording.SENT_PRIVATELY)
    if reply.on_sent is not None:
        await reply.on_sent(sent)


async def _tell_group(assistant: Assistant, message: Message, text: str) -> None:
    """私聊之后在群里说一声，免得人等。"""
    if assistant.gateways is None:
        return
    try:
        await assistant.gateways.send(
            message.place,
            Reply(text),
            account=message.account,
            quote=message.message_id,
        )
    except SendError as error:
        logger.warning("群里的提示没有确定送到：{}", error)
