"""窗口、双周报设置、规则与暂停：内存里有一份，写入时同步更新。"""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlalchemy import delete, or_, select

from bot import clock
from bot.messages import Person
from bot.storage import Database
from bot.storage.tables import (
    Mark,
    ReminderHold,
    ReminderRule,
    ReportRow,
    ReportTick,
    WindowRow,
)
from bot.text.dates import Moment

from .models import HolidayRule, Kind, ReportSetting, Rule, Window

TICKS_KEPT = timedelta(days=400)
_MARK = "reminders"
UNSET = date(1970, 1, 1)
"""双周报还没有设置时报的已交，先记在这一期，设好之后再算进真正的一期。"""


class Store:
    """秘书处设的一切与各校交没交。"""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.windows: dict[str, Window] = {}
        self.reports: dict[str, ReportSetting] = {}
        self.rules: dict[str, Rule] = {}
        self.holds: set[str] = set()
        self._ticks: dict[tuple[str, date], set[str]] = {}
        self.mark: datetime | None = None

    async def load(self) -> None:
        """从数据库读入。"""
        async with self._database.read() as session:
            windows = (await session.scalars(select(WindowRow))).all()
            reports = (await session.scalars(select(ReportRow))).all()
            rules = (await session.scalars(select(ReminderRule))).all()
            holds = (await session.scalars(select(ReminderHold.scope))).all()
            mark = await session.get(Mark, _MARK)
        self.windows = {str(row.id): _window(row) for row in windows}
        self.reports = {row.region: _report(row) for row in reports}
        self.rules = {row.region: _rule(row) for row in rules}
        self.holds = set(holds)
        self.mark = mark.at if mark else None
        await self.load_ticks()

    async def load_ticks(self) -> None:
        """读入各校哪几期交了；学校改了名之后也要再读。"""
        since = clock.now().date() - TICKS_KEPT
        ticks: dict[tuple[str, date], set[str]] = {}
        async with self._database.read() as session:
            for tick in await session.scalars(
                select(ReportTick).where(
                    or_(ReportTick.period >= since, ReportTick.period == UNSET)
                )
            ):
                key = (tick.region, tick.period)
                ticks.setdefault(key, set()).add(tick.school)
        self._ticks = ticks

    async def put_rule(self, region: str, rule: Rule) -> None:
        """设置一个地区的提醒规则。"""
        async with self._database.write() as session:
            await session.merge(
                ReminderRule(
                    region=region,
                    at=rule.at,
                    opening=rule.opening,
                    window_leads=list(rule.window_leads),
                    report_leads=list(rule.report_leads),
                    updated_at=clock.now(),
                )
            )
        self.rules[region] = rule

    async def hold(self, scope: str, by: Person) -> bool:
        """暂停一个范围；已经暂停则为 `False`。"""
        if scope in self.holds:
            return False
        async with self._database.write() as session:
            session.add(ReminderHold(scope=scope, author=by.id, at=clock.now()))
        self.holds.add(scope)
        return True

    async def release(self, scopes: Collection[str]) -> int:
        """恢复若干范围，返回恢复了几个。"""
        held = self.holds & set(scopes)
        if held:
            async with self._database.write() as session:
                await session.execute(
                    delete(ReminderHold).where(ReminderHold.scope.in_(held))
                )
            self.holds -= held
        return len(held)

    def ticked(self, region: str, period: date) -> frozenset[str]:
        """这一期已经交了的学校。"""
        return frozenset(self._ticks.get((region, period), ()))

    async def tick(self, region: str, period: date, school: str, by: Person) -> bool:
        """记下已交；已经记过则为 `False`。"""
        if school in self.ticked(region, period):
            return False
        async with self._database.write() as session:
            await session.merge(
                ReportTick(
                    region=region,
                    period=period,
                    school=school,
                    platform=by.platform,
                    user_id=by.id,
                    at=clock.now(),
                )
            )
        self._ticks.setdefault((region, period), set()).add(school)
        return True

    async def untick(self, region: str, period: date, school: str) -> bool:
        """撤回已交；没有记过则为 `False`。"""
        if school not in self.ticked(region, period):
            return False
        async with self._database.write() as session:
            await session.execute(
                delete(ReportTick).where(
                    ReportTick.region == region,
                    ReportTick.period == period,
                    ReportTick.school == school,
                )
            )
        self._ticks[region, period].discard(school)
        return True

    async def set_mark(self, at: datetime) -> None:
        """提醒已经排到了这一刻。"""
        async with self._database.write() as session:
            await session.merge(Mark(name=_MARK, at=at))
        self.mark = at


def _window(row: WindowRow) -> Window:
    return Window(
        str(row.id),
        row.region,
        row.title,
        Kind(row.kind),
        Moment(row.opens_on, row.opens_at) if row.opens_on else None,
        Moment(row.closes_on, row.closes_at),
        row.notice,
    )


def _report(row: ReportRow) -> ReportSetting:
    anchor = clock.local(row.anchor)
    return ReportSetting(row.region, anchor, HolidayRule(row.holidays), row.mention)


def _rule(row: ReminderRule) -> Rule:
    return Rule(row.at, row.opening, tuple(row.window_leads), tuple(row.report_leads))
