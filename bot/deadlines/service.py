"""窗口、双周报与提醒：谁都从这里问，改动也都经过这里。"""

from collections.abc import Collection
from datetime import datetime, timedelta
from itertools import islice

from bot import clock
from bot.delivery import DeliveryService
from bot.groups import Groups, GroupSettings
from bot.messages import Person
from bot.storage import Database

from . import wording
from .calendar import Calendar
from .changes import Change
from .members import Members
from .models import (
    NoSchools,
    Period,
    RegisteredSchools,
    ReportSetting,
    Rule,
    Window,
)
from .planning import Occurrence, plan, report_key, schedule, window_key
from .reports import current_period, next_period, periods
from .sending import Sender
from .store import Store

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
        self.calendar = calendar
        self.schools: RegisteredSchools = schools or NoSchools()
        self.store = Store(database)
        self.members = Members(database)
        self._sender = Sender(self, groups, delivery, self.store)

    async def load(self) -> None:
        """从数据库读入。"""
        await self.store.load()
        await self.members.load()

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

    async def changed(self, change: Change) -> int:
        """一件改动已经提交：内存里也改，还没发的提醒随之重排。返回现在就发的条数。"""
        change.apply(self.store)
        return await self._sender.replan({change.what})

    async def put_rule(self, region: str, rule: Rule) -> int:
        """改一个地区的提醒规则；还没发的随之重排。返回现在就发的条数。"""
        await self.store.put_rule(region, rule)
        whats = {window_key(window.id) for window in self.windows({region})}
        return await self._sender.replan({*whats, report_key(region)})

    async def hold(self, scope: str, by: Person) -> bool:
        """暂停或跳过；已在发件箱里、还没发的也停下。"""
        fresh = await self.store.hold(scope, by)
        await self._replan_within({scope})
        return fresh

    async def release(self, scopes: Collection[str]) -> int:
        """恢复若干范围；今天该发而停着的现在就发。返回恢复了几个。"""
        released = await self.store.release(scopes)
        await self._replan_within(scopes)
        return released

    async def _replan_within(self, scopes: Collection[str]) -> None:
        live = self._sender.live(clock.now(), held=True)
        touched = {o.what for o in live if set(scopes) & set(o.scopes())}
        await self._sender.replan(touched)

    async def sent(self, occurrence: Occurrence) -> int:
        """这一次已经发到几个群。"""
        return await self._sender.sent(occurrence)

    async def report_done(
        self, region: str, period: Period, school: str, by: Person
    ) -> bool:
        """某校这一期已交；早已记过则为 `False`。"""
        return await self.store.tick(region, period.nominal, school, by)

    async def report_undone(self, region: str, period: Period, school: str) -> bool:
        """收回已交；没有记过则为 `False`。"""
        return await self.store.untick(region, period.nominal, school)

    async def tick(self) -> None:
        """把到点的提醒放进发件箱。"""
        await self._sender.tick()
        await self.members.flush()

    def mentions(
        self, occurrence: Occurrence, group: GroupSettings
    ) -> tuple[Person, ...]:
        """提醒时要@的人：没交的学校里、在这个群说过话的联系人；别的学校写在文字里。"""
        setting = self.store.reports.get(occurrence.region)
        if occurrence.period is None or setting is None or not setting.mention:
            return ()
        _, waiting = self.roster(occurrence.period)
        people = [
            school.coordinator
            for school in self.schools.schools(occurrence.region)
            if school.name in waiting and school.coordinator
        ]
        here = [p for p in people if self.members.knows(group.place, p)]
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
