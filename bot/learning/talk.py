"""学套话：各人查名录时常说、问别的事时不常说的词。"""

import logging
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from bot.directory.phrases import ATTRIBUTES, BATCH, COUNTING, FILLERS, LISTING
from bot.directory.talk import LONGEST, Talk
from bot.knowledge import Lookup, LookupKind
from bot.text import normalise

LOOKED_UP = frozenset({
    LookupKind.CONTACT, LookupKind.ISSUER, LookupKind.LEVEL, LookupKind.ORGANISATION,
    LookupKind.CERTIFICATES, LookupKind.PERSON, LookupKind.LIST, LookupKind.FOLLOWING,
})  # fmt: skip
ELSE = frozenset({LookupKind.ELSE, LookupKind.REMARK, LookupKind.FOREIGN})
AUTHORS = 2
"""至少几个人说过。"""
ELSEWHERE, ASKED = 1.0, 0.5
"""在查名录的话里，至少有在旁的话里、在问别的事的话里的几倍常见。"""
_HOLE = re.compile(r"\{.*?\}")
_APART = re.compile(r"[^\w\x00]+")


class Talks:
    """由各人的问法学来的套话。

    参数:
        asked: 问别的事的话
    """

    def __init__(self, lookups: Iterable[Lookup], asked: Sequence[str]) -> None:
        self._here: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._there: Counter[str] = Counter()
        self._told = Counter(word for text in asked for word in _words(text))
        self._sizes = Counter(told=len(asked))
        for lookup in lookups:
            self._read(lookup)
        self.whole = self.without("")

    def without(self, author: str) -> Talk:
        """没有听过这个人怎样说的。"""
        hands = [own for hand, own in self._here.items() if hand != author]
        said = Counter(word for own in hands for word in own)
        often = sum(hands, Counter[str]())
        return Talk([w for w, n in said.items() if n >= AUTHORS and self._is(w, often)])

    def _read(self, lookup: Lookup) -> None:
        if lookup.name:
            # 名称是照写的，分不出哪些字是套话
            return
        words = _words(lookup.text)
        if lookup.kind in LOOKED_UP:
            self._here[lookup.author].update(words)
            self._sizes["here"] += 1
        elif lookup.kind in ELSE:
            self._there.update(words)
            self._sizes["there"] += 1

    def _is(self, word: str, often: Counter[str]) -> bool:
        """在查名录的话里够不够常见。"""
        here = often[word] / self._sizes["here"]
        there = self._there[word] / max(self._sizes["there"], 1)
        told = self._told[word] / max(self._sizes["told"], 1)
        return here >= max(ELSEWHERE * there, ASKED * told)


def _words(text: str) -> set[str]:
    """名称与所问的项之外的词。"""
    return {
        word
        for run in _runs(text)
        for word in _tokenizer()(run)
        if len(word) <= LONGEST
    }


def _runs(text: str) -> Iterator[str]:
    for clause in _APART.split(_HOLE.sub("\0", text)):
        plain = " ".join(map(normalise, clause.split("\0")))
        for pattern in (*(own for _, own in ATTRIBUTES), BATCH, LISTING, COUNTING):
            plain = pattern.sub(" ", plain)
        yield from FILLERS.sub(" ", plain).split()


@cache
def _tokenizer():
    import jieba

    jieba.setLogLevel(logging.ERROR)
    return jieba.Tokenizer().lcut
