"""忘掉一个人：在哪些群里说过话，替学校报过已交。"""

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.messages import Person
from bot.storage.tables import ReportTick
from bot.storage.tables.deadlines import GroupVoice


async def forget(session: AsyncSession, person: Person) -> None:
    """不再记着他的号；学校交过的照旧算交过。改动随 `session` 一起提交。"""
    voice = (GroupVoice.platform == person.platform, GroupVoice.user_id == person.id)
    await session.execute(delete(GroupVoice).where(*voice))
    tick = (ReportTick.platform == person.platform, ReportTick.user_id == person.id)
    await session.execute(update(ReportTick).where(*tick).values(user_id=""))
