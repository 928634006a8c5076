"""两个适配器的登记与加固。"""

import secrets
from typing import Any

from nonebot.adapters.onebot.v11 import Adapter as V11Adapter
from nonebot.adapters.onebot.v11 import NetworkError as V11NetworkError
from nonebot.adapters.onebot.v12 import Adapter as V12Adapter
from nonebot.adapters.onebot.v12 import NetworkError as V12NetworkError
from nonebot.drivers import Driver

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


def register_adapters(driver: Driver) -> None:
    """登记 OneBot v11 与 v12。"""
    driver.register_adapter(V11Adapter)
    driver.register_adapter(V12Adapter)


def release_pending() -> None:
    """停止时让还在等网关回应的调用立即以网络错误结束，不必等到超时。"""
    for adapter, error in (
        (V11Adapter, V11NetworkError),
        (V12Adapter, V12NetworkError),
    ):
        for future in list(adapter._result_store._futures.values()):
            if not future.done():
                future.set_exception(error("正在停止"))
