"""取别人发来的文件：网关给了内容、网址，或要凭文件号去问。"""

import base64
import binascii
from typing import Any

import httpx
from nonebot.adapters.onebot import v11, v12
from nonebot.exception import ActionFailed, ApiNotAvailable, NetworkError

from bot.errors import NotTaken
from bot.messages import Place, ReceivedFile

from . import wording
from .incoming import AnyBot

_ASK_V11 = ("get_file", "get_private_file_url")
_CALL_ERRORS = (ActionFailed, ApiNotAvailable, NetworkError)
_Answer = dict[str, Any]


async def take(
    bot: AnyBot, place: Place, file: ReceivedFile, most: int
) -> ReceivedFile:
    """取来内容；名字网关一开始没给的，也补上。

    参数:
        most: 最多多少字节

    异常:
        NotTaken: 太大，或取不到；消息说明原因
    """
    if file.size > most:
        raise NotTaken(wording.file_too_large(file.name, most))
    if file.url.startswith(("http://", "https://")):
        return file.holding(await _download(file.name, file.url, most))
    answer = await _asked(bot, place, file)
    name = str(answer.get("name") or answer.get("file_name") or file.name)
    content = answer.get("data") or answer.get("base64")
    if content:
        return file.holding(_decoded(name, content, most), name)
    url = str(answer.get("url") or "")
    if not url.startswith(("http://", "https://")):
        raise NotTaken(wording.file_not_taken(name))
    return file.holding(await _download(name, url, most), name)


async def _asked(bot: AnyBot, place: Place, file: ReceivedFile) -> _Answer:
    if isinstance(bot, v12.Bot):
        return await _call(bot, "get_file", {"file_id": file.id, "type": "data"})
    if place.is_group:
        target = {"group_id": int(place.id), "file_id": file.id, "busid": file.bus}
        asked = await _call(bot, "get_group_file_url", target)
        return asked or await _call(bot, "get_file", {"file_id": file.id})
    for action in _ASK_V11:
        if answer := await _call(bot, action, {"file_id": file.id}):
            return answer
    return {}


async def _call(bot: v11.Bot | v12.Bot, action: str, params: _Answer) -> _Answer:
    """问网关；不会这个动作、没有这个文件的，当作什么也没说。"""
    try:
        answer = await bot.call_api(action, **params)
    except _CALL_ERRORS:
        return {}
    return answer if isinstance(answer, dict) else {}


def _decoded(name: str, content: str | bytes, most: int) -> bytes:
    if isinstance(content, str):
        try:
            content = base64.b64decode(content.removeprefix("base64://"))
        except binascii.Error as error:
            raise NotTaken(wording.file_not_taken(name)) from error
    if len(content) > most:
        raise NotTaken(wording.file_too_large(name, most))
    return content


async def _download(name: str, url: str, most: int) -> bytes:
    data = bytearray()
    try:
        async with (
            httpx.AsyncClient(timeout=20, follow_redirects=True) as client,
            client.stream("GET", url) as response,
        ):
            response.raise_for_status()
            async for chunk in response.aiter_bytes():
                data += chunk
                if len(data) > most:
                    raise NotTaken(wording.file_too_large(name, most))
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise NotTaken(wording.file_not_taken(name)) from error
    return bytes(data)
