"""数据目录与数据库文件：只给自己看，同时只归一个助手。"""

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import StartupError


@contextmanager
def claimed(folder: Path, database: Path | None = None) -> Iterator[None]:
    """占住数据目录与数据库文件，用完松开；进程没了，系统也会松开。

    数据目录不同，DATABASE_URL 也可能写着同一个文件，所以两样都占。

    参数:
        database: SQLite 文件，不必在数据目录里；不是 SQLite 的为 `None`

    异常:
        StartupError: 建不了，或另一个助手正用着它
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise StartupError(f"建不了数据目录：{error}") from error
    with ExitStack() as held:
        _hold(held, _lock(folder), f"数据目录 {folder}")
        if database is not None:
            _hold(held, _lock_database(database), f"数据库 {database}")
        yield


def _hold(held: ExitStack, handle: int | None, what: str) -> None:
    if handle is None:
        raise StartupError(f"{what} 正由另一个助手用着，请先停掉它")
    held.callback(os.close, handle)


def _lock_database(file: Path) -> int | None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not file.exists():
            make_private(file)
        return _lock(file)
    except OSError as error:
        raise StartupError(f"打不开数据库 {file}：{error}") from error


def sqlite_file(url: str) -> Path | None:
    """数据库地址里的 SQLite 文件；不是文件的、地址不对的为 `None`。"""
    try:
        parsed = make_url(url)
    except ArgumentError:
        return None
    name = parsed.database
    is_file = parsed.get_backend_name() == "sqlite" and name not in (None, ":memory:")
    return Path(name) if is_file and name else None


def make_private(path: Path) -> None:
    """文件不存在就建一个空的；只许本人读写。

    异常:
        OSError: 建不了，或不是自己的
    """
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    path.chmod(0o600)


if sys.platform == "win32":
    import msvcrt

    def _lock(path: Path) -> int | None:
        # 文件夹锁不了，数据库锁了别的连接就读不了：锁旁边的一个文件
        lock = path / ".lock" if path.is_dir() else Path(f"{path}.lock")
        handle = os.open(lock, os.O_RDWR | os.O_CREAT)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            os.close(handle)
            return None
        return handle

else:
    import fcntl

    def _lock(path: Path) -> int | None:
        # 与 SQLite 自己的锁互不相干；打开着的要留到最后才关，
        # 关得早了，SQLite 在这个文件上的锁会一起没了
        handle = os.open(path, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return None
        except OSError:
            # 有的网络文件系统锁不了：不锁，好过不能用
            pass
        return handle
