"""钟点的写法。"""

import re
from dataclasses import dataclass
from datetime import time

from .models import DateError
from .numbers import NUMBER, number_of

CLOCK = (
    r"(?P<part>凌晨|早上|早晨|上午|中午|下午|傍晚|晚上)?"
    rf"(?P<hour>{NUMBER})(?::(?P<minute>\d{{2}})"
    rf"|(?P<spoken>[点时])(?:(?P<half>半)|整|(?P<minutes>{NUMBER})分)?)"
)
_PARTS: dict[str, tuple[range, range]] = {
    "凌晨": (range(6), range(0)),
    "早上": (range(5, 12), range(0)),
    "早晨": (range(5, 12), range(0)),
    "上午": (range(6, 12), range(0)),
    "中午": (range(11, 14), range(1, 2)),
    "下午": (range(12, 19), range(1, 7)),
    "傍晚": (range(16, 20), range(4, 8)),
    "晚上": (range(18, 24), range(6, 12)),
}
"""各时段里照写的钟点，与要加十二的钟点。"""


@dataclass(frozen=True, slots=True)
class Clock:
    """写出的钟点。

    参数:
        is_vague: 写的是“9点”，没说上午下午
        is_full_day: 看得出用的是二十四小时制：17点、17:00
    """

    hour: int
    minute: int
    is_vague: bool
    is_full_day: bool

    def sure(self, other: "Clock | None" = None) -> time:
        """确切的钟点。

        参数:
            other: 同一段时间末尾的钟点；它看得出是二十四小时制，“9点”就是九点

        异常:
            DateError: 说不清上午下午，或没有这个钟点
        """
        if self.is_vague and not (other and other.is_full_day):
            raise DateError(
                f"{self.hour}点是上午还是下午？请写成 17:00 或「下午5点」这样。"
            )
        if self.hour == 24:
            raise DateError("24:00 请写成 23:59，或只写日期（算到当天结束）。")
        return time(self.hour, self.minute)

    @property
    def is_midnight(self) -> bool:
        """二十四点整：当天结束。"""
        return (self.hour, self.minute) == (24, 0)


def clock_of(match: re.Match[str]) -> Clock | None:
    """从匹配里取出钟点；没有写则为 `None`。

    异常:
        DateError: 没有这个钟点，或与时段对不上
    """
    if match["hour"] is None:
        return None
    hour = number_of(match["hour"])
    minute = (
        30 if match["half"] else number_of(match["minute"] or match["minutes"] or "0")
    )
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        raise DateError(f"没有 {hour}:{minute:02} 这个钟点，请写成 17:00 这样。")
    if part := match["part"]:
        as_written, add_twelve = _PARTS[part]
        if part == "晚上" and hour == 12:
            hour = 24
        if hour in add_twelve:
            hour += 12
        elif hour not in as_written and hour != 24:
            raise DateError(f"「{part}{hour}点」对不上，请写成 17:00 这样。")
        return Clock(hour, minute, is_vague=False, is_full_day=False)
    vague = match["spoken"] is not None and 1 <= hour <= 12
    return Clock(hour, minute, is_vague=vague, is_full_day=not vague)
