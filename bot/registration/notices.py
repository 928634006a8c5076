"""登记有变化时告知有关的人。"""

from collections.abc import Iterable

from loguru import logger

from bot.errors import SendError
from bot.messages import Person, Place, PlaceKind, Reply
from bot.outgoing import Gateways


async def notify(
    gateways: Gateways | None, people: Iterable[Person], text: str
) -> None:
    """私聊告知几个人；送不到只记日志，登记已经存好，不受影响。

    参数:
        gateways: 连着的网关，没有为 `None`
        people: 要告知的人，重复的只告知一次
        text: 内容，个人信息已遮盖
    """
    if gateways is None:
        return
    for person in dict.fromkeys(people):
        place = Place(person.platform, PlaceKind.PRIVATE, person.id)
        try:
            await gateways.send(place, Reply(text))
        except SendError as error:
            logger.warning("登记的变化没能告知一位有关的人：{}", error)
