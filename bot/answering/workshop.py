"""在哪里训练：条目少的就地练，多的另开一个进程，不占回答的时间，练完把内存也还回去。"""

import multiprocessing
import signal
from collections.abc import Sequence
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

from loguru import logger

from bot.knowledge.lexicon import Chatter

from .corpus import Unit
from .matcher import Matcher
from .training import train

APART = 1500
"""说法多于这么多句，就另开一个进程。"""


class Workshop:
    """训练的地方；一次只练一份。"""

    def __init__(self) -> None:
        self._process: SpawnProcess | None = None
        self._stopped = False

    def train(self, units: Sequence[Unit], background: Chatter) -> Matcher:
        """训练检索器，参数同 `train`；另开的进程出了意外就自己练。

        异常:
            InterruptedError: 训练中被 `stop` 叫停
        """
        if sum(len(unit.texts) for unit in units) <= APART:
            return train(units, background)
        context = multiprocessing.get_context("spawn")
        receiver, sender = context.Pipe(duplex=False)
        self._process = context.Process(
            target=_work, args=(sender, units, background), daemon=True
        )
        self._process.start()
        sender.close()
        try:
            return receiver.recv()
        except EOFError:
            if self._stopped:
                raise InterruptedError("训练被叫停") from None
            logger.warning("训练的进程没有交出结果，改在本进程里练")
            return train(units, background)
        finally:
            receiver.close()
            self._process.join()

    def stop(self) -> None:
        """叫停正在练的。"""
        self._stopped = True
        if self._process is not None and self._process.is_alive():
            self._process.terminate()


def _work(sender: Connection, units: Sequence[Unit], background: Chatter) -> None:
    # 按 Ctrl+C 时由主进程来停
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sender.send(train(units, background))
    sender.close()
