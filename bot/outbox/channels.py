"""一条消息怎么交给网关。"""

from collections.abc import Sequence
from typing import Protocol

from bot.errors import SendFailed
from bot.messages import Place, Reply
from bot.outgoing import History

from . import wording
from .models import Delivery, Form


class Channel(Protocol):
    """送信所需的网关能力，`Gateways` 即是；群机器人也有一份。"""

    def accounts(self, place: Place) -> Sequence[str]: ...

    async def group_ids(self, platform: str, account: str) -> frozenset[str] | None: ...

    async def send(
        self, place: Place, reply: Reply, *, account: str = "", quote: str = ""
    ) -> str: ...

    async def history(
        self, place: Place, *, account: str = "", count: int = 20
    ) -> History | None: ...

    async def mention_all_quota(self, place: Place, *, account: str = "") -> int: ...

    async def mention_all(
        self, place: Place, reply: Reply, *, account: str = ""
    ) -> str: ...

    async def notice(self, place: Place, text: str, *, account: str = "") -> None: ...


async def hand_over(channel: Channel, delivery: Delivery) -> tuple[str, str]:
    """交给网关，返回消息号与备注；做不到的形式退为普通消息。"""
    place, account, reply = delivery.place, delivery.account, delivery.reply
    remark = ""
    if delivery.form is Form.MENTION_ALL:
        if await channel.mention_all_quota(place, account=account) > 0:
            return await channel.mention_all(place, reply, account=account), ""
        remark = wording.NO_MENTION_ALL
    elif delivery.form is Form.NOTICE:
        try:
            await channel.notice(place, reply.text, account=account)
        except SendFailed as error:
            if error.removed:
                raise
            remark = wording.NO_NOTICE
        else:
            return "", ""
    return await channel.send(place, reply, account=account), remark
