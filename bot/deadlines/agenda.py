"""此刻的安排：有哪些窗口，该有哪些提醒，写什么字，@谁。"""

from collections.abc import Collection
from datetime import datetime

from bot.groups import GroupSettings
from bot.messages import Person

from . import wording
from .calendar import Calendar
from .models import Occurrence, Period, RegisteredSchools, Window
from .planning import plan
from .store import Store
from .voices import Voices

MAX_MENTIONS = 20


class Agenda:
    """此刻的安排，只看不改；全部在内存里。

    参数:
        schools: 谁登记过
        voices: 谁在哪个群里说过话
    """

    def __init__(
        self,
        store: Store,
        calendar: Calendar,
        schools: RegisteredSchools,
        voices: Voices,
    ) -> None:
        self._store = store
        self._calendar = calendar
        self._schools = schools
        self._voices = voices

    def windows(self, regions: Collection[str] | None = None) -> list[Window]:
        """全部窗口，按截止先后；可只要某些地区的。"""
        every = [*self._calendar.windows, *self._store.windows.values()]
        wanted = (w for w in every if regions is None or w.region in regions)
        return sorted(wanted, key=lambda w: (w.closes.end, w.region, w.title))

    def plan(
        self, start: datetime, end: datetime, *, held: bool = False
    ) -> list[Occurrence]:
        """[start, end] 之间的提醒；`held` 为真时连暂停与跳过的也列出。"""
        return plan(
            self.windows(),
            self._store.reports.values(),
            self._store.rules,
            self._calendar.workdays,
            start,
            end,
            () if held else self._store.holds,
        )

    def roster(self, period: Period) -> tuple[list[str], list[str]]:
        """一期里已交与没交的学校，各按名称排好。"""
        done = self._store.ticked(period.region, period.nominal)
        registered = {school.name for school in self._schools.schools(period.region)}
        return sorted(done), sorted(registered - done)

    def text(self, occurrence: Occurrence) -> str:
        """一次提醒现在发会是什么字。"""
        if occurrence.period is None:
            return wording.reminder(occurrence, None, 0)
        _, waiting = self.roster(occurrence.period)
        registered = len(self._schools.schools(occurrence.region))
        return wording.reminder(occurrence, waiting, registered)

    def mentions(
        self, occurrence: Occurrence, group: GroupSettings
    ) -> tuple[Person, ...]:
        """提醒时要@的人：没交的学校里、在这个群说过话的联系人；别的学校写在文字里。"""
        setting = self._store.reports.get(occurrence.region)
        if occurrence.period is None or setting is None or not setting.mention:
            return ()
        _, waiting = self.roster(occurrence.period)
        people = [
            school.coordinator
            for school in self._schools.schools(occurrence.region)
            if school.name in waiting and school.coordinator
        ]
        here = [p for p in people if self._voices.knows(group.place, p)]
        return tuple(here[:MAX_MENTIONS])
