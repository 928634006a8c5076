"""查登记：草稿、自己的、同校的、删去的、等着同意的；都只读。"""

from collections.abc import Collection

from bot import confirming
from bot.messages import Person
from bot.storage import Database

from . import finding, removal, store
from .drafts import Draft
from .fields import Kind
from .finding import Covers
from .records import Record, Version


class Lookups:
    """登记的各种查法。"""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def draft(self, person: Person, kind: Kind | None = None) -> Draft | None:
        """最近动过的草稿，可限定种类；没有为 `None`。"""
        async with self._database.read() as session:
            found = await store.drafts_of(session, person, kind)
            return await store.rebased(session, found[0]) if found else None

    async def drafts(self, person: Person, kind: Kind | None = None) -> list[Draft]:
        """全部草稿，最近动过的在前，可限定种类。"""
        async with self._database.read() as session:
            return await store.drafts_of(session, person, kind)

    async def waiting(self, person: Person) -> list[Draft]:
        """等着别人同意的登记，最近提的在前。"""
        async with self._database.read() as session:
            return await store.waiting_of(session, person)

    async def draft_of(self, proposal: confirming.Proposal) -> Draft:
        """确认台上的一件 → 草稿。"""
        async with self._database.read() as session:
            draft = await store.draft_from(session, proposal)
            return await store.rebased(session, draft)

    async def mine(self, person: Person, kind: Kind | None = None) -> list[Record]:
        """一个人的登记，先登记的在前。"""
        async with self._database.read() as session:
            return await store.owned(session, person, kind)

    async def peers(self, what: Draft | Record) -> tuple[Record, ...]:
        """同校、同种类的其他登记。"""
        async with self._database.read() as session:
            return await store.peers(session, what)

    async def history(self, record: Record) -> list[Version]:
        """一条登记的各版，旧的在前。"""
        async with self._database.read() as session:
            return await finding.history(session, record)

    async def records(
        self, ids: Collection[int], *, removed: bool = False
    ) -> list[Record]:
        """按编号取登记；`removed` 为秘书处删去、还能恢复的。"""
        take = removal.removed if removed else removal.records
        async with self._database.read() as session:
            return await take(session, ids)

    async def removed(self, covers: Covers) -> list[Record]:
        """权限之内，秘书处删去、还能恢复的，后删的在前。"""
        async with self._database.read() as session:
            found = await removal.removed(session)
        return [record for record in found if covers(record.region)]

    async def was_removed(self, person: Person) -> bool:
        """他有秘书处删去了、还留着的登记。"""
        async with self._database.read() as session:
            return any(r.owner == person for r in await removal.removed(session))

    async def asking(self) -> list[confirming.Proposal]:
        """全部等着同意的登记，先提的在前。"""
        async with self._database.read() as session:
            return await confirming.waiting(session, store.WAITING)

    async def find(
        self, kind: Kind, covers: Covers, term: str = "", limit: int | None = None
    ) -> tuple[int, list[Record]]:
        """权限之内、含某个词的登记：（共几条，前 `limit` 条）。"""
        async with self._database.read() as session:
            return await finding.find(session, kind, covers, term, limit)
