"""把没发成的事告诉秘书处：只私聊自己先写来过的人，不主动找人。"""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select

from bot import clock
from bot.access import Access, Role
from bot.groups import Groups
from bot.messages import Message, Person, Place, PlaceKind
from bot.storage import Database
from bot.storage.tables import Desk

from . import wording
from .models import Delivery, Outgoing
from .outbox import Outbox

REPORT = "report"
"""报告本身在发件箱里的名字：报告发不出去不再报告。"""


class Desks:
    """秘书处的接收处；没有人先写来过时，情况仍在“提醒 列表”和“广播状态”里。"""

    def __init__(
        self, database: Database, outbox: Outbox, access: Access, groups: Groups
    ) -> None:
        self._database = database
        self._outbox = outbox
        self._access = access
        self._groups = groups
        self._known: set[Person] = set()
        self._troubles: list[Delivery] = []

    async def load(self) -> None:
        """从数据库读入。"""
        async with self._database.read() as session:
            rows = (await session.scalars(select(Desk))).all()
        self._known = {Person(row.platform, row.user_id) for row in rows}

    async def seen(self, message: Message) -> None:
        """秘书处的人私聊写来了：以后可以发给他。"""
        person = Person(message.person.platform, message.person.id)
        if message.place.is_group or person in self._known:
            return
        if self._access.rights(person).role < Role.SECRETARIAT:
            return
        async with self._database.write() as session:
            await session.merge(
                Desk(platform=person.platform, user_id=person.id, seen_at=clock.now())
            )
        self._known.add(person)

    async def tell(self, region: str | None, occurrence: str, text: str) -> int:
        """告诉管这个地区的人；同一个 `occurrence` 只说一次。返回告诉了几人。"""
        people = [
            person
            for person in sorted(self._known, key=lambda p: (p.platform, p.id))
            if self._access.rights(person).covers(region)
        ]
        now = clock.now()
        return await self._outbox.put(
            Outgoing(
                REPORT,
                occurrence,
                Place(person.platform, PlaceKind.PRIVATE, person.id),
                text,
                now,
            )
            for person in people
        )

    def collect(self, deliveries: Sequence[Delivery], *, reason: str = "") -> None:
        """攒着，由 `flush` 一并说：一次断线不该换来几十条私聊。"""
        self._troubles += [
            replace(delivery, reason=reason or delivery.reason)
            for delivery in deliveries
            if delivery.what != REPORT
        ]

    async def flush(self) -> None:
        """把攒着的按地区说出去。"""
        troubles, self._troubles = self._troubles, []
        by_region: dict[str | None, list[Delivery]] = {}
        for delivery in troubles:
            region = self._groups.get(delivery.place).region
            by_region.setdefault(region, []).append(delivery)
        for region, deliveries in by_region.items():
            names = [self._groups.get(d.place).name or d.place.id for d in deliveries]
            text = wording.troubles(region, deliveries, names)
            key = f"{deliveries[0].id}-{deliveries[-1].id}-{len(deliveries)}"
            await self.tell(region, f"{clock.now():%Y%m%d%H%M}-{key}", text)


class HousePolicy:
    """送信时的规矩：权限再查一次，被移出的群停用，没发成的告诉秘书处。"""

    def __init__(self, access: Access, groups: Groups, desks: Desks) -> None:
        self._access = access
        self._groups = groups
        self._desks = desks

    def objection(self, delivery: Delivery) -> str:
        """现在不该发的原因；可以发则为空。"""
        group = self._groups.get(delivery.place)
        if delivery.place.is_group and not group.active:
            return wording.NOT_IN_GROUP
        if delivery.by and not self._access.rights(delivery.by).covers(group.region):
            return wording.NO_LONGER_ALLOWED
        return ""

    async def removed(self, place: Place) -> None:
        """停用这个群。"""
        if place.is_group:
            await self._groups.deactivate(place)

    async def report(self, deliveries: Sequence[Delivery]) -> None:
        """攒给秘书处。"""
        self._desks.collect(deliveries)
