"""读到第几页：读文件的进程写在标准错误里，助手那边认出来。"""

import re
import sys

_MARK = "\x1e"
_TOLD = re.compile(rf"{_MARK}(\d+)/(\d+)\s*")


def tell(done: int, total: int) -> None:
    """读完了第几页，一共几页。"""
    sys.stderr.write(f"{_MARK}{done}/{total}\n")
    sys.stderr.flush()


def told(line: str) -> tuple[int, int] | None:
    """一行说的是读到第几页；是别的话为 `None`。"""
    match = _TOLD.fullmatch(line)
    return (int(match[1]), int(match[2])) if match else None
