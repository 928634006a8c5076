"""看别人发来的图片：装了文字识别的，把图里的字当作他说的话。"""

import asyncio
import tempfile
from pathlib import Path

from bot.errors import AssistantError
from bot.messages import Message, ReceivedFile
from bot.outgoing import Gateways
from bot.reading import read_file, recognises

MOST_BYTES = 10 * 1024 * 1024
MOST_TEXT = 200
"""图里的字再多，也只拿开头这么多去找。"""


def sees() -> bool:
    """看不看得到图片里的字。"""
    return recognises()


async def seen_in(gateways: Gateways, message: Message) -> str:
    """第一张图里的字；取不到、读不出为空。"""
    if not message.images:
        return ""
    file = ReceivedFile("图片.png", message.images[0], message.images[0])
    try:
        taken = await gateways.take(
            message.place, file, account=message.account, most=MOST_BYTES
        )
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "picture"
            await asyncio.to_thread(path.write_bytes, taken.data)
            reading = await read_file(path, file.name)
    except AssistantError:
        return ""
    texts = [reading.document.title, *(one.text for one in reading.passages)]
    return " ".join(filter(None, texts))[:MOST_TEXT]
