"""收消息：去重、读成 `Message`、交给路由、发出回复。v11 与 v12 共用一个处理函数。"""

import asyncio
from collections import OrderedDict
from weakref import WeakValueDictionary

import nonebot
from loguru import logger
from nonebot.adapters.onebot import v11, v12
from sqlalchemy.exc import SQLAlchemyError

from bot.assistant import Assistant
from bot.assistants import Assistants
from bot.errors import SendError, StartupError
from bot.messages import Message, Person, Place, PlaceKind, Reply
from bot.outgoing import Gateways
from bot.routing import Router

from . import wording
from .incoming import (
    AnyBot,
    AnyMessageEvent,
    connected_bots,
    event_key,
    group_name,
    platform_of,
    read_message,
)

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


def listen(
    assistants: Assistants, router: Router, gateways: Gateways, *, sandbox: bool
) -> None:
    """登记唯一的消息处理函数。

    参数:
        sandbox: 沙盒是否打开
    """
    receiver = Receiver(assistants, router, gateways, sandbox=sandbox)

    async def receive(
        bot: v11.Bot | v12.Bot, event: v11.MessageEvent | v12.MessageEvent
    ) -> None:
        await receiver.receive(bot, event)

    nonebot.on_message(priority=1, block=False, handlers=[receive])


class Receiver:
    """一条消息从事件到回复；哪一步出错都记在日志里，不会无声无息。"""

    def __init__(
        self,
        assistants: Assistants,
        router: Router,
        gateways: Gateways,
        *,
        sandbox: bool,
    ) -> None:
        self._assistants = assistants
        self._router = router
        self._gateways = gateways
        self._sandbox = sandbox
        self._duplicates = Duplicates()
        self._turns = Turns()

    async def receive(self, bot: AnyBot, event: AnyMessageEvent) -> None:
        """收一个事件。"""
        message = self._read(bot, event)
        if message is None:
            return
        where = f"{message.place.platform} {message.place.kind.value}"
        try:
            reply = await self._answer(message, group_name(event))
        except Exception as error:
            if isinstance(error, StartupError):
                logger.error("打不开沙盒：{}", error)
            else:
                logger.exception("处理来自 {} 的消息时出错", where)
            if not message.addressed:
                return
            reply = Reply(wording.TROUBLE)
        if reply is not None:
            await self._send(message, reply, where)

    def _read(self, bot: AnyBot, event: AnyMessageEvent) -> Message | None:
        platform = platform_of(bot, sandbox=self._sandbox)
        bots = connected_bots(platform, sandbox=self._sandbox)
        accounts = {each.self_id for each in bots}
        try:
            message = read_message(bot, event, platform, accounts)
        except (TypeError, ValueError, KeyError, AttributeError) as error:
            reason = type(error).__name__
            logger.warning("读不懂网关 {} 发来的一条消息：{}", bot.self_id, reason)
            return None
        if message is None:
            return None
        key = event_key(bot, event, message.place)
        return message if self._duplicates.is_new(key) else None

    async def _answer(self, message: Message, group: str) -> Reply | None:
        assistant = await self._assistants.of(message.place.platform)
        if assistant is None:
            return None
        if message.place.is_group:
            await _see(assistant, message.place, group)
        # 只管想的次序；网关迟迟不回应时，不该耽误这个人的下一句
        async with self._turns.of(message):
            return await self._router.handle(assistant, message)

    async def _send(self, message: Message, reply: Reply, where: str) -> None:
        place = message.place
        if reply.private and place.is_group:
            place = Place(place.platform, PlaceKind.PRIVATE, message.person.id)
        quote = message.message_id if place.is_group else ""
        try:
            sent = await self._gateways.send(
                place, reply, account=message.account, quote=quote
            )
        except SendError as error:
            logger.warning("回复没有确定送到（{}）：{}", where, error)
            if place != message.place:
                await self._tell_group(message, wording.PRIVATE_FAILED)
            return
        if place != message.place:
            await self._tell_group(message, wording.SENT_PRIVATELY)
        if reply.on_sent is not None:
            try:
                await reply.on_sent(sent)
            except Exception:
                logger.exception("回复已发出，但没能记下（{}）", where)

    async def _tell_group(self, message: Message, text: str) -> None:
        """私聊之后在群里说一声，免得人等。"""
        try:
            await self._gateways.send(
                message.place,
                Reply(text),
                account=message.account,
                quote=message.message_id,
            )
        except SendError as error:
            logger.warning("群里的提示没有确定送到：{}", error)


async def _see(assistant: Assistant, place: Place, name: str) -> None:
    """记下见过这个群；一时记不下，不妨碍回答，下一条再记。"""
    try:
        await assistant.groups.seen(place, name)
    except SQLAlchemyError:
        logger.exception("没能记下新见到的一个群")
