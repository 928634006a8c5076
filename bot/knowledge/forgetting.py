"""忘掉教过的、改过的里面一个人的号码。"""

import re
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.storage.tables import Edit, LocalEntry


async def forget(session: AsyncSession, secrets: Mapping[str, str]) -> None:
    """换掉几处内容，改动随 `session` 一起提交；之后要 `Knowledge.reload`。

    参数:
        secrets: 要消失的内容 → 换成什么；英文不分大小写
    """
    for secret, instead in secrets.items():
        pattern = re.compile(re.escape(secret), re.I)
        for table, names in (
            (LocalEntry, ("question", "answer")),
            (Edit, ("before", "after")),
        ):
            for name in names:
                told = getattr(table, name).icontains(secret, autoescape=True)
                for row in await session.scalars(select(table).where(told)):
                    value = getattr(row, name)
                    setattr(row, name, pattern.sub(lambda _: instead, value))
