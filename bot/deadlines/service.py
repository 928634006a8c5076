"""窗口、双周报与提醒：谁都从这里问，改动也都经过这里。"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from itertools import islice

from bot import clock
from bot.delivery import DeliveryService, Outgoing, Status
from bot.delivery.wording import CHANGED
from bot.groups import Groups, GroupSettings
from bot.messages import Person
from bot.storage import Database

from . import wording
from .calendar import Calendar
from .models import (
    NoSchools,
    Period,
    RegisteredSchools,
    ReportSetting,
    Rule,
    Window,
)
from .planning import SPREAD, Occurrence, plan, schedule
from .reports import current_period, next_period, periods
from .store import Store

LATE_LIMIT = timedelta(hours=6)
"""停机耽搁了这么久以内的，仍然有效就补发一次。"""
MAX_MENTIONS = 20


class Deadlines:
    """窗口、双周报与提醒。

    参数:
        schools: 谁登记过；登记功能装上后换成真的
    """

    def __init__(
        self,
        database: Database,
        groups: Groups,
        delivery: DeliveryService,
        calendar: Calendar,
        schools: RegisteredSchools | None = None,
    ) -> None:
        self._groups = groups
        self._delivery = delivery
        self.calendar = calendar
        self.schools: RegisteredSchools = schools or NoSchools()
        self.store = Store(database)

    async def load(self) -> None:
        """从数据库读入。"""
        await self.store.load()

    def windows(self, regions: Collection[str] | None = None) -> list[Window]:
        """全部窗口，按截止先后；可只要某些地区的。"""
        every = [*self.calendar.windows, *self.store.windows.values()]
        wanted = (w for w in every if regions is None or w.region in regions)
        return sorted(wanted, key=lambda w: (w.closes.end, w.region, w.title))

    def rule(self, region: str) -> Rule:
        """一个地区的提醒规则。"""
        return self.store.rules.get(region, Rule())

    def plan(
        self, start: datetime, end: datetime, *, held: bool = False
    ) -> list[Occurrence]:
        """[start, end] 之间的提醒；`held` 为真时连暂停与跳过的也列出。"""
        return plan(
            self.windows(),
            self.store.reports.values(),
            self.store.rules,
            self.calendar.workdays,
            start,
            end,
            () if held else self.store.holds,
        )

    def groups_for(self, occurrence: Occurrence) -> list[GroupSettings]:
        """一次提醒要发到的群。"""
        return [group for group in self._groups.all() if occurrence.reaches(group)]

    def text(self, occurrence: Occurrence) -> str:
        """一次提醒现在发会是什么字。"""
        if occurrence.period is None:
            return wording.reminder(occurrence, None, 0)
        _, waiting = self.roster(occurrence.period)
        registered = len(self.schools.schools(occurrence.region))
        return wording.reminder(occurrence, waiting, registered)

    def next_period(self, region: str, now: datetime) -> Period | None:
        """一个地区还没截止的最近一期；没有设置则为 `None`。"""
        setting = self.store.reports.get(region)
        return setting and next_period(setting, self.calendar.workdays, now)

    def current_period(self, region: str) -> Period | None:
        """现在说“这一期”是哪一期；没有设置则为 `None`。"""
        setting = self.store.reports.get(region)
        return setting and current_period(setting, self.calendar.workdays, clock.now())

    def coming_periods(self, setting: ReportSetting, number: int) -> list[Period]:
        """接下来的几期。"""
        start = max(clock.now(), setting.anchor - timedelta(days=14))
        end = start + timedelta(days=14 * (number + 2))
        return list(
            islice(periods(setting, self.calendar.workdays, start, end), number)
        )

    def roster(self, period: Period) -> tuple[list[str], list[str]]:
        """一期里已交与没交的学校，各按名称排好。"""
        done = self.store.ticked(period.region, period.nominal)
        registered = {school.name for school in self.schools.schools(period.region)}
        return sorted(done), sorted(registered - done)

    async def put_window(self, window: Window, by: Person) -> Window:
        """新增或修改窗口；还没发的提醒随之重排。"""
        stored = await self.store.put_window(window, by)
        await self.replan(f"window:{stored.id}")
        return stored

    async def remove_window(self, number: str) -> None:
        """删除窗口；还没发的提醒不再发。"""
        await self.store.remove_window(number)
        await self.replan(f"window:{number}")

    async def put_report(self, setting: ReportSetting, by: Person) -> None:
        """设置双周报；还没发的提醒随之重排。"""
        await self.store.put_report(setting, by)
        await self.replan(f"report:{setting.region}")

    async def put_rule(self, region: str, rule: Rule) -> None:
        """改一个地区的提醒规则；还没发的随之重排。"""
        await self.store.put_rule(region, rule)
        for window in self.windows({region}):
            await self.replan(f"window:{window.id}")
        await self.replan(f"report:{region}")

    async def hold(self, scope: str, by: Person) -> bool:
        """暂停或跳过；已在发件箱里、还没发的也停下。"""
        fresh = await self.store.hold(scope, by)
        now = clock.now()
        recent = self.plan(now - LATE_LIMIT - SPREAD, now, held=True)
        for what in {o.what for o in recent if scope in o.scopes()}:
            await self.replan(what)
        return fresh

    async def replan(self, what: str) -> None:
        """安排改了：发件箱里还没发的，不再成立的停掉，仍成立的换成新的文字。"""
        now = clock.now()
        valid = {
            occurrence.key: occurrence
            for occurrence in self.plan(now - LATE_LIMIT - SPREAD, now)
            if occurrence.what == what
        }
        await self._delivery.outbox.cancel(what, CHANGED, keep=tuple(valid))
        for key, occurrence in valid.items():
            await self._delivery.outbox.reword(what, key, self.text(occurrence))

    async def tick(self) -> None:
        """把到点的提醒放进发件箱；停机耽搁太久的不发，告诉秘书处。"""
        now = clock.now()
        since = self.store.mark or now
        for occurrence in self.plan(since, now):
            due = [
                (at, group)
                for at, group in schedule(occurrence, self._groups.all())
                if since < at <= now
            ]
            if due:
                await self._enqueue(occurrence, due, now)
        await self.store.set_mark(now)

    async def _enqueue(
        self,
        occurrence: Occurrence,
        due: Sequence[tuple[datetime, GroupSettings]],
        now: datetime,
    ) -> None:
        text = self.text(occurrence)
        items = [
            Outgoing(
                occurrence.what,
                occurrence.key,
                group.place,
                text,
                at,
                mention=self._mentions(occurrence, group),
                expires_at=min(at + LATE_LIMIT, occurrence.valid_until),
                mark_late=True,
            )
            for at, group in due
        ]
        timely = [item for item in items if item.expires_at and item.expires_at > now]
        missed = [item for item in items if item not in timely]
        await self._delivery.outbox.put(timely)
        if await self._delivery.outbox.put(missed, late_by=wording.MISSED):
            recorded = await self._delivery.outbox.deliveries(occurrence.what)
            self._delivery.desks.collect(
                [
                    delivery
                    for delivery in recorded
                    if delivery.occurrence == occurrence.key
                    and delivery.status is Status.EXPIRED
                ]
            )

    def _mentions(
        self, occurrence: Occurrence, group: GroupSettings
    ) -> tuple[Person, ...]:
        setting = self.store.reports.get(occurrence.region)
        if occurrence.period is None or setting is None or not setting.mention:
            return ()
        _, waiting = self.roster(occurrence.period)
        people = [
            school.coordinator
            for school in self.schools.schools(occurrence.region)
            if school.name in waiting and school.coordinator
        ]
        here = [p for p in people if p.platform == group.place.platform]
        return tuple(here[:MAX_MENTIONS])

    def next_moment(self, now: datetime) -> datetime | None:
        """下一次有提醒到点是什么时候；一天之内没有则为 `None`。"""
        groups = self._groups.all()
        moments = (
            at
            for occurrence in self.plan(now, now + timedelta(days=1))
            for at, _ in schedule(occurrence, groups)
            if at > now
        )
        return min(moments, default=None)
