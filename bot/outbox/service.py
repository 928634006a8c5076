"""发送的各部分装在一起。"""

from collections.abc import Callable, Iterable, Sequence

from bot.access import Access
from bot.groups import Groups
from bot.messages import WEBHOOK_PLATFORM, Message, Place
from bot.outgoing import Gateways
from bot.storage import Database

from .channels import Channel
from .checks import HouseChecks, MayStill, Review
from .courier import Courier
from .outbox import Outbox
from .pace import Pace
from .reporting import Reporting
from .routes import AccountRoutes
from .webhook import Webhook, WebhookChannel


class DeliveryService:
    """发件箱、送信与秘书处的接收处。

    参数:
        gateways: 取当前的网关；还没有则为 `None`
        webhooks: 企业微信群机器人
    """

    def __init__(
        self,
        database: Database,
        access: Access,
        groups: Groups,
        gateways: Callable[[], Gateways | None],
        *,
        pace: Pace | None = None,
        webhooks: list[Webhook] | None = None,
    ) -> None:
        self._groups = groups
        self._gateways = gateways
        self._webhooks = WebhookChannel(webhooks) if webhooks else None
        self.outbox = Outbox(database)
        self.reporting = Reporting(database, self.outbox, access, groups)
        self.routes = AccountRoutes(database)
        self._checks = HouseChecks(access, groups)
        self.courier = Courier(
            self.outbox, self.routes, self._channel, self._checks, pace or Pace()
        )

    def review_before_sending(self, prefixes: Iterable[str], review: Review) -> None:
        """登记 `what` 这样开头的：每一条认领前问一次，该不该发、发什么都由它定。

        所以断线多久，发出的都是那一刻的；内容要放得进一条。
        """
        self._checks.register(prefixes, review)

    def entrust(self, prefix: str, may_still: MayStill) -> None:
        """`what` 这样开头的，托办的人到发的时候还有没有权限，由 `may_still` 看。"""
        self._checks.entrust(prefix, may_still)

    def _channel(self, place: Place) -> Channel | None:
        if place.platform == WEBHOOK_PLATFORM:
            return self._webhooks
        return self._gateways()

    async def load(self) -> None:
        """读入数据，登记群机器人；设置里删掉的停用。"""
        await self.reporting.load()
        hooks = self._webhooks.places() if self._webhooks else set()
        for group in self._groups.all():
            if group.place.platform == WEBHOOK_PLATFORM and group.place not in hooks:
                await self._groups.deactivate(group.place)
        if self._webhooks:
            await self._webhooks.register(self._groups)
        for place in hooks:
            await self.routes.heard(place, place.id)

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
        is_secretariat = await self.reporting.seen(message)
        keep = message.place.is_group or is_secretariat
        await self.routes.heard(message.place, message.account, keep=keep)

    async def left(self, place: Place, account: str) -> None:
        """网关说这个账号离开了群；没有别的账号在那里，这个群就停用。"""
        await self.routes.gone(place, account)
        if self.routes.is_lost(place, self._gateways_at(place)):
            await self._checks.removed(place)

    def _gateways_at(self, place: Place) -> Sequence[str]:
        channel = self._channel(place)
        return channel.accounts(place) if channel else ()
