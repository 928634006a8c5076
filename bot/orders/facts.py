"""读要办的事时要查的：有哪些窗口、刚教的是哪条、最近的广播、刚列给他看的。"""

from collections.abc import Sequence
from datetime import time

from bot import clock
from bot.access import Access, Role
from bot.answering import Given
from bot.broadcast import Broadcasts
from bot.deadlines import (
    Deadlines,
    Managed,
    Occurrence,
    Rule,
    Schools,
    Window,
    label,
)
from bot.directory import Clarity, Directory, Mention
from bot.directory import Kind as Named
from bot.documents import Imports
from bot.knowledge import Entry, Knowledge, LocalEdit
from bot.listing import REMINDERS, UNANSWERED, Line, Numbered, Shown
from bot.messages import Message, Person
from bot.text import Regions, normalise

SHOWN = 8


class Facts:
    """助手此刻知道的，供补全口令。"""

    def __init__(
        self,
        access: Access,
        deadlines: Deadlines,
        knowledge: Knowledge,
        broadcasts: Broadcasts,
        directory: Directory,
        imports: Imports,
        regions: Regions,
        shown: Shown,
    ) -> None:
        self._access = access
        self._deadlines = deadlines
        self._knowledge = knowledge
        self._broadcasts = broadcasts
        self._directory = directory
        self._imports = imports
        self._regions = regions
        self._shown = shown

    def lasting(self, message: Message, kind: str, said: Numbered) -> str:
        """列给他的第几行，写成一直不变的编号：列表换了也不会指错。

        异常:
            NotListed: 列给他的没有这一行
        """
        return f"#{self._shown.key(message, kind, said)}"

    def choices(self, message: Message, kind: str, lines: Sequence[Line]) -> list[str]:
        """让他从几个里挑，从 1 编起；就当列给他看了。"""
        page = lines[:SHOWN]
        self._shown.show(message, kind, page)
        return [f"{number}. {line.text}" for number, line in enumerate(page, start=1)]

    def windows(self, message: Message) -> list[Window]:
        """这个人改得了的窗口，没结束的在前。"""
        rights, now = self._access.rights(message.person), clock.now()
        own = [
            window
            for window in self._deadlines.windows()
            if window.is_local and rights.covers(window.region)
        ]
        return sorted(own, key=lambda window: window.is_over(now))

    def coming(self, message: Message) -> list[Occurrence]:
        """这个人看得到的、接下来的各次提醒，次序与「提醒 列表」一样。"""
        rights = self._access.rights(message.person)
        own = Managed(self._deadlines, self._regions, rights)
        return [occurrence for occurrence, _ in own.coming()]

    def name(self, occurrence: Occurrence) -> str:
        """一次提醒叫什么、哪天。"""
        return f"{occurrence.base:%Y-%m-%d} {label(occurrence)}"

    def names(self, message: Message) -> list[str]:
        """接下来的前几次提醒，从 1 编起；就当列给他看了。"""
        lines = [Line(one.code, self.name(one)) for one in self.coming(message)]
        return self.choices(message, REMINDERS, lines)

    def reminder(self, message: Message, number: int) -> Occurrence | None:
        """刚列给他的第几次提醒；没列过就从最近的数起。"""
        coming = self.coming(message)
        listed = self._shown.listed(message, REMINDERS)
        codes = [line.key for line in listed] if listed else [o.code for o in coming]
        if not 1 <= number <= len(codes):
            return None
        return next((one for one in coming if one.code == codes[number - 1]), None)

    def report_time(self, region: str) -> time | None:
        """一个地区的双周报现在截止到几点；没有设置为 `None`。"""
        setting = self._deadlines.store.reports.get(region)
        return clock.local(setting.anchor).time() if setting else None

    def is_coordinator(self, person: Person) -> bool:
        """这个人自己登记过学校。"""
        return self._deadlines.schools.school_of(person) is not None

    def school(self, person: Person, text: str) -> str:
        """话里说到的、这个人管得着的一所登记过的学校；没有、不止一所为空。"""
        schools = Schools(self._deadlines, self._regions.names)
        return schools.mentioned(self._access.rights(person), text)

    def taught(self, person: Person) -> list[LocalEdit]:
        """这个人管得着的教与更正。"""
        rights = self._access.rights(person)
        regions = None if rights.everywhere else rights.regions
        return self._knowledge.local_edits(regions)

    def question(self, message: Message, number: int) -> str:
        """刚列给他的第几个未答的问题；没有为空。"""
        line = self._shown.pick(message, UNANSWERED, number)
        return line.text if line else ""

    def none_unanswered(self, message: Message) -> bool:
        """刚列给他的是空的。"""
        listed = self._shown.listed(message, UNANSWERED)
        return listed is not None and not listed

    def asking_about(self, message: Message, words: Sequence[str]) -> int | None:
        """刚列给他的问题里，含这些说法的是第几个；没有、不止一个为 `None`。"""
        lines = self._shown.listed(message, UNANSWERED) or ()
        pairs = {word[i : i + 2] for word in words for i in range(len(word) - 1)}
        found = [
            number
            for number, line in enumerate(lines, start=1)
            if any(pair in line.text for pair in pairs)
        ]
        return found[0] if len(found) == 1 else None

    def rule(self, region: str) -> Rule:
        """一个地区的提醒规则。"""
        return self._deadlines.rule(region)

    def tends(self, person: Person) -> bool:
        """这个人是秘书处的，看得到别人的登记。"""
        return self._access.rights(person).role > Role.EVERYONE

    def own_region(self, person: Person) -> str | None:
        """这个人只管一个地区的，是哪个。"""
        regions = self._access.rights(person).regions
        return next(iter(regions)) if len(regions) == 1 else None

    def is_everywhere(self, person: Person) -> bool:
        """这个人管着各个地区。"""
        return self._access.rights(person).everywhere

    def last_taught(self, person: Person) -> LocalEdit | None:
        """这个人最近教或更正的。"""
        return self._knowledge.last_by(person)

    def entry(self, given: Given) -> Entry | None:
        """发出的一条答案用的是哪一条；不在常见问题里的、并排了几条的为 `None`。"""
        found = [self._knowledge.entries.get(name) for name in given.entries]
        return found[0] if len(found) == 1 else None

    async def last_broadcast(self, person: Person) -> int | None:
        """与这个人有关的最近一次广播。"""
        return await self._broadcasts.latest(person)

    async def broadcast_regions(self, number: int) -> list[str]:
        """一次广播发到了哪些地区。"""
        return await self._broadcasts.regions_of(number)

    async def broadcast_text(self, number: int) -> str:
        """一次广播发的是什么。"""
        return await self._broadcasts.text_of(number)

    def has_certificate(self, text: str) -> bool:
        """话里准准地说到名录里的一个证书。"""
        return any(
            match.entity.kind is Named.CERTIFICATE and match.clarity > Clarity.WORD
            for mention in self._mentions(text)
            for match in mention.matches
        )

    def has_entity(self, text: str) -> bool:
        """话里说到名录里的一个证书、机构或人。"""
        return bool(self._mentions(text))

    def _mentions(self, text: str) -> list[Mention]:
        return self._directory.snapshot.index.mentions(normalise(text))

    def document(self, number: str) -> str:
        """这个一直不变的编号（`#7`）是哪份文件；没有为空。"""
        found = self._imports.library.documents.get(int(number.lstrip("#")))
        return found.cited if found else ""

    async def last_import(self, person: Person) -> int | None:
        """这个人最近导入、在看的是哪份文件。"""
        return await self._imports.current(person)

    async def last_update(self, person: Person) -> int | None:
        """这个人最近一次名录更新。"""
        for change in await self._directory.history(limit=50):
            if change.user_id == person.id and not change.undone:
                return change.number
        return None
