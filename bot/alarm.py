"""存不下这类只有管机器的人能处理的事，私聊告诉超级管理员一次。"""

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from loguru import logger

from bot import clock
from bot.errors import SendError
from bot.messages import Place, PlaceKind, Reply
from bot.outgoing import Gateways

AGAIN = timedelta(hours=6)
"""同一件事隔这么久才再说一次。"""


class Alarm:
    """告诉超级管理员；不经发件箱，那里也要写库。

    参数:
        superusers: 设置里写的号，如 `qq:10001`，只写数字的是 QQ 号
        gateways: 取当前的网关；命令行里没有，为 `None`
    """

    def __init__(
        self, superusers: Iterable[str], gateways: Callable[[], Gateways | None]
    ) -> None:
        self._places = [_private(person) for person in superusers]
        self._gateways = gateways
        self._told: dict[str, datetime] = {}
        self._sending: set[asyncio.Task[None]] = set()

    def sound(self, reason: str) -> None:
        """出了这件事；刚说过的不再说。"""
        now = clock.now()
        if reason in self._told and now - self._told[reason] < AGAIN:
            return
        self._told[reason] = now
        logger.error("{}", reason)
        task = asyncio.get_running_loop().create_task(self._tell(reason))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def _tell(self, reason: str) -> None:
        gateways = self._gateways()
        if gateways is None:
            return
        for place in self._places:
            accounts = gateways.accounts(place)
            if not accounts:
                continue
            try:
                await gateways.send(
                    place, Reply(f"请留意：{reason}"), account=accounts[0]
                )
            except SendError as error:
                logger.warning("没能告诉超级管理员：{}", error)


def _private(person: str) -> Place:
    platform, _, number = person.rpartition(":")
    return Place(platform or "qq", PlaceKind.PRIVATE, number)
