"""反复 kill -9：一条不丢，一条不重，每条都有着落。"""

import asyncio
import os
import random
import signal
import sys
import time
from collections import Counter
from pathlib import Path

from bot import clock
from bot.messages import Place, PlaceKind
from bot.outbox import Outbox, Outgoing, Status
from bot.storage import Database

from .gateway_server import GatewayServer

GROUPS = 50
MESSAGES = 40
KILLS = 30
PATIENCE = 180
DRIVER = Path(__file__).with_name("driver.py")
ROOT = Path(__file__).parents[2]


class Driver:
    """反复启动、反复杀掉的那个进程。"""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._pid = 0

    @classmethod
    async def open(cls, url: str, port: int) -> "Driver":
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            str(DRIVER),
            url,
            str(port),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env={"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]},
        )
        return cls(process)

    async def start(self) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(b"go\n")
        said: set[bytes] = set()
        while not said >= {b"pid", b"ready"}:
            words = (await self._process.stdout.readline()).split()
            said.add(words[0])
            if words[0] == b"pid":
                self._pid = int(words[1])

    def kill(self) -> None:
        os.kill(self._pid, signal.SIGKILL)
        self._pid = 0

    async def close(self) -> None:
        if self._pid:
            self.kill()
        assert self._process.stdin
        self._process.stdin.close()
        await self._process.wait()


async def test_nothing_lost_or_doubled_over_thirty_kills(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'assistant.db'}"
    server = GatewayServer()
    port = await server.start()
    database = await Database.open(url)
    outbox = Outbox(database)
    groups = [f"3{number:04}" for number in range(GROUPS)]
    for group in groups:
        server.greet(group)
    now = clock.now()
    # 每个群的第七、八条文字相同：同样的话说两次，也要恰好两次
    texts = [f"第{n}条通知" if n != 8 else "第7条通知" for n in range(MESSAGES)]
    await outbox.put(
        Outgoing(f"test:{n}", "1", Place("qq", PlaceKind.GROUP, group), text, now)
        for n, text in enumerate(texts)
        for group in groups
    )
    chance = random.Random(2026)
    driver = await Driver.open(url, port)
    try:
        for _ in range(KILLS):
            await driver.start()
            await asyncio.sleep(chance.uniform(0.02, 0.4))
            driver.kill()
        unfinished = (await outbox.counts()).get(Status.PENDING, 0)
        assert unfinished > 0, "杀得太晚，全都发完了"
        await driver.start()
        deadline = time.monotonic() + PATIENCE
        while await outbox.counts() != {Status.SENT: GROUPS * MESSAGES}:
            assert time.monotonic() < deadline, await outbox.counts()
            await asyncio.sleep(0.5)
    finally:
        await driver.close()
        await server.stop()
        await database.close()

    assert server.timeouts > GROUPS * MESSAGES * 0.06
    for group in groups:
        received = Counter(text for _, text, _ in server.ledger[group][1:])
        assert received == Counter(texts), group
