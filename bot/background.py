"""后台做的事：隔一阵做一次，或开始之后做一次，出错记下，不影响别的。"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TypeAlias

from loguru import logger

Job: TypeAlias = Callable[[], Awaitable[object]]


class Background:
    """随助手开始、随助手停下的定时任务。"""

    def __init__(self) -> None:
        self._jobs: list[tuple[float, str, Job]] = []
        self._soon: list[tuple[str, Job]] = []
        self._tasks: set[asyncio.Task[None]] = set()

    def soon(self, name: str, job: Job) -> None:
        """登记一件开始之后做一次的事，要在开始之前。"""
        self._soon.append((name, job))

    def every(self, seconds: float, name: str, job: Job) -> None:
        """登记一件每隔几秒做一次的事，要在开始之前。"""
        self._jobs.append((seconds, name, job))

    def start(self) -> None:
        """开始。"""
        for job in self._jobs:
            self._tasks.add(asyncio.create_task(_repeat(*job)))
        for job in self._soon:
            self._tasks.add(asyncio.create_task(_do(*job)))

    async def stop(self) -> None:
        """停下；再停一次无妨。"""
        tasks, self._tasks = self._tasks, set()
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task


async def _repeat(seconds: float, name: str, job: Job) -> None:
    while True:
        await asyncio.sleep(seconds)
        await _do(name, job)


async def _do(name: str, job: Job) -> None:
    try:
        await job()
    except Exception:
        logger.exception("后台的一件事没有做成：{}", name)
