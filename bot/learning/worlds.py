"""练习的几种处境：什么安排、文件都没有的；有窗口、有双周报、导入了文件的。"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from bot.answering import Source
from bot.assistant import Assistant
from bot.deadlines import Deadlines, DeadlinesSource, Kind, ReportSetting, Window
from bot.documents import PassagesSource, Relating
from bot.documents.index import Indexed, PassageIndex
from bot.documents.library import Library
from bot.documents.shelf import CONSOLE, Imported, Stored
from bot.knowledge import Entry, Knowledge
from bot.reading.terms import pack
from bot.reading.words import cut_words
from bot.text.dates import Moment

from .practice import Practice

REGIONS = ("广西", "山东")
FRESH = 2
"""拿走的条目，每几件有一件写在新文件里，其余写在知识照着写过的文件里。"""


@dataclass(frozen=True, slots=True)
class World:
    """一种处境。

    参数:
        sources: 各来源
        passages: 哪件事写在哪几段里（候选的编号）
    """

    sources: Sequence[Source]
    passages: dict[str, set[str]] = field(default_factory=dict)


def bare_world(assistant: Assistant, practice: Practice) -> World:
    """只有知识与名录。"""
    calendar = DeadlinesSource(assistant.deadlines)
    return World([practice.faq, assistant.directory.source, calendar])


def taught_world(assistant: Assistant, practice: Practice) -> World:
    """同上，拿走的条目由秘书处教了回去。"""
    calendar = DeadlinesSource(assistant.deadlines)
    return World([practice.taught, assistant.directory.source, calendar])


def busy_world(
    assistant: Assistant, practice: Practice, faq: Path, at: datetime
) -> World:
    """有窗口、有双周报，导入了文件。"""
    deadlines = Deadlines(
        assistant.database,
        assistant.groups,
        assistant.delivery,
        assistant.deadlines.calendar,
        assistant.registration.roster,
    )
    for region in REGIONS:
        deadlines.store.windows |= {one.id: one for one in _windows(region, at)}
        deadlines.store.reports[region] = ReportSetting(region, at + timedelta(days=3))
    library = Library(assistant.database, Path(), assistant.lexicon.regions, ())
    passages = _shelve(library, practice)
    knowledge = Knowledge(None, faq)
    knowledge.entries = {entry.id: entry for entry in practice.kept}
    relating = Relating(library, knowledge, practice.faq.near)
    source = PassagesSource(library, relating, practice.faq.near)
    calendar = DeadlinesSource(deadlines)
    every = [practice.faq, assistant.directory.source, calendar, source]
    return World(every, passages)


def _windows(region: str, at: datetime) -> list[Window]:
    """正开着的申报，与以后的完成、报送期限。"""
    days = ((Kind.DECLARATION, 20), (Kind.COMPLETION, 200), (Kind.SUBMISSION, 40))
    return [
        Window(
            f"{region}{kind}",
            region,
            f"今年{kind}",
            kind,
            Moment((at - timedelta(days=10)).date()),
            Moment((at + timedelta(days=later)).date()),
        )
        for kind, later in days
    ]


def _shelve(library: Library, practice: Practice) -> dict[str, set[str]]:
    """把条目的答案当作文件的段放进文件库；返回哪件事在哪几段里。"""
    matters = list(dict.fromkeys(entry.matter for entry in practice.taken))
    fresh = set(matters[::FRESH])
    written = [e for e in practice.taken if e.matter in fresh]
    known = [e for e in (*practice.kept, *practice.taken) if e.matter not in fresh]
    documents: dict[tuple[bool, str], Imported] = {}
    stored: list[Stored] = []
    passages: dict[str, set[str]] = {}
    for is_new, entries in ((True, written), (False, known)):
        for entry in entries:
            shelf = (is_new, entry.source.title)
            if shelf not in documents:
                number = len(documents) + 1
                documents[shelf] = _document(number, entry, is_new=is_new)
            place = len(stored) + 1
            stored.append(
                Stored(place, documents[shelf].number, "", "", entry.answer, 1, False)
            )
            passages.setdefault(entry.matter, set()).add(f"passage-{place}")
    words = cut_words([one.text for one in stored], ())
    packed = (pack("", one.text, own) for one, own in zip(stored, words, strict=True))
    library.index = PassageIndex(
        Indexed(one.number, one.document, own)
        for one, own in zip(stored, packed, strict=True)
    )
    library.passages = {one.number: one for one in stored}
    library.documents = {one.number: one for one in documents.values()}
    return passages


def _document(number: int, entry: Entry, *, is_new: bool) -> Imported:
    title = f"新的通知{number}" if is_new else entry.source.title
    scope = entry.source.region, entry.source.year
    return Imported(number, f"{number}.txt", str(number), title, "", *scope, CONSOLE)
