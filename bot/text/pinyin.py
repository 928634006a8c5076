"""汉字的读音：只看单字。pypinyin 里词组的读音有四万多条，占四十多兆，不装。"""

import os
from functools import lru_cache

os.environ["PYPINYIN_NO_PHRASES"] = "true"


@lru_cache(maxsize=16384)
def readings(char: str) -> tuple[str, ...]:
    """一个汉字的各种读音，不带声调，常用的在前；不是汉字的为空。"""
    return _read(char, "NORMAL") if is_han(char) else ()


def reading(char: str) -> str:
    """一个字最常用的读音，不带声调；不是汉字的照原样。"""
    return readings(char)[0] if is_han(char) else char


@lru_cache(maxsize=16384)
def toned(char: str) -> str:
    """一个字最常用的读音，声调写在后面；不是汉字的照原样。"""
    return _read(char, "TONE3")[0] if is_han(char) else char


def is_han(char: str) -> bool:
    """是不是一个汉字。"""
    return len(char) == 1 and "\u3400" <= char <= "\u9fff"


def _read(char: str, style: str) -> tuple[str, ...]:
    from pypinyin import Style, pinyin

    return tuple(pinyin(char, style=Style[style], heteronym=True)[0])
