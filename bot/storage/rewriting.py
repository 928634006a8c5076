"""把一张表里放着的内容逐批改写，不占着数据库，也不占着事件循环。"""

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import select

from .database import Database
from .tables import Base

Row = TypeVar("Row", bound=Base)
_BATCH = 100


async def rewrite(
    database: Database, table: type[Row], change: Callable[[Row], None]
) -> int:
    """每一行都交给 `change` 就地改；返回真的变了的有几行。

    一批一个写事务：其间别处改的、忘掉的不会被盖回去。
    """
    number: Any = table.__table__.c["id"]
    last = changed = 0
    while True:
        query = select(table).where(number > last).order_by(number).limit(_BATCH)
        async with database.write() as session:
            rows = list(await session.scalars(query))
            for row in rows:
                change(row)
            changed += sum(map(session.is_modified, rows))
        if len(rows) < _BATCH:
            return changed
        last = getattr(rows[-1], "id")
