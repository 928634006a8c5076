"""由知识文件算出来的：算一次存进缓存，知识或程序变了就重算；同一个进程里共用一份。"""

import hashlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from .pickles import read_pickle, write_pickle

_SUFFIX = ".derived"
_WRITTEN = frozenset({".yaml", ".yml", ".txt"})
_PROGRAM = Path(__file__).parents[1]
_shared: dict[str, tuple[str, Any]] = {}
"""每样最近的一份：沙盒与真的群各有一个助手，同样的知识用同一份。"""

Made = TypeVar("Made")


class Derived:
    """一份知识算出来的各样东西。

    参数:
        folder: 存在哪个文件夹，可以还不存在；`None` 则每次现算
        knowledge: 知识文件夹
    """

    def __init__(
        self, folder: Path | None = None, knowledge: Path = Path("knowledge")
    ) -> None:
        self._folder = folder
        self._state = "" if folder is None else _contents(knowledge) + _program()

    def of(self, name: str, make: Callable[[], Made], *given: str) -> Made:
        """取出这一样，没有就算出来存下。

        参数:
            name: 叫什么，也是文件名的开头
            make: 怎样算；只能由知识文件与 `given` 算
            given: 知识文件以外，结果还由什么来
        """
        if self._folder is None:
            return make()
        key = _digest([self._state, *given])
        if (shared := _shared.get(name)) is not None and shared[0] == key:
            return shared[1]
        path = self._folder / f"{name}-{key}{_SUFFIX}"
        value = read_pickle(path)
        if value is None:
            value = make()
            for old in self._folder.glob(f"{name}-*{_SUFFIX}"):
                with suppress(OSError):
                    old.unlink()
            write_pickle(path, value)
        _shared[name] = key, value
        return value


def _contents(folder: Path) -> str:
    """各文件写着什么；学习结果由它们学来，不算。"""
    paths = sorted(p for p in folder.rglob("*") if p.suffix in _WRITTEN)
    return _digest(
        part
        for path in paths
        for part in (path.relative_to(folder).as_posix(), _read(path))
    )


def _read(path: Path) -> bytes:
    """读不了的当作没有：读它来用的人会说清楚。"""
    try:
        return path.read_bytes()
    except OSError:
        return b""


@cache
def _program() -> str:
    """程序是哪一版：改过一行，算出来的就可能不同。"""
    stats = ((path, path.stat()) for path in sorted(_PROGRAM.rglob("*.py")))
    return _digest(f"{path} {stat.st_size} {stat.st_mtime_ns}" for path, stat in stats)


def _digest(parts: Iterable[str | bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part if isinstance(part, bytes) else part.encode())
        digest.update(b"\x1e")
    return digest.hexdigest()[:24]
