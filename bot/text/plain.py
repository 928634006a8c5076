"""把收到的话写成平常的样子：繁体、全角、看不见的字、“一加叉”；别的都留着，好给人看。"""

import re
from pathlib import Path

from .names import SURNAMES

_, _TRADITIONAL, _SIMPLIFIED = (
    (Path(__file__).with_name("traditional.txt")).read_text("utf-8").splitlines()
)
_WIDE = {ord("！") + i: chr(ord("!") + i) for i in range(94)}
_TABLE = str.maketrans(_TRADITIONAL, _SIMPLIFIED) | {
    code: char for code, char in _WIDE.items() if char.isalnum() or char == "+"
}
_HAN = dict(zip(_TRADITIONAL, _SIMPLIFIED, strict=True))
_SURELY_TRADITIONAL = 3
"""有这么多个不同的繁体字，才整句都是繁体。"""
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe0e\ufe0f\ufeff]"
)
_THE_PILOT = re.compile(
    r"(?<!\d)[1一壹]\s*[+加十➕]\s*(?:[xX×✕Ⅹ叉](?![a-zA-Z])|[艾埃]克斯)"
)


def plain(text: str) -> str:
    """同一句话的平常写法。"""
    written = _INVISIBLE.sub("", text).translate(_TABLE)
    return _THE_PILOT.sub("1+X", written)


def simplified(text: str) -> str:
    """繁体写成简体，逐字对应；只有一两个的，也许是姓名里的字，姓氏不动。"""
    found = {char for char in text if char in _HAN}
    if not found:
        return text
    kept = SURNAMES if len(found) < _SURELY_TRADITIONAL else frozenset[str]()
    return "".join(char if char in kept else _HAN.get(char, char) for char in text)
