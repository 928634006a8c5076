"""学校改了名、两个名字并成一个：交过双周报的，换个名字照旧算交过。"""

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.storage.tables import ReportTick


async def rename_school(
    session: AsyncSession,
    before: tuple[str, str],
    after: tuple[str, str],
    *,
    keeping: bool,
) -> None:
    """原来的名字记的各期，都记到新的名字上；改动随 `session` 一起提交。

    参数:
        before: 原来的地区与校名
        after: 现在的地区与校名
        keeping: 原来的名字还有人登记着，那边也照旧算交过
    """
    named = (ReportTick.region == before[0], ReportTick.school == before[1])
    for tick in (await session.scalars(select(ReportTick).where(*named))).all():
        await session.merge(
            ReportTick(
                region=after[0],
                school=after[1],
                period=tick.period,
                platform=tick.platform,
                user_id=tick.user_id,
                at=tick.at,
            )
        )
    if not keeping:
        await session.execute(delete(ReportTick).where(*named))
