"""忘掉一个人：他问过的话里的个人信息，与别人提到他的号码。"""

import re
from collections.abc import Iterable, Mapping

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.messages import Person
from bot.storage.tables import Delivered, Unanswered
from bot.text import fold, mask_text


async def forget(
    session: AsyncSession, person: Person, secrets: Mapping[str, str]
) -> None:
    """在没答上的问题与答案的记录里忘掉一个人，改动随 `session` 一起提交。

    本人问过的，有个人信息的删去，其余的只去掉称呼。

    参数:
        secrets: 要消失的内容 → 别人没答上的问题里换成什么，如遮住的号码；别人得到的
            答案的记录直接删去。换成空的只管本人：姓名这样的，别人说的可能是另一个人
    """
    for table, column in (
        (Unanswered, Unanswered.text),
        (Delivered, Delivered.question),
    ):
        rows = await session.execute(
            select(table.id, column).where(*_held_by(table, person))
        )
        telling = [number for number, text in rows if _tells(text, secrets)]
        await session.execute(delete(table).where(table.id.in_(telling)))
    nameless = update(Unanswered).where(*_held_by(Unanswered, person))
    await session.execute(nameless.values(user_name=""))
    for secret, instead in secrets.items():
        if instead:
            told = Delivered.question.contains(secret, autoescape=True)
            await session.execute(delete(Delivered).where(told))
            await _replace(session, secret, instead)


def _held_by(
    table: type[Unanswered | Delivered], person: Person
) -> tuple[ColumnElement[bool], ...]:
    return table.platform == person.platform, table.user_id == person.id


def _tells(text: str, secrets: Iterable[str]) -> bool:
    """有号码、邮箱，或点名要消失的内容。"""
    return mask_text(text) != text or any(secret in text for secret in secrets)


async def _replace(session: AsyncSession, secret: str, instead: str) -> None:
    """没答上的问题里，把一处内容换掉。"""
    told = Unanswered.text.contains(secret, autoescape=True)
    # 数据库找的时候不分大小写，换的时候也不分
    pattern = re.compile(re.escape(secret), re.I)
    for row in await session.scalars(select(Unanswered).where(told)):
        row.text = pattern.sub(lambda _: instead, row.text)
        row.folded = fold(row.text)
