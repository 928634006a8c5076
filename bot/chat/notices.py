"""网关的通知：助手自己被禁言、解除禁言、进群与被移出群。"""

from datetime import timedelta

import nonebot
from loguru import logger
from nonebot.adapters.onebot import v11

from bot.assistants import Assistants
from bot.messages import Person, Place, PlaceKind

from .connected import CALL_ERRORS, ConnectedGateways
from .incoming import file_of, platform_of

WHOLE_GROUP = timedelta(days=30)
"""全员禁言没有期限，最多信这么久。"""


class NoticeDesk:
    """听通知的。"""

    def __init__(
        self, assistants: Assistants, gateways: ConnectedGateways, *, sandbox: bool
    ) -> None:
        self._assistants = assistants
        self._gateways = gateways
        self._sandbox = sandbox

    def listen(self) -> None:
        """从此听着。"""
        nonebot.on_notice(handlers=[self._banned], block=False)
        nonebot.on_notice(handlers=[self._left], block=False)
        nonebot.on_notice(handlers=[self._joined], block=False)
        nonebot.on_notice(handlers=[self._uploaded], block=False)

    async def _banned(self, bot: v11.Bot, event: v11.GroupBanNoticeEvent) -> None:
        whole = event.user_id == 0
        if not whole and str(event.user_id) != bot.self_id:
            return
        place = self._place(bot, event.group_id)
        if event.sub_type == "lift_ban":
            self._gateways.mutes.lift(place, bot.self_id)
            logger.info("群 {} 解除了禁言，接着发", place.id)
            if assistant := await self._assistants.of(place.platform):
                await assistant.delivery.outbox.resume(place)
            return
        if whole and await self._may_speak_anyway(bot, event.group_id):
            return
        length = WHOLE_GROUP if whole else timedelta(seconds=max(event.duration, 0))
        self._gateways.mutes.mute(place, bot.self_id, length)
        logger.warning("助手在群 {} 被禁言，解除之前不再发", place.id)

    async def _left(self, bot: v11.Bot, event: v11.GroupDecreaseNoticeEvent) -> None:
        """被移出的群停用，不必等发不出去才知道。"""
        if str(event.user_id) != bot.self_id:
            return
        place = self._place(bot, event.group_id)
        if assistant := await self._assistants.of(place.platform):
            await assistant.delivery.left(place, bot.self_id)

    async def _joined(self, bot: v11.Bot, event: v11.GroupIncreaseNoticeEvent) -> None:
        """进了一个群：不必等有人说话才记得它。"""
        if str(event.user_id) != bot.self_id:
            return
        place = self._place(bot, event.group_id)
        if assistant := await self._assistants.of(place.platform):
            await assistant.groups.seen(place)
            await assistant.delivery.routes.heard(place, bot.self_id)

    async def _uploaded(self, bot: v11.Bot, event: v11.GroupUploadNoticeEvent) -> None:
        """有人传了群文件：记得是哪个，他说「导入」时好去取。"""
        place = self._place(bot, event.group_id)
        person = Person(place.platform, str(event.user_id))
        if assistant := await self._assistants.of(place.platform):
            file = file_of(event.file.model_dump())
            assistant.received.add(place, person, file, bot.self_id)

    async def _may_speak_anyway(self, bot: v11.Bot, group_id: int) -> bool:
        """全员禁言管不着管理员。"""
        try:
            own = await bot.get_group_member_info(
                group_id=group_id, user_id=int(bot.self_id), no_cache=True
            )
            return own["role"] in ("owner", "admin")
        except (*CALL_ERRORS, KeyError, TypeError, ValueError):
            return False

    def _place(self, bot: v11.Bot, group_id: int) -> Place:
        platform = platform_of(bot, sandbox=self._sandbox)
        return Place(platform, PlaceKind.GROUP, str(group_id))
