"""摆着一件等确认的事，人接着说的话是照办、不要、先放着、要改，还是在说别的。

这样的话短，多半又就是在应它：看字组、头尾和分句，由各人的说法学一个多类的线性分类。
"""

import re
import zipfile
import zlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from pathlib import Path
from typing import Self

import numpy as np
from loguru import logger

from bot.answering.retrieval import fitting
from bot.answering.retrieval.numbering import Numbering
from bot.answering.retrieval.sparse import Floats, Sparse
from bot.knowledge.lexicon import OrderPhrasings
from bot.text import char_grams, fold, is_question

LEARNT_REACTIONS = Path("learnt") / "reactions.npz"
"""在知识文件夹里的位置。"""
SEEN = 2
"""练习里少于这么多句有的字组不看。"""
DECAY = 3e-5
ROUNDS, RATE = 400, 0.1
_CLAUSE = re.compile(r"[，,。！!；;\s]+")
_UNREADABLE = (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error)


class Reaction(StrEnum):
    """怎样应的。"""

    AGREE = "agree"
    DECLINE = "decline"
    WAIT = "wait"
    CHANGE = "change"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Felt:
    """听出来的。

    参数:
        confidence: 把握，0 到 1
    """

    reaction: Reaction
    confidence: float


@dataclass(frozen=True, slots=True)
class Responses:
    """听怎样应。

    参数:
        grams: 字组与头尾的编号
        idf: 各有多少见
        weights: 字组数加一 x 反应，末行是偏置
    """

    grams: Numbering
    idf: Floats
    weights: Floats

    def hear(self, text: str) -> Felt:
        """听一句。"""
        numbers = self.grams.find(traits(text))
        numbers = numbers[numbers >= 0]
        values = self.idf[numbers]
        values = values / max(float(np.linalg.norm(values)), 1e-9)
        scores = values @ self.weights[numbers] + self.weights[-1]
        chances = np.exp(scores - scores.max())
        chances /= chances.sum()
        best = int(chances.argmax())
        return Felt(tuple(Reaction)[best], float(chances[best]))

    @classmethod
    def learn(cls, said: OrderPhrasings) -> Self:
        """由各人的说法学。"""
        texts, labels = zip(*_examples(said), strict=True)
        each = [traits(text) for text in texts]
        counted: dict[str, int] = {}
        for one in each:
            for gram in one:
                counted[gram] = counted.get(gram, 0) + 1
        kept = [gram for gram, count in counted.items() if count >= SEEN]
        grams = Numbering.of(kept)
        frequency = np.array([counted[gram] for gram in kept], dtype=np.float32)
        idf = np.log(len(texts) / frequency).astype(np.float32)
        weights = _fit(_matrix(each, grams, idf), labels)
        return cls(grams, idf, weights)

    @classmethod
    def open(cls, path: Path, said: OrderPhrasings) -> Self:
        """读入学好的；没有、坏了、不是由这些说法学的，现在学。"""
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as found:
                if str(found["name"]) == _name(said):
                    grams = Numbering.of_hashes(found["grams"])
                    weights = found["weights"].astype(np.float32)
                    return cls(grams, found["idf"].astype(np.float32), weights)
        except _UNREADABLE:
            pass
        logger.info("正在学习怎样听懂答应与不要，约十秒……")
        return cls.learn(said)

    def save(self, path: Path, said: OrderPhrasings) -> None:
        """存作随知识带着的。

        异常:
            OSError: 写不了
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            np.savez_compressed(
                file,
                name=np.array(_name(said)),
                grams=self.grams.in_order(),
                idf=self.idf.astype(np.float16),
                weights=self.weights.astype(np.float16),
            )


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


def _examples(said: OrderPhrasings) -> Iterator[tuple[str, int]]:
    """各句与它是第几种反应。"""
    kinds = tuple(Reaction)
    for name, hands in said.orders.items():
        for own in hands.values():
            yield from ((text, kinds.index(Reaction(name))) for text in own)
    for own in said.others.values():
        yield from ((text, kinds.index(Reaction.OTHER)) for text in own)


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


def _fit(matrix: Sparse, labels: Sequence[int]) -> Floats:
    count = len(Reaction)
    truth = np.eye(count, dtype=np.float32)[list(labels)]
    across = matrix.transposed()

    def gradient(weights: Floats) -> Floats:
        scores = matrix.dot(weights[:-1]) + weights[-1]
        scores -= scores.max(axis=1, keepdims=True)
        chances = np.exp(scores)
        chances /= chances.sum(axis=1, keepdims=True)
        error = (chances - truth) / len(truth)
        slope = across.dot(error) + DECAY * weights[:-1]
        return np.concatenate([slope, error.sum(axis=0, keepdims=True)])

    start = np.zeros((matrix.width + 1, count), dtype=np.float32)
    return fitting.adam(gradient, start, ROUNDS, RATE)


def _name(said: OrderPhrasings) -> str:
    """由哪些说法学的。"""
    digest = blake2b(digest_size=12)
    for text, label in _examples(said):
        digest.update(f"{label}{text}\n".encode())
    return digest.hexdigest()
