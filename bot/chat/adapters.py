"""两个适配器的登记与加固。"""

import asyncio
import json
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar
from urllib.parse import urlsplit

import msgpack
import nonebot
from loguru import logger
from nonebot.adapters import Adapter, Bot
from nonebot.adapters.onebot import v11, v12
from nonebot.adapters.onebot.v11 import Adapter as V11Adapter
from nonebot.adapters.onebot.v11 import NetworkError as V11NetworkError
from nonebot.adapters.onebot.v12 import Adapter as V12Adapter
from nonebot.adapters.onebot.v12 import NetworkError as V12NetworkError
from nonebot.adapters.onebot.v12.event import (
    BotEvent,
    BotSelf,
    MetaEvent,
    StatusUpdateMetaEvent,
)
from nonebot.drivers import Driver, Request, Response, WebSocket
from nonebot.exception import NetworkError

from . import lanes, reception
from .frames import SteadySocket, complete_quoted, complete_v11, complete_v12
from .urgency import Urgency


class _Sturdy(Adapter):
    """来得再多也先看要紧的；连接断了，悬着的调用立即以网络错误结束，不必等到超时。

    覆盖的私有方法，都是适配器没有留别的入口的地方：`_handle_ws` 收到一帧就处理一帧，
    没有先后与上限可设；`_call_api` 在断线后要等满超时，没有断线的通知可接。
    """

    _lost: type[NetworkError]

    def __init__(self, driver: Driver, **options: Any) -> None:
        self._calls: defaultdict[str, set[asyncio.Task[Any]]] = defaultdict(set)
        self._is_urgent = Urgency(sorted(driver.config.nickname), reception.is_word)
        super().__init__(driver, **options)

    async def _handle_ws(self, websocket: WebSocket) -> None:
        handle = super()._handle_ws  # pyright: ignore[reportAttributeAccessIssue]
        patience = self.config.api_timeout
        await lanes.open_inbox(websocket, self._is_urgent, patience, handle)

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
    """v11 适配器，另外拒绝网页发起的连接，收拾好每一帧。

    覆盖的私有方法：`_check_access_token` 是握手时唯一看得到请求头的地方，适配器只比
    令牌，不看 Origin；`_handle_ws` 里一帧不是 JSON 就断开整条连接，没有钩子可以先收拾；
    `_handle_http` 遇到不是 JSON 的上报会抛到服务器；`_call_api` 的结果没有可以改写的
    钩子（`called_api` 只能看）。
    """

    _lost = V11NetworkError

    def _check_access_token(self, request: Request) -> Response | None:
        return _refuse_web_page(request) or super()._check_access_token(request)

    async def _handle_ws(self, websocket: WebSocket) -> None:
        await super()._handle_ws(SteadySocket(websocket, json.loads))

    async def _handle_http(self, request: Request) -> Response:
        try:
            return await super()._handle_http(request)
        except ValueError:
            return Response(400, content="读不懂")

    async def _call_api(self, bot: Bot, api: str, **data: Any) -> Any:
        result = await super()._call_api(bot, api, **data)
        # 适配器自己取被引用的那条，读不懂时会把整条写进日志
        return complete_quoted(result) if api == "get_msg" else result

    @classmethod
    def json_to_event(cls, json_data: Any) -> Any:
        """一帧 → 事件；读不懂的只丢掉它自己。"""
        try:
            return super().json_to_event(complete_v11(json_data))
        except Exception as error:
            _not_understood(error)
            return None


class GuardedV12Adapter(_Sturdy, V12Adapter):
    """v12 适配器，另外拒绝网页发起的连接；没设令牌时不收 HTTP 上报。

    读不懂的一帧只丢掉它自己：原来的适配器会断开整条连接，上面的账号都受累。
    覆盖的私有方法与 v11 的同一个缘故；`_handle_http` 另外补上：没设令牌时原来谁都收。
    """

    _lost = V12NetworkError
    admits: ClassVar[Callable[[str], bool]] = staticmethod(lambda platform: True)
    """这个令牌能代表哪些平台。"""

    def _check_access_token(self, request: Request) -> Response | None:
        return _refuse_web_page(request) or super()._check_access_token(request)

    async def _handle_ws(self, websocket: WebSocket) -> None:
        await super()._handle_ws(SteadySocket(websocket, _load_v12))

    async def _handle_http(self, request: Request) -> Response:
        if not self.onebot_config.onebot_access_token:
            return Response(403, content="没有设置令牌，不收 HTTP 上报")
        try:
            return await super()._handle_http(request)
        except ValueError:
            return Response(400, content="读不懂")

    @classmethod
    def json_to_event(cls, json_data: Any, impl: str | None = None) -> Any:
        """一帧 → 事件；读不懂的、不归这个令牌管的平台的，只丢掉它自己。"""
        try:
            event = super().json_to_event(complete_v12(json_data), impl)
        except Exception as error:
            _not_understood(error)
            return None
        match event:
            case None:
                return None
            case StatusUpdateMetaEvent():
                bots = event.status.bots
                event.status.bots = [bot for bot in bots if cls._is_ours(bot.self)]
                return event
            case MetaEvent():
                return event
            case BotEvent():
                return event if cls._is_ours(event.self) else None
            case _:
                logger.warning("网关发来的事件缺了要紧的项，没有理会")
                return None

    @classmethod
    def _is_ours(cls, account: BotSelf) -> bool:
        """这个平台归这个令牌管，这个号也没有经别的协议连着。"""
        if not cls.admits(account.platform):
            logger.warning(
                "网关自称的平台 {} 不归 v12 的令牌管（见 ONEBOT_V12_PLATFORMS），"
                "没有理会",
                account.platform[:20],
            )
            return False
        bot = nonebot.get_bots().get(account.user_id)
        return bot is None or isinstance(bot.adapter, V12Adapter)


def _load_v12(frame: str | bytes) -> Any:
    return json.loads(frame) if isinstance(frame, str) else msgpack.unpackb(frame)


def _not_understood(error: Exception) -> None:
    logger.warning("网关发来读不懂的一帧：{}", type(error).__name__)


def _refuse_web_page(request: Request) -> Response | None:
    """浏览器总会带上 Origin，网关不会：别处的网页不许冒充网关。"""
    origin = request.headers.get("origin")
    if origin is None or urlsplit(origin).netloc == request.headers.get("host"):
        return None
    return Response(403, content="不接受网页发起的连接")


def register_adapters(driver: Driver, admits: Callable[[str], bool]) -> None:
    """登记 OneBot v11 与 v12。

    参数:
        admits: v12 的令牌能不能代表这个平台
    """
    GuardedV12Adapter.admits = staticmethod(admits)
    driver.register_adapter(GuardedV11Adapter)
    driver.register_adapter(GuardedV12Adapter)


def release_pending() -> None:
    """停止时放开全部还在等网关回应的调用。"""
    for adapter in nonebot.get_adapters().values():
        if isinstance(adapter, _Sturdy):
            adapter.release_all()
