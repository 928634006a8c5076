"""练习用的知识：藏起几位作者的问法，整个拿走一部分条目。

藏起来的问法，是没见过的人来问；拿走的条目，答案不在知识里，只有文件里写着，
或由秘书处刚教过。
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from bot.answering import FaqSource, Question
from bot.answering.retrieval import make_units, rebuild
from bot.answering.scope import pose
from bot.knowledge import LOCAL_PREFIX, Entry, Knowledge, Lexicon
from bot.knowledge.lexicon import Chatter

_One = TypeVar("_One")
HIDDEN_AUTHORS = 3
"""每几位作者藏起一位。"""
TAKEN = 8
"""每几件事拿走一件。"""
ASKED = 5
"""闲聊每几句留一句来问。"""


@dataclass(frozen=True, slots=True)
class Practice:
    """练习用的知识。

    参数:
        faq: 没见过藏起来的问法，也没有拿走的条目
        taught: 拿走的条目由秘书处教了回去，各只有一种问法
        kept, taken: 留着的、拿走的条目
        hidden: 哪些作者的问法藏了起来
        background: 藏起来没用的闲聊与别的提问，拿来问
    """

    faq: FaqSource
    taught: FaqSource
    kept: tuple[Entry, ...]
    taken: tuple[Entry, ...]
    hidden: frozenset[str]
    background: Chatter


async def practise(faq: Path, whole: FaqSource, lexicon: Lexicon) -> Practice:
    """由学好的（`whole`）得出练习用的。"""
    knowledge = Knowledge(None, faq)
    await knowledge.load()
    entries = list(knowledge.entries.values())
    authors = sorted({one.author for entry in entries for one in entry.phrasings})
    hidden = frozenset(authors[::HIDDEN_AUTHORS])
    matters = list(dict.fromkeys(entry.matter for entry in entries))
    gone = set(matters[TAKEN // 2 :: TAKEN])
    kept = [entry for entry in entries if entry.matter not in gone]
    taken = [entry for entry in entries if entry.matter in gone]
    seen, asked = _parted(lexicon.chatter)
    shown = [_without(entry, hidden) for entry in kept]
    source = _source(faq, shown, lexicon)
    matcher = rebuild(whole.matcher, make_units(shown, lexicon.equivalents), seen)
    source.use(matcher)
    retold = [*shown, *(_taught(entry) for entry in taken)]
    taught = _source(faq, retold, lexicon)
    taught.use(matcher.with_units(make_units(retold, lexicon.equivalents)))
    return Practice(source, taught, tuple(kept), tuple(taken), hidden, asked)


def questions(
    entries: Iterable[Entry],
    authors: frozenset[str],
    most: int,
    at: datetime,
    lexicon: Lexicon,
) -> Iterator[tuple[Entry, Question]]:
    """这些作者怎样问这些条目，隔几句取一句；一半带着群的地区。"""
    asked = [
        (entry, phrasing.text)
        for entry in entries
        for phrasing in entry.asked
        if phrasing.author in authors
    ]
    for number, (entry, text) in enumerate(asked[:: -(-len(asked) // most) or 1]):
        near = number % 2 == 0 and not entry.is_national
        region = entry.source.region if near else None
        yield entry, pose(text, region, at, lexicon)


def thinned(texts: Sequence[_One], most: int) -> Sequence[_One]:
    """隔几句取一句。"""
    return texts[:: -(-len(texts) // most) or 1]


def _source(faq: Path, entries: Sequence[Entry], lexicon: Lexicon) -> FaqSource:
    knowledge = Knowledge(None, faq)
    knowledge.entries = {entry.id: entry for entry in entries}
    return FaqSource(knowledge, lexicon, Path())


def _without(entry: Entry, authors: frozenset[str]) -> Entry:
    kept = tuple(one for one in entry.phrasings if one.author not in authors)
    return entry.model_copy(update={"phrasings": kept})


def _taught(entry: Entry) -> Entry:
    """秘书处教的：只有一种问法。"""
    return entry.model_copy(
        update={
            "id": f"{LOCAL_PREFIX}{entry.id}",
            "variants": (),
            "phrasings": (),
            "unlike": (),
        }
    )


def _parted(whole: Chatter) -> tuple[Chatter, Chatter]:
    """闲聊多数拿来学用字，少数留着问；别的提问用字里本来就没有。"""
    told = whole.chatter
    seen = [text for n, text in enumerate(told) if n % ASKED]
    asked = whole.model_copy(update={"chatter": told[::ASKED]})
    return whole.model_copy(update={"chatter": seen}), asked
