"""广播的内容从哪里来：口令后面的文字、附的图片、引用的那条消息。"""

import asyncio
from collections.abc import Callable
from pathlib import Path

from bot.messages import Message
from bot.outgoing import Fetched, Gateways

from . import wording
from .options import BroadcastError
from .pictures import prune_pictures, save_pictures


class Clippings:
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
            PictureError: 图片存不下来
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
