"""长文字：拆成几条（尽量在段落、行、句子处断开），或缩成一行。"""

from collections.abc import Callable

_BREAKS = ("\n\n", "\n", "。", "；", "，", " ")


def split(text: str, limit: int, size: Callable[[str], int] = len) -> list[str]:
    """拆成每段不超过 `limit` 的几段；一个字也不丢，只去掉断处的空白。

    参数:
        limit: 每段的上限
        size: 怎么量一段文字的大小，默认数字符

    异常:
        ValueError: 上限小得放不下一个字
    """
    pieces: list[str] = []
    rest = text.strip()
    while size(rest) > limit:
        fits = _longest_prefix(rest, limit, size)
        if fits == 0:
            raise ValueError("每段的上限太小，放不下一个字")
        cut = _cut(rest[:fits])
        pieces.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*pieces, rest] if rest or not pieces else pieces


def utf8_size(text: str) -> int:
    """UTF-8 编码的字节数。"""
    return len(text.encode())


def shorten(text: str, limit: int = 40) -> str:
    """一行以内的摘要。"""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[:limit] + "…"


def _longest_prefix(text: str, limit: int, size: Callable[[str], int]) -> int:
    low, high = 0, min(len(text), limit)
    while low < high:
        middle = (low + high + 1) // 2
        if size(text[:middle]) <= limit:
            low = middle
        else:
            high = middle - 1
    return low


def _cut(piece: str) -> int:
    """在后半段里找最好的断处；没有就硬断。"""
    for mark in _BREAKS:
        at = piece.rfind(mark)
        if at >= len(piece) // 2:
            return at + len(mark)
    return len(piece)
