"""广播的内容从哪里来：口令后面的文字、附的图片、引用的那条消息。

图片当场存下：网关给的网址过一阵就失效，等不到发的时候。
"""

import asyncio
import hashlib
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import httpx

from bot.errors import AssistantError
from bot.messages import Message
from bot.outgoing import Fetched, Gateways
from bot.storage.files import private_folder, whole_file

from . import wording
from .options import BroadcastError

MAX_BYTES = 10 * 1024 * 1024
MAX_PICTURES = 9
_SUFFIXES = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "image/webp": ".webp",
}
KEEP = 30 * 24 * 3600
"""图片留几秒：比广播的有效时间长得多，重发同一张会更新时刻。"""


class PictureError(AssistantError):
    """图片存不下来；消息说明原因与怎么办。"""


class Contents:
    """取齐一条广播的文字与图片。

    参数:
        gateways: 取当前的网关；还没有则为 `None`
        folder: 存图片的文件夹
    """

    def __init__(self, gateways: Callable[[], Gateways | None], folder: Path) -> None:
        self._gateways = gateways
        self._folder = folder

    async def prune(self) -> None:
        """删掉很久没有用到的图片。"""
        await asyncio.to_thread(prune_pictures, self._folder)

    async def gather(self, text: str, message: Message) -> tuple[str, list[Path]]:
        """文字与存下的图片；引用的接在自己写的后面。

        异常:
            BroadcastError: 什么也没有，或引用的取不到
            PictureError: 图片不对或取不到
            NotStored: 图片存不下
        """
        quoted = await self._quoted(message)
        if message.quote and not quoted.text and not quoted.images:
            raise BroadcastError(wording.QUOTE_UNREADABLE)
        whole = "\n".join(filter(None, (text, quoted.text.strip())))
        addresses = [*message.images, *quoted.images]
        if not whole and not addresses:
            raise BroadcastError(wording.NO_CONTENT)
        return whole, await save_pictures(addresses, self._folder)

    async def _quoted(self, message: Message) -> Fetched:
        quote = message.quote
        if quote is None:
            return Fetched("")
        fetched = None
        if gateways := self._gateways():
            fetched = await gateways.fetch(
                message.place, quote.message_id, account=message.account
            )
        return fetched or Fetched(quote.text)


async def save_pictures(addresses: Sequence[str], folder: Path) -> list[Path]:
    """下载图片到文件夹，返回各自的路径，次序不变。

    异常:
        PictureError: 太多、太大、不是图片或取不到
        NotStored: 存不下
    """
    if len(addresses) > MAX_PICTURES:
        raise PictureError(wording.too_many_pictures(MAX_PICTURES))
    if not addresses:
        return []
    async with httpx.AsyncClient(timeout=20, follow_redirects=True) as client:
        return [await _save(client, address, folder) for address in addresses]


def prune_pictures(folder: Path) -> None:
    """删掉很久没有用到的图片。"""
    oldest = time.time() - KEEP
    for path in folder.glob("*.*") if folder.is_dir() else ():
        if path.suffix in _SUFFIXES.values() and path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)


async def _save(client: httpx.AsyncClient, address: str, folder: Path) -> Path:
    if not address.startswith(("http://", "https://")):
        raise PictureError(wording.PICTURE_WITHOUT_ADDRESS)
    data = bytearray()
    try:
        async with client.stream("GET", address) as response:
            response.raise_for_status()
            kind = response.headers.get("content-type", "").split(";")[0].strip()
            if kind not in _SUFFIXES:
                raise PictureError(wording.NOT_A_PICTURE)
            async for chunk in response.aiter_bytes():
                data += chunk
                if len(data) > MAX_BYTES:
                    raise PictureError(wording.PICTURE_TOO_LARGE)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise PictureError(wording.PICTURE_GONE) from error
    path = folder / (hashlib.sha256(data).hexdigest()[:32] + _SUFFIXES[kind])
    await asyncio.to_thread(keep_picture, path, bytes(data))
    return path


def keep_picture(path: Path, data: bytes) -> None:
    """存下一张。

    异常:
        NotStored: 存不下
    """
    private_folder(path.parent)
    with whole_file(path) as unfinished:
        unfinished.write_bytes(data)
