"""申报窗口、双周报设置与提醒的安排。"""

from datetime import date, datetime, time

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, UtcDateTime


class WindowRow(Base):
    """秘书处设的一个申报窗口；日期与钟点都是北京时间，编号删了也不再用。"""

    __tablename__ = "windows"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    region: Mapped[str]
    title: Mapped[str]
    kind: Mapped[str]
    opens_on: Mapped[date | None]
    opens_at: Mapped[time | None]
    closes_on: Mapped[date]
    closes_at: Mapped[time | None]
    notice: Mapped[str]
    author: Mapped[str]
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ReportRow(Base):
    """一个地区双周报的设置。"""

    __tablename__ = "report_settings"

    region: Mapped[str] = mapped_column(primary_key=True)
    anchor: Mapped[datetime] = mapped_column(UtcDateTime)
    holidays: Mapped[str]
    mention: Mapped[bool]
    author: Mapped[str]
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ReportTick(Base):
    """某校某一期双周报已交；`period` 是这一期原定截止的日期。"""

    __tablename__ = "report_ticks"

    region: Mapped[str] = mapped_column(primary_key=True)
    period: Mapped[date] = mapped_column(primary_key=True)
    school: Mapped[str] = mapped_column(primary_key=True)
    platform: Mapped[str]
    user_id: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class ReminderRule(Base):
    """一个地区的提醒规则；没有的用默认。"""

    __tablename__ = "reminder_rules"

    region: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[time]
    opening: Mapped[bool]
    window_leads: Mapped[list[int]] = mapped_column(JSON)
    report_leads: Mapped[list[int]] = mapped_column(JSON)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ReminderHold(Base):
    """暂停的范围或跳过的一次；`scope` 的写法见 bot.deadlines.models。"""

    __tablename__ = "reminder_holds"

    scope: Mapped[str] = mapped_column(primary_key=True)
    author: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class GroupVoice(Base):
    """某人在某个群里说过话，可以在那里@他。"""

    __tablename__ = "group_voices"

    platform: Mapped[str] = mapped_column(primary_key=True)
    group_id: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Mark(Base):
    """某项工作做到了哪一刻。"""

    __tablename__ = "marks"

    name: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
