"""登记有变化时告知谁、告知什么；与变动在同一个事务里放进发件箱，不丢也不重。"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.confirming import Proposal
from bot.messages import Person, Place, PlaceKind
from bot.outbox import Outbox, Outgoing, Reporting, forget

from . import telling, wording
from .drafts import Draft
from .fields import ANNOUNCED, Field, Kind
from .records import Record, changed

WHAT = "registration"
"""登记的通知在发件箱里的名字。"""


@dataclass(frozen=True, slots=True)
class Change:
    """登记的一次变动。

    参数:
        record: 变动之后；撤销时是撤销之前的样子
        before: 变动之前；新登记为 `None`
        peers: 同校的其他登记
    """

    record: Record
    before: Record | None = None
    peers: tuple[Record, ...] = ()


def key_prefix(record: Record) -> str:
    """说起这条登记的通知，编号都以它开头。"""
    return f"{WHAT}:{record.id}:"


def joining_key(number: int) -> str:
    """说起一件等着同意的登记的通知，编号都以它开头。"""
    return f"{WHAT}:join:{number}:"


class Herald:
    """告知同校的人与秘书处；秘书处只告诉自己先私聊过助手的。

    参数:
        outbox: 发件箱
        reporting: 秘书处里可以告诉的人
    """

    def __init__(self, outbox: Outbox, reporting: Reporting) -> None:
        self._outbox = outbox
        self._reporting = reporting

    def hurry(self) -> None:
        """提交之后叫一声：有新的要发。"""
        self._outbox.changed.set()

    async def announce(self, session: AsyncSession, change: Change) -> None:
        """新登记、修改了；没有要告知的就不说。"""
        record, before = change.record, change.before
        if before is not None and before.version == record.version:
            return
        news = changed(before.values, record.values) if before else {}
        told = {f: pair for f, pair in news.items() if f in ANNOUNCED}
        others = _others(change)
        if record.kind is Kind.PILOT:
            others = [peer for peer in others if peer.entry == record.entry]
            worth = bool(others) and (before is None or bool(told))
        else:
            worth = bool(told) if before else bool(change.peers)
        if not worth:
            return
        key = f"{key_prefix(record)}{record.version}"
        owners = [peer.owner for peer in others]
        await self._put(session, key, owners, _news(change, told, masked=True))
        regions = {record.region, before.region if before else record.region}
        desks = self._reporting.people(regions)
        await self._put(session, key, desks, _news(change, told, masked=False))

    async def announce_withdrawal(self, session: AsyncSession, change: Change) -> None:
        """联系人撤销了。"""
        record = change.record
        if record.kind is not Kind.CONTACT:
            return
        people = [peer.owner for peer in _others(change)]
        people += self._reporting.people({record.region})
        text = wording.contact_gone(record)
        await self._put(session, f"withdrawal:{record.id}", people, text)

    async def ask_to_join(
        self, session: AsyncSession, number: int, draft: Draft, owners: Sequence[Person]
    ) -> None:
        """问本校的联系人与秘书处同不同意；给联系人看的遮住。"""
        key = f"{joining_key(number)}asked"
        desks = self._reporting.people({draft.values.get(Field.REGION, "")})
        others = [owner for owner in owners if owner not in desks]
        for people, masked in ((others, True), (desks, False)):
            text = telling.asked_to_join(draft.values, draft.person, number, masked)
            await self._put(session, key, people, text)

    async def tended(
        self, session: AsyncSession, proposal: Proposal, record: Record
    ) -> None:
        """告诉登记的人：秘书处动了他的登记。"""
        key = f"{key_prefix(record)}tended:{proposal.number}"
        text = telling.told_tended(proposal.payload["action"], record)
        await self._put(session, key, [record.owner], text)

    async def forget_joining(self, session: AsyncSession, number: int) -> None:
        """问同不同意的话不再留着，还没发的也不发了。"""
        await forget(session, what=WHAT, prefixes=[f"{joining_key(number)}asked"])

    async def answer_joining(
        self, session: AsyncSession, proposal: Proposal, text: str
    ) -> None:
        """告诉本人同意了没有。"""
        key = f"{joining_key(proposal.number)}answered"
        await self._put(session, key, [proposal.author], text)

    async def _put(
        self, session: AsyncSession, key: str, people: Iterable[Person], text: str
    ) -> None:
        now = clock.now()
        places = [
            Place(person.platform, PlaceKind.PRIVATE, person.id)
            for person in dict.fromkeys(people)
        ]
        items = [Outgoing(WHAT, key, place, text, now) for place in places]
        await self._outbox.put_within(session, items)


def _others(change: Change) -> list[Record]:
    return [peer for peer in change.peers if peer.owner != change.record.owner]


def _news(
    change: Change, told: Mapping[Field, tuple[str, str]], *, masked: bool
) -> str:
    if change.before is None:
        return wording.newly_registered(change.record, masked)
    return wording.contact_changed(change.record, change.before, told, masked)
