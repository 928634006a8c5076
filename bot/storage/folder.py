"""数据目录：只给自己看，同时只归一个助手。"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.errors import StartupError


@contextmanager
def claimed(folder: Path) -> Iterator[None]:
    """占住数据目录，用完松开；进程没了，系统也会松开。

    异常:
        StartupError: 建不了，或另一个助手正用着它
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise StartupError(f"建不了数据目录：{error}") from error
    handle = _lock(folder)
    if handle is None:
        raise StartupError(f"数据目录 {folder} 正由另一个助手用着，请先停掉它")
    try:
        yield
    finally:
        os.close(handle)


def make_private(path: Path) -> None:
    """文件不存在就建一个空的；只许本人读写。

    异常:
        OSError: 建不了，或不是自己的
    """
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    path.chmod(0o600)


if sys.platform == "win32":
    import msvcrt

    def _lock(folder: Path) -> int | None:
        # 文件夹锁不了，锁里面的一个文件
        handle = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            os.close(handle)
            return None
        return handle

else:
    import fcntl

    def _lock(folder: Path) -> int | None:
        handle = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return None
        except OSError:
            # 有的网络文件系统不能锁文件夹：不锁，好过不能用
            pass
        return handle
