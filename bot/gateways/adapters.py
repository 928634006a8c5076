"""两个适配器的登记与加固。"""

import secrets
from typing import Any
from urllib.parse import urlsplit

from nonebot.adapters.onebot.v11 import Adapter as V11Adapter
from nonebot.adapters.onebot.v11 import NetworkError as V11NetworkError
from nonebot.adapters.onebot.v12 import Adapter as V12Adapter
from nonebot.adapters.onebot.v12 import NetworkError as V12NetworkError
from nonebot.drivers import Driver, Request, Response

from bot.settings import Settings


def adapter_options(settings: Settings) -> dict[str, Any]:
    """交给 `nonebot.init` 的适配器设置。

    v11 的 HTTP 上报只认签名、不认令牌；没有设置签名口令时给它一个随机的，
    等于关上这条路，伪造的上报进不来。
    """
    options: dict[str, Any] = {
        "onebot_v11_secret": settings.onebot_v11_secret or secrets.token_hex(32),
        "api_timeout": settings.api_timeout,
    }
    if settings.onebot_v11_access_token:
        options["onebot_v11_access_token"] = settings.onebot_v11_access_token
    if settings.onebot_v12_access_token:
        options["onebot_v12_access_token"] = settings.onebot_v12_access_token
    return options


class GuardedV11Adapter(V11Adapter):
    """v11 适配器，另外拒绝网页发起的连接。"""

    def _check_access_token(self, request: Request) -> Response | None:
        return _refuse_web_page(request) or super()._check_access_token(request)


class GuardedV12Adapter(V12Adapter):
    """v12 适配器，另外拒绝网页发起的连接；没设令牌时不收 HTTP 上报。"""

    def _check_access_token(self, request: Request) -> Response | None:
        return _refuse_web_page(request) or super()._check_access_token(request)

    async def _handle_http(self, request: Request) -> Response:
        if not self.onebot_config.onebot_access_token:
            return Response(403, content="没有设置令牌，不收 HTTP 上报")
        return await super()._handle_http(request)


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
    """停止时让还在等网关回应的调用立即以网络错误结束，不必等到超时。"""
    for adapter, error in (
        (V11Adapter, V11NetworkError),
        (V12Adapter, V12NetworkError),
    ):
        for future in list(adapter._result_store._futures.values()):
            if not future.done():
                future.set_exception(error("正在停止"))
