"""一条消息由谁来答：先是刚问了他的、进行中的对话，再是等着确认的事、口令，最后当作提问。"""

import unicodedata
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache
from typing import TypeAlias

from loguru import logger

from bot import wording
from bot.access import Role
from bot.assistant import Assistant
from bot.errors import NotStored
from bot.messages import SILENCE, Message, Reply
from bot.words import LONGEST_FORM, LONGEST_MESSAGE, Word, Words

Handler: TypeAlias = Callable[[Assistant, Message], Awaitable[Reply | None]]
"""处理一条消息；返回 `None` 表示这条不归它管，交给下一个。"""
Observer: TypeAlias = Callable[[Assistant, Message], Awaitable[None]]
"""只听不答。"""
WordHandler: TypeAlias = Callable[[Assistant, Message, str], Awaitable[Reply | None]]
"""处理一个口令；第三个参数是口令后面的文字。"""
Hook: TypeAlias = Callable[[Assistant], Awaitable[None]]

_REFUSALS = {
    Role.SECRETARIAT: wording.SECRETARIAT_ONLY,
    Role.SUPERUSER: wording.SUPERUSER_ONLY,
}
LONGEST_QUESTION = 600
"""再长的话不会是一个问题；口令后面的正文（如广播）可以更长。"""


class Stage(IntEnum):
    """一条消息依次经过的几关，先答的那一关之后不再往下；数字是响应器的优先级。

    别的插件默认的优先级是 1，都在这些之前。
    """

    HEARD = 10
    ASKED = 15
    DIALOGUE = 20
    DESK = 30
    WORD = 40
    ORDER = 45
    QUESTION = 50


@dataclass(slots=True)
class Routes:
    """一个插件登记的全部入口。"""

    observers: list[Observer] = field(default_factory=list)
    asked: list[Handler] = field(default_factory=list)
    dialogues: list[Handler] = field(default_factory=list)
    desks: list[Handler] = field(default_factory=list)
    words: list[tuple[Word, WordHandler]] = field(default_factory=list)
    orders: list[Handler] = field(default_factory=list)
    questions: list[Handler] = field(default_factory=list)
    starters: list[Hook] = field(default_factory=list)
    stoppers: list[Hook] = field(default_factory=list)

    def word(
        self,
        *names: str,
        usage: str = "",
        role: Role = Role.EVERYONE,
        glued: bool = False,
        longest: int = LONGEST_MESSAGE,
    ) -> Callable[[WordHandler], WordHandler]:
        """登记一个口令。"""

        def register(handler: WordHandler) -> WordHandler:
            self.words.append((Word(names, usage, role, glued, longest), handler))
            return handler

        return register

    def observer(self, handler: Observer) -> Observer:
        """登记一个只听不答的。"""
        self.observers.append(handler)
        return handler

    def completion(self, handler: Handler) -> Handler:
        """登记“刚问了他一样，这句也许就是答”的处理者。"""
        self.asked.append(handler)
        return handler

    def dialogue(self, handler: Handler) -> Handler:
        """登记一种进行中的对话。"""
        self.dialogues.append(handler)
        return handler

    def desk(self, handler: Handler) -> Handler:
        """登记管“等着确认的事”的。"""
        self.desks.append(handler)
        return handler

    def order(self, handler: Handler) -> Handler:
        """登记听“要办什么事”的。"""
        self.orders.append(handler)
        return handler

    def question(self, handler: Handler) -> Handler:
        """登记提问的处理者。"""
        self.questions.append(handler)
        return handler

    def on_start(self, hook: Hook) -> Hook:
        """登记启动后要做的事。"""
        self.starters.append(hook)
        return hook

    def on_stop(self, hook: Hook) -> Hook:
        """登记停止前要做的事。"""
        self.stoppers.append(hook)
        return hook

    @property
    def stages(self) -> list[Stage]:
        """这个插件守着的几关。"""
        entries = {
            Stage.HEARD: self.observers,
            Stage.ASKED: self.asked,
            Stage.DIALOGUE: self.dialogues,
            Stage.DESK: self.desks,
            Stage.WORD: self.words,
            Stage.ORDER: self.orders,
            Stage.QUESTION: self.questions,
        }
        return [stage for stage in Stage if entries[stage]]


_LIMITS = {
    Stage.ASKED: LONGEST_FORM,
    Stage.DIALOGUE: LONGEST_FORM,
    Stage.DESK: LONGEST_FORM,
    Stage.WORD: LONGEST_MESSAGE,
    Stage.ORDER: LONGEST_FORM,
    Stage.QUESTION: LONGEST_QUESTION,
}
"""各关看多长的话。"""
_PIECE = 1000


