"""全项目唯一的时钟：带时区，北京时间，测试中可替换。"""

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
"""界面上一切时间所用的时区；数据库里存 UTC。"""


def _system_time() -> datetime:
    return datetime.now(UTC)


_source: Callable[[], datetime] = _system_time


def now() -> datetime:
    """现在的北京时间。"""
    return _source().astimezone(ZONE)


def use(source: Callable[[], datetime] | None) -> None:
    """换一个时间来源；传 `None` 恢复系统时间。

    参数:
        source: 返回带时区时间的函数
    """
    global _source
    _source = source or _system_time


def local(moment: datetime) -> datetime:
    """换成北京时间。

    异常:
        ValueError: 时间不带时区
    """
    if moment.tzinfo is None:
        raise ValueError("时间必须带时区")
    return moment.astimezone(ZONE)
