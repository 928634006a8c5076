"""写文件：要么整个写好，要么什么也没留下，说得出为什么没写成。"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.errors import NotStored

from .failures import FULL

UNFINISHED = ".writing-"
"""没写完的放在这样开头的文件夹里，写完或写不成都会删掉。"""
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def private_folder(folder: Path) -> Path:
    """一个只有自己可进的文件夹，没有就建。

    异常:
        NotStored: 建不了
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
    except OSError as error:
        raise NotStored(reason_not_written(folder.name, error)) from error
    return folder


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """先写在旁边只有自己可进的文件夹里，写完才挪到 `path`；只有自己可读。

    异常:
        NotStored: 磁盘满了、没有权限
    """
    try:
        with TemporaryDirectory(dir=path.parent, prefix=UNFINISHED) as folder:
            unfinished = Path(folder) / path.name
            yield unfinished
            unfinished.chmod(0o600)
            unfinished.replace(path)
    except OSError as error:
        raise NotStored(reason_not_written(path.name, error)) from error


def reason_not_written(name: str, error: OSError) -> str:
    """一个文件为什么没写成，写给人看的一句。"""
    if error.errno in _FULL:
        return FULL
    reason = error.strerror or type(error).__name__
    return (
        f"写不了 {name}（{reason}），没有存下。"
        "请检查文件夹的空间与权限，也别在别的软件里开着它。"
    )
