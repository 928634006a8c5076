"""发送的各部分装在一起。"""

from collections.abc import Callable
from pathlib import Path

from bot.access import Access
from bot.groups import Groups
from bot.messages import Message, Place
from bot.storage import Database

from .broadcast import Broadcasts
from .courier import Channel, Courier
from .desks import Desks, HousePolicy
from .models import WEBHOOK_PLATFORM
from .outbox import Outbox
from .pace import Pace
from .proposals import Proposals
from .webhook import Webhook, WebhookChannel


class DeliveryService:
    """发件箱、送信、广播、待确认的事与秘书处的接收处。

    参数:
        gateways: 取当前的网关；还没有则为 `None`
        webhooks: 企业微信群机器人
        pictures: 存广播图片的文件夹
    """

    def __init__(
        self,
        database: Database,
        access: Access,
        groups: Groups,
        gateways: Callable[[], Channel | None],
        *,
        pictures: Path,
        pace: Pace | None = None,
        webhooks: list[Webhook] | None = None,
    ) -> None:
        self._groups = groups
        self._gateways = gateways
        self._webhooks = WebhookChannel(webhooks) if webhooks else None
        self.outbox = Outbox(database)
        self.desks = Desks(database, self.outbox, access, groups)
        self.courier = Courier(
            self.outbox,
            self._channel,
            HousePolicy(access, groups, self.desks),
            pace or Pace(),
        )
        self.proposals = Proposals(database)
        self.broadcasts = Broadcasts(
            self.outbox, self.courier, self.proposals, access, groups, pictures
        )

    def _channel(self, place: Place) -> Channel | None:
        if place.platform == WEBHOOK_PLATFORM:
            return self._webhooks
        return self._gateways()

    async def load(self) -> None:
        """读入数据，登记群机器人。"""
        await self.desks.load()
        if self._webhooks:
            await self._webhooks.register(self._groups)

    async def start(self) -> None:
        """开始送信。"""
        await self.courier.start()

    async def stop(self) -> None:
        """停止送信。"""
        await self.courier.stop()
        if self._webhooks:
            await self._webhooks.close()

    async def heard(self, message: Message) -> None:
        """收到一条消息：记下哪个账号在这个会话里、秘书处的人是否先写来过。"""
        self.courier.heard(message.place, message.account)
        await self.desks.seen(message)
