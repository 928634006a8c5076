"""给 NoneBot 的设置：自己读过的以自己的为准，其余原样交给它，别的插件读得到。"""

import json
import os
import secrets
from typing import Any

from bot.settings import Settings


def nonebot_settings(settings: Settings) -> dict[str, Any]:
    """交给 `nonebot.init` 的设置；.env 与环境变量里的其余各项由它自己读。

    成串的几项这里认的写法比 NoneBot 多，所以换成它认的写法：环境变量优先于 .env，
    写在环境变量里它就不去读 .env 里的。
    """
    lists = {
        "superusers": nonebot_superusers(settings.superusers),
        "nickname": settings.nickname,
        "command_start": settings.command_start,
        "command_sep": settings.command_sep,
    }
    for name in list(os.environ):
        # 地址、端口由自己的服务器用，写法也比它认的宽
        if name.lower() in ("host", "port", "log_level", "api_timeout", "driver"):
            del os.environ[name]
    for name, values in lists.items():
        os.environ[name.upper()] = json.dumps(values)
    return {
        **{name: set(values) for name, values in lists.items()},
        "driver": "~fastapi",
        # 它只认 IP；真正监听哪里由 uvicorn 定
        "host": "127.0.0.1",
        "port": settings.port,
        "log_level": settings.log_level,
        "api_timeout": settings.api_timeout,
        "onebot_v11_access_token": settings.onebot_v11_access_token,
        "onebot_v12_access_token": settings.onebot_v12_access_token,
        # v11 的 HTTP 上报只认签名、不认令牌；没有设置签名口令时给它一个随机的，
        # 等于关上这条路，伪造的上报进不来
        "onebot_v11_secret": settings.onebot_v11_secret or secrets.token_hex(32),
    }


def nonebot_superusers(superusers: list[str]) -> list[str]:
    """`qq:1` 这样的号，NoneBot 与别的插件写作 `onebot:1`。"""
    numbers = (person.rpartition(":")[2] for person in superusers)
    return list(dict.fromkeys([*superusers, *(f"onebot:{n}" for n in numbers)]))
