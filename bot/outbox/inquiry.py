"""没有账号可走的群，各问问连着的账号在不在那里；谁答得慢，不耽误别的账号发。"""

import asyncio
from collections.abc import Callable, Collection

from loguru import logger

from bot.messages import Place

from .channels import Channel
from .routes import AccountRoutes


class Inquiry:
    """问着的各账号，一个账号一次只问一回。

    参数:
        channel: 某会话走哪条路；没有则为 `None`
        found: 问到了有账号在，就说一声
    """

    def __init__(
        self,
        routes: AccountRoutes,
        channel: Callable[[Place], Channel | None],
        found: Callable[[], None],
    ) -> None:
        self._routes = routes
        self._channel = channel
        self._found = found
        self._asking: dict[tuple[str, str], asyncio.Task[None]] = {}

    def ask(self, places: Collection[Place]) -> None:
        """这些会话没有账号可走，问起来。"""
        stranded: dict[tuple[str, str], tuple[Channel, list[Place]]] = {}
        for place in places:
            channel = self._channel(place)
            if channel is None or not place.is_group:
                continue
            for account in channel.accounts(place):
                key = place.platform, account
                stranded.setdefault(key, (channel, []))[1].append(place)
        for key, (channel, lost) in stranded.items():
            if key not in self._asking:
                task = asyncio.create_task(self._ask(channel, key[1], lost))
                self._asking[key] = task
                task.add_done_callback(lambda _, key=key: self._asking.pop(key, None))

    async def settle(self) -> None:
        """等问着的都答了。"""
        await asyncio.gather(*self._asking.values())

    async def stop(self) -> None:
        """不问了。"""
        asking = [*self._asking.values()]
        for task in asking:
            task.cancel()
        await asyncio.gather(*asking, return_exceptions=True)

    async def _ask(
        self, channel: Channel, account: str, places: Collection[Place]
    ) -> None:
        try:
            if await self._routes.ask(channel, account, places):
                self._found()
        except Exception:
            logger.exception("问群名单时出错，稍后再试")
