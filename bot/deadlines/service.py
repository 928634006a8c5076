"""窗口、双周报与提醒：谁都从这里问，改动也都经过这里。"""

from collections.abc import Collection
from datetime import datetime, timedelta
from itertools import islice

from bot import clock
from bot.groups import Groups, GroupSettings
from bot.messages import Person
from bot.outbox import DeliveryService
from bot.storage import Database

from .agenda import Agenda
from .calendar import Calendar
from .changes import Change
from .models import (
    ALL,
    Occurrence,
    Period,
    RegisteredSchools,
    ReportSetting,
    Rule,
    Window,
    report_key,
    window_key,
)
from .periods import current_period, next_period, periods
from .planning import schedule
from .sending import Sender
from .store import UNSET, Store
from .voices import Voices


class Deadlines:
    """窗口、双周报与提醒。

    参数:
        schools: 谁登记过
    """

    def __init__(
        self,
        database: Database,
        groups: Groups,
        delivery: DeliveryService,
        calendar: Calendar,
        schools: RegisteredSchools,
    ) -> None:
        self._groups = groups
        self.calendar = calendar
        self.schools = schools
        self.store = Store(database)
        self.voices = Voices(database)
        self._agenda = Agenda(self.store, calendar, schools, self.voices)
        self._sender = Sender(self._agenda, groups, delivery, self.store)

    async def load(self) -> None:
        """从数据库读入。"""
        await self.store.load()
        await self.voices.load()

    def windows(self, regions: Collection[str] | None = None) -> list[Window]:
        """全部窗口，按截止先后；可只要某些地区的。"""
        return self._agenda.windows(regions)

    def rule(self, region: str) -> Rule:
        """一个地区的提醒规则。"""
        return self.store.rules.get(region, Rule())

    def plan(
        self, start: datetime, end: datetime, *, held: bool = False
    ) -> list[Occurrence]:
        """[start, end] 之间的提醒；`held` 为真时连暂停与跳过的也列出。"""
        return self._agenda.plan(start, end, held=held)

    def groups_for(self, occurrence: Occurrence) -> list[GroupSettings]:
        """一次提醒要发到的群。"""
        return [group for group in self._groups.all() if occurrence.reaches(group)]

    def text(self, occurrence: Occurrence) -> str:
        """一次提醒现在发会是什么字。"""
        return self._agenda.text(occurrence)

    def next_period(self, region: str, now: datetime, after: int = 0) -> Period | None:
        """一个地区还没截止的最近一期，或它之后的第几期；没有设置则为 `None`。"""
        setting = self.store.reports.get(region)
        if setting is None:
            return None
        period = next_period(setting, self.calendar.workdays, now)
        for _ in range(after):
            since = period.due.end + timedelta(seconds=1)
            period = next_period(setting, self.calendar.workdays, since)
        return period

    def current_period(self, region: str) -> Period | None:
        """现在说“这一期”是哪一期；没有设置则为 `None`。"""
        setting = self.store.reports.get(region)
        return setting and current_period(setting, self.calendar.workdays, clock.now())

    def period_before(self, period: Period) -> Period | None:
        """上一期；这是首期则为 `None`。"""
        setting = self.store.reports.get(period.region)
        if setting is None:
            return None
        before = [
            one
            for one in periods(
                setting,
                self.calendar.workdays,
                period.due.start - timedelta(days=28),
                period.due.start - timedelta(seconds=1),
            )
            if one.nominal < period.nominal
        ]
        return before[-1] if before else None

    def coming_periods(self, setting: ReportSetting, number: int) -> list[Period]:
        """接下来的几期。"""
        start = max(clock.now(), setting.anchor - timedelta(days=14))
        end = start + timedelta(days=14 * (number + 2))
        return list(
            islice(periods(setting, self.calendar.workdays, start, end), number)
        )

    def roster(self, period: Period) -> tuple[list[str], list[str]]:
        """一期里已交与没交的学校，各按名称排好。"""
        return self._agenda.roster(period)

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
        self, region: str, period: Period | None, school: str, by: Person
    ) -> bool:
        """某校这一期已交；早已记过则为 `False`。还没有设置的先留着。"""
        nominal = period.nominal if period else UNSET
        return await self.store.tick(region, nominal, school, by)

    async def book_kept(self, region: str, by: Person) -> list[str]:
        """双周报设好了：先前留着的已交算进现在这一期，返回是哪些学校。"""
        kept = sorted(self.store.ticked(region, UNSET))
        period = self.current_period(region)
        if period is None:
            return []
        for school in kept:
            await self.store.tick(region, period.nominal, school, by)
            await self.store.untick(region, UNSET, school)
        return kept

    def is_paused(self, region: str) -> bool:
        """一个地区的双周报提醒停着。"""
        return not self.store.holds.isdisjoint({ALL, region, report_key(region)})

    async def report_undone(
        self, region: str, period: Period | None, school: str
    ) -> bool:
        """收回已交；没有记过则为 `False`。"""
        nominal = period.nominal if period else UNSET
        return await self.store.untick(region, nominal, school)

    async def tick(self) -> None:
        """把到点的提醒放进发件箱。"""
        await self._sender.tick()
        await self.voices.flush()

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
