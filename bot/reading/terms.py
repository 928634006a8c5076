"""检索用的词：切好的词、字组、拼音，各记作一个号；一段有哪些号，存成一串字节。

不用词典，词直接散列成号：省内存，装起来也快；撞在一起的极少。
"""

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from enum import IntEnum

import numpy as np

from bot.text import char_grams, fold, pinyin_grams

BUCKETS = 1 << 20
_KINDS = 4
_HEADING = 0.5
"""标题里的一次，算正文里的几次。"""
_LONGEST_WORD = 6


class TermKind(IntEnum):
    """词的种类，占号的最低两位。"""

    WORD = 0
    GRAM = 1
    SOUND = 2


def pack(heading: str, text: str, words: Iterable[str]) -> bytes:
    """一段的词与次数。"""
    counts: Counter[int] = Counter(_numbers(TermKind.WORD, words))
    for part, share in ((text, 1.0), (heading, _HEADING)):
        folded = fold(part) if part else ""
        for kind, terms in (
            (TermKind.GRAM, char_grams(folded)),
            (TermKind.SOUND, pinyin_grams(folded)),
        ):
            for number in _numbers(kind, terms):
                counts[number] += share  # type: ignore[assignment]
    numbers = np.fromiter(counts.keys(), dtype=np.uint32, count=len(counts))
    times = np.fromiter(counts.values(), dtype=np.float16, count=len(counts))
    return numbers.tobytes() + times.tobytes()


def unpack(packed: bytes) -> tuple[np.ndarray, np.ndarray]:
    """（号，次数）。"""
    count = len(packed) // 6
    numbers = np.frombuffer(packed, dtype=np.uint32, count=count)
    return numbers, np.frombuffer(packed, dtype=np.float16, offset=4 * count)


def without(packed: bytes, gone: Iterable[str], left: str) -> bytes:
    """去掉几样内容的号；剩下的文字也有的留着。"""
    kept = set(asked(left))
    dropped = {number for text in gone for number in asked(text)} - kept
    numbers, times = unpack(packed)
    stays = ~np.isin(numbers, list(dropped))
    return numbers[stays].tobytes() + times[stays].tobytes()


def asked(text: str) -> list[int]:
    """一句问话的号：词不切，凡是词的一截都算。"""
    folded = fold(text)
    pieces = (
        folded[start : start + size]
        for size in range(2, _LONGEST_WORD + 1)
        for start in range(len(folded) - size + 1)
    )
    return list(
        dict.fromkeys(
            [
                *_numbers(TermKind.WORD, pieces),
                *_numbers(TermKind.GRAM, char_grams(folded)),
                *_numbers(TermKind.SOUND, pinyin_grams(folded)),
            ]
        )
    )


def _numbers(kind: TermKind, terms: Iterable[str]) -> Iterator[int]:
    most = BUCKETS // _KINDS
    for term in terms:
        yield zlib.crc32(term.encode()) % most * _KINDS + kind
