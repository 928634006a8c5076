"""读要办的事时要查的：有哪些窗口、刚教的是哪条、最近的广播、刚列给他看的。"""

from bot import clock
from bot.access import Access
from bot.broadcast import Broadcasts
from bot.deadlines import Deadlines, Rule, Window
from bot.directory import Directory
from bot.knowledge import Knowledge, LocalEdit
from bot.messages import Message, Person


class Facts:
    """助手此刻知道的，供补全口令。"""

    def __init__(
        self,
        access: Access,
        deadlines: Deadlines,
        knowledge: Knowledge,
        broadcasts: Broadcasts,
        directory: Directory,
    ) -> None:
        self._access = access
        self._deadlines = deadlines
        self._knowledge = knowledge
        self._broadcasts = broadcasts
        self._directory = directory

    def windows(self, message: Message) -> list[Window]:
        """这个人改得了的窗口，没结束的在前。"""
        rights, now = self._access.rights(message.person), clock.now()
        own = [
            window
            for window in self._deadlines.windows()
            if window.is_local and rights.covers(window.region)
        ]
        return sorted(own, key=lambda window: window.is_over(now))

    def rule(self, region: str) -> Rule:
        """一个地区的提醒规则。"""
        return self._deadlines.rule(region)

    def own_region(self, person: Person) -> str | None:
        """这个人只管一个地区的，是哪个。"""
        regions = self._access.rights(person).regions
        return next(iter(regions)) if len(regions) == 1 else None

    def last_taught(self, person: Person) -> LocalEdit | None:
        """这个人最近教或更正的。"""
        return self._knowledge.last_by(person)

    async def last_broadcast(self, person: Person) -> int | None:
        """与这个人有关的最近一次广播。"""
        return await self._broadcasts.latest(person)

    async def broadcast_regions(self, number: int) -> list[str]:
        """一次广播发到了哪些地区。"""
        return await self._broadcasts.regions_of(number)

    async def last_update(self, person: Person) -> int | None:
        """这个人最近一次名录更新。"""
        for change in await self._directory.history(limit=50):
            if change.user_id == person.id and not change.undone:
                return change.number
        return None
