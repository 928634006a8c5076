"""应本人要求，忘掉发件箱里记着的个人信息。"""

import re
from collections.abc import Collection, Mapping
from types import MappingProxyType

from sqlalchemy import String, cast, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.messages import Person
from bot.storage.tables import OutboxRow as Box

from . import wording
from .models import Status

_NONE: Mapping[str, str] = MappingProxyType({})


async def forget(
    session: AsyncSession,
    *,
    what: str = "",
    prefixes: Collection[str] = (),
    person: Person | None = None,
    secrets: Mapping[str, str] = _NONE,
) -> None:
    """忘掉三样：某几次通知、一个人的名字、几处个人信息；提交由调用方，好与别处一起办。

    忘掉以后，还没发的也不会再带着它们发出去；下落不明的不再查、不再发，告诉秘书处。

    参数:
        what: 哪件事的通知
        prefixes: 这件事里，`occurrence` 这样开头的各次整条删去，不论发了没有
        person: 要 @ 他的，不再记他的名字；号还要用来 @，留着
        secrets: 文字里出现的个人信息 → 换成什么；英文不分大小写
    """
    for prefix in prefixes:
        about = Box.occurrence.startswith(prefix, autoescape=True)
        await session.execute(delete(Box).where(Box.what == what, about))
    if person:
        await _forget_name(session, person)
    for secret, instead in secrets.items():
        await _hide(session, secret, instead)


async def _forget_name(session: AsyncSession, person: Person) -> None:
    mentioning = cast(Box.mentions, String).contains(person.id, autoescape=True)
    nameless = [person.platform, person.id, ""]
    for row in await session.scalars(select(Box).where(mentioning)):
        row.mentions = [
            nameless if kept[:2] == nameless[:2] else kept for kept in row.mentions
        ]


async def _hide(session: AsyncSession, secret: str, instead: str) -> None:
    """文字里换掉一处；备着的旧副本和认不出的历史都不能让它再发出去。"""
    either = (Box.text, Box.sent_text)
    told = or_(*(column.icontains(secret, autoescape=True) for column in either))
    pattern = re.compile(re.escape(secret), re.I)
    for row in await session.scalars(select(Box).where(told)):
        row.text = pattern.sub(lambda _: instead, row.text)
        row.sent_text = pattern.sub(lambda _: instead, row.sent_text)
        if row.status == Status.PENDING:
            # 重新定由谁发：取出来备着的就认领不到了
            row.account = ""
        elif row.status in (Status.SENDING, Status.UNKNOWN):
            row.stopped = row.stopped or wording.FORGOTTEN
        if row.status == Status.UNKNOWN and row.next_at:
            row.next_at, row.reason = None, wording.FORGOTTEN
