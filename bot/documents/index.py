"""全部文件的段，在内存里用 SQLite 的 FTS5 检索：切好的词、字组、拼音与标题。

放在内存里，答题时不做输入输出，数据库是 SQLite 还是 PostgreSQL 都一样。
"""

import re
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from bot.reading import Segmenter
from bot.text import char_grams, fold, pinyin_grams

COLUMNS = ("words", "grams", "sounds", "heading", "heading_sounds")
_WEIGHTS = "0.5, 1.0, 0.5, 0.5, 0.25"
"""一段里的词、字组、拼音，标题的字组、拼音，各占多重。"""
_ROW = 0.5
"""表格的一行多半是名单：名录答得更好，问的不是它时让一让。"""
_TERM = re.compile(r"\w+")
_MOST_TERMS = 120
_LOOK = 60
_CREATE = (
    f"CREATE VIRTUAL TABLE passages USING fts5({', '.join(COLUMNS)}, content='', "
    'tokenize="unicode61 remove_diacritics 0")'
)


@dataclass(frozen=True, slots=True)
class Indexed:
    """要检索的一段。

    参数:
        number: 编号
        document: 出自哪份文件
        is_row: 是表格的一行
    """

    number: int
    document: int
    heading: str
    text: str
    words: tuple[str, ...]
    is_row: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """检索到的一段。

    参数:
        score: 大的更像，只在同一句问话内可比
    """

    number: int
    score: float


class PassageIndex:
    """检索全部的段；撤销了的文件留在里面，检索时不看它。"""

    def __init__(self) -> None:
        self._base = sqlite3.connect(":memory:", check_same_thread=False)
        self._base.execute(_CREATE)
        self._documents: dict[int, int] = {}
        self._rows: set[int] = set()
        self._vocabulary: Counter[str] = Counter()
        self._segmenter = Segmenter(self._vocabulary)

    def add(self, passages: Iterable[Indexed]) -> None:
        """添几段。"""
        added = list(passages)
        for passage in added:
            self._vocabulary.update(passage.words)
        self._segmenter = Segmenter(self._vocabulary)
        marks = ", ".join("?" * (len(COLUMNS) + 1))
        with self._base:
            self._base.executemany(
                f"INSERT INTO passages(rowid, {', '.join(COLUMNS)}) VALUES ({marks})",
                (self._line(passage) for passage in added),
            )
        self._documents |= {p.number: p.document for p in added}
        self._rows |= {p.number for p in added if p.is_row}

    def search(
        self, text: str, documents: Collection[int], limit: int = 8
    ) -> list[Found]:
        """在这些文件里检索一句话。"""
        query = self._query(text)
        if not query or not documents:
            return []
        rows = self._base.execute(
            f"SELECT rowid, bm25(passages, {_WEIGHTS}) FROM passages "
            "WHERE passages MATCH ? ORDER BY 2",
            (query,),
        )
        ours = (
            Found(number, -score * (_ROW if number in self._rows else 1.0))
            for number, score in rows
            if self._documents.get(number) in documents
        )
        found = sorted(islice(ours, _LOOK), key=lambda one: -one.score)
        return found[:limit]

    def _line(self, passage: Indexed) -> tuple[int | str, ...]:
        text, heading = fold(passage.text), fold(passage.heading or "")
        return (
            passage.number,
            _joined(passage.words),
            _joined(char_grams(text)),
            _joined(pinyin_grams(text)),
            _joined(char_grams(heading)),
            _joined(pinyin_grams(heading)),
        )

    def _query(self, text: str) -> str:
        folded = fold(text)
        kinds = (
            ("words", self._segmenter.cut(folded)),
            ("grams heading", char_grams(folded)),
            ("sounds heading_sounds", pinyin_grams(folded)),
        )
        return " OR ".join(
            f'{{{columns}}} : "{term}"'
            for columns, terms in kinds
            for term in list(dict.fromkeys(_terms(terms)))[:_MOST_TERMS]
        )


def _joined(terms: Sequence[str]) -> str:
    return " ".join(_terms(terms))


def _terms(terms: Iterable[str]) -> list[str]:
    """写成 FTS5 认作一个词的样子；只有标点的不要。"""
    plain = (re.sub(r"[\s'\[\]]", "", term.replace("+", "p")) for term in terms)
    return [term for term in plain if _TERM.fullmatch(term)]
