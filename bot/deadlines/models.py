"""窗口、双周报、提醒与提醒规则的样子。"""

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol

from bot.access import NATIONWIDE
from bot.groups import GroupSettings
from bot.messages import Person, Place
from bot.outbox import earliest
from bot.text.dates import Moment

SPREAD = timedelta(minutes=26)
"""各群错开的范围：不在同一秒一齐发。"""
WINDOW, REPORT = KINDS = ("window:", "report:")
"""提醒的是哪一类事：`what` 的开头。"""
ALL = "全部"
"""暂停全部提醒时记的范围。"""


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


DAY_END = time(23, 59)
"""没写几点的双周报，到这时截止。"""


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
class Occurrence:
    """一次提醒，去各群之前的样子。

    参数:
        what: 提醒的是什么，如 `window:3`、`report:山东`
        key: 哪一次；含截止日期，窗口改了日期就是另一次，只改钟点的还是这一次
        base: 最早几点发，各群在此之后错开
        valid_until: 过了这一刻内容就不对了
        lead: 那天离截止几天；`None` 是窗口开始
    """

    what: str
    key: str
    region: str
    base: datetime
    valid_until: datetime
    lead: int | None
    window: Window | None = None
    period: Period | None = None

    @property
    def code(self) -> str:
        """给人用的编号，六位数字。"""
        return str(100000 + zlib.crc32(f"{self.what}/{self.key}".encode()) % 900000)

    def at(self, place: Place) -> datetime:
        """哪一刻发到这个群：总是同一刻，改期也不变；避开整点半点。"""
        seed = f"{self.what}/{self.lead}/{place.platform}/{place.id}".encode()
        number = int.from_bytes(hashlib.blake2b(seed, digest_size=4).digest(), "big")
        offset = 60 + number % int(SPREAD.total_seconds())
        return earliest(self.base + timedelta(seconds=offset))

    def reaches(self, group: GroupSettings) -> bool:
        """是否发到这个群。"""
        return self.region in (NATIONWIDE, group.region)

    def scopes(self) -> tuple[str, ...]:
        """能让它不发的各种范围，从大到小。"""
        return (ALL, self.region, self.what, f"{self.what}/{self.key}")


def window_key(number: str) -> str:
    """一个窗口在提醒、暂停与待确认的事里的名字。"""
    return WINDOW + number


def report_key(region: str) -> str:
    """一个地区的双周报在提醒、暂停与待确认的事里的名字。"""
    return REPORT + region


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
