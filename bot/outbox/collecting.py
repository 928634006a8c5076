"""攒着发：同一件事接连要告诉同一个人的，合成一条，隔一阵发一条。"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.storage.tables import OutboxRow as Box

from .models import Outgoing, Status
from .outbox import Outbox
from .rows import at_place

LONGEST = 800
"""合成的一条最多这么长；再多另起一条，也隔一阵再发。"""


async def collect_within(
    session: AsyncSession, outbox: Outbox, items: Iterable[Outgoing], apart: timedelta
) -> None:
    """放进发件箱；提交之后由调用方设 `outbox.changed`。

    参数:
        apart: 同一件事在同一处，两条之间至少隔多久
    """
    for item in items:
        query = (
            select(Box)
            .where(Box.what == item.what, *at_place(item.place))
            .order_by(Box.due_at.desc(), Box.id.desc())
            .limit(1)
        )
        last = await session.scalar(query)
        if last is None:
            await outbox.put_within(session, [item])
            continue
        due = clock.local(last.due_at)
        waiting = last.status == Status.PENDING and clock.now() < due
        if waiting and len(last.text) + len(item.text) <= LONGEST:
            last.text = f"{last.text}\n\n{item.text}"
            # 重新定由谁发：取出来备着的旧副本就认领不到了
            last.account = ""
            continue
        later = max(item.due_at, due + apart)
        await outbox.put_within(session, [replace(item, due_at=later)])
