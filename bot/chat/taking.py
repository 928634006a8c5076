"""取别人发来的文件：给了网址的照网址，没给的凭文件号问网关要。"""

import base64
import binascii
from typing import Any

import httpx
from nonebot.adapters.onebot import v11, v12
from nonebot.exception import ActionFailed, ApiNotAvailable, NetworkError

from bot.errors import SendFailed
from bot.messages import Place, SentFile

from . import wording
from .incoming import AnyBot

_CALL_ERRORS = (ActionFailed, ApiNotAvailable, NetworkError, KeyError, TypeError)
_SECONDS = 60.0


async def take(bot: AnyBot, place: Place, file: SentFile, most: int) -> bytes:
    """文件的内容。

    异常:
        SendFailed: 取不到，或太大
    """
    if file.size > most:
        raise SendFailed(wording.file_too_large(file.name, most))
    address = file.url if file.url.startswith("http") else ""
    if not address and isinstance(bot, v11.Bot):
        address = await _address_v11(bot, place, file)
    if address:
        return await _fetch(address, file.name, most)
    content = await _content(bot, file)
    if content is None:
        raise SendFailed(wording.file_unreachable(file.name))
    return content


async def _address_v11(bot: v11.Bot, place: Place, file: SentFile) -> str:
    """问网关要网址；不支持的为空。"""
    if place.is_group:
        asked: dict[str, Any] = {
            "group_id": int(place.id), "file_id": file.id, "busid": file.bus,
        }  # fmt: skip
        action = "get_group_file_url"
    else:
        action, asked = "get_private_file_url", {"file_id": file.id}
    try:
        address = str((await bot.call_api(action, **asked))["url"])
    except _CALL_ERRORS:
        return ""
    return address if address.startswith("http") else ""


async def _content(bot: AnyBot, file: SentFile) -> bytes | None:
    """让网关直接给内容。"""
    asked = {"file_id": file.id}
    if isinstance(bot, v12.Bot):
        asked["type"] = "data"
    try:
        given = await bot.call_api("get_file", **asked)
        data = given.get("data") or given.get("base64")
        return data if isinstance(data, bytes) else base64.b64decode(data or "") or None
    except (*_CALL_ERRORS, AttributeError, binascii.Error):
        return None


async def _fetch(address: str, name: str, most: int) -> bytes:
    """照网址下载，超过了就不再下。"""
    parts: list[bytes] = []
    try:
        async with (
            httpx.AsyncClient(timeout=_SECONDS, follow_redirects=True) as client,
            client.stream("GET", address) as response,
        ):
            response.raise_for_status()
            async for part in response.aiter_bytes():
                parts.append(part)
                if sum(map(len, parts)) > most:
                    raise SendFailed(wording.file_too_large(name, most))
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise SendFailed(wording.file_unreachable(name)) from error
    return b"".join(parts)