class Router:
    """各插件的入口合在一起：一条消息在每一关归哪个插件，由哪个处理者来答。"""

    def __init__(self, routes: Iterable[Routes]) -> None:
        self._routes = list(routes)
        self._listens = any(item.orders for item in self._routes)
        self.words = Words(word for item in self._routes for word, _ in item.words)
        self.starters = [hook for item in self._routes for hook in item.starters]
        self.stoppers = [hook for item in self._routes for hook in item.stoppers]

    async def handle(self, assistant: Assistant, message: Message) -> Reply | None:
        """让一条消息依次经过各关，返回要发的回复；`None` 表示沉默。"""
        for stage in Stage:
            for routes in self._routes:
                reply = await self.answer(stage, routes, assistant, message)
                if reply is not None:
                    return None if reply is SILENCE else reply
        return None

    async def answer(
        self, stage: Stage, routes: Routes, assistant: Assistant, message: Message
    ) -> Reply | None:
        """一个插件在一关上的回答；`SILENCE` 是到此为止、不出声。"""
        if stage is Stage.HEARD:
            await _observe(routes.observers, assistant, message)
            return None
        try:
            reply = await self._reply(stage, routes, assistant, message)
        except NotStored as error:
            logger.warning("一条消息要记的没有存下：{}", error)
            assistant.database.on_trouble(str(error))
            reply = _not_stored(assistant, message, str(error))
        if reply is not None:
            if stage is Stage.WORD:
                assistant.clerk.did(message, reply)
            assistant.desk.spoke(message)
        return reply

    async def _reply(
        self, stage: Stage, routes: Routes, assistant: Assistant, message: Message
    ) -> Reply | None:
        if _is_longer(message.text, _LIMITS[stage]):
            asked = stage is Stage.QUESTION and routes.questions and message.addressed
            return Reply(wording.TOO_LONG) if asked else None
        match stage:
            case Stage.ASKED:
                return await _first(routes.asked, assistant, message)
            case Stage.DIALOGUE:
                return await _first(routes.dialogues, assistant, message)
            case Stage.DESK:
                return await _first(routes.desks, assistant, message)
            case Stage.WORD:
                loose = self._listens and self.words.is_loose(message.text)
                if loose:
                    return None
                return await self._command(routes, assistant, message)
            case Stage.ORDER:
                return await self._order(routes, assistant, message)
            case _:
                return await _first(routes.questions, assistant, message)

    async def _order(
        self, routes: Routes, assistant: Assistant, message: Message
    ) -> Reply | None:
        """听要办什么事；没听懂的，口令与后面的话连着写的照口令办。"""
        reply = await _first(routes.orders, assistant, message)
        if reply is None and routes.orders and self.words.is_loose(message.text):
            return await self.obey(assistant, message)
        return reply

    async def obey(self, assistant: Assistant, message: Message) -> Reply | None:
        """照一句口令办；不是口令、没有人肯办的为 `None`。"""
        for routes in self._routes:
            reply = await self._command(routes, assistant, message)
            if reply is not None:
                return reply
        return None

    async def _command(
        self, routes: Routes, assistant: Assistant, message: Message
    ) -> Reply | None:
        said = self.words.read(message.text)
        if said is None:
            return None
        role = assistant.access.rights(message.person).role
        for word, handler in routes.words:
            if not word.is_said(said):
                continue
            if role < word.role:
                refusal = _REFUSALS[word.role].format(word=word.names[0])
                return Reply(refusal) if message.addressed else SILENCE
            if len(said.argument) > word.longest:
                return Reply(wording.TOO_LONG) if message.addressed else SILENCE
            reply = await handler(assistant, message, said.argument)
            if reply is not None:
                return reply
        return None

    def is_word(self, text: str) -> bool:
        """这句话的开头是不是口令。"""
        return self.words.read(text) is not None

    def is_word_of(self, routes: Routes, text: str) -> bool:
        """这句话的开头是不是这个插件的口令。"""
        said = self.words.read(text)
        return said is not None and any(word.is_said(said) for word, _ in routes.words)


async def _observe(
    observers: Iterable[Observer], assistant: Assistant, message: Message
) -> None:
    """让只听不答的听；没记下谁在哪里说过话，不妨碍答。"""
    for observer in observers:
        try:
            await observer(assistant, message)
        except NotStored as error:
            logger.warning("听到的没有存下：{}", error)


def _not_stored(assistant: Assistant, message: Message, reason: str) -> Reply:
    """没存下：能去处理的知道为什么，别人知道要再发一次。"""
    if assistant.access.rights(message.person).role is not Role.EVERYONE:
        return Reply(reason)
    return Reply(wording.NOT_STORED) if message.addressed else SILENCE


@lru_cache(maxsize=64)
def _is_longer(text: str, limit: int) -> bool:
    """是不是比这么多个字长；有的一个字，统一写法之后是十几个，数过了头就不再数。"""
    size = 0
    pieces = range(0, len(text) if len(text) <= limit else 0, _PIECE)
    for start in pieces:
        size += len(unicodedata.normalize("NFKC", text[start : start + _PIECE]))
        if size > limit:
            break
    return max(len(text), size) > limit


async def _first(
    handlers: Iterable[Handler], assistant: Assistant, message: Message
) -> Reply | None:
    """头一个肯答的。"""
    for handler in handlers:
        if (reply := await handler(assistant, message)) is not None:
            return reply
    return None
