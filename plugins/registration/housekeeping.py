"""启动时与每天要做的：收紧文件权限，清理过期的草稿。"""

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from bot.registration import protect

from .routes import routes

if TYPE_CHECKING:
    from bot.assistant import Assistant

DAY = 24 * 3600
_tasks: set[asyncio.Task[None]] = set()


@routes.on_start
async def start(assistant: "Assistant") -> None:
    """收紧权限，开始每天清理。"""
    protect(assistant.database, assistant.settings.data_dir)
    _tasks.add(asyncio.create_task(_tidy_daily(assistant)))


@routes.on_stop
async def stop(assistant: "Assistant") -> None:
    """停下每天的清理。"""
    for task in _tasks:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    _tasks.clear()


async def _tidy_daily(assistant: "Assistant") -> None:
    while True:
        await asyncio.sleep(DAY)
        await assistant.registration.tidy()
