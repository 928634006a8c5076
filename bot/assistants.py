"""真的群归一个助手，沙盒归另一个：数据各是各的，谁也影响不到谁。"""

import asyncio
from collections.abc import Awaitable, Callable

from bot.assistant import Assistant
from bot.messages import SANDBOX_PLATFORMS


class Assistants:
    """按平台找到该由谁来答。

    参数:
        real: 管真的群的
        open_sandbox: 打开沙盒里那个，第一次有人在沙盒里说话时才用；
            `None` 是没开沙盒
    """

    def __init__(
        self, real: Assistant, open_sandbox: Callable[[], Awaitable[Assistant]] | None
    ) -> None:
        self.real = real
        self._open_sandbox = open_sandbox
        self._sandbox: Assistant | None = None
        self._opening = asyncio.Lock()

    async def of(self, platform: str) -> Assistant | None:
        """管这个平台的助手；没开沙盒时，沙盒平台没有。

        异常:
            StartupError: 沙盒的数据库打不开
        """
        if platform not in SANDBOX_PLATFORMS:
            return self.real
        if self._open_sandbox is None:
            return None
        async with self._opening:
            if self._sandbox is None:
                self._sandbox = await self._open_sandbox()
        return self._sandbox

    @property
    def opened(self) -> tuple[Assistant, ...]:
        """打开了的，沙盒的在前。"""
        return (self.real,) if self._sandbox is None else (self._sandbox, self.real)

    async def close(self) -> None:
        """全部关上；再关一次无妨。"""
        for assistant in self.opened:
            await assistant.close()
