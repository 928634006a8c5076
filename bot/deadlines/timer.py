"""走时：睡到下一次提醒，最多一分钟醒一次。"""

import asyncio
from datetime import timedelta

from loguru import logger

from bot import clock
from bot.outbox import DeliveryService

from .service import Deadlines

LONGEST_SLEEP = 60.0
_LOOK_AHEAD = timedelta(seconds=LONGEST_SLEEP)


class Timer:
    """按时让提醒进发件箱，顺带把没发成的报给秘书处。"""

    def __init__(self, deadlines: Deadlines, delivery: DeliveryService) -> None:
        self._deadlines = deadlines
        self._delivery = delivery
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """开始走。"""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """停下。"""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def _run(self) -> None:
        while True:
            pause = LONGEST_SLEEP
            try:
                await self._deadlines.tick()
                await self._delivery.reporting.flush()
                pause = self._pause()
            except Exception:
                # 一次出错不能让以后的提醒都停下
                logger.exception("安排提醒时出错，稍后再试")
            await asyncio.sleep(pause)

    def _pause(self) -> float:
        now = clock.now()
        ahead = self._deadlines.next_moment(now)
        if ahead is None or ahead - now > _LOOK_AHEAD:
            return LONGEST_SLEEP
        return max((ahead - now).total_seconds(), 0.05)
