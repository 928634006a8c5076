"""还没定的改动，每天提醒开了头的人一次。"""

from datetime import timedelta

from sqlalchemy import select

from bot import clock
from bot.messages import Place, PlaceKind
from bot.outbox import DeliveryService, Outgoing
from bot.storage import Database
from bot.storage.tables import DocumentRow

from . import wording
from .imports import Imports
from .shelf import CONSOLE

WHAT = "documents"
_AFTER = timedelta(hours=12)
"""刚导入的先不催。"""
_LASTS = timedelta(hours=24)


class Reminding:
    """提醒：先私聊过助手的发私聊，没有的发到导入的那个群里，@ 他。"""

    def __init__(
        self, database: Database, imports: Imports, delivery: DeliveryService
    ) -> None:
        self._database = database
        self._imports = imports
        self._delivery = delivery

    async def remind(self) -> int:
        """今天还没提醒过的提醒一遍；返回提醒了几份。"""
        left, now = await self._imports.left(), clock.now()
        async with self._database.read() as session:
            query = select(DocumentRow).where(
                DocumentRow.id.in_(left),
                DocumentRow.undone_at.is_(None),
                DocumentRow.at < now - _AFTER,
                DocumentRow.platform != CONSOLE.platform,
            )
            rows = (await session.scalars(query)).all()
        day = f"{clock.local(now):%Y-%m-%d}"
        items = [
            self._reminder(row, f"{row.id}:{day}", left[row.id])
            for row in rows
            if row.id in self._imports.library.documents
        ]
        return await self._delivery.outbox.put(items)

    def _reminder(self, row: DocumentRow, occurrence: str, left: int) -> Outgoing:
        imported = self._imports.library.documents[row.id]
        author, now = imported.author, clock.now()
        place = Place(author.platform, PlaceKind(row.place_kind), row.place_id)
        if self._delivery.reporting.reaches(author):
            place = Place(author.platform, PlaceKind.PRIVATE, author.id)
        return Outgoing(
            WHAT,
            occurrence,
            place,
            wording.reminder(imported, left),
            now,
            mention=(author,) if place.is_group else (),
            expires_at=now + _LASTS,
        )
