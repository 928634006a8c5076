"""用完的内存还给系统。"""

import ctypes
import sys
from contextlib import suppress


def give_back() -> None:
    """已经释放、而 C 库还留着的，还给系统；只有 Linux 的 glibc 要这样。"""
    if sys.platform == "linux":
        # 别的 C 库没有这个函数
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)
