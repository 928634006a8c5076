"""查找登记、看它的各版。"""

from collections.abc import Callable

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.storage.tables import Registration, RegistrationVersion

from .fields import Kind
from .records import Record, Version
from .store import fields_of, record_of

Covers = Callable[[str], bool]
"""某地区是否在权限之内。"""

_COLUMNS = (
    Registration.id,
    Registration.kind,
    Registration.platform,
    Registration.user_id,
    Registration.data,
    Registration.version,
    Registration.created_at,
    Registration.updated_at,
)
"""只取用得着的列：一万条时比取整行快得多。"""
MOST_WORDS = 50
"""要找的词比这还多，没有哪条登记会全都有；数据库的条件也嵌不了那么深。"""


async def find(
    session: AsyncSession, kind: Kind, covers: Covers, term: str, limit: int | None
) -> tuple[int, list[Record]]:
    """权限之内、含某个词的登记，按地区和校名排好。

    返回:
        （共几条，前 `limit` 条）
    """
    parts = set(term.lower().split())
    if len(parts) > MOST_WORDS:
        return 0, []
    regions = await session.scalars(select(Registration.region).distinct())
    allowed = [region for region in regions.all() if covers(region)]
    query = select(*_COLUMNS).where(
        Registration.kind == kind.value, Registration.region.in_(allowed)
    )
    for part in parts:
        query = query.where(Registration.search.contains(part, autoescape=True))
    ordered = query.order_by(
        Registration.region, Registration.school_key, Registration.id
    )
    rows = (await session.execute(ordered.limit(limit))).all()
    total = len(rows)
    if total == limit:
        counted = query.with_only_columns(func.count(Registration.id))
        total = await session.scalar(counted) or 0
    return total, [record_of(row) for row in rows]


async def history(session: AsyncSession, record: Record) -> list[Version]:
    """一条登记的各版，旧的在前。"""
    query = (
        select(RegistrationVersion)
        .where(RegistrationVersion.registration_id == record.id)
        .order_by(RegistrationVersion.version)
    )
    rows = (await session.scalars(query)).all()
    return [Version(row.version, fields_of(row.data), row.at) for row in rows]
