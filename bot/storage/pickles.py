"""缓存文件：校验和加内容；坏了、旧了就当没有。"""

import hashlib
import pickle
from contextlib import suppress
from pathlib import Path
from typing import Any

from loguru import logger

_DIGEST = hashlib.sha256().digest_size
_UNREADABLE = (
    OSError,
    EOFError,
    pickle.UnpicklingError,
    AttributeError,
    ImportError,
    TypeError,
)


def read_pickle(path: Path) -> Any:
    """取出所存的；没有、坏了、是旧版程序存的为 `None`。"""
    try:
        with path.open("rb") as file:
            digest = file.read(_DIGEST)
            if hashlib.file_digest(file, "sha256").digest() != digest:
                return None
            file.seek(_DIGEST)
            return pickle.load(file)
    except _UNREADABLE:
        return None


def write_pickle(path: Path, value: object) -> None:
    """存下：先写临时的再改名；边写边存，不在内存里另留一份。写不了只记一笔。"""
    partial = path.with_suffix(".partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("w+b") as file:
            file.write(bytes(_DIGEST))
            pickle.dump(value, file, protocol=pickle.HIGHEST_PROTOCOL)
            file.seek(_DIGEST)
            digest = hashlib.file_digest(file, "sha256").digest()
            file.seek(0)
            file.write(digest)
        partial.replace(path)
    except OSError as error:
        logger.warning("{} 没能缓存：{}", path.name, error)
        with suppress(OSError):
            partial.unlink(missing_ok=True)
