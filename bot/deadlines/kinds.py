"""窗口与双周报里要人确认的几类事。"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.access import Access
from bot.acting import refusal
from bot.confirming import After, Proposal, SecretariatKind, Slip, Swap, settle_with
from bot.errors import AssistantError
from bot.messages import Person, Place

from . import replies as say
from . import report_settings, windows
from .changes import Change, PutReport, PutWindow, RemoveWindow
from .models import ReportSetting, Window
from .planning import report_key, window_key
from .service import Deadlines

PUT, REMOVE, REPORT = "window_put", "window_remove", "report_put"


def put_slip(window: Window, before: Window | None) -> Slip:
    """新增（`before` 为 `None`）或修改一个窗口。

    异常:
        WindowError: 不该记
    """
    windows.check_window(window, before, clock.now())
    # 新增的还没有编号：两人同时记同一个窗口，也只办先确认的
    subject = window_key(window.id or f"{window.region} {window.title}")
    return Slip(PUT, {"region": window.region, "new": windows.pack(window)}, subject)


def remove_slip(window: Window) -> Slip:
    """删除一个窗口。"""
    payload = {"region": window.region, "id": window.id, "title": window.title}
    return Slip(REMOVE, payload, window_key(window.id))


def report_slip(setting: ReportSetting) -> Slip:
    """设置一个地区的双周报。"""
    payload = {"region": setting.region, "new": report_settings.pack(setting)}
    return Slip(REPORT, payload, report_key(setting.region))


class _RegionalKind(SecretariatKind):
    """一个地区的事：管这个地区的人都可以确认。"""

    def __init__(self, deadlines: Deadlines, access: Access) -> None:
        super().__init__(access)
        self._deadlines = deadlines

    def refusal(self, proposal: Proposal, by: Person) -> str:
        """要管这个地区。"""
        return refusal(self._access.rights(by), proposal.payload["region"])

    async def apply(
        self, session: AsyncSession, proposal: Proposal, by: Person
    ) -> After:
        """照办；还没发的提醒随之重排。"""
        change = self._change(proposal, by)
        await change.write(session)

        async def after() -> str:
            sent_now = await self._deadlines.changed(change)
            told = self._done(change, sent_now)
            if isinstance(change, PutReport):
                region = change.setting.region
                kept = await self._deadlines.book_kept(region, by)
                told += say.booked(kept) if kept else ""
            return told

        return after

    def _change(self, proposal: Proposal, by: Person) -> Change:
        raise NotImplementedError

    def _done(self, change: Change, sent_now: int) -> str:
        match change:
            case PutReport():
                coming = self._deadlines.coming_periods(change.setting, 1)
                return say.report_stored(change.setting, coming, sent_now)
            case PutWindow():
                return say.window_stored(change.window, sent_now)
            case RemoveWindow():
                return say.window_removed(change.name)


class WindowKind(_RegionalKind):
    """新增或修改一个窗口。"""

    name = PUT
    titles = ("窗口", "新增窗口", "修改窗口")

    def acts(self, proposal: Proposal) -> frozenset[str]:
        """记上，或改。"""
        return frozenset({"change" if proposal.payload["new"]["id"] else "add"})

    async def show(self, proposal: Proposal, place: Place) -> str:
        """复述；修改的写明从什么改成什么。"""
        window = windows.unpack(proposal.payload["new"])
        before = self._deadlines.store.windows.get(window.id)
        return say.proposal(before, window, proposal.number, clock.now())

    def brief(self, proposal: Proposal, place: Place) -> str:
        """哪个窗口。"""
        new = proposal.payload["new"]
        return say.window_brief(new["region"], new["title"], new=not new["id"])

    async def changed(
        self, proposal: Proposal, swap: Swap, by: Person
    ) -> Mapping[str, Any] | None:
        """改一项，或名称与日期里的一处。"""
        if swap.adds:
            return None
        window = windows.unpack(proposal.payload["new"])
        text = windows.field_swapped(window, swap.what, swap.value)
        return await self.amend(proposal, text, by) if text else None

    async def amend(
        self, proposal: Proposal, text: str, by: Person
    ) -> Mapping[str, Any]:
        """改日期、名称、依据、类别，写法同“窗口 修改”。"""
        window = windows.changed(windows.unpack(proposal.payload["new"]), text)
        before = self._deadlines.store.windows.get(window.id)
        windows.check_window(window, before, clock.now())
        return {**proposal.payload, "new": windows.pack(window)}

    def _change(self, proposal: Proposal, by: Person) -> Change:
        window = windows.unpack(proposal.payload["new"])
        if window.id and window.id not in self._deadlines.store.windows:
            raise AssistantError(say.no_window(f"#{window.id}"))
        return PutWindow(window, by)


class RemovalKind(_RegionalKind):
    """删除一个窗口。"""

    name = REMOVE
    titles = ("删除窗口",)

    def acts(self, proposal: Proposal) -> frozenset[str]:
        """删。"""
        return frozenset({"remove"})

    async def show(self, proposal: Proposal, place: Place) -> str:
        """要删的是哪个。"""
        window = self._deadlines.store.windows.get(proposal.payload["id"])
        if window is None:
            return say.no_window(f"#{proposal.payload['id']}")
        return say.removal(window, proposal.number)

    def brief(self, proposal: Proposal, place: Place) -> str:
        """要删的是哪个。"""
        payload = proposal.payload
        return say.removal_brief(payload["region"], payload.get("title", ""))

    def _change(self, proposal: Proposal, by: Person) -> Change:
        number = proposal.payload["id"]
        if number not in self._deadlines.store.windows:
            raise AssistantError(say.no_window(f"#{number}"))
        title = proposal.payload.get("title", "")
        return RemoveWindow(number, f"{proposal.payload['region']} {title}")


class ReportKind(_RegionalKind):
    """设置一个地区的双周报。"""

    name = REPORT
    titles = ("双周报",)

    def acts(self, proposal: Proposal) -> frozenset[str]:
        """设。"""
        return frozenset({"add"})

    async def show(self, proposal: Proposal, place: Place) -> str:
        """列出接下来几期。"""
        setting = report_settings.unpack(proposal.payload["new"])
        coming = self._deadlines.coming_periods(setting, 3)
        return f"{say.report_proposal(setting, coming)}\n{settle_with(proposal.number)}"

    def brief(self, proposal: Proposal, place: Place) -> str:
        """哪个地区的。"""
        return say.report_brief(proposal.payload["region"])

    def written(self, proposal: Proposal) -> str:
        """写法同“双周报 设置”。"""
        return report_settings.phrased(report_settings.unpack(proposal.payload["new"]))

    async def amend(
        self, proposal: Proposal, text: str, by: Person
    ) -> Mapping[str, Any]:
        """换首次截止，写法同“双周报 设置”。"""
        setting = report_settings.read_setting(proposal.payload["region"], text)
        return {**proposal.payload, "new": report_settings.pack(setting)}

    def _change(self, proposal: Proposal, by: Person) -> Change:
        return PutReport(report_settings.unpack(proposal.payload["new"]), by)
