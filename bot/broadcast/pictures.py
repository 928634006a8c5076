"""把消息里的图片存下来：网关给的网址过一阵就失效，等不到发的时候。"""

import asyncio
import hashlib
import time
from collections.abc import Sequence
from pathlib import Path

import httpx

from bot.errors import AssistantError

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


async def save_pictures(addresses: Sequence[str], folder: Path) -> list[Path]:
    """下载图片到文件夹，返回各自的路径，次序不变。

    异常:
        PictureError: 太多、太大、不是图片或取不到
    """
    if len(addresses) > MAX_PICTURES:
        raise PictureError(f"一次最多 {MAX_PICTURES} 张图片，请分几次发。")
    if not addresses:
        return []
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
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
        raise PictureError("网关没有给出图片的网址，转发不了图片。请改发文字。")
    data = bytearray()
    try:
        async with client.stream("GET", address) as response:
            response.raise_for_status()
            kind = response.headers.get("content-type", "").split(";")[0].strip()
            if kind not in _SUFFIXES:
                raise PictureError("附的不是图片（只认 jpg、png、gif、webp）。")
            async for chunk in response.aiter_bytes():
                data += chunk
                if len(data) > MAX_BYTES:
                    raise PictureError("图片超过 10 MB，请压缩后再发。")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise PictureError("图片取不下来，请重新发一次这张图。") from error
    path = folder / (hashlib.sha256(data).hexdigest()[:32] + _SUFFIXES[kind])
    await asyncio.to_thread(path.write_bytes, data)
    return path
