"""加好友、邀请进群的请求：照设置同意或不理，都告诉超级管理员一声。"""

from datetime import timedelta

import nonebot
from loguru import logger
from nonebot.adapters.onebot import v11

from bot import clock
from bot.access import Role
from bot.assistant import Assistant
from bot.assistants import Assistants
from bot.messages import Person, Place, PlaceKind
from bot.outbox import Outgoing

from . import wording
from .connected import CALL_ERRORS
from .incoming import platform_of

TELL_WITHIN = timedelta(days=7)


class RequestDesk:
    """听请求的。"""

    def __init__(self, assistants: Assistants, *, sandbox: bool) -> None:
        self._assistants = assistants
        self._sandbox = sandbox

    def listen(self) -> None:
        """从此听着。"""
        nonebot.on_request(handlers=[self._befriended], block=False)
        nonebot.on_request(handlers=[self._invited], block=False)

    async def _befriended(self, bot: v11.Bot, event: v11.FriendRequestEvent) -> None:
        platform = platform_of(bot, sandbox=self._sandbox)
        assistant = await self._assistants.of(platform)
        if assistant is None:
            return
        accepts = assistant.settings.friend_requests == "accept"
        done = accepts and await _approve(
            bot, "set_friend_add_request", flag=event.flag, approve=True
        )
        who = str(event.user_id)
        text = wording.befriended(who, done=done, meant=accepts)
        await _tell(assistant, platform, f"friend:{event.flag}", text)

    async def _invited(self, bot: v11.Bot, event: v11.GroupRequestEvent) -> None:
        """只管邀请助手进群；别人申请进群归群主。"""
        if event.sub_type != "invite":
            return
        platform = platform_of(bot, sandbox=self._sandbox)
        assistant = await self._assistants.of(platform)
        if assistant is None:
            return
        rights = assistant.access.rights(Person(platform, str(event.user_id)))
        rule = assistant.settings.group_invites
        is_staff = rights.role >= Role.SECRETARIAT
        accepts = rule == "accept" or (rule == "staff" and is_staff)
        done = accepts and await _approve(
            bot,
            "set_group_add_request",
            flag=event.flag,
            sub_type="invite",
            approve=True,
        )
        who, group = str(event.user_id), str(event.group_id)
        text = wording.invited(who, group, done=done, meant=accepts)
        await _tell(assistant, platform, f"invite:{event.flag}", text)


async def _approve(bot: v11.Bot, action: str, **options: object) -> bool:
    try:
        await bot.call_api(action, **options)
    except CALL_ERRORS as error:
        logger.warning("没能同意请求：{}", type(error).__name__)
        return False
    return True


async def _tell(
    assistant: Assistant, platform: str, occurrence: str, text: str
) -> None:
    """告诉自己先写来过的超级管理员。"""
    now = clock.now()
    people = assistant.delivery.reporting.people([None])
    await assistant.delivery.outbox.put(
        Outgoing(
            "request",
            occurrence,
            Place(person.platform, PlaceKind.PRIVATE, person.id),
            text,
            now,
            expires_at=now + TELL_WITHIN,
        )
        for person in people
        if person.platform == platform
        and assistant.access.rights(person).role is Role.SUPERUSER
    )
