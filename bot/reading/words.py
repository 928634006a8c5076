"""切词：用 jieba，证书与机构的名字不切开；词典大，只在读文件的那个进程里装。"""

import logging
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.text import fold

if TYPE_CHECKING:
    from jieba import Tokenizer

_WORD = re.compile(r"[\w+]{2,}")


def cut_words(texts: Sequence[str], names: Iterable[str]) -> list[tuple[str, ...]]:
    """各段的词。"""
    tokenizer = _tokenizer(tuple(names))
    return [
        tuple(w for w in tokenizer.cut_for_search(fold(text)) if _WORD.fullmatch(w))
        for text in texts
    ]


@lru_cache(maxsize=1)
def _tokenizer(names: tuple[str, ...]) -> "Tokenizer":
    """认得这些名字的；装词典要一秒，名字一样就只装一次。"""
    import jieba

    jieba.setLogLevel(logging.ERROR)
    tokenizer = jieba.Tokenizer()
    for name in names:
        tokenizer.add_word(fold(name))
    return tokenizer
