"""读出来的日期：某一刻、一段时间，与读不懂。"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot import clock
from bot.errors import AssistantError

WEEKDAYS = "一二三四五六日"


class DateError(AssistantError):
    """日期读不懂、不存在或有歧义；消息说明为什么、该怎么写。"""


class NotUnderstood(DateError):
    """不合语法；与合乎语法但不存在的日期相区别。"""


@dataclass(frozen=True, slots=True)
class Moment:
    """某一天，或某一天的某一刻（北京时间）。"""

    day: date
    at: time | None = None

    @property
    def start(self) -> datetime:
        """开始的时刻；没有钟点就是零点。"""
        return datetime.combine(self.day, self.at or time(), clock.ZONE)

    @property
    def end(self) -> datetime:
        """结束的时刻；没有钟点就是当天二十四点。"""
        if self.at is not None:
            return self.start
        return datetime.combine(self.day + timedelta(days=1), time(), clock.ZONE)

    def __str__(self) -> str:
        shown = f"{self.day.year}年{self.day.month}月{self.day.day}日"
        clock_text = self.at.strftime("%H:%M") if self.at else ""
        return f"{shown}（周{WEEKDAYS[self.day.weekday()]}）{clock_text}"


@dataclass(frozen=True, slots=True)
class Span:
    """一段时间；`first` 为 `None` 表示只知道截止。"""

    first: Moment | None
    last: Moment


def shorten(text: str) -> str:
    """放进提示里的原文，太长就截断。"""
    text = text.strip()
    return text if len(text) <= 30 else text[:30] + "…"
