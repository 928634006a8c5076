"""各插件的响应器与收消息的之间：一个事件只读一次，同一个人的话按先后处理。

`received` 是各响应器共用的依赖，结果由 NoneBot 记在这个事件上。
"""

import asyncio
from collections.abc import AsyncIterator
from typing import Protocol

from nonebot.adapters.onebot import v11, v12
from nonebot.message import event_preprocessor
from nonebot.params import Depends

from bot.assistant import Assistant
from bot.errors import StartupError
from bot.messages import Message
from bot.routing import Routes, Stage


class Incoming:
    """收到的一条，和该由谁来答。

    不用 dataclass：NoneBot 会照参数的类型检验依赖的结果，普通的类只看是不是。

    参数:
        turn: 这个人在这一处的先后；想好了怎么答就让出来，不等网关
    """

    def __init__(
        self, message: Message, assistant: Assistant, turn: asyncio.Lock
    ) -> None:
        self.message = message
        self.assistant = assistant
        self.heeded: bool | None = None
        """要不要答；轮到它才知道。"""
        self._turn = turn
        self._taken = False

    async def take_turn(self) -> None:
        """等到轮到自己。"""
        await self._turn.acquire()
        self._taken = True

    def give_turn(self) -> None:
        """让给这个人的下一句；让过了就不再让。"""
        if self._taken:
            self._taken = False
            self._turn.release()


class Reception(Protocol):
    """收消息的，`Receiver` 即是。"""

    async def receive(
        self, bot: v11.Bot | v12.Bot, event: v11.MessageEvent | v12.MessageEvent
    ) -> Incoming | None:
        """读一个事件；读不懂、重复的、不归这里管的为 `None`。"""
        ...

    def is_word(self, text: str) -> bool:
        """一句话的开头是不是口令。"""
        ...

    def concerns(self, stage: Stage, routes: Routes, incoming: Incoming) -> bool:
        """这一关有没有这个插件的事。"""
        ...

    async def respond(self, stage: Stage, routes: Routes, incoming: Incoming) -> bool:
        """让一个插件在一关上处理；返回是否到此为止。"""
        ...


_current: Reception | None = None


def install(reception: Reception) -> None:
    """从此由它来收；每条消息先轮到自己，再让各响应器看。"""
    global _current
    _current = reception
    event_preprocessor(_in_turn)


def current() -> Reception:
    """现在收消息的。

    异常:
        StartupError: 助手还没有装好，例如插件被单独载入
    """
    if _current is None:
        raise StartupError("助手还没有装好：请用 python -m bot 或 nb run 启动")
    return _current


def is_word(text: str) -> bool:
    """一句话的开头是不是口令；还没装好就都不是。"""
    return _current is not None and _current.is_word(text)


async def received(
    bot: v11.Bot | v12.Bot, event: v11.MessageEvent | v12.MessageEvent
) -> Incoming | None:
    """各响应器共用的依赖：这个事件读出来的。"""
    return await current().receive(bot, event)


async def _turn(
    incoming: Incoming | None = Depends(received),
) -> AsyncIterator[None]:
    if incoming is None:
        yield
        return
    await incoming.take_turn()
    try:
        yield
    finally:
        incoming.give_turn()


async def _in_turn(turn: None = Depends(_turn)) -> None:
    """同一个人的话按先后处理；事件处理完，NoneBot 自会让依赖收尾。"""
