"""只用 numpy 的稀疏矩阵：按行存放，能乘稠密矩阵，能按列倒排。"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.floating[Any]]
Ints: TypeAlias = NDArray[np.integer[Any]]

_PIECE = 4096


@dataclass(frozen=True, slots=True)
class Sparse:
    """按行压缩的稀疏矩阵。

    参数:
        starts: 每行在 `columns` 中的起点，长度为行数 + 1
        columns: 列号
        values: 值
        width: 列数
    """

    starts: Ints
    columns: Ints
    values: Floats
    width: int

    @classmethod
    def from_places(
        cls, rows: Ints, columns: Ints, values: Floats, height: int, width: int
    ) -> "Sparse":
        """由各个值的（行号，列号，值）组成；行号从小到大。"""
        lengths = np.bincount(rows, minlength=height)
        starts = np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])
        columns = columns.astype(_smallest(width), copy=False)
        return cls(starts, columns, values.astype(np.float32, copy=False), width)

    @property
    def height(self) -> int:
        """行数。"""
        return len(self.starts) - 1

    def row(self, index: int) -> tuple[Ints, Floats]:
        """某行的列号与值。"""
        piece = slice(self.starts[index], self.starts[index + 1])
        return self.columns[piece], self.values[piece]

    def stacked(self, below: "Sparse") -> "Sparse":
        """下面接上 `below` 的行；它可以更宽。"""
        return Sparse(
            np.concatenate([self.starts, self.starts[-1] + below.starts[1:]]),
            np.concatenate([self.columns, below.columns]),
            np.concatenate([self.values, below.values]),
            below.width,
        )

    def take(self, rows: Ints) -> "Sparse":
        """取出若干行，按所给的次序。"""
        picked, lengths = self._places(rows)
        starts = np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])
        return Sparse(starts, self.columns[picked], self.values[picked], self.width)

    def _places(self, rows: Ints) -> tuple[Ints, Ints]:
        """若干行的值都在第几个，与各行有几个。"""
        starts = self.starts[rows]
        lengths = self.starts[rows + 1] - starts
        shifts = starts - np.cumsum(lengths) + lengths
        return np.arange(int(lengths.sum())) + np.repeat(shifts, lengths), lengths

    def transposed(self) -> "Sparse":
        """转置，即按列的倒排表。"""
        order = np.argsort(self.columns, kind="stable")
        places = np.arange(self.height, dtype=_smallest(self.height))
        rows = np.repeat(places, np.diff(self.starts))
        counts = np.bincount(self.columns, minlength=self.width)
        starts = np.concatenate([[0], np.cumsum(counts)])
        return Sparse(starts, rows[order], self.values[order], self.height)

    def halved(self) -> "Sparse":
        """值只留半精度，省一半内存：相似度差不到千分之一。"""
        return replace(self, values=self.values.astype(np.float16))

    def dot(self, dense: Floats | NDArray[np.int8]) -> Floats:
        """乘稠密矩阵（列数 x d），得（行数 x d）。"""
        result = np.zeros((self.height, dense.shape[1]), dtype=np.float32)
        starts = self.starts.tolist()
        for row, (low, high) in enumerate(itertools.pairwise(starts)):
            picked = dense[self.columns[low:high]].astype(np.float32, copy=False)
            weights = self.values[low:high].astype(np.float32, copy=False)
            np.dot(weights, picked, out=result[row])
        return result

    def gather(self, rows: Ints, weights: Floats) -> Floats:
        """若干行加权求和，得长为列数的稠密向量；用在倒排表上就是检索。"""
        picked, lengths = self._places(rows)
        return np.bincount(
            self.columns[picked],
            weights=self.values[picked] * np.repeat(weights, lengths),
            minlength=self.width,
        ).astype(np.float32)


def _smallest(width: int) -> type[np.unsignedinteger[Any]]:
    """装得下这么多个号的最小的整数。"""
    return np.uint16 if width <= np.iinfo(np.uint16).max else np.uint32


def unit_rows(matrix: Floats) -> Floats:
    """每行除以自己的长度；零行仍为零。"""
    norms = np.linalg.norm(matrix, axis=-1, keepdims=True)
    return (matrix / np.maximum(norms, 1e-9)).astype(np.float32, copy=False)


def principal_mixture(matrix: Sparse, dimensions: int, seed: int = 0) -> Floats:
    """随机化截断 SVD：各行怎样混成右奇异向量（行数 x dimensions）。

    `matrix.transposed().dot(它)` 就是右奇异向量（列数 x dimensions）；
    行比列少得多，随程序带着走的是它。

    来源: Halko, Martinsson, Tropp 2011, 算法 4.4（一次幂迭代）。
    """
    width = min(dimensions + 16, matrix.height, matrix.width)
    random = np.random.default_rng(seed)
    back = matrix.transposed()
    start = random.standard_normal((matrix.width, width), dtype=np.float32)
    sample = matrix.dot(start)
    del start
    for _ in range(1):
        sample = matrix.dot(back.dot(_orthonormal(sample)))
    rows = _orthonormal(sample)
    turned = rows.astype(np.float64) @ _straightening(back.dot(rows))
    return np.ascontiguousarray(turned[:, :dimensions], dtype=np.float32)


def _orthonormal(columns: Floats) -> Floats:
    """同一列空间的正交基，按奇异值从大到小。"""
    turn = _straightening(columns)
    result = np.empty((len(columns), turn.shape[1]), dtype=np.float32)
    for piece in pieces(len(columns)):
        result[piece] = columns[piece].astype(np.float64) @ turn
    return result


def _straightening(columns: Floats) -> Floats:
    """右乘它就成正交基；经小的格拉姆矩阵求，比 QR 快得多。"""
    gram = np.zeros((columns.shape[1], columns.shape[1]))
    for piece in pieces(len(columns)):
        exact = columns[piece].astype(np.float64)
        gram += exact.T @ exact
    values, vectors = np.linalg.eigh(gram)
    order = np.argsort(-values)
    kept = order[values[order] > max(float(values.max()), 1e-12) * 1e-12]
    return vectors[:, kept] / np.sqrt(values[kept])


def pieces(height: int) -> Iterator[slice]:
    """一段一段地算双精度，省内存。"""
    return (slice(first, first + _PIECE) for first in range(0, height, _PIECE))
