"""反复 kill -9：一条不丢，一条不重，每条都有着落。"""

import asyncio
import random
import sys
import time
from collections import Counter
from pathlib import Path

from bot import clock
from bot.delivery import Outbox, Outgoing, Status
from bot.messages import Place, PlaceKind
from bot.storage import Database

from .gateway_server import GatewayServer

GROUPS = 50
MESSAGES = 40
KILLS = 30
DRIVER = Path(__file__).with_name("driver.py")
ROOT = Path(__file__).parents[2]


async def _spawn(url: str, port: int) -> asyncio.subprocess.Process:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(DRIVER),
        url,
        str(port),
        stdout=asyncio.subprocess.PIPE,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
    )
    assert process.stdout
    assert (await process.stdout.readline()).strip() == b"ready"
    return process


async def _kill(process: asyncio.subprocess.Process) -> None:
    process.kill()
    await process.communicate()


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
    for _ in range(KILLS):
        process = await _spawn(url, port)
        await asyncio.sleep(chance.uniform(0.02, 0.4))
        await _kill(process)
    killed_midway = await outbox.counts()
    assert killed_midway.get(Status.PENDING, 0) > 0, "杀得太晚，全都发完了"

    process = await _spawn(url, port)
    deadline = time.monotonic() + 60
    while await outbox.counts() != {Status.SENT: GROUPS * MESSAGES}:
        assert time.monotonic() < deadline, await outbox.counts()
        await asyncio.sleep(0.2)
    await _kill(process)
    await server.stop()
    await database.close()

    assert server.timeouts > GROUPS * MESSAGES * 0.06
    for group in groups:
        received = Counter(text for _, text, _ in server.ledger[group][1:])
        assert received == Counter(texts), group
