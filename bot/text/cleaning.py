"""把外面来的文字弄完整：半个表情、控制符、看不见的字符，都在进门时收拾掉。

网关的帧、表格、沙盒的表单，读进来的第一件事就是经过这里，后面的各处不必再防。
"""

import re
from typing import Any

_UNSEEN = (
    r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"  # 控制符，换行与制表除外
    r"\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    r"\ufeff\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e007f"  # 零宽、方向与标签
    r"\u115f\u1160\u3164\uffa0"  # 空的谚文
    r"\ud800-\udfff"  # 落单的半个字
)
_UNTIDY = re.compile(
    rf"[{_UNSEEN}\r\x85\u2028\u2029\u00a0\u2000-\u200a\u202f\u205f\u2800]"
)
_GONE = re.compile(rf"[{_UNSEEN}]")
_NEW_LINE = re.compile("\r\n?|[\x85\u2028\u2029]")
_SPACE = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u2800]")
_HALVES = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def clean(text: str) -> str:
    """一段文字里看得见的部分：空白统一成空格与换行，成对的半个字拼成一个。"""
    if _UNTIDY.search(text) is None:
        return text
    text = _HALVES.sub(_joined, text)
    text = _NEW_LINE.sub("\n", text)
    return _GONE.sub("", _SPACE.sub(" ", text))


def clean_all(value: Any) -> Any:
    """字典、列表里的每一段文字都收拾一遍，键也一样；别的原样。"""
    match value:
        case str():
            return clean(value)
        case dict():
            return {clean_all(name): clean_all(item) for name, item in value.items()}
        case list():
            return [clean_all(item) for item in value]
        case _:
            return value


def _joined(halves: re.Match[str]) -> str:
    return halves[0].encode("utf-16", "surrogatepass").decode("utf-16")
