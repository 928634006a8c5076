"""要人确认才办的改动：与了结在一个事务里写进数据库，写成之后才改内存。"""

from dataclasses import dataclass, replace
from typing import TypeAlias

from sqlalchemy import delete, or_
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.messages import Person
from bot.storage.tables import ReminderHold, ReportRow, WindowRow

from .models import ReportSetting, Window, report_key, window_key
from .store import Store


@dataclass(slots=True)
class PutWindow:
    """新增（编号为空）或修改一个窗口；写过之后 `window` 带编号。"""

    window: Window
    by: Person

    @property
    def what(self) -> str:
        """改的是哪个窗口。"""
        return window_key(self.window.id)

    async def write(self, session: AsyncSession) -> None:
        """写进数据库，不提交。"""
        window = self.window
        row = WindowRow(
            id=int(window.id) if window.id else None,
            region=window.region,
            title=window.title,
            kind=window.kind,
            opens_on=window.opens.day if window.opens else None,
            opens_at=window.opens.at if window.opens else None,
            closes_on=window.closes.day,
            closes_at=window.closes.at,
            notice=window.notice,
            author=self.by.id,
            updated_at=clock.now(),
        )
        merged = await session.merge(row)
        await session.flush()
        self.window = replace(window, id=str(merged.id))

    def apply(self, store: Store) -> None:
        """提交之后，内存里也改。"""
        store.windows[self.window.id] = self.window


@dataclass(frozen=True, slots=True)
class RemoveWindow:
    """删除一个窗口，连同它的暂停与跳过；`name` 是回执里怎么称呼它。"""

    number: str
    name: str = ""

    @property
    def what(self) -> str:
        """删的是哪个窗口。"""
        return window_key(self.number)

    async def write(self, session: AsyncSession) -> None:
        """写进数据库，不提交。"""
        scope = ReminderHold.scope
        within = or_(scope == self.what, scope.startswith(f"{self.what}/"))
        await session.execute(delete(ReminderHold).where(within))
        chosen = WindowRow.id == int(self.number)
        await session.execute(delete(WindowRow).where(chosen))

    def apply(self, store: Store) -> None:
        """提交之后，内存里也改。"""
        store.windows.pop(self.number, None)
        store.holds -= {s for s in store.holds if s.partition("/")[0] == self.what}


@dataclass(frozen=True, slots=True)
class PutReport:
    """设置一个地区的双周报。"""

    setting: ReportSetting
    by: Person

    @property
    def what(self) -> str:
        """改的是哪个地区的双周报。"""
        return report_key(self.setting.region)

    async def write(self, session: AsyncSession) -> None:
        """写进数据库，不提交。"""
        await session.merge(
            ReportRow(
                region=self.setting.region,
                anchor=self.setting.anchor,
                holidays=self.setting.holidays,
                mention=self.setting.mention,
                author=self.by.id,
                updated_at=clock.now(),
            )
        )

    def apply(self, store: Store) -> None:
        """提交之后，内存里也改。"""
        store.reports[self.setting.region] = self.setting


Change: TypeAlias = PutWindow | RemoveWindow | PutReport
"""`what` 是改的哪件事；`write` 在确认的事务里写，`apply` 在提交之后改内存。"""
