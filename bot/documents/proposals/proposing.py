"""读完一份文件，提出它要改动的：条目、新的问答、日期、名录。"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

from bot import clock
from bot.access import NATIONWIDE
from bot.answering import Near, Question
from bot.deadlines import Deadlines, Window
from bot.deadlines import Kind as WindowKind
from bot.directory import Directory
from bot.documents.shelf import Imported, Stored
from bot.documents.tables import Tables
from bot.knowledge import Entry, Knowledge
from bot.reading import Document

from . import wording
from .answers import answer_from, question_from, says_the_same
from .channels import channels_in, moved
from .contacts import differences
from .dates import window_in_row, windows_in
from .matching import Match, Matching, bare
from .models import Kind, Suggestion
from .periods import monthly_in
from .sections import Sections

SURE = 0.42
LIKELY = 0.32
"""像到后一个的才提；不到前一个的列在后面，请人细看。

用三份虚构的指南定的：自己编的 37 处改动认出 33 处；别人编的，再低些就多是认错的。
"""
ELSEWHERE = 0.4
"""别处的条目，要像到这样才提。"""
OUTSHONE = 0.48
"""不到这一条最像的那一件的几成，就不是说它。"""
_SHORTEST_CLAUSE = 14
_MOST_NEW = 60


class Proposing:
    """提出改动。

    参数:
        asking: 问话像知识里的哪几条
        pose: 把一句话变成某个地区的问话
    """

    def __init__(
        self,
        knowledge: Knowledge,
        deadlines: Deadlines,
        directory: Directory,
        asking: Callable[[Question], Sequence[Near]],
        pose: Callable[[str, str | None], Question],
    ) -> None:
        self._knowledge = knowledge
        self._deadlines = deadlines
        self._directory = directory
        self._asking = asking
        self._pose = pose

    def propose(
        self, imported: Imported, document: Document, passages: Sequence[Stored]
    ) -> list[Suggestion]:
        """全部改动：有把握的在前。"""
        tables = Tables(passages)
        matching = self._matching(imported, passages, tables)
        matches = self._matches(matching, imported)
        sections = Sections(passages, matching.is_headed)
        entries = list(self._entries(matches, imported, tables, sections))
        found = [
            *entries,
            *self._windows(imported, passages, tables),
            *self._periods(imported, passages),
            *self._channels(matches, imported, entries),
            *self._contacts(document),
            *self._new(matches, passages, tables),
        ]
        return sorted(found, key=lambda one: (not one.sure, one.kind is Kind.SAME))

    def _matching(
        self, imported: Imported, passages: Sequence[Stored], tables: Tables
    ) -> Matching:
        region = None if imported.region == NATIONWIDE else imported.region

        def hearing(text: str) -> Sequence[Near]:
            return self._asking(self._pose(text, region))

        return Matching(self._known(imported), passages, hearing, tables)

    @staticmethod
    def _matches(matching: Matching, imported: Imported) -> list[Match]:
        """条目各与哪一段说着同一件事；同一件事只取一条。"""
        chosen: dict[str, Match] = {}
        top: dict[int, float] = {}
        for match in matching.matches():
            best = top.setdefault(match.passage.number, match.score)
            # 这一条明明说的是别的事，顺带沾边的不算
            aside = match.score < min(SURE, OUTSHONE * best)
            least = (
                LIKELY if match.entry.source.region == imported.region else ELSEWHERE
            )
            if match.score >= least and not aside:
                chosen.setdefault(match.entry.matter, match)
        return list(chosen.values())

    def _known(self, imported: Imported) -> list[Entry]:
        """到那一年为止的条目：这个地区的，与别处都说没有写的；全国的文件只比全国的。"""
        region = imported.region
        known = [
            entry
            for entry in self._knowledge.entries.values()
            if entry.source.year <= imported.year
        ]
        own = [entry for entry in known if entry.source.region == region]
        if region == NATIONWIDE:
            return own
        said = {entry.matter for entry in own}
        unsaid = (e for e in known if e.says_nothing and e.matter not in said)
        return [*own, *unsaid]

    def _entries(
        self,
        matches: Iterable[Match],
        imported: Imported,
        tables: Tables,
        sections: Sections,
    ) -> Iterator[Suggestion]:
        for match in matches:
            entry, passage = match.entry, match.passage
            if entry.source.year >= imported.year:
                # 同一年的已经照它写过
                continue
            text = sections.text_of(entry, passage)
            after = answer_from(text, entry.question, entry.answer)
            rows = tables.seen_in(after, entry.question, whole=text)
            after = "\n".join((after, *rows))
            same = says_the_same(entry.answer, after)
            yield Suggestion(
                Kind.SAME if same else Kind.ENTRY,
                entry.question,
                f"{entry.answer}\n——{entry.source.short} {entry.section or ''}".strip(),
                after,
                passage.label,
                passage.text,
                passage.page,
                {"entry": entry.id, "question": _undated(entry, imported)},
                passage.number,
                match.score >= SURE,
            )

    def _new(
        self,
        matches: Iterable[Match],
        passages: Sequence[Stored],
        tables: Tables,
    ) -> Iterator[Suggestion]:
        """没有条目说过的各条。"""
        covered = {match.passage.number for match in matches}
        left = [
            passage
            for passage in passages
            if passage.number not in covered
            and passage.label
            and not passage.is_row
            and len(bare(passage.text)) >= _SHORTEST_CLAUSE
        ]
        for passage in left[:_MOST_NEW]:
            question = question_from(passage.text, passage.heading)
            after = answer_from(passage.text, question)
            yield Suggestion(
                Kind.CHANNEL if channels_in(passage.text) else Kind.NEW,
                question,
                "",
                "\n".join(
                    (after, *tables.seen_in(after, question, whole=passage.text))
                ),
                passage.label,
                passage.text,
                passage.page,
                {"question": question},
                passage.number,
            )

    def _windows(
        self, imported: Imported, passages: Iterable[Stored], tables: Tables
    ) -> Iterator[Suggestion]:
        """各个期限：已经过去的、记过的不提；与记着的不同的，写明现在记的。"""
        now = clock.now()
        known = self._deadlines.windows({imported.region})
        seen: set[tuple[WindowKind, str]] = set()
        for passage in passages:
            for window, sentence in _dated(passage, tables, imported, now):
                key = (window.kind, str(window.closes))
                if window.is_over(now) or key in seen:
                    continue
                seen.add(key)
                before = _conflict(window, known)
                if before is not None and _same_dates(window, before):
                    continue
                yield Suggestion(
                    Kind.WINDOW,
                    window.title,
                    wording.window(before) if before else "",
                    wording.window(window),
                    passage.label,
                    sentence,
                    passage.page,
                    {
                        "window": wording.pack(window),
                        "replaces": before.id if before and before.is_local else "",
                    },
                    passage.number,
                )

    def _periods(
        self, imported: Imported, passages: Iterable[Stored]
    ) -> Iterator[Suggestion]:
        """双周报改成了月报这样的；从此照月份提醒。"""
        now = clock.now()
        coming = self._deadlines.next_period(imported.region, now)
        for passage in passages:
            if passage.is_row:
                continue
            for one in monthly_in(
                passage, imported.region, imported.year, imported.cited, now
            ):
                ends = one.ends_biweekly and coming is not None
                first = str(one.windows[0].closes)
                yield Suggestion(
                    Kind.PERIOD,
                    wording.monthly_title(one.what),
                    wording.biweekly(str(coming.due)) if coming and ends else "",
                    wording.monthly(
                        one.what, one.day, first, len(one.windows), ends=ends
                    ),
                    passage.label,
                    one.sentence,
                    passage.page,
                    {"windows": [*map(wording.pack, one.windows)], "ends": ends},
                    passage.number,
                )

    def _channels(
        self,
        matches: Sequence[Match],
        imported: Imported,
        entries: Iterable[Suggestion],
    ) -> Iterator[Suggestion]:
        """别的答案里写着的旧群号、旧网址、旧邮箱。"""
        answered = {one.payload["entry"] for one in entries}
        sure = [match for match in matches if match.score >= SURE]
        for one in moved(sure, self._known(imported), answered):
            yield Suggestion(
                Kind.CHANNEL,
                wording.channel_title(one.channel, len(one.entries)),
                one.before,
                one.after,
                one.passage.label,
                one.passage.text,
                one.passage.page,
                {"old": one.before, "entries": [entry.id for entry in one.entries]},
                one.passage.number,
            )

    def _contacts(self, document: Document) -> Iterator[Suggestion]:
        for one in differences(document, self._directory):
            edits = [
                {
                    "sheet": edit.sheet,
                    "key": edit.key,
                    "before": dict(edit.before or {}),
                    "after": dict(edit.after),
                }
                for edit in one.edits
            ]
            before, after = wording.contact(one.edits)
            yield Suggestion(
                Kind.CONTACT,
                wording.contact_title(one.certificate, missing=one.missing),
                before,
                after or one.quote,
                one.label,
                one.quote,
                one.page,
                {"edits": edits},
                sure=not one.missing,
            )


def _dated(
    passage: Stored, tables: Tables, imported: Imported, now: datetime
) -> Iterator[tuple[Window, str]]:
    """一段、表里一行写着的期限，与写着它的那句话。"""
    told = imported.region, imported.year, imported.cited, now
    if not passage.is_row:
        yield from windows_in(passage, *told)
        return
    caption = tables.captions.get(passage.number, "")
    if (window := window_in_row(passage, caption, *told)) is not None:
        yield window, passage.text


def _undated(entry: Entry, imported: Imported) -> str:
    """问题里写着旧年份的，换成新的。"""
    return entry.question.replace(str(entry.source.year), str(imported.year))


def _conflict(window: Window, known: Iterable[Window]) -> Window | None:
    """记着的同一件事：类别与名称一样，年份也一样。"""
    for other in known:
        if other.kind is window.kind and other.title == window.title:
            return other
    for other in known:
        near = abs((other.closes.day - window.closes.day).days) <= 120
        if other.kind is window.kind and near and not other.is_over(clock.now()):
            return other
    return None


def _same_dates(one: Window, other: Window) -> bool:
    return (one.opens, one.closes) == (other.opens, other.closes)
