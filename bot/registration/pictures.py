"""看图片里的登记表：装了文字识别的，把图里的字当作发来的文字。"""

import asyncio
import tempfile
from pathlib import Path

from bot.errors import AssistantError
from bot.messages import Message, ReceivedFile
from bot.outgoing import Gateways
from bot.reading import read_file, recognises

MOST_PICTURES = 4
_MOST_BYTES = 10 * 1024 * 1024


def sees_pictures() -> bool:
    """看不看得到图片里的字。"""
    return recognises()


async def text_of_pictures(gateways: Gateways, message: Message) -> str:
    """各张图里的字，一行一行；取不到、读不出为空。"""
    texts = [
        await _text_of(gateways, message, picture)
        for picture in message.images[:MOST_PICTURES]
    ]
    return "\n".join(filter(None, texts))


async def _text_of(gateways: Gateways, message: Message, picture: str) -> str:
    file = ReceivedFile("图片.png", picture, picture)
    try:
        taken = await gateways.take(
            message.place, file, account=message.account, most=_MOST_BYTES
        )
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "picture"
            await asyncio.to_thread(path.write_bytes, taken.data)
            reading = await read_file(path, file.name)
    except AssistantError:
        return ""
    lines = [reading.document.title, *(one.text for one in reading.passages)]
    return "\n".join(dict.fromkeys(filter(None, lines)))
