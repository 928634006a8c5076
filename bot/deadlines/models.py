"""窗口、双周报、提醒规则的样子。"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Protocol

from bot.messages import Person
from bot.text.dates import Moment


class Kind(StrEnum):
    """窗口的类别：可以申报的时间、要做完的期限、要报上去的期限。"""

    DECLARATION = "申报"
    COMPLETION = "完成"
    SUBMISSION = "报送"


def kind_of(title: str) -> Kind:
    """从名称看类别。"""
    if any(word in title for word in ("完成", "培训", "考核", "周期")):
        return Kind.COMPLETION
    if any(word in title for word in ("汇总", "报送", "材料", "上报")):
        return Kind.SUBMISSION
    return Kind.DECLARATION


@dataclass(frozen=True, slots=True)
class Window:
    """一个申报窗口或期限。

    参数:
        id: 编号；秘书处设的是数字，文件里的不是
        opens: 开始；不知道为 `None`
        closes: 截止；只有日期的算到当天结束
        notice: 出自哪份通知
    """

    id: str
    region: str
    title: str
    kind: Kind
    opens: Moment | None
    closes: Moment
    notice: str = ""

    @property
    def is_local(self) -> bool:
        """是否秘书处设的，可以改。"""
        return self.id.isdecimal()

    def has_begun(self, now: datetime) -> bool:
        """是否已经开始；不知道开始日期的算已开始。"""
        return self.opens is None or self.opens.start <= now

    def is_over(self, now: datetime) -> bool:
        """是否已经结束。"""
        return self.closes.end <= now


class HolidayRule(StrEnum):
    """截止日遇到休息日怎么办。"""

    EARLIER = "提前"
    LATER = "顺延"
    UNCHANGED = "不变"


@dataclass(frozen=True, slots=True)
class ReportSetting:
    """一个地区的双周报：从首次截止起每十四天一期。

    参数:
        mention: 提醒时是否@还没交的学校联系人
    """

    region: str
    anchor: datetime
    holidays: HolidayRule = HolidayRule.UNCHANGED
    mention: bool = False


@dataclass(frozen=True, slots=True)
class Period:
    """双周报的一期。

    参数:
        nominal: 原定的截止日期，也是这一期的编号
        due: 按放假调整后的截止
        note: 调整了什么，或放假安排不知道；空为照原定
    """

    region: str
    nominal: date
    due: Moment
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """一个地区的提醒规则：几点起发、提前几天。"""

    at: time = time(9, 0)
    opening: bool = True
    window_leads: tuple[int, ...] = (7, 3, 1, 0)
    report_leads: tuple[int, ...] = (2, 0)


@dataclass(frozen=True, slots=True)
class School:
    """登记过的一所学校和它的联系人。"""

    name: str
    coordinator: Person | None = None


class RegisteredSchools(Protocol):
    """谁登记过，由登记功能提供；全部在内存里。"""

    def schools(self, region: str) -> Sequence[School]:
        """一个地区登记过的学校。"""
        ...

    def school_of(self, person: Person) -> str | None:
        """这个人是哪所学校的联系人。"""
        ...
