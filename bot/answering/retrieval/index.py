"""一批问句的索引（字组的或拼音组的）：词表、倒排、潜在语义与白化。"""

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from .corpus import Renewal
from .numbering import Numbering
from .sparse import Floats, Ints, Sparse, pieces, principal_mixture, unit_rows

DIMENSIONS = 256
"""潜在语义的维数。"""
SHRINKAGE = 0.1
"""组内散布矩阵向单位阵收缩的程度。"""
BM25_K1 = 2.0
BM25_B = 0.75

_LARGEST = np.iinfo(np.int8).max
_NO_GRAMS = np.zeros(0, dtype=np.int64)
_NO_COUNTS = np.zeros(0, dtype=np.float32)
Gramming = Callable[[str], list[str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """一句问话拆成的字组：认得的字组号、次数，以及认不得的个数。"""

    grams: Ints
    counts: Floats
    unknown: int


@dataclass(frozen=True, slots=True)
class Questions:
    """许多问句拆成的字组，接成一长条。

    参数:
        rows: 各个字组在第几句，从小到大
        grams: 字组号
        counts: 次数
        height: 一共几句
    """

    rows: Ints
    grams: Ints
    counts: Floats
    height: int

    @classmethod
    def of(cls, asked: Sequence[Asked]) -> Self:
        """一句一句接起来。"""
        rows = np.repeat(np.arange(len(asked)), [len(one.grams) for one in asked])
        grams = np.concatenate([_NO_GRAMS, *(one.grams for one in asked)])
        counts = np.concatenate([_NO_COUNTS, *(one.counts for one in asked)])
        return cls(rows, grams, counts, len(asked))


@dataclass(frozen=True, slots=True)
class Encoder:
    """与条目无关的部分：词表、权重与潜在语义基；新教的条目沿用它，直到重新训练。

    参数:
        basis: 学的时候的词表 x 维数；占内存最多，每行只留 8 位，后来补的字组没有
        scales: 每行乘上它才是本来的大小
    """

    gramming: Gramming
    vocabulary: Numbering
    idf: Floats
    basis: NDArray[np.int8]
    scales: Floats

    def ask(self, text: str) -> Asked:
        """把（已折叠的）问话变成字组。"""
        counted = Counter(self.gramming(text))
        grams = self.vocabulary.find(counted.keys())
        counts = np.array([*counted.values()], dtype=np.float32)
        known = grams >= 0
        return Asked(grams[known], counts[known], int(np.sum(~known)))

    def ask_all(self, texts: Iterable[str]) -> Questions:
        """把若干问句变成字组。"""
        return Questions.of([self.ask(text) for text in texts])

    def weights(self, asked: Asked) -> Floats:
        """单位长的 TF-IDF 权重。"""
        raw = (1 + np.log(asked.counts)) * self.idf[asked.grams]
        return (raw / max(float(np.linalg.norm(raw)), 1e-9)).astype(np.float32)

    def matrix(self, asked: Questions) -> Sparse:
        """若干问句的 TF-IDF 矩阵，每行单位长。"""
        raw = (1 + np.log(asked.counts)) * self.idf[asked.grams]
        squares = np.bincount(asked.rows, raw * raw, asked.height)
        raw /= np.maximum(np.sqrt(squares), 1e-9)[asked.rows]
        return Sparse.from_places(
            asked.rows, asked.grams, raw, asked.height, len(self.idf)
        )

    def project(self, asked: Asked) -> Floats:
        """问话在潜在语义空间的坐标。"""
        learnt = asked.grams < len(self.basis)
        grams = asked.grams[learnt]
        weights = self.weights(asked)[learnt] * self.scales[grams]
        return weights @ self.basis[grams].astype(np.float32)

    def project_all(self, matrix: Sparse) -> Floats:
        """`matrix` 给出的各句在潜在语义空间的坐标。"""
        values = matrix.values * self.scales[matrix.columns]
        return replace(matrix, values=values).dot(self.basis)

    def widened(self, texts: Iterable[str]) -> "Encoder":
        """词表补上这些问句里没有的字组；它们还没有语义坐标。"""
        grams = dict.fromkeys(gram for text in texts for gram in self.gramming(text))
        vocabulary = self.vocabulary.widened(grams.keys())
        added = len(vocabulary) - len(self.vocabulary)
        if not added:
            return self
        rare = np.full(added, self.idf.max(initial=1.0), dtype=np.float32)
        idf = np.concatenate([self.idf, rare])
        return replace(self, vocabulary=vocabulary, idf=idf)


def learn_mixture(texts: Sequence[str], gramming: Gramming) -> Floats:
    """各问句怎样混成潜在语义基；学得最久的一步。"""
    bare, asked = _bare_encoder(texts, gramming)
    return principal_mixture(bare.matrix(asked), DIMENSIONS)


def learn_encoder(
    texts: Sequence[str], gramming: Gramming, mixture: Floats
) -> tuple[Encoder, Questions]:
    """从（已折叠的）问句学词表、权重与潜在语义基；连同拆好的问句。

    参数:
        mixture: 同样的问句学出的 `learn_mixture`
    """
    bare, asked = _bare_encoder(texts, gramming)
    return learn_basis(bare, asked, mixture), asked


def learn_basis(encoder: Encoder, asked: Questions, mixture: Floats) -> Encoder:
    """潜在语义基只由这些问句来：别的问句才有的字组没有坐标。"""
    exact = encoder.matrix(asked).transposed().dot(mixture)
    scales = np.maximum(np.abs(exact).max(axis=1, initial=0.0), 1e-9) / _LARGEST
    exact /= scales[:, None]
    basis = np.rint(exact, out=exact).astype(np.int8)
    return replace(encoder, basis=basis, scales=scales.astype(np.float32))


def _bare_encoder(
    texts: Sequence[str], gramming: Gramming
) -> tuple[Encoder, Questions]:
    """词表与权重，还没有潜在语义基；连同拆好的问句。"""
    vocabulary: dict[str, int] = {}
    # 接在三个长条后面：每句各放几个小数组，占过的内存就还不干净
    lengths, grams, counts = array("q"), array("q"), array("f")
    for text in texts:
        counted = Counter(gramming(text))
        lengths.append(len(counted))
        grams.extend(vocabulary.setdefault(gram, len(vocabulary)) for gram in counted)
        counts.extend(counted.values())
    together = Questions(
        np.repeat(np.arange(len(texts)), np.asarray(lengths)),
        np.asarray(grams),
        np.asarray(counts),
        len(texts),
    )
    frequency = np.bincount(together.grams, minlength=len(vocabulary))
    idf = (np.log((1 + len(texts)) / (1 + frequency)) + 1).astype(np.float32)
    nothing = np.zeros((len(idf), 0), dtype=np.int8)
    no_scales = np.zeros(0, dtype=np.float32)
    numbering = Numbering.of(vocabulary)
    return Encoder(gramming, numbering, idf, nothing, no_scales), together


def whitening(points: Floats, owners: Ints, count: int) -> Floats:
    """线性判别的白化矩阵：组内（同一条目的各种说法）散布的收缩逆的平方根。

    参数:
        points: 各问句的坐标（句数 x d）
        owners: 各句所属条目号
        count: 条目数

    来源: Fisher 线性判别；收缩估计见 Friedman 1989。
    """
    means = group_means(points, owners, count)
    size = points.shape[1]
    scatter = np.zeros((size, size))
    for piece in pieces(len(points)):
        within = points[piece] - means[owners[piece]]
        scatter += within.T @ within
    scatter /= max(1, len(points))
    level = SHRINKAGE * max(np.trace(scatter), 1e-6) / size
    inverse = np.linalg.inv(scatter + level * np.eye(size))
    return np.linalg.cholesky(inverse).astype(np.float32)


def group_means(points: Floats, owners: Ints, count: int) -> Floats:
    """各组的均值（count x d）；空组为零。"""
    sums = np.zeros((count, points.shape[1]), dtype=np.float32)
    np.add.at(sums, owners, points)
    sizes = np.bincount(owners, minlength=count)
    return sums / np.maximum(sizes, 1)[:, None]


@dataclass(frozen=True, slots=True)
class Index:
    """一批条目的检索结构，按字组或按拼音组。

    参数:
        strings: 各问句的 TF-IDF（句数 x 词表）
        by_gram: 上者的倒排
        entry_counts: 各条目的字组次数（条目数 x 词表）
        bm25: 字组 → 条目的 BM25 得分表（倒排）
        entry_idf: 以条目为文档的 IDF
        whiten: 白化矩阵
        centres: 各条目白化后的中心（已归一）
    """

    encoder: Encoder
    strings: Sparse
    by_gram: Sparse
    entry_counts: Sparse
    bm25: Sparse
    entry_idf: Floats
    whiten: Floats
    centres: Floats

    @classmethod
    def of(
        cls,
        encoder: Encoder,
        whiten: Floats,
        strings: Sparse,
        entry_counts: Sparse,
        centres: Floats,
    ) -> Self:
        """由各行算出倒排。"""
        bm25, entry_idf = bm25_table(entry_counts)
        strings = strings.halved()
        by_gram = strings.transposed()
        return cls(
            encoder, strings, by_gram, entry_counts, bm25, entry_idf, whiten, centres
        )

    def spared(self) -> Self:
        """只留把关要看的：特征已经算好，不再检索。"""
        nothing = np.zeros(0, dtype=np.float32)
        starts_only = replace(self.bm25, columns=nothing.astype(int), values=nothing)
        return replace(self, bm25=starts_only, centres=self.centres[:0].copy())

    def points(self) -> Floats:
        """各句白化后的坐标（未归一）。"""
        return self.encoder.project_all(self.strings) @ self.whiten


def build_index(encoder: Encoder, asked: Questions, owners: Ints, count: int) -> Index:
    """为一批问句建立检索结构。

    参数:
        owners: 各句所属条目号，从小到大
        count: 条目数
    """
    strings = encoder.matrix(asked)
    counts = entry_counts(encoder, asked, owners, count)
    projected = encoder.project_all(strings)
    whiten = whitening(projected, owners, count)
    centres = unit_rows(group_means(projected @ whiten, owners, count))
    del projected
    return Index.of(encoder, whiten, strings, counts, centres)


def renew_index(index: Index, renewal: Renewal) -> Index:
    """换一批条目：没变的行照搬，只算新的。"""
    encoder = index.encoder.widened(renewal.texts)
    each = [encoder.ask(text) for text in renewal.texts]
    owners, count = renewal.owners, len(renewal.fresh)
    # 后来补的字组没有坐标，不能整个相乘
    projected = np.zeros((len(each), index.whiten.shape[0]), dtype=np.float32)
    for row, one in enumerate(each):
        projected[row] = encoder.project(one)
    asked = Questions.of(each)
    centres = unit_rows(group_means(projected @ index.whiten, owners, count))
    counts = entry_counts(encoder, asked, owners, count)
    return Index.of(
        encoder,
        index.whiten,
        index.strings.stacked(encoder.matrix(asked)).take(renewal.strings),
        index.entry_counts.stacked(counts).take(renewal.units),
        np.concatenate([index.centres, centres])[renewal.units],
    )


def bm25_table(counts: Sparse) -> tuple[Sparse, Floats]:
    """BM25 得分的倒排，与以条目为文档的 IDF。"""
    owners = np.repeat(np.arange(counts.height), np.diff(counts.starts))
    lengths = np.bincount(owners, counts.values, counts.height).astype(np.float32)
    by_entry = counts.transposed()
    holders = np.diff(by_entry.starts)
    count = counts.height
    idf = np.log1p((count - holders + 0.5) / (holders + 0.5)).astype(np.float32)
    average = float(lengths.mean()) if count else 0.0
    scores = bm25_weight(by_entry.values, lengths[by_entry.columns], average)
    scores = scores * idf[np.repeat(np.arange(by_entry.height), holders)]
    return Sparse(by_entry.starts, by_entry.columns, scores, by_entry.width), idf


def bm25_weight(frequency: Floats, length: Floats, average: float) -> Floats:
    """BM25 的词频部分。来源: Robertson, Zaragoza 2009。"""
    scale = BM25_K1 * (1 - BM25_B + BM25_B * length / max(average, 1e-9))
    return (frequency * (BM25_K1 + 1) / (frequency + scale)).astype(np.float32)


def entry_counts(
    encoder: Encoder, asked: Questions, owners: Ints, count: int
) -> Sparse:
    """各条目的字组次数（条目数 x 词表）。"""
    width = len(encoder.idf)
    held = owners[asked.rows] * width + asked.grams
    places, at = np.unique(held, return_inverse=True)
    times = np.bincount(at, asked.counts, len(places)).astype(np.float32)
    rows, columns = np.divmod(places, max(width, 1))
    return Sparse.from_places(rows, columns, times, count, width)
