"""一句话是哪一种：看字组、头尾和分句的多类线性分类，由各人的说法学来。"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Self, TypeAlias

import numpy as np
from loguru import logger
from numpy.typing import NDArray

from bot.answering.retrieval.fitting import adam, softmax
from bot.answering.retrieval.numbering import Numbering
from bot.answering.retrieval.shipped import UNREADABLE
from bot.answering.retrieval.sparse import Floats, Sparse
from bot.text import char_grams, fold, is_question

Example: TypeAlias = tuple[str, str]
"""一句话，与它是哪一种。"""
SEEN = 2
"""练习里少于这么多句有的字组不看。"""
DECAY = 3e-5
ROUNDS, RATE = 200, 0.2
_CLAUSE = re.compile(r"[，,。！!；;\s]+")


@dataclass(frozen=True, slots=True)
class Classifier:
    """多类线性分类。

    参数:
        labels: 各种的名字
        grams: 字组与头尾的编号
        idf: 各有多少见
        weights: 字组数加一 x 种类，末行是偏置；占内存最多，只留 16 位
    """

    labels: tuple[str, ...]
    grams: Numbering
    idf: Floats
    weights: NDArray[np.float16]

    def chances(self, text: str) -> Floats:
        """各种的把握，合起来是一。"""
        numbers = self.grams.find(traits(text))
        numbers = numbers[numbers >= 0]
        values = self.idf[numbers]
        values = values / max(float(np.linalg.norm(values)), 1e-9)
        weights = self.weights[numbers].astype(np.float32)
        return softmax(values @ weights + self.weights[-1].astype(np.float32))

    @classmethod
    def learn(cls, examples: Sequence[Example]) -> Self:
        """由例子学。"""
        labels = tuple(dict.fromkeys(label for _, label in examples))
        each = [traits(text) for text, _ in examples]
        counted = Counter(gram for one in each for gram in one)
        kept = [gram for gram, count in counted.items() if count >= SEEN]
        grams = Numbering.of(kept)
        frequency = np.array([counted[gram] for gram in kept], dtype=np.float32)
        idf = np.log(len(examples) / frequency).astype(np.float32)
        truth = [labels.index(label) for _, label in examples]
        weights = _fit(_matrix(each, grams, idf), truth, len(labels))
        return cls(labels, grams, idf, weights.astype(np.float16))

    @classmethod
    def open(cls, path: Path, name: str, learn: Callable[[], Self]) -> Self:
        """读入学好的；没有、坏了、不是由这些例子学的，现在学。

        参数:
            name: 例子的指纹（见 `name_of`）
        """
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as found:
                if str(found["name"]) == name:
                    labels = tuple(str(found["labels"]).split("\n"))
                    grams = Numbering.of_hashes(found["grams"])
                    idf = found["idf"].astype(np.float32)
                    return cls(labels, grams, idf, found["weights"])
        except UNREADABLE:
            pass
        logger.info("正在学习怎样听懂各人的说法，不到半分钟……")
        return learn()

    def save(self, path: Path, name: str) -> None:
        """存作随知识带着的。

        异常:
            OSError: 写不了
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            np.savez_compressed(
                file,
                name=np.array(name),
                labels=np.array("\n".join(self.labels)),
                grams=self.grams.in_order(),
                idf=self.idf.astype(np.float16),
                weights=self.weights,
            )


def name_of(examples: Iterable[Example]) -> str:
    """由哪些例子学的：内容一样，名字就一样。"""
    digest = blake2b(digest_size=12)
    for text, label in examples:
        digest.update(f"{label} {text}\n".encode())
    return digest.hexdigest()


def traits(text: str) -> frozenset[str]:
    """一句话里要看的：字组、开头结尾的字、头尾两个分句、长短、是不是在问。"""
    folded = re.sub(r"\d+", "0", fold(text))
    bare = re.sub(r"[\W_]", "", folded)
    clauses = [clause for clause in _CLAUSE.split(folded) if clause] or [""]
    return frozenset(
        [
            *char_grams(folded),
            *(f"^{bare[:n]}" for n in (1, 2)),
            *(f"{bare[-n:]}$" for n in (1, 2)),
            f"^^{clauses[0]}",
            f"{clauses[-1]}$$",
            f"#{min(5, len(bare) // 5)}",
            f"##{min(4, len(clauses))}",
            *(["?"] if is_question(text) else []),
        ]
    )


def _matrix(each: Sequence[Collection[str]], grams: Numbering, idf: Floats) -> Sparse:
    """每句一行，单位长。"""
    found = [grams.find(one) for one in each]
    found = [numbers[numbers >= 0] for numbers in found]
    rows = np.repeat(np.arange(len(found)), [len(numbers) for numbers in found])
    columns = np.concatenate(found)
    values = idf[columns]
    squares = np.bincount(rows, values * values, len(found))
    values = values / np.maximum(np.sqrt(squares), 1e-9)[rows]
    return Sparse.from_places(rows, columns, values, len(found), len(idf))


def _fit(matrix: Sparse, labels: Sequence[int], count: int) -> Floats:
    truth = np.eye(count, dtype=np.float32)[list(labels)]
    across = matrix.transposed()

    def gradient(weights: Floats) -> Floats:
        chances = softmax(matrix.dot(weights[:-1]) + weights[-1])
        error = (chances - truth) / len(truth)
        slope = across.dot(error) + DECAY * weights[:-1]
        return np.concatenate([slope, error.sum(axis=0, keepdims=True)])

    start = np.zeros((matrix.width + 1, count), dtype=np.float32)
    return adam(gradient, start, ROUNDS, RATE)
