"""两个适配器的登记与加固。"""

import asyncio
import time
from collections import defaultdict
from collections.abc import Mapping
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import nonebot
from loguru import logger
from nonebot.adapters import Adapter, Bot
from nonebot.adapters.onebot import v11, v12
from nonebot.adapters.onebot.v11 import Adapter as V11Adapter
from nonebot.adapters.onebot.v11 import NetworkError as V11NetworkError
from nonebot.adapters.onebot.v12 import Adapter as V12Adapter
from nonebot.adapters.onebot.v12 import NetworkError as V12NetworkError
from nonebot.adapters.onebot.v12.event import BotEvent, MetaEvent
from nonebot.drivers import Driver, Request, Response, WebSocket
from nonebot.exception import NetworkError

from . import lanes, reception
from .urgency import Urgency


class _Sturdy(Adapter):
    """来得再多也先看要紧的；连接断了，悬着的调用立即以网络错误结束，不必等到超时。"""

    _lost: type[NetworkError]

    def __init__(self, driver: Driver, **options: Any) -> None:
        self._calls: defaultdict[str, set[asyncio.Task[Any]]] = defaultdict(set)
        self._is_urgent = Urgency(sorted(driver.config.nickname), reception.is_word)
        super().__init__(driver, **options)

    async def _handle_ws(self, websocket: WebSocket) -> None:
        handle = super()._handle_ws  # pyright: ignore[reportAttributeAccessIssue]
        await lanes.open_inbox(websocket, self._is_urgent, handle)

    def bot_connect(self, bot: Bot) -> None:
        """账号连上；它的事件从此记着在哪条连接上。"""
        super().bot_connect(bot)
        inbox = lanes.current()
        if inbox is not None and isinstance(bot, v11.Bot | v12.Bot):
            bot.handle_event = partial(inbox.handle, bot.handle_event)

    async def _call_api(self, bot: Bot, api: str, **data: Any) -> Any:
        calling = super()._call_api(bot, api, **data)  # pyright: ignore[reportAbstractUsage]
        call = asyncio.ensure_future(calling)
        calls = self._calls[bot.self_id]
        calls.add(call)
        try:
            return await call
        except asyncio.CancelledError:
            current = asyncio.current_task()
            if current is not None and current.cancelling():
                raise
            raise self._lost("连接断了") from None
        finally:
            calls.discard(call)

    def bot_disconnect(self, bot: Bot) -> None:
        """账号断开。"""
        super().bot_disconnect(bot)
        self.release(bot.self_id)

    def release(self, account: str) -> None:
        """放开这个账号悬着的调用。"""
        for call in self._calls.pop(account, ()):
            call.cancel()

    def release_all(self) -> None:
        """放开全部悬着的调用。"""
        for account in list(self._calls):
            self.release(account)


class GuardedV11Adapter(_Sturdy, V11Adapter):
    """v11 适配器，另外拒绝网页发起的连接，补上事件里可以没有的项。"""

    _lost = V11NetworkError

    def _check_access_token(self, request: Request) -> Response | None:
        return _refuse_web_page(request) or super()._check_access_token(request)

    @classmethod
    def json_to_event(cls, json_data: Any) -> Any:
        """一帧 → 事件。"""
        if isinstance(json_data, dict) and json_data.get("post_type") == "message":
            json_data = {"time": int(time.time()), **_V11_DEFAULTS, **json_data}
        return super().json_to_event(json_data)


class GuardedV12Adapter(_Sturdy, V12Adapter):
    """v12 适配器，另外拒绝网页发起的连接；没设令牌时不收 HTTP 上报。

    读不懂的一帧只丢掉它自己：原来的适配器会断开整条连接，上面的账号都受累。
    """

    _lost = V12NetworkError

    def _check_access_token(self, request: Request) -> Response | None:
        return _refuse_web_page(request) or super()._check_access_token(request)

    async def _handle_http(self, request: Request) -> Response:
        if not self.onebot_config.onebot_access_token:
            return Response(403, content="没有设置令牌，不收 HTTP 上报")
        return await super()._handle_http(request)

    @classmethod
    def json_to_event(cls, json_data: Any, impl: str | None = None) -> Any:
        """一帧 → 事件。"""
        if isinstance(json_data, dict) and json_data.get("type") == "message":
            json_data = _complete_v12(json_data)
        try:
            event = super().json_to_event(json_data, impl)
        except (TypeError, ValueError, AttributeError, KeyError) as error:
            logger.warning("网关发来读不懂的一帧：{}", type(error).__name__)
            return None
        if event is None or isinstance(event, MetaEvent | BotEvent):
            return event
        logger.warning("网关发来的事件缺了要紧的项，没有理会")
        return None


_V11_DEFAULTS = {
    "font": 0, "raw_message": "", "sub_type": "normal", "message_id": 0, "sender": {},
}  # fmt: skip
"""事件里缺了也不妨碍理解的项。"""
_V12_TEXTS = ("id", "message_id", "user_id", "group_id")


def _complete_v12(event: Mapping[str, Any]) -> dict[str, Any]:
    """补上可以没有的项；号写成数字的换成文字。"""
    given = {name: value for name, value in event.items() if value is not None}
    whole = {"id": "", "message_id": "", "alt_message": "", "sub_type": "", **given}
    for name in _V12_TEXTS:
        if isinstance(whole.get(name), int):
            whole[name] = str(whole[name])
    return whole


def _refuse_web_page(request: Request) -> Response | None:
    """浏览器总会带上 Origin，网关不会：别处的网页不许冒充网关。"""
    origin = request.headers.get("origin")
    if origin is None or urlsplit(origin).netloc == request.headers.get("host"):
        return None
    return Response(403, content="不接受网页发起的连接")


def register_adapters(driver: Driver) -> None:
    """登记 OneBot v11 与 v12。"""
    driver.register_adapter(GuardedV11Adapter)
    driver.register_adapter(GuardedV12Adapter)


def release_pending() -> None:
    """停止时放开全部还在等网关回应的调用。"""
    for adapter in nonebot.get_adapters().values():
        if isinstance(adapter, _Sturdy):
            adapter.release_all()
