"""让到点的提醒进发件箱；安排改了，还没发的跟着改。

（哪件事，哪一次，哪个群）在发件箱里唯一，放几次都只有一条。停掉以后又要发的，
在“哪一次”后面加序号再放，但已经发过的群不再放，所以改来改去不漏也不重。
"""

import asyncio
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot import clock
from bot.delivery import Delivery, DeliveryService, Outgoing, Status, earliest
from bot.delivery.wording import CHANGED
from bot.groups import Groups, GroupSettings
from bot.messages import Person

from . import wording
from .planning import Occurrence, schedule
from .store import Store

LATE_LIMIT = timedelta(hours=6)
"""停机耽搁了这么久以内的，仍然有效就补发一次。"""
_AGAIN = "#"
_A_DAY = timedelta(days=1)


class Content(Protocol):
    """提醒的安排与内容，`Deadlines` 即是。"""

    def plan(
        self, start: datetime, end: datetime, *, held: bool = False
    ) -> list[Occurrence]: ...

    def text(self, occurrence: Occurrence) -> str: ...

    def mentions(
        self, occurrence: Occurrence, group: GroupSettings
    ) -> tuple[Person, ...]: ...


class Sender:
    """提醒与发件箱之间的一切；到点与改安排不会同时进行。"""

    def __init__(
        self, content: Content, groups: Groups, delivery: DeliveryService, store: Store
    ) -> None:
        self._content = content
        self._groups = groups
        self._delivery = delivery
        self._store = store
        self._lock = asyncio.Lock()
        self._stopped: set[tuple[str, str]] = set()
        self._is_first = True

    async def tick(self) -> None:
        """把到点的提醒放进发件箱；停机耽搁太久的不发，告诉秘书处。"""
        async with self._lock:
            now = clock.now()
            since = self._store.mark or now
            if self._is_first:
                around = self._content.plan(now - _A_DAY, now + _A_DAY)
                await self._note_stopped({o.what for o in around})
            for occurrence in self._content.plan(since, now):
                due = [
                    (at, group)
                    for at, group in schedule(occurrence, self._groups.all())
                    if since < at <= now
                ]
                await self._put(occurrence, due)
            await self._store.set_mark(now)
            if self._is_first:
                # 上次停下时可能正改到一半：停掉了旧的，还没放进新的
                for occurrence in self.live(now):
                    await self._catch_up(occurrence, now)
                self._is_first = False

    def live(self, now: datetime, *, held: bool = False) -> list[Occurrence]:
        """今天已经起发、现在发仍然成立的提醒。"""
        recent = self._content.plan(now - _A_DAY, now, held=held)
        return [o for o in recent if o.valid_until > now]

    async def replan(self, whats: Collection[str]) -> int:
        """安排改了：不再成立的停掉，仍成立的换上新文字，今天漏下的现在就发。

        返回:
            现在就发的有几条
        """
        async with self._lock:
            now = clock.now()
            live = [o for o in self.live(now) if o.what in whats]
            for what in whats:
                valid = {o.key for o in live if o.what == what}
                recorded = await self._delivery.outbox.deliveries(what)
                names = {d.occurrence for d in recorded}
                kept = [name for name in names if _key(name) in valid]
                await self._delivery.outbox.cancel(what, CHANGED, keep=kept)
            await self._note_stopped(whats)
            sent_now = 0
            for occurrence in live:
                sent_now += await self._catch_up(occurrence, now)
                await self._reword(occurrence)
            return sent_now

    async def reword(self, what: str) -> None:
        """内容变了：还没发的换上新文字。"""
        async with self._lock:
            for occurrence in self.live(clock.now()):
                if occurrence.what == what:
                    await self._reword(occurrence)

    async def sent(self, occurrence: Occurrence) -> int:
        """这一次已经发到几个群。"""
        recorded = await self._recorded(occurrence)
        return len({d.place for d in recorded if d.status is Status.SENT})

    async def _note_stopped(self, whats: Collection[str]) -> None:
        """记住哪几次停掉过：再放的时候要换名字。"""
        for what in whats:
            recorded = await self._delivery.outbox.deliveries(what)
            self._stopped |= {
                (what, _key(d.occurrence)) for d in recorded if _was_stopped(d)
            }

    async def _reword(self, occurrence: Occurrence) -> None:
        text = self._content.text(occurrence)
        for name in {d.occurrence for d in await self._recorded(occurrence)}:
            await self._delivery.outbox.reword(occurrence.what, name, text)

    async def _recorded(self, occurrence: Occurrence) -> list[Delivery]:
        """这一次已经在发件箱里的，含停掉以后又放的。"""
        recorded = await self._delivery.outbox.deliveries(occurrence.what)
        return [d for d in recorded if _key(d.occurrence) == occurrence.key]

    async def _catch_up(self, occurrence: Occurrence, now: datetime) -> int:
        """该到点却没有放进去的、停掉又要发的，现在发。"""
        if earliest(now) >= occurrence.valid_until:
            return 0
        groups = self._groups.all()
        due = [(now, group) for at, group in schedule(occurrence, groups) if at <= now]
        return await self._put(occurrence, due)

    async def _put(
        self, occurrence: Occurrence, due: Sequence[tuple[datetime, GroupSettings]]
    ) -> int:
        if not due:
            return 0
        names: dict[GroupSettings, str] = {}
        if (occurrence.what, occurrence.key) in self._stopped:
            recorded = await self._recorded(occurrence)
            names = {group: _next_name(occurrence, group, recorded) for _, group in due}
        text, now = self._content.text(occurrence), clock.now()
        items = [
            Outgoing(
                occurrence.what,
                names.get(group, occurrence.key),
                group.place,
                text,
                at,
                mention=self._content.mentions(occurrence, group),
                expires_at=min(at + LATE_LIMIT, occurrence.valid_until),
                mark_late=True,
            )
            for at, group in due
        ]
        timely = [item for item in items if item.expires_at and item.expires_at > now]
        missed = [item for item in items if item not in timely]
        added = await self._delivery.outbox.put(timely)
        if await self._delivery.outbox.put(missed, late_by=wording.MISSED):
            recorded = await self._recorded(occurrence)
            self._delivery.desks.collect(
                [d for d in recorded if d.status is Status.EXPIRED]
            )
        return added


def _key(name: str) -> str:
    return name.partition(_AGAIN)[0]


def _was_stopped(delivery: Delivery) -> bool:
    return delivery.status is Status.CANCELLED and delivery.reason == CHANGED


def _next_name(
    occurrence: Occurrence, group: GroupSettings, recorded: Sequence[Delivery]
) -> str:
    """放到这个群该用的名字；以前的都停掉了才换新的，否则用回最后的，就不会再放。"""
    here = [d for d in recorded if d.place == group.place]
    names = sorted({d.occurrence for d in here}, key=len)
    if not here or not all(_was_stopped(d) for d in here):
        return names[-1] if names else occurrence.key
    return occurrence.key + _AGAIN * len(names)
