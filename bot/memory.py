"""用完的内存还给系统。"""

import ctypes
import sys
from contextlib import suppress

_ARENA_MAX = -8
"""glibc 的 `mallopt` 里“最多几个分配区”的号。"""


def stay_frugal() -> None:
    """各线程合用一个分配区，用完的才还得干净；要在开别的线程之前说。"""
    _ask_glibc("mallopt", _ARENA_MAX, 1)


def give_back() -> None:
    """已经释放、而 C 库还留着的，还给系统；只有 Linux 的 glibc 要这样。"""
    _ask_glibc("malloc_trim", 0)


def _ask_glibc(function: str, *arguments: int) -> None:
    if sys.platform == "linux":
        # 别的 C 库没有这些函数
        with suppress(OSError, AttributeError):
            getattr(ctypes.CDLL(None), function)(*arguments)
