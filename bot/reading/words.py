"""切词：文件切成什么词，问话就按那些词来切。"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from bot.text import fold

_WORD = re.compile(r"[\w+]+")


def cut_words(texts: Sequence[str], names: Iterable[str]) -> list[tuple[str, ...]]:
    """用 jieba 切词；证书与机构的名字不切开。

    词典大，只在读文件的那个进程里装。
    """
    import logging

    import jieba

    jieba.setLogLevel(logging.ERROR)
    tokenizer = jieba.Tokenizer()
    for name in names:
        tokenizer.add_word(fold(name))
    return [
        tuple(w for w in tokenizer.cut_for_search(fold(text)) if _WORD.fullmatch(w))
        for text in texts
    ]


class Segmenter:
    """照文件里出现过的词切问话：每个位置取总的最常见的切法。

    参数:
        vocabulary: 词与出现的次数
    """

    def __init__(self, vocabulary: Counter[str]) -> None:
        self._logs = {
            word: math.log(count + 1) - math.log(sum(vocabulary.values()) + 1)
            for word, count in vocabulary.items()
            if len(word) > 1
        }
        self._longest = max(map(len, self._logs), default=1)
        self._least = min(self._logs.values(), default=-10.0) - 2.0

    def cut(self, text: str) -> list[str]:
        """切开一句（已折叠的）问话，只留认得的词。"""
        best: list[tuple[float, int]] = [(0.0, 0)] * (len(text) + 1)
        for end in range(1, len(text) + 1):
            start = max(0, end - self._longest)
            best[end] = max(
                (
                    best[at][0]
                    + self._logs.get(text[at:end], self._least * (end - at)),
                    at,
                )
                for at in range(start, end)
            )
        words: list[str] = []
        end = len(text)
        while end:
            start = best[end][1]
            if text[start:end] in self._logs:
                words.append(text[start:end])
            end = start
        return words[::-1]
