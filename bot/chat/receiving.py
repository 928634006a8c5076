"""收消息：去重、读成 `Message`、排好先后、发出回复。v11 与 v12 走同一条路。"""

import asyncio
from collections import OrderedDict
from dataclasses import replace
from datetime import timedelta
from weakref import WeakValueDictionary

from loguru import logger

from bot import clock
from bot.access import Role
from bot.assistants import Assistants
from bot.errors import NotStored, SendError, SendUnknown, StartupError
from bot.messages import SILENCE, Message, Person, Place, PlaceKind, Reply
from bot.outgoing import Gateways
from bot.routing import Router, Routes, Stage

from . import wording
from .incoming import (
    AnyBot,
    AnyMessageEvent,
    connected_bots,
    event_key,
    platform_of,
    read_message,
)
from .limits import Limits
from .reception import Incoming
from .robots import is_robot

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
        self._settings = assistants.real.settings
        self._limits = Limits(
            self._settings.answers_per_person, self._settings.answers_per_place
        )
        self._duplicates = Duplicates()
        self._turns = Turns()

    async def receive(self, bot: AnyBot, event: AnyMessageEvent) -> Incoming | None:
        """读一个事件；读不懂、重复的、不归这里管的为 `None`。"""
        message = self._read(bot, event)
        if message is None:
            return None
        try:
            assistant = await self._assistants.of(message.place.platform)
        except StartupError as error:
            logger.error("打不开沙盒：{}", error)
            if message.addressed:
                await self._send(message, Reply(wording.TROUBLE))
            return None
        if assistant is None:
            return None
        return Incoming(message, assistant, self._turns.of(message))

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
        if message is None or is_robot(event, message, self._settings.ignored_accounts):
            return None
        key = event_key(bot, event, message.place)
        return message if self._duplicates.is_new(key) else None

    def is_word(self, text: str) -> bool:
        """一句话的开头是不是口令。"""
        return self._router.is_word(text)

    def concerns(self, stage: Stage, routes: Routes, incoming: Incoming) -> bool:
        """这一关有没有这个插件的事；太旧的、正歇着的只听不答。"""
        if stage is Stage.HEARD:
            return True
        if incoming.heeded is None:
            incoming.heeded = self._heeds(incoming)
        if stage is not Stage.WORD or not incoming.heeded:
            return incoming.heeded
        return self._router.is_word_of(routes, incoming.message.text)

    def _heeds(self, incoming: Incoming) -> bool:
        message = incoming.message
        late = timedelta(minutes=self._settings.late_minutes)
        if clock.now() - message.at > late:
            return False
        return _is_trusted(incoming) or self._limits.admits(message)

    def _paced(self, incoming: Incoming, reply: Reply) -> Reply:
        """说得太密、太重复的，少说一句，或说完歇一歇。"""
        message = incoming.message
        if reply is SILENCE or _is_trusted(incoming):
            return reply
        if self._limits.is_too_much(message, reply.text):
            return SILENCE
        rest = self._limits.spend(message, reply.text)
        if rest is None or not message.addressed:
            return reply
        note = wording.resting(round(rest.total_seconds() / 60))
        return replace(reply, text=f"{reply.text}\n{note}".strip())

    async def respond(self, stage: Stage, routes: Routes, incoming: Incoming) -> bool:
        """让一个插件在一关上处理；返回是否到此为止。"""
        message = incoming.message
        try:
            reply = await self._router.answer(
                stage, routes, incoming.assistant, message
            )
        except Exception:
            logger.exception("处理来自 {} 的消息时出错", _where(message))
            if stage is Stage.HEARD:
                return False
            reply = Reply(wording.TROUBLE) if message.addressed else SILENCE
        if reply is None:
            return False
        reply = self._paced(incoming, reply)
        incoming.give_turn()
        if reply is not SILENCE and (trouble := await self._send(message, reply)):
            await self._undelivered(incoming, reply, trouble)
        return True

    async def _send(self, message: Message, reply: Reply) -> str:
        """发出；没能送到的，返回为什么。"""
        place = message.place
        if reply.private and place.is_group:
            place = _private(message.person)
        quote = message.message_id if place.is_group else ""
        try:
            sent = await self._gateways.send(
                place, reply, account=message.account, quote=quote
            )
        except SendError as error:
            logger.warning("回复没有确定送到（{}）：{}", _where(message), error)
            if place != message.place:
                await self._tell_group(message, wording.PRIVATE_FAILED)
            return "" if isinstance(error, SendUnknown) else str(error)
        if place != message.place:
            await self._tell_group(message, wording.SENT_PRIVATELY)
        if reply.on_sent is not None:
            try:
                await reply.on_sent(sent)
            except Exception:
                logger.exception("回复已发出，但没能记下（{}）", _where(message))
        return ""

    async def _undelivered(
        self, incoming: Incoming, reply: Reply, trouble: str
    ) -> None:
        """没送到：出示的不算出示过；群里说不了的，私聊过的秘书处私聊告诉他。"""
        message, assistant = incoming.message, incoming.assistant
        try:
            await assistant.desk.unseen(message)
        except NotStored as error:
            logger.warning("没送到的一件没能改：{}", error)
        person = Person(message.person.platform, message.person.id)
        reaches = assistant.delivery.reporting.reaches(person)
        if not message.place.is_group or reply.private or not reaches:
            return
        told = replace(reply, text=wording.instead(trouble, reply.text), private=True)
        await self._send(replace(message, place=_private(person)), told)

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


def _is_trusted(incoming: Incoming) -> bool:
    """秘书处的人一口气教几十条也不算多。"""
    rights = incoming.assistant.access.rights(incoming.message.person)
    return rights.role >= Role.SECRETARIAT


def _private(person: Person) -> Place:
    return Place(person.platform, PlaceKind.PRIVATE, person.id)


def _where(message: Message) -> str:
    return f"{message.place.platform} {message.place.kind.value}"
