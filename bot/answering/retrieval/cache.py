"""训练结果的缓存：坏了、旧了就当没有，重新训练便是。"""

import os
from contextlib import suppress
from pathlib import Path
from weakref import WeakValueDictionary

from bot.storage.pickles import read_pickle, write_pickle

from .matcher import Matcher
from .training import ENGINE

KEPT = 3
_SUFFIX = ".matcher"
_IN_USE: WeakValueDictionary[Path, Matcher] = WeakValueDictionary()
"""这个进程里正用着的：沙盒与真的群各有一个助手，同样的知识共用一份。"""


class MatcherCache:
    """一个文件夹里的训练结果，只留最近的几份；每个文件是校验和加内容。

    参数:
        folder: 缓存文件夹，可以还不存在
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self, name: str) -> Matcher | None:
        """取出这一份；没有或坏了则为 `None`。"""
        path = self._path(name).absolute()
        matcher = _IN_USE.get(path) or _read(path)
        if matcher is not None:
            self._put_in_use(path, matcher)
            # 用着的算新的：沙盒里教来教去，不会把真的那份挤掉
            with suppress(OSError):
                os.utime(path)
        return matcher

    def load_latest(self) -> Matcher | None:
        """取出最近的一份，不管是哪批知识的。"""
        kept = self._kept()
        return _read(kept[0]) if kept else None

    def save(self, name: str, matcher: Matcher) -> None:
        """存一份，并用起来。"""
        self.write(name, matcher)
        self._put_in_use(self._path(name).absolute(), matcher)

    def write(self, name: str, matcher: Matcher) -> None:
        """只写文件。"""
        write_pickle(self._path(name), matcher)

    def _put_in_use(self, path: Path, matcher: Matcher) -> None:
        """记下在用，删掉太旧又没在用的。"""
        _IN_USE[path] = matcher
        with suppress(OSError):
            for old in self._kept()[KEPT:]:
                if old.absolute() not in _IN_USE:
                    old.unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self._folder / f"{ENGINE}-{name}{_SUFFIX}"

    def _kept(self) -> list[Path]:
        """本版算法的各份，新的在前。"""
        found = self._folder.glob(f"{ENGINE}-*{_SUFFIX}")
        return sorted(found, key=lambda path: path.stat().st_mtime, reverse=True)


def _read(path: Path) -> Matcher | None:
    loaded = read_pickle(path)
    return loaded if isinstance(loaded, Matcher) else None
