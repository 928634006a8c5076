"""工作日：放假与调休以 chinesecalendar 为准，知识文件里写了的年份以文件为准。"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import chinese_calendar


@dataclass(frozen=True, slots=True)
class YearPlan:
    """一年的放假安排。"""

    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Workdays:
    """某天是不是工作日；没有公布安排的年份说不知道，不按周末猜。"""

    overrides: Mapping[int, YearPlan] = field(default_factory=dict)

    def is_workday(self, day: date) -> bool | None:
        """是否工作日；这一年的放假安排不知道则为 `None`。"""
        if plan := self.overrides.get(day.year):
            usual = day.weekday() < 5 and day not in plan.holidays
            return usual or day in plan.workdays
        try:
            return chinese_calendar.is_workday(day)
        except NotImplementedError:
            return None
