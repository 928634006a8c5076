"""导入：存下文件与它提出的改动；逐处接受、改、拒绝；整份撤销。"""

import asyncio
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.access import NATIONWIDE, Rights
from bot.errors import AssistantError
from bot.messages import Person, Place
from bot.storage import Database
from bot.storage.tables import DocumentRow
from bot.text import Masker

from . import wording
from .library import Library
from .proposals import (
    ANSWERS,
    Accepting,
    Changes,
    Kind,
    Proposed,
    Proposing,
    Status,
    store,
)
from .proposals.models import Suggestion
from .results import Brought, Settled
from .shelf import Draft, Imported, Stored


class Imports:
    """文件的导入与提出的改动。"""

    def __init__(
        self,
        database: Database,
        library: Library,
        proposing: Proposing,
        accepting: Accepting,
        masker: Masker,
    ) -> None:
        self._database = database
        self.library = library
        self._proposing = proposing
        self._accepting = accepting
        self._masker = masker
        self._replacing: dict[str, int] = {}
        self._looking: dict[tuple[str, str], int] = {}

    async def load(self) -> None:
        """读入还没定的：旧条目由哪一段重新说了。"""
        async with self._database.read() as session:
            opened = await store.opened(session)
        live = self.library.documents
        self._replacing = {
            one.suggestion.payload["entry"]: one.suggestion.passage
            for one in opened
            if one.suggestion.kind is Kind.ENTRY
            and one.suggestion.sure
            and one.document in live
        }

    def replacing(self, entry: str) -> int | None:
        """知识里的一条，新文件里哪一段重新说了它；没有、已定为 `None`。"""
        return self._replacing.get(entry)

    async def refresh(self) -> None:
        """在别处导入、撤销过的也装进来。"""
        if await self.library.refresh():
            await self.load()

    async def propose(self, draft: Draft) -> list[Suggestion]:
        """一份还没存的文件会提出什么。"""
        document = draft.reading.document
        imported = Imported(
            0,
            draft.file_name,
            draft.digest,
            document.title or draft.file_name,
            document.number,
            draft.region or "",
            draft.year or 0,
            Person("", ""),
        )
        passages = [
            Stored(n, 0, p.label, p.heading, p.text, p.page, p.is_row)
            for n, p in enumerate(draft.reading.passages)
        ]
        return await asyncio.to_thread(
            self._proposing.propose, imported, document, passages
        )

    async def bring(self, draft: Draft, by: Person, place: Place | None) -> Brought:
        """存下一份与它提出的改动，一个事务。

        异常:
            AssistantError: 不知道是哪里哪年的，或存不下
        """
        self.library.require_scope(draft)
        suggestions = await self.propose(draft)
        async with self._database.write() as session:
            number, passages = await self.library.store(session, draft, by, place)
            placed = [
                replace(one, passage=_placed(one, passages)) for one in suggestions
            ]
            store.put(session, number, placed)
        await self.refresh()
        counts = Counter(one.kind for one in suggestions)
        return Brought(self.library.documents[number], len(passages), counts)

    async def proposals(self, number: int, *statuses: Status) -> list[Proposed]:
        """一份文件提出的改动。"""
        async with self._database.read() as session:
            return await store.of(session, number, *statuses)

    async def current(self, person: Person) -> int | None:
        """这个人刚看的那一份，否则他最近导入、还有没定的那一份。"""
        async with self._database.read() as session:
            opened = {one.document for one in await store.opened(session)}
            looked = self._looking.get((person.platform, person.id))
            if looked in opened:
                return looked
            query = select(DocumentRow.id).where(
                DocumentRow.platform == person.platform,
                DocumentRow.user_id == person.id,
                DocumentRow.undone_at.is_(None),
                DocumentRow.id.in_(opened),
            )
            return await session.scalar(query.order_by(DocumentRow.id.desc()).limit(1))

    def look_at(self, person: Person, number: int) -> None:
        """他在看这一份：接着说的“接受 1”指它。"""
        self._looking[person.platform, person.id] = number

    async def left(self) -> Mapping[int, int]:
        """各份文件还有几处没定。"""
        async with self._database.read() as session:
            return Counter(one.document for one in await store.opened(session))

    async def accept(
        self,
        number: int,
        chosen: Collection[int],
        by: Person,
        rights: Rights,
        place: Place,
        *,
        agreed: bool = False,
    ) -> Settled:
        """接受几处：一个事务，办不了的那几处不办，说明为什么。

        参数:
            agreed: 答案里有个人号码的，本人同意公开；没说的不办，先问
        """
        imported = self.library.documents[number]
        changes, done, problems = Changes(), list[int](), list[str]()
        private: dict[int, tuple[str, ...]] = {}
        async with self._database.write() as session:
            opened = await store.of(session, number, Status.OPEN)
            for one in opened:
                if one.number not in chosen:
                    continue
                if not agreed and (hidden := self.private(one)):
                    private[one.number] = hidden
                    continue
                try:
                    self._check(one, rights)
                    made = await self._accepting.apply(
                        session, one, imported, changes, by, place
                    )
                except AssistantError as error:
                    problems.append(f"{one.number}. {error}")
                    continue
                await store.note(session, number, one.number, made)
                done.append(one.number)
            await store.settle(session, number, done, Status.ACCEPTED, by)
        await self._accepting.settle(changes)
        await self.load()
        left = len(opened) - len(done)
        return Settled(tuple(done), tuple(problems), left, private)

    def private(self, one: Proposed) -> tuple[str, ...]:
        """答案里像是某个人的号码，遮住之后的样子；名录登的本来就是公开的。"""
        if one.suggestion.kind not in ANSWERS:
            return ()
        return tuple(self._masker.private(one.suggestion.after))

    async def refuse(self, number: int, chosen: Collection[int], by: Person) -> Settled:
        """拒绝几处。"""
        async with self._database.write() as session:
            opened = await store.of(session, number, Status.OPEN)
            done = [one.number for one in opened if one.number in chosen]
            await store.settle(session, number, done, Status.REFUSED, by)
        await self.load()
        return Settled(tuple(done), (), len(opened) - len(done))

    async def amend(self, number: int, which: int, after: str) -> bool:
        """换成人写的答案；没有这一处、改不了的为 `False`。"""
        async with self._database.write() as session:
            opened = await store.of(session, number, Status.OPEN)
            kinds = {one.number: one.suggestion.kind for one in opened}
            if kinds.get(which) not in ANSWERS:
                return False
            await store.amend(session, number, which, after)
        return True

    async def reopen(self, number: int, which: int, by: Person, place: Place) -> None:
        """定过的一处重新定：接受过的撤掉，不改的重新列出。

        异常:
            AssistantError: 名录后来又改过，撤不了
        """
        settled = await self.proposals(number, Status.ACCEPTED, Status.REFUSED)
        one = next((one for one in settled if one.number == which), None)
        if one is None or number not in self.library.documents:
            return
        await self._accepting.undo_in_directory(one.made, by)
        changes = Changes()
        async with self._database.write() as session:
            await self._accepting.revert(session, [one.made], changes, by, place)
            await store.settle(session, number, [which], Status.OPEN, by)
            await store.note(session, number, which, {})
        await self._accepting.settle(changes)
        await self.load()

    async def undo(self, number: int, by: Person, place: Place) -> Sequence[str]:
        """撤销一份的导入：文件不再算数，接受过的都撤掉；返回撤不了的。"""
        changes = Changes()
        async with self._database.write() as session:
            accepted = await store.of(session, number, Status.ACCEPTED)
            opened = await store.of(session, number, Status.OPEN)
            made = (one.made for one in accepted)
            await self._accepting.revert(session, made, changes, by, place)
            await self._settle_all(session, number, accepted, Status.UNDONE, by)
            await self._settle_all(session, number, opened, Status.REFUSED, by)
            await self.library.withdraw(session, number, by)
        problems = await self._accepting.undo_directory(changes, by)
        await self.refresh()
        await self._accepting.settle(changes)
        return problems

    @staticmethod
    async def _settle_all(
        session: AsyncSession,
        number: int,
        several: Sequence[Proposed],
        status: Status,
        by: Person,
    ) -> None:
        numbers = [one.number for one in several]
        await store.settle(session, number, numbers, status, by)

    @staticmethod
    def _check(one: Proposed, rights: Rights) -> None:
        """名录是全国共用的。

        异常:
            AssistantError: 不管全国
        """
        if one.suggestion.kind is Kind.CONTACT and not rights.covers(NATIONWIDE):
            raise AssistantError(wording.CONTACTS_NATIONWIDE)


def _placed(one: Suggestion, passages: Sequence[int]) -> int:
    """依据的那一段存下之后的编号；名录的改动依据表格，没有。"""
    return 0 if one.kind is Kind.CONTACT else passages[one.passage]
