"""后台定时做的事：隔一阵做一次，出错记下，不影响别的。"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from loguru import logger


class Background:
    """随助手开始、随助手停下的定时任务。"""

    def __init__(self) -> None:
        self._jobs: list[tuple[float, str, Callable[[], Awaitable[object]]]] = []
        self._tasks: set[asyncio.Task[None]] = set()

    def every(
        self, seconds: float, name: str, job: Callable[[], Awaitable[object]]
    ) -> None:
        """登记一件每隔几秒做一次的事，要在开始之前。"""
        self._jobs.append((seconds, name, job))

    def start(self) -> None:
        """开始。"""
        for job in self._jobs:
            self._tasks.add(asyncio.create_task(_repeat(*job)))

    async def stop(self) -> None:
        """停下；再停一次无妨。"""
        tasks, self._tasks = self._tasks, set()
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task


async def _repeat(
    seconds: float, name: str, job: Callable[[], Awaitable[object]]
) -> None:
    while True:
        await asyncio.sleep(seconds)
        try:
            await job()
        except Exception:
            logger.exception("后台的一件事没有做成：{}", name)
