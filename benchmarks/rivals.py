"""拿来对比的引擎：我们的，与几种现成的检索办法，接口一致。

现成的都吃规整过（全角半角、大小写、标点）的文字。BM25 与 FTS5 各有两种摆法：
逐句建索引、取条目里得分最高的一句；或整条（全部说法连成一篇）建索引。
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeAlias

import numpy as np

from bot.text import char_grams, fold, normalise

LIMIT = 10
"""每问取前几个单元。"""

Units: TypeAlias = Sequence[Sequence[str]]
Split: TypeAlias = Callable[[str], list[str]]


class Engine(Protocol):
    """一个引擎：先 `index`，再 `ask`。"""

    def index(self, units: Units) -> None:
        """建索引。"""
        ...

    def ask(self, text: str) -> list[int]:
        """最像的单元号，最多 `LIMIT` 个，好的在前。"""
        ...


class Ours:
    """助手用的检索器，从头训练。"""

    def __init__(self) -> None:
        from bot.answering.retrieval import train
        from bot.knowledge import Lexicon

        from .measuring import KNOWLEDGE

        self._train = train
        self._chatter = Lexicon(KNOWLEDGE / "lexicon").chatter

    def index(self, units: Units) -> None:
        """训练。"""
        from bot.answering.retrieval import Unit

        self._matcher = self._train(
            [
                Unit(str(number), (), tuple(dict.fromkeys(map(fold, texts))))
                for number, texts in enumerate(units)
            ],
            self._chatter,
        )

    def ask(self, text: str) -> list[int]:
        """检索。"""
        return [int(hit.unit.key) for hit in self._matcher.rank(text, LIMIT).hits]


class _Documents:
    """逐句或整条的文档，与得分到单元的归并。"""

    def __init__(self, units: Units, *, whole: bool) -> None:
        cleaned = [[normalise(text) for text in texts] for texts in units]
        if whole:
            self.texts = [" ".join(texts) for texts in cleaned]
            self.owners = list(range(len(units)))
        else:
            self.texts = [text for texts in cleaned for text in texts]
            self.owners = [n for n, texts in enumerate(cleaned) for _ in texts]

    def best(self, scores: np.ndarray) -> list[int]:
        """得分为正的单元，高的在前。"""
        order = np.argsort(-scores, kind="stable")
        return self.first(int(i) for i in order if scores[i] > 0)

    def first(self, documents: Iterable[int]) -> list[int]:
        """文档换成单元，不重复，够数即止。"""
        found: dict[int, None] = {}
        for document in documents:
            found.setdefault(self.owners[document])
            if len(found) == LIMIT:
                break
        return list(found)


def jieba_words(text: str) -> list[str]:
    """jieba 切的词。"""
    import jieba

    return [word for word in jieba.lcut(text) if word.strip()]


class Bm25s:
    """bm25s 库。"""

    def __init__(self, split: Split, *, whole: bool) -> None:
        import bm25s

        _quiet_jieba()
        self._library = bm25s
        self._split, self._whole = split, whole

    def index(self, units: Units) -> None:
        """建索引。"""
        self._documents = _Documents(units, whole=self._whole)
        self._index = self._library.BM25()
        self._index.index(
            [self._split(text) for text in self._documents.texts], show_progress=False
        )

    def ask(self, text: str) -> list[int]:
        """检索。"""
        words = self._split(normalise(text))
        return self._documents.best(self._index.get_scores(words)) if words else []


class RankBm25:
    """rank_bm25 库的 BM25Okapi。"""

    def __init__(self, split: Split, *, whole: bool) -> None:
        from rank_bm25 import BM25Okapi

        _quiet_jieba()
        self._library = BM25Okapi
        self._split, self._whole = split, whole

    def index(self, units: Units) -> None:
        """建索引。"""
        self._documents = _Documents(units, whole=self._whole)
        self._index = self._library(
            [self._split(text) for text in self._documents.texts]
        )

    def ask(self, text: str) -> list[int]:
        """检索。"""
        scores = self._index.get_scores(self._split(normalise(text)))
        return self._documents.best(np.asarray(scores))


class Fts5:
    """SQLite FTS5，trigram 分词，问话的各个三字组以 OR 相连。"""

    def __init__(self, *, whole: bool) -> None:
        self._whole = whole

    def index(self, units: Units) -> None:
        """建索引。"""
        self._documents = _Documents(units, whole=self._whole)
        self._database = sqlite3.connect(":memory:")
        self._database.execute(
            "CREATE VIRTUAL TABLE faq USING fts5(text, tokenize='trigram')"
        )
        self._database.executemany(
            "INSERT INTO faq(rowid, text) VALUES (?, ?)",
            enumerate(self._documents.texts),
        )

    def ask(self, text: str) -> list[int]:
        """检索；不足三个字的问话它查不了。"""
        text = normalise(text)
        trigrams = {text[i : i + 3] for i in range(len(text) - 2)}
        if not trigrams:
            return []
        query = " OR ".join(f'"{trigram}"' for trigram in sorted(trigrams))
        found = self._database.execute(
            "SELECT rowid FROM faq WHERE faq MATCH ? ORDER BY rank LIMIT 200", (query,)
        )
        return self._documents.first(row[0] for row in found)


class RapidFuzz:
    """rapidfuzz 的 ratio，取条目里最像的一句。"""

    def __init__(self) -> None:
        from rapidfuzz import fuzz, process

        self._scorer, self._compare = fuzz.ratio, process.cdist

    def index(self, units: Units) -> None:
        """只是记下全部说法。"""
        self._documents = _Documents(units, whole=False)

    def ask(self, text: str) -> list[int]:
        """逐句比。"""
        scores = self._compare(
            [normalise(text)], self._documents.texts, scorer=self._scorer
        )
        return self._documents.best(scores[0])


ENGINES: dict[str, Callable[[], Engine]] = {
    "1+X 助手": Ours,
    "bm25s 字组 整条": lambda: Bm25s(char_grams, whole=True),
    "bm25s 字组 逐句": lambda: Bm25s(char_grams, whole=False),
    "bm25s 词 整条": lambda: Bm25s(jieba_words, whole=True),
    "bm25s 词 逐句": lambda: Bm25s(jieba_words, whole=False),
    "rank_bm25 词 整条": lambda: RankBm25(jieba_words, whole=True),
    "rank_bm25 词 逐句": lambda: RankBm25(jieba_words, whole=False),
    "FTS5 trigram 整条": lambda: Fts5(whole=True),
    "FTS5 trigram 逐句": lambda: Fts5(whole=False),
    "rapidfuzz 逐句": RapidFuzz,
}


def _quiet_jieba() -> None:
    import logging

    import jieba

    jieba.setLogLevel(logging.WARNING)
