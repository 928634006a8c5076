"""把图片与文件的内容交给网关：网关可能在别的机器上，看不到这里的路径。"""

import asyncio
import base64
import hashlib
from collections.abc import Iterable
from pathlib import Path

from nonebot.adapters.onebot import v11, v12
from nonebot_plugin_alconna.uniseg import File, Image

from bot.errors import SendFailed
from bot.messages import Attachment, Place

from . import wording

AT_ONCE = 2 * 1024 * 1024
"""v12 的文件再大就分块传。"""
CHUNK = 1024 * 1024


async def pictures(paths: Iterable[Path]) -> list[Image]:
    """带着内容的图片。

    异常:
        SendFailed: 读不了
    """
    return [Image(raw=await _read(path), name=path.name) for path in paths]


async def upload_v11(bot: v11.Bot, place: Place, attachment: Attachment) -> None:
    """上传到群文件，或发给私聊的人。"""
    content = base64.b64encode(await _read(attachment.path)).decode()
    action = "upload_group_file" if place.is_group else "upload_private_file"
    target = "group_id" if place.is_group else "user_id"
    await bot.call_api(
        action,
        **{target: int(place.id)},
        file=f"base64://{content}",
        name=attachment.name,
    )


async def file_v12(bot: v12.Bot, attachment: Attachment) -> File:
    """传给网关，得到可以发的文件。"""
    content, name = await _read(attachment.path), attachment.name
    if len(content) <= AT_ONCE:
        stored = await bot.upload_file(type="data", name=name, data=content)
        return File(id=stored["file_id"], name=name)
    stored = await bot.upload_file_fragmented(
        stage="prepare", name=name, total_size=len(content)
    )
    number = stored["file_id"]
    for offset in range(0, len(content), CHUNK):
        await bot.upload_file_fragmented(
            stage="transfer",
            file_id=number,
            offset=offset,
            data=content[offset : offset + CHUNK],
        )
    digest = hashlib.sha256(content).hexdigest()
    stored = await bot.upload_file_fragmented(
        stage="finish", file_id=number, sha256=digest
    )
    return File(id=stored["file_id"], name=name)


async def _read(path: Path) -> bytes:
    try:
        return await asyncio.to_thread(path.read_bytes)
    except OSError as error:
        raise SendFailed(wording.FILE_UNREADABLE) from error
