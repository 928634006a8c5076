"""换一位没见过的作者来问：藏起他的问法学一遍，再拿他的问法问。"""

from collections.abc import AsyncIterator
from pathlib import Path

from bot.knowledge import Entry, Knowledge, Lexicon

from .arbiter import Arbiter
from .evaluation import EvaluationQuestion, Report, evaluate
from .faq import FaqSource
from .sources import Weighing

MOST = 300
"""每位作者最多拿这么多句来问。"""


async def leave_author_out(
    faq: Path, lexicon: Lexicon, cache: Path, weigh: Weighing
) -> AsyncIterator[tuple[str, Report]]:
    """逐位作者藏起来学、再用他的问法评测；每位都要重新学一遍。"""
    whole = Knowledge(None, faq)
    await whole.load()
    entries = list(whole.entries.values())
    authors = {phrasing.author for entry in entries for phrasing in entry.phrasings}
    for author in sorted(authors):
        knowledge = Knowledge(None, faq)
        await knowledge.load()
        knowledge.entries = {entry.id: _without(entry, author) for entry in entries}
        source = FaqSource(knowledge, lexicon, cache)
        await source.prepare()
        try:
            arbiter = Arbiter([source], weigh)
            yield author, evaluate(_asked(entries, author), arbiter, lexicon)
        finally:
            await source.close()


def _without(entry: Entry, author: str) -> Entry:
    kept = tuple(phrasing for phrasing in entry.phrasings if phrasing.author != author)
    return entry.model_copy(update={"phrasings": kept})


def _asked(entries: list[Entry], author: str) -> list[EvaluationQuestion]:
    """一位作者的问法，隔几句取一句；同一件事的哪一条答都对。"""
    matters: dict[str, set[str]] = {}
    for entry in entries:
        matters.setdefault(entry.matter, set()).add(entry.id)
    questions = [
        EvaluationQuestion(
            phrasing.text,
            frozenset(matters[entry.matter]),
            None if entry.is_national else entry.source.region,
        )
        for entry in entries
        for phrasing in entry.phrasings
        if phrasing.author == author
    ]
    return questions[:: -(-len(questions) // MOST)]
