"""在哪里训练：条目少的就地练，多的另开一个进程，不占回答的时间，练完把内存也还回去。

那个进程运行这里的 `main`：从标准输入读题，把练好的写进缓存，主进程再从缓存里取。
标准输入一直开着，断了就是主进程没了（被 kill -9 也一样），它随即结束。
"""

import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from loguru import logger

from bot.knowledge.lexicon import Chatter
from bot.text import Equivalents

from .cache import MatcherCache
from .corpus import PLAIN, Unit
from .matcher import Matcher
from .training import train

APART = 1500
"""说法多于这么多句，就另开一个进程。"""
COMMAND = (sys.executable, "-c", f"from {__name__} import main; main()")
_FRUGAL = {
    "MALLOC_MMAP_THRESHOLD_": "262144",
    "MALLOC_ARENA_MAX": "1",
    "OPENBLAS_NUM_THREADS": "1",
}
"""练的时候用完就还，只占一个核：另一个留给回答。"""
_ROOT = str(Path(__file__).parents[3])


class TrainingProcess:
    """训练，必要时另开进程；一次只练一份。

    参数:
        cache: 练好的存在哪里
    """

    def __init__(self, cache: MatcherCache) -> None:
        self._cache = cache
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = False

    def train(
        self,
        units: Sequence[Unit],
        background: Chatter,
        name: str,
        equivalents: Equivalents = PLAIN,
    ) -> Matcher:
        """训练检索器，存进缓存；另开的进程出了意外就自己练。

        参数:
            units: 检索单元
            background: 不该回答的话
            name: 在缓存里叫什么
            equivalents: 单元的说法是照它折叠的

        异常:
            InterruptedError: 训练中被 `stop` 叫停
        """
        if sum(len(unit.texts) for unit in units) <= APART:
            return self._train_here(units, background, name, equivalents)
        paths = os.pathsep.join(filter(None, (_ROOT, os.environ.get("PYTHONPATH"))))
        self._process = subprocess.Popen(
            COMMAND,
            stdin=subprocess.PIPE,
            env={**os.environ, **_FRUGAL, "PYTHONPATH": paths},
        )
        given = units, background, self._cache, name, equivalents
        _run(self._process, pickle.dumps(given))
        if self._stopped:
            raise InterruptedError("训练被叫停")
        if (learnt := self._cache.load(name)) is not None:
            return learnt
        logger.warning("训练的进程没有交出结果，改在本进程里练")
        return self._train_here(units, background, name, equivalents)

    def _train_here(
        self,
        units: Sequence[Unit],
        background: Chatter,
        name: str,
        equivalents: Equivalents,
    ) -> Matcher:
        matcher = train(units, background, equivalents=equivalents)
        self._cache.save(name, matcher)
        return matcher

    def stop(self) -> None:
        """叫停正在练的。"""
        self._stopped = True
        if self._process is not None:
            self._process.terminate()


def _run(process: subprocess.Popen[bytes], given: bytes) -> None:
    """交给它题，等它练完；其间不断开它的标准输入。"""
    assert process.stdin is not None
    with suppress(BrokenPipeError):
        process.stdin.write(given)
        process.stdin.flush()
    # 不用 communicate：它交完题就断开
    process.wait()
    with suppress(BrokenPipeError):
        process.stdin.close()


def end_with_parent() -> None:
    """读完题之后调用：标准输入一断就结束，不等练完。"""

    def watch() -> None:
        # 不经缓冲来读：退出时缓冲若还锁着，解释器会崩
        os.read(0, 1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def main() -> None:
    """在另开的进程里练。"""
    # 按 Ctrl+C 时由主进程来停
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # 走到哪一步直接说给看着终端的人
    handler = {"sink": sys.stderr, "format": "{message}", "level": "INFO"}
    logger.configure(handlers=[handler])  # type: ignore[list-item]
    units, background, cache, name, equivalents = pickle.load(sys.stdin.buffer)
    end_with_parent()
    cache.write(name, train(units, background, equivalents=equivalents))
