"""让到点的提醒进发件箱，发出的那一刻再照此刻的安排看一遍。

（哪件事，哪一次，哪个群）在发件箱里唯一，放几次都只有一条，停掉的再放就重新排上。
该不该发、发什么字、@谁，认领之前才定，所以排着队时怎么改安排，发出去的都是当时的。
"""

import asyncio
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from bot import clock
from bot.groups import Groups, GroupSettings
from bot.outbox import (
    Content,
    Delivery,
    DeliveryService,
    Outgoing,
    Refusal,
    Status,
    earliest,
)

from . import wording
from .agenda import Agenda
from .models import KINDS, SPREAD, Occurrence
from .planning import schedule
from .store import Store

LATE_LIMIT = timedelta(hours=6)
"""停机耽搁了这么久以内的，仍然有效就补发一次。"""
LATE_AFTER = timedelta(minutes=5)
"""除去排队要的时间，晚了这么久就注明是补发。"""
_A_DAY = timedelta(days=1)


class Sender:
    """提醒与发件箱之间的一切。"""

    def __init__(
        self, agenda: Agenda, groups: Groups, delivery: DeliveryService, store: Store
    ) -> None:
        self._agenda = agenda
        self._groups = groups
        self._outbox = delivery.outbox
        self._pace = delivery.courier.pace
        self._store = store
        self._replanning = asyncio.Lock()
        self._is_first = True
        delivery.review_before_sending(KINDS, self._review)

    async def tick(self) -> None:
        """把到点的提醒放进发件箱；停机耽搁太久的不发，告诉秘书处。"""
        now = clock.now()
        since = self._store.mark or now
        for occurrence in self._agenda.plan(since, now):
            timed = schedule(occurrence, self._groups.all())
            due = [(at, group) for at, group in timed if since < at <= now]
            await self._put(occurrence, due)
        await self._store.set_mark(now)
        if self._is_first:
            # 上次停下时可能正改到一半：停掉了旧的，还没放进新的
            for occurrence in self.live(now):
                await self._catch_up(occurrence, now)
            self._is_first = False

    def live(self, now: datetime, *, held: bool = False) -> list[Occurrence]:
        """今天已经起发、现在发仍然成立的提醒。"""
        recent = self._agenda.plan(now - _A_DAY, now, held=held)
        return [o for o in recent if o.valid_until > now]

    async def replan(self, whats: Collection[str]) -> int:
        """安排改了：不再成立的停掉，今天漏下的、停掉又要发的现在就发。

        返回:
            现在就发的有几条
        """
        # 一暂停一恢复同时来，也要一件办完再看一眼现状，才办另一件
        async with self._replanning:
            now = clock.now()
            live = [o for o in self.live(now) if o.what in whats]
            for what in whats:
                valid = [o.key for o in live if o.what == what]
                await self._outbox.cancel(what, wording.CHANGED, keep=valid)
            return sum([await self._catch_up(occurrence, now) for occurrence in live])

    async def sent(self, occurrence: Occurrence) -> int:
        """这一次已经发到几个群。"""
        recorded = await self._outbox.deliveries(occurrence.what)
        sent = (d for d in recorded if d.status is Status.SENT)
        return sum(d.occurrence == occurrence.key for d in sent)

    def _review(self, delivery: Delivery) -> Content | Refusal:
        """此刻发什么；暂停着，或安排、群的地区已经不是放进来时的，就不发。"""
        group = self._groups.get(delivery.place)
        this = (delivery.what, delivery.occurrence)
        live = self.live(clock.now(), held=True)
        occurrence = next((o for o in live if (o.what, o.key) == this), None)
        if occurrence is None or not occurrence.reaches(group):
            return Refusal(wording.CHANGED)
        if not self._store.holds.isdisjoint(occurrence.scopes()):
            return Refusal(wording.HELD)
        mention = self._agenda.mentions(occurrence, group)
        return Content(self._agenda.text(occurrence), mention)

    async def _catch_up(self, occurrence: Occurrence, now: datetime) -> int:
        """该到点却没有放进去的、停掉又要发的，现在发。"""
        if earliest(now) >= occurrence.valid_until:
            return 0
        timed = schedule(occurrence, self._groups.all())
        return await self._put(occurrence, [(now, g) for at, g in timed if at <= now])

    async def _put(
        self, occurrence: Occurrence, due: Sequence[tuple[datetime, GroupSettings]]
    ) -> int:
        if not due:
            return 0
        text, now = self._agenda.text(occurrence), clock.now()
        late_after = LATE_AFTER + self._queueing(now)
        items = [
            Outgoing(
                occurrence.what,
                occurrence.key,
                group.place,
                text,
                at,
                expires_at=min(at + LATE_LIMIT, occurrence.valid_until),
                mark_late=True,
                late_after=late_after,
            )
            for at, group in due
        ]
        timely = [item for item in items if item.expires_at and item.expires_at > now]
        missed = [item for item in items if item not in timely]
        if missed:
            await self._outbox.put(missed, late_by=wording.MISSED)
        return await self._outbox.put(timely) if timely else 0

    def _queueing(self, now: datetime) -> timedelta:
        """这一阵的提醒全由一个账号发，排队最多要多久。"""
        groups = self._groups.all()
        around = self._agenda.plan(now - SPREAD, now)
        number = sum(o.reaches(group) for o in around for group in groups)
        return timedelta(seconds=self._pace.seconds(number))
