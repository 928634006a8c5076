"""全部文件的段，在内存里用 SQLite 的 FTS5 检索：切好的词一列，字组一列，标题一列。

放在内存里，答题时不做输入输出，数据库是 SQLite 还是 PostgreSQL 都一样。
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.text import fold

from .words import Segmenter, grams

_WEIGHTS = "1.0, 1.0, 0.6, 0.3"
"""词、字组、标题的词、标题的字组，各占多重。"""
_MOST_TERMS = 80


@dataclass(frozen=True, slots=True)
class Indexed:
    """要检索的一段。

    参数:
        number: 编号
        document: 出自哪份文件
    """

    number: int
    document: int
    heading: str
    text: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """检索到的一段；得分大的更像。"""

    number: int
    score: float


class PassageIndex:
    """检索全部的段；不可变，文件变动时另建一个。"""

    def __init__(self, passages: Iterable[Indexed]) -> None:
        self._base = sqlite3.connect(":memory:", check_same_thread=False)
        self._base.execute(
            "CREATE VIRTUAL TABLE passages USING fts5("
            "words, grams, heading_words, heading_grams, document UNINDEXED, "
            "content='', tokenize=\"unicode61 remove_diacritics 0\")"
        )
        self._documents: dict[int, int] = {}
        vocabulary: Counter[str] = Counter()
        kept = list(passages)
        for passage in kept:
            vocabulary.update(passage.words)
        self._segmenter = Segmenter(vocabulary)
        for passage in kept:
            self._add(passage)
        self._base.commit()

    def __len__(self) -> int:
        return len(self._documents)

    def close(self) -> None:
        """不再用了。"""
        self._base.close()

    def _add(self, passage: Indexed) -> None:
        self._documents[passage.number] = passage.document
        heading = fold(passage.heading) if passage.heading else ""
        self._base.execute(
            "INSERT INTO passages(rowid, words, grams, heading_words, heading_grams) "
            "VALUES (?, ?, ?, ?, ?)",
            (
                passage.number,
                _joined(passage.words),
                _joined(grams(passage.text)),
                _joined(self._segmenter.cut(heading)),
                _joined(grams(passage.heading)),
            ),
        )

    def search(
        self, text: str, documents: Iterable[int] | None = None, limit: int = 8
    ) -> list[Found]:
        """检索一句问话。

        参数:
            documents: 只在这些文件里找
        """
        if not self._documents:
            return []
        terms = self._terms(text)
        if not terms:
            return []
        wanted = None if documents is None else set(documents)
        rows = self._base.execute(
            f"SELECT rowid, bm25(passages, {_WEIGHTS}) FROM passages "
            "WHERE passages MATCH ? ORDER BY 2 LIMIT ?",
            (" OR ".join(f'"{term}"' for term in terms), 400 if wanted else limit),
        )
        found = [
            Found(number, -score)
            for number, score in rows
            if wanted is None or self._documents[number] in wanted
        ]
        return found[:limit]

    def _terms(self, text: str) -> list[str]:
        words = self._segmenter.cut(fold(text))
        return list(dict.fromkeys([*words, *grams(text)]))[:_MOST_TERMS]

    @property
    def documents(self) -> Mapping[int, int]:
        """段的编号 → 文件的编号。"""
        return self._documents


def _joined(terms: Iterable[str]) -> str:
    return " ".join(_term(term) for term in terms)


def _term(term: str) -> str:
    return term.replace("+", "p")
