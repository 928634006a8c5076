"""确认台：出示、确认、取消、改动；一句话说的是哪一件，只在这里定。"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot import clock
from bot.errors import AssistantError
from bot.messages import SILENCE, Message, Person, Place, PlaceKind, Reply
from bot.storage import Database
from bot.text.assent import Assent, Assents

from . import store, wording
from .attention import Attention
from .changing import Swap, swap_in
from .closed import closed
from .models import Kind, NotReady, Proposal, Status
from .phrases import AMENDING, ENDING, NUMBER
from .store import JUST_NOW, Slip


class Desk:
    """全部等着确认的事。

    参数:
        assents: 听得出答应与不要的
    """

    def __init__(self, database: Database, assents: Assents) -> None:
        self._database = database
        self._assents = assents
        self._kinds: dict[str, Kind] = {}
        self._authors: set[Person] = set()
        self.attention = Attention()

    def register(self, *kinds: Kind) -> None:
        """登记几类事。"""
        self._kinds.update({kind.name: kind for kind in kinds})

    async def load(self) -> None:
        """读入谁有事等着；过了期限的作废。"""
        async with self._database.write() as session:
            await store.expire(session)
            self._authors = await store.authors(session)

    def is_waited(self, person: Person) -> bool:
        """这个人有没有等着他确认的事；只查内存，可能多算过期的。"""
        return _bare(person) in self._authors

    async def propose(self, slip: Slip, message: Message) -> Reply:
        """放上一件并出示；同一人先前提的同一样东西由它取代，并说出来。"""
        kind = self._kinds[slip.kind]
        async with self._database.write() as session:
            proposal, before = await store.put(
                session, slip, message.person, message.place,
                kind.lasts(slip.payload, message.person),
            )  # fmt: skip
            await kind.proposed(session, proposal)
        text = await self._present(message, proposal)
        notes = [
            wording.replaced(number, brief)
            for number, brief in self._lines(before, message.place)
        ]
        return Reply("\n".join([text, *notes]))

    def showed(self, message: Message, number: int) -> None:
        """处理这句话时给他出示了一件事。"""
        self._authors.add(_bare(message.person))
        self.attention.showed(message, number)

    async def show(self, message: Message, number: int) -> None:
        """又在这里出示了一次（怎么说由调用者说），期限从头算起。"""
        proposal = await self.get(number)
        if proposal is not None and await self._renew(message, proposal):
            self.showed(message, number)

    async def unseen(self, message: Message) -> None:
        """处理这句话时出示的没有送到：不算出示过，改在私聊里等着。"""
        number = self.attention.unseen(message)
        proposal = await self.get(number) if number else None
        if proposal is not None:
            person = message.person
            private = Place(person.platform, PlaceKind.PRIVATE, person.id)
            await self._renew(replace(message, place=private), proposal)

    def heard(self, message: Message) -> None:
        """来了一句话；处理之前说一声。"""
        self.attention.heard(message)

    def spoke(self, message: Message) -> None:
        """助手回了他一句。"""
        self.attention.spoke(message)

    async def drop(self, numbers: Sequence[int], by: Person) -> None:
        """不要了几件，不出示也不问。"""
        async with self._database.write() as session:
            await store.settle(session, numbers, Status.CANCELLED, by)

    async def opened(self, person: Person, kind: str) -> list[Proposal]:
        """此人提出、还等着的这一类事，新的在前。"""
        waiting = await self._opened(person)
        return [p for p in waiting if p.kind == kind and p.author == _bare(person)]

    async def get(self, number: int) -> Proposal | None:
        """按编号取，不论了结与否。"""
        async with self._database.read() as session:
            return await store.get(session, number)

    async def order(
        self, message: Message, argument: str, status: Status
    ) -> Reply | None:
        """“确认/取消 [编号或名称]”；后面跟着别的话，就不归这里管，为 `None`。"""
        if match := NUMBER.match(argument):
            return await self._numbered(message, int(match["number"]), status)
        argument = argument.strip(ENDING)
        named = [k.name for k in self._kinds.values() if argument in k.titles]
        said = self._assents.read(message.text)
        if argument and not named and said is None:
            return None
        opened = await self._opened(message.person)
        here = [
            proposal
            for proposal in opened
            if proposal.place == message.place
            and proposal.kind in (named or self._kinds)
        ]
        if said is not None and said.acts and not named:
            # “取消报名”：说的不是摆着的事，就是另一件要办的
            here = [p for p in here if said.acts <= self._acts(p)]
            if not here:
                return None
        here = self._said_of(message, here, ours=status is Status.CANCELLED)
        if len(here) == 1:
            return await self._settle(message, here[0].number, status)
        if here:
            word = "确认" if status is Status.CONFIRMED else "取消"
            return Reply(wording.several(self._lines(here, message.place), word))
        return await self._nothing(message, opened)

    async def answer(self, message: Message) -> Reply | None:
        """“好”“算了”“改成……”；没有等着的、或不是对它说的，为 `None`。"""
        if not self.is_waited(message.person):
            return None
        answering = self.attention.answering(message)
        if not message.addressed and answering is None:
            return None
        if (changed := await self._changed(message)) is not None:
            return changed
        said = self._assents.read(message.text)
        amending = AMENDING.match(message.text)
        begun = None
        if said is None and amending is None:
            begun = self._assents.begins(message.text) if answering else None
            if begun is None:
                return None
        opened = await self._opened(message.person)
        here = [p for p in opened if p.place == message.place]
        if not here:
            return await self._passed_on(message) if said and said.yes else None
        if said is None and amending is not None:
            standing = self.attention.standing(message)
            chosen = [p for p in here if p.number == standing] or here
            if len(chosen) == 1:
                return await self._amend(message, chosen[0], amending["text"].strip())
        if begun is not None:
            return await self._begun(message, here, begun)
        sure = said is not None and said.yes and said.plain
        here = self._said_of(message, here, ours=not sure)
        if said is not None and said.acts:
            here = [p for p in here if said.acts <= self._acts(p)] or here
        if len(here) > 1:
            word = "取消" if said and not said.yes else "确认"
            return Reply(wording.several(self._lines(here, message.place), word))
        return await self._assented(message, here[0], said) if said else None

    async def _changed(self, message: Message) -> Reply | None:
        """刚出示的只改一处，如“两点半改成三点”；说的不是它为 `None`。"""
        swap = swap_in(message.text)
        proposal = await self.standing(message) if swap else None
        if swap is None or proposal is None:
            return None
        return await self.change(message, proposal, swap)

    async def change(
        self, message: Message, proposal: Proposal, swap: Swap
    ) -> Reply | None:
        """改一处，再出示；说不清是哪一处为 `None`。"""
        kind = self._kinds[proposal.kind]
        try:
            payload = await kind.changed(proposal, swap, message.person)
        except AssistantError as error:
            return Reply(str(error))
        if payload is None:
            return None
        if refusal := kind.refusal(proposal, message.person):
            return Reply(refusal)
        return await self._replace(message, proposal, payload)

    async def decline(self, message: Message, proposal: Proposal) -> Reply:
        """不要这一件了。"""
        return await self._settle(message, proposal.number, Status.CANCELLED)

    async def standing(self, message: Message) -> Proposal | None:
        """刚在这里出示、还等着的；没有为 `None`。"""
        proposal = await self.get(self.attention.standing(message) or 0)
        is_open = proposal is not None and proposal.status is Status.OPEN
        return proposal if is_open else None

    async def _passed_on(self, message: Message) -> Reply | None:
        """刚出示的已转给别人，他应了一声：说明在等谁点头。"""
        proposal = await self.standing(message)
        return self._told_passed(message, proposal) if proposal else None

    def _told_passed(self, message: Message, proposal: Proposal) -> Reply | None:
        """这一件已转给别人的，说在等谁点头；归他办的为 `None`。"""
        if self._kinds[proposal.kind].is_for(proposal, message.person):
            return None
        brief = self._kinds[proposal.kind].brief(proposal, message.place)
        return Reply(wording.passed_on(proposal.number, brief))

    def _said_of(
        self, message: Message, here: list[Proposal], *, ours: bool
    ) -> list[Proposal]:
        """没听准才问的，与别的一起等着时，说的是哪些。

        参数:
            ours: 刚问的就是它的话，说的是它
        """
        standing = self.attention.standing(message)
        tentative = [p for p in here if self._kinds[p.kind].is_tentative(p)]
        asked = [p for p in tentative if p.number == standing]
        if asked and ours:
            return asked
        return [p for p in here if p not in tentative] or here

    async def _begun(
        self, message: Message, here: Sequence[Proposal], begun: tuple[Assent, bool]
    ) -> Reply | None:
        """开头说了要不要、后面还有话：不要而说缘由的不办，其余再问一遍。"""
        standing = self.attention.standing(message)
        proposal = next((p for p in here if p.number == standing), None)
        said, is_reason = begun
        if proposal is None or not is_reason or not said.acts <= self._acts(proposal):
            return None
        if not said.yes:
            return await self._settle(message, proposal.number, Status.CANCELLED)
        return await self.again(message, proposal)

    async def _assented(
        self, message: Message, proposal: Proposal, said: Assent
    ) -> Reply | None:
        kind = self._kinds[proposal.kind]
        standing = self.attention.standing(message) == proposal.number
        if not said.plain and said.yes and not await kind.is_ready(proposal):
            # 只是应一声，接着还会把缺的发来
            return SILENCE if standing else None
        acts = kind.acts(proposal)
        others = not said.acts <= acts
        if said.turns & acts:
            # “停掉”“撤掉”说的就是要办的：说了“对”才是照办，没说的再问一遍
            said = replace(said, yes=True)
            others = others or not said.affirmed
        if others and not standing:
            return None
        if others or (not said.plain and not standing):
            # 说的是办别的；或中间隔了别的话：“好的”可能是在谢别的
            return await self.again(message, proposal)
        status = Status.CONFIRMED if said.yes else Status.CANCELLED
        return await self._settle(message, proposal.number, status)

    async def agree(self, message: Message, proposal: Proposal) -> Reply:
        """照办：用自己的话答应的。"""
        if passed := self._told_passed(message, proposal):
            return passed
        return await self._settle(message, proposal.number, Status.CONFIRMED)

    async def shown(self, message: Message, proposal: Proposal) -> str:
        """这一件出示的文字；不算又出示了一次。"""
        return await self._kinds[proposal.kind].show(proposal, message.place)

    async def again(self, message: Message, proposal: Proposal) -> Reply:
        """再出示一遍，问是不是它。"""
        shown = await self._renew(message, proposal) or proposal
        return Reply(wording.which_one(await self._present(message, shown)))

    async def _numbered(
        self, message: Message, number: int, status: Status
    ) -> Reply | None:
        proposal = await self.get(number)
        kind = self._kinds.get(proposal.kind) if proposal else None
        if not proposal or not kind or not kind.sees(proposal, message.person):
            return Reply(wording.no_such(number)) if message.addressed else SILENCE
        return await self._settle(message, number, status)

    async def _settle(self, message: Message, number: int, status: Status) -> Reply:
        """了结一件：内容、权限都以此刻的为准。"""
        by, place, proposal = message.person, message.place, None
        try:
            async with self._database.write() as session:
                proposal = await store.get(session, number)
                if proposal is None:
                    return Reply(wording.no_such(number))
                if (past := closed(proposal)) is not None:
                    return Reply(past)
                kind = self._kinds[proposal.kind]
                if refusal := kind.refusal(proposal, by):
                    return Reply(refusal)
                await store.settle(session, [number], status, by)
                if status is Status.CANCELLED:
                    await kind.declined(session, proposal, by)
                    text = kind.dropped(proposal, place)
                    after = None
                else:
                    text, after = "", await kind.apply(session, proposal, by)
                    await store.supersede(session, proposal.subject, by)
        except NotReady as error:
            shown = await self._present(message, proposal) if proposal else ""
            return Reply(f"{error}\n{shown}")
        except AssistantError as error:
            return Reply(str(error))
        if after is not None:
            text = await after()
        return Reply(await self._with_left(message, text))

    async def _with_left(self, message: Message, text: str) -> str:
        """这里还等着的，顺带说一声；都没有了就不再记着他。"""
        opened = await self._opened(message.person)
        if not opened:
            self._authors.discard(_bare(message.person))
        here = [p for p in opened if p.place == message.place]
        if not here:
            return text
        return f"{text}\n{wording.still_open(self._lines(here, message.place))}"

    async def _amend(self, message: Message, proposal: Proposal, text: str) -> Reply:
        kind = self._kinds[proposal.kind]
        if refusal := kind.refusal(proposal, message.person):
            return Reply(refusal)
        try:
            payload = await kind.amend(proposal, text, message.person)
        except AssistantError as error:
            return Reply(str(error))
        return await self._replace(message, proposal, payload)

    async def _replace(
        self, message: Message, proposal: Proposal, payload: Mapping[str, Any] | None
    ) -> Reply:
        """换上改过的内容，再出示一次；改不了的为 `None`。"""
        if payload is None:
            return Reply(wording.CANNOT_AMEND)
        amended = await self._renew(message, proposal, payload)
        if amended is None:
            return Reply(wording.no_such(proposal.number))
        return Reply(f"{wording.AMENDED}\n{await self._present(message, amended)}")

    async def _renew(
        self,
        message: Message,
        proposal: Proposal,
        payload: Mapping[str, Any] | None = None,
    ) -> Proposal | None:
        """又在这里出示，期限从头算起，内容也可换过；已了结的为 `None`。"""
        lifetime = self._kinds[proposal.kind].lifetime
        async with self._database.write() as session:
            return await store.show(
                session, proposal.number, message.place, lifetime, payload
            )

    async def _present(self, message: Message, proposal: Proposal) -> str:
        """出示的文字。"""
        self.showed(message, proposal.number)
        return await self._kinds[proposal.kind].show(proposal, message.place)

    async def _nothing(self, message: Message, opened: Sequence[Proposal]) -> Reply:
        """这里没有：刚办过的说办过了，别处有的说出编号；没点名的不插嘴。"""
        if not message.addressed:
            return SILENCE
        async with self._database.read() as session:
            last = await store.last_settled(session, message.person, message.place)
        if last and last.status is Status.CONFIRMED and self._is_recent(last):
            return Reply(wording.confirmed_already(last.number))
        if opened:
            return Reply(wording.elsewhere(self._lines(opened, message.place)))
        return Reply(wording.NOTHING)

    async def just_settled(self, message: Message) -> tuple[str, datetime] | None:
        """此人刚在这里确认的是哪类事（正式的叫法）、什么时候；没有为 `None`。"""
        async with self._database.read() as session:
            last = await store.last_settled(session, message.person, message.place)
        kind = self._kinds.get(last.kind) if last else None
        if not last or not kind or not self._is_recent(last):
            return None
        at = last.settled_at
        return (kind.titles[0], at) if at else None

    @staticmethod
    def _is_recent(proposal: Proposal) -> bool:
        settled = proposal.settled_at
        return settled is not None and clock.now() - settled < JUST_NOW

    async def _opened(self, person: Person) -> list[Proposal]:
        async with self._database.read() as session:
            found = await store.opened(session, person)
        return [
            proposal
            for proposal in found
            if (kind := self._kinds.get(proposal.kind))
            and kind.is_for(proposal, person)
        ]

    def _acts(self, proposal: Proposal) -> frozenset[str]:
        return self._kinds[proposal.kind].acts(proposal)

    def _lines(
        self, proposals: Sequence[Proposal], place: Place
    ) -> list[tuple[int, str]]:
        return [(p.number, self._kinds[p.kind].brief(p, place)) for p in proposals]


def _bare(person: Person) -> Person:
    return Person(person.platform, person.id)
