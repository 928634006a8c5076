"""忘掉名录的更新历史里一个人的号码；现行的是机构公开的联系方式，不动。"""

import json
from collections.abc import Mapping

from sqlalchemy import String, cast, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.storage.tables import DirectoryChange, DirectoryEdit


async def forget(session: AsyncSession, secrets: Mapping[str, str]) -> None:
    """换掉改前的内容，与撤销了的更新里的内容，改动随 `session` 一起提交。

    参数:
        secrets: 要消失的内容 → 换成什么
    """
    undone = select(DirectoryChange.id).where(DirectoryChange.undone_at.is_not(None))
    gone = set(await session.scalars(undone))
    for secret, instead in secrets.items():
        told = json.dumps(secret)[1:-1]
        held = cast(DirectoryEdit.before, String).contains(told, autoescape=True)
        held |= cast(DirectoryEdit.after, String).contains(told, autoescape=True)
        for row in await session.scalars(select(DirectoryEdit).where(held)):
            if row.before is not None:
                row.before = _without(row.before, secret, instead)
            if row.change_id in gone:
                row.after = _without(row.after, secret, instead)


def _without(row: Mapping[str, str], secret: str, instead: str) -> dict[str, str]:
    return {header: value.replace(secret, instead) for header, value in row.items()}
