"""字组的编号：几万个字组只留散列，比字典省十几倍的内存。"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Self

import numpy as np
from numpy.typing import NDArray

from .sparse import Ints

_BYTES = 8
"""散列的字节数：五万个字组里有两个撞上的机会不到百亿分之一。"""

Hashes = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Numbering:
    """字组 → 第几个。

    参数:
        hashes: 各字组的散列，从小到大
        numbers: 它们各是第几个
    """

    hashes: Hashes
    numbers: NDArray[np.int32]

    @classmethod
    def of(cls, grams: Iterable[str]) -> Self:
        """照先后编号；不许有重复的。"""
        return cls.of_hashes(_hashes(grams))

    @classmethod
    def of_hashes(cls, hashes: Hashes) -> Self:
        """由照先后排的散列（见 `in_order`）。"""
        order = np.argsort(hashes)
        return cls(hashes[order], order.astype(np.int32))

    def __len__(self) -> int:
        return len(self.hashes)

    def in_order(self) -> Hashes:
        """各字组的散列，照编号排。"""
        ordered = np.empty_like(self.hashes)
        ordered[self.numbers] = self.hashes
        return ordered

    def find(self, grams: Collection[str]) -> Ints:
        """各字组是第几个；没有的为 -1。"""
        if not len(self):
            return np.full(len(grams), -1, dtype=np.int64)
        sought = _hashes(grams)
        places = np.searchsorted(self.hashes, sought)
        places[places == len(self)] = 0
        found = self.hashes[places] == sought
        return np.where(found, self.numbers[places], -1).astype(np.int64)

    def widened(self, grams: Collection[str]) -> Self:
        """没有的接着往下编。"""
        found = self.find(grams)
        new = [g for g, k in zip(grams, found, strict=True) if k < 0]
        if not new:
            return self
        return self.of_hashes(np.concatenate([self.in_order(), _hashes(new)]))


def _hashes(grams: Iterable[str]) -> Hashes:
    digests = (blake2b(gram.encode(), digest_size=_BYTES).digest() for gram in grams)
    return np.frombuffer(b"".join(digests), dtype=np.uint64)
