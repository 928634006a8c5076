"""一个人管得着的窗口与提醒：看得到哪些，能停哪些。"""

from datetime import datetime, timedelta

from bot import clock
from bot.access import NATIONWIDE, Rights
from bot.acting import Refused, region_named, require
from bot.groups import GroupSettings
from bot.text import Regions

from . import replies, wording
from .models import ALL, Occurrence, Window, report_key, window_key
from .planning import schedule
from .service import Deadlines

HORIZON = timedelta(days=120)
A_DAY = timedelta(days=1)


class Managed:
    """一个人管的地区的窗口与提醒；发到他那里的全国的提醒也看得到。"""

    def __init__(self, deadlines: Deadlines, regions: Regions, rights: Rights) -> None:
        self._deadlines = deadlines
        self._regions = regions
        self._rights = rights

    def window(self, number: str, said: str) -> Window:
        """可以由这个人改的一个窗口。

        参数:
            said: 他打的编号

        异常:
            Refused: 没有这个窗口，或管不着
        """
        window = self._deadlines.store.windows.get(number)
        if window is None:
            raise Refused(replies.no_window(said))
        require(self._rights, window.region)
        return window

    def coming(
        self, region: str | None = None
    ) -> list[tuple[Occurrence, list[datetime]]]:
        """还没发完的各次提醒，与还没到点的各群的时刻；可只要一个地区的。"""
        return [
            (occurrence, ahead)
            for occurrence in self._seen()
            if region in (None, occurrence.region)
            and (ahead := self._ahead(occurrence)) is not None
        ]

    def schedule(self, occurrence: Occurrence) -> list[tuple[datetime, GroupSettings]]:
        """一次提醒在这个人管的各群的时刻。"""
        timed = schedule(occurrence, self._deadlines.groups_for(occurrence))
        return [(at, group) for at, group in timed if self._rights.covers(group.region)]

    def occurrence(self, code: str) -> Occurrence:
        """看得到的一次提醒；不写编号就是最近的一次。

        异常:
            Refused: 没有这次提醒
        """
        if code:
            found = [o for o in self._seen(held=True) if o.code == code]
        else:
            found = [occurrence for occurrence, _ in self.coming()]
        if not found:
            raise Refused(wording.no_reminder(code))
        return found[0]

    def own(self, code: str) -> Occurrence:
        """可以由这个人停的那一次。

        异常:
            Refused: 没有这次提醒，或管不着
        """
        occurrence = self.occurrence(code)
        require(self._rights, occurrence.region)
        return occurrence

    def scopes(self, text: str) -> tuple[tuple[str, ...], str]:
        """说的是哪个范围（最后一个，前面的是更大的）与它的叫法。

        异常:
            Refused: 看不出是哪个范围，或管不着
        """
        if text in ("全部", "所有"):
            require(self._rights, NATIONWIDE)
            return (ALL,), wording.scope_name(ALL)
        if text.isdecimal():
            occurrence = self.own(text)
            return occurrence.scopes()[:-1], wording.all_of(occurrence)
        region = region_named(self._regions, text)
        if region is None:
            raise Refused(wording.WHAT_TO_PAUSE)
        require(self._rights, region)
        return (ALL, region), wording.scope_name(region)

    def held(self) -> list[str]:
        """暂停着的，只说与这个人管的地区有关的；跳过的那一次过了就不再提。"""
        named = {ALL: wording.scope_name(ALL)}
        for region in (NATIONWIDE, *self._regions.names):
            if region == NATIONWIDE or self._rights.covers(region):
                named[region] = wording.scope_name(region)
        store = self._deadlines.store
        for window in store.windows.values():
            if window.region in named:
                named[window_key(window.id)] = f"{window.region} {window.title}"
        for region in store.reports:
            if region in named:
                named[report_key(region)] = f"{region} 双周报"
        for occurrence in self._seen(held=True):
            named[occurrence.scopes()[-1]] = wording.skipped_once(occurrence)
        return [name for scope, name in named.items() if scope in store.holds]

    def _seen(self, *, held: bool = False) -> list[Occurrence]:
        """看得到的、还没过时的提醒；`held` 为真时连暂停与跳过的也列出。"""
        now = clock.now()
        planned = self._deadlines.plan(now - A_DAY, now + HORIZON, held=held)
        return [
            o
            for o in planned
            if o.valid_until > now
            and (o.region == NATIONWIDE or self._rights.covers(o.region))
        ]

    def _ahead(self, occurrence: Occurrence) -> list[datetime] | None:
        """还没到点的各群的时刻；都到过点了为 `None`，没有群的为空。"""
        timed = self.schedule(occurrence)
        ahead = [at for at, _ in timed if at > clock.now()]
        is_past = bool(timed) or occurrence.base <= clock.now()
        return ahead or (None if is_past else [])
