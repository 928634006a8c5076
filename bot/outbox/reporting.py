"""把没发成的事告诉秘书处：只私聊自己先写来过的人，不主动找人。

托办的人没私聊过的，在他托办的那个群里说一声，不说内容。
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import TypeAlias

from sqlalchemy import select

from bot import clock
from bot.access import Access, Role
from bot.groups import Groups
from bot.messages import Message, Person, Place, PlaceKind
from bot.storage import Database
from bot.storage.tables import Desk

from . import wording
from .models import Delivery, Outgoing
from .outbox import Outbox, mark_told

REPORT = "report"
"""报告本身在发件箱里的名字：报告发不出去不再报告。"""
TELL_WITHIN = timedelta(days=7)
"""多久以前的事还报告；报告本身也留这么久。"""
_AT_ONCE = 1000
_Concern: TypeAlias = tuple[str | None, Person | None, Place | None]
"""哪个地区的、谁托办的、在哪里托办的：相同的一起说。"""


class Reporting:
    """秘书处的接收处；没有人先写来过时，情况仍在“提醒 列表”和“广播状态”里。"""

    def __init__(
        self, database: Database, outbox: Outbox, access: Access, groups: Groups
    ) -> None:
        self._database = database
        self._outbox = outbox
        self._access = access
        self._groups = groups
        self._known: set[Person] = set()

    async def load(self) -> None:
        """从数据库读入。"""
        async with self._database.read() as session:
            rows = (await session.scalars(select(Desk))).all()
        self._known = {Person(row.platform, row.user_id) for row in rows}

    async def seen(self, message: Message) -> bool:
        """秘书处的人私聊写来了：以后可以发给他。返回这是不是秘书处的私聊。"""
        person = Person(message.person.platform, message.person.id)
        if message.place.is_group:
            return False
        if person in self._known:
            return True
        if self._access.rights(person).role < Role.SECRETARIAT:
            return False
        async with self._database.write(casual=True) as session:
            await session.merge(
                Desk(platform=person.platform, user_id=person.id, seen_at=clock.now())
            )
        self._known.add(person)
        return True

    async def flush(self) -> None:
        """把还没告诉的按地区告诉秘书处；没有人可告诉的先留着。

        告诉过没有记在那一条上，与报告同一个事务，所以不漏也不重。
        """
        since = clock.now() - TELL_WITHIN
        troubles = await self._outbox.troubles(since, untold=True, limit=_AT_ONCE)
        by_concern: dict[_Concern, list[Delivery]] = {}
        for delivery in troubles:
            if delivery.what != REPORT:
                region = self._groups.get(delivery.place).region
                concern = (region, delivery.by, delivery.ordered_in)
                by_concern.setdefault(concern, []).append(delivery)
        for concern, deliveries in by_concern.items():
            if reports := self._reports(concern, deliveries):
                await self._tell(reports, deliveries)

    def _reports(
        self, concern: _Concern, troubles: Sequence[Delivery]
    ) -> list[Outgoing]:
        """告诉谁、在哪里、怎么说；托办的人总要知道，不论那个群归不归他管。"""
        region, by, ordered_in = concern
        people = self.people([region])
        if by in self._known and by not in people:
            people.append(by)
        text = wording.troubles(region, troubles, self._names(troubles))
        places = [Place(one.platform, PlaceKind.PRIVATE, one.id) for one in people]
        reports = [_report(place, text, troubles) for place in places]
        if by is not None and ordered_in is not None and by not in self._known:
            here = wording.troubles_here(troubles)
            reports.append(_report(ordered_in, here, troubles, mention=(by,)))
        return reports

    def reaches(self, person: Person) -> bool:
        """有事可以私聊告诉他：他先写来过。"""
        return person in self._known

    def people(self, regions: Iterable[str | None]) -> list[Person]:
        """这些地区的事可以告诉谁：管着其中哪个、自己先私聊过助手的。"""
        wanted = tuple(regions)
        return [
            person
            for person in sorted(self._known, key=lambda p: (p.platform, p.id))
            if any(map(self._access.rights(person).covers, wanted))
        ]

    async def recent(self, by: Person) -> list[tuple[str, Delivery]]:
        """最近几天他管的群里、他托办的，没有确定送到的：（群名，哪一条）。"""
        rights = self._access.rights(by)
        since = clock.now() - TELL_WITHIN
        found = [
            delivery
            for delivery in await self._outbox.troubles(since)
            if delivery.by == Person(by.platform, by.id)
            or (
                delivery.place.is_group
                and rights.covers(self._groups.get(delivery.place).region)
            )
        ]
        return list(zip(self._names(found), found, strict=True))

    def _names(self, deliveries: Sequence[Delivery]) -> list[str]:
        """各条是发到哪里的。"""
        return [
            self._groups.get(d.place).name or d.place.id
            if d.place.is_group
            else wording.PRIVATE
            for d in deliveries
        ]

    async def _tell(
        self, reports: Sequence[Outgoing], troubles: Sequence[Delivery]
    ) -> None:
        async with self._database.write() as session:
            await self._outbox.put_within(session, reports)
            await mark_told(session, [delivery.id for delivery in troubles])
        self._outbox.changed.set()


def _report(
    place: Place,
    text: str,
    troubles: Sequence[Delivery],
    mention: tuple[Person, ...] = (),
) -> Outgoing:
    now = clock.now()
    numbers = [delivery.id for delivery in troubles]
    return Outgoing(
        REPORT,
        f"{min(numbers)}-{max(numbers)}-{len(numbers)}-{now:%Y%m%d%H%M%S}",
        place,
        text,
        now,
        mention=mention,
        expires_at=now + TELL_WITHIN,
    )
