"""一条接一条地教：多久答复，每次学完主进程占多少内存，学的那个进程最多占多少。

用法：python -m benchmarks learning [教几条 [先有几条]]
"""

import asyncio
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bot import clock
from bot.storage import Database
from bot.storage.tables import LocalEntry

from .client import Gateway, gateway
from .measuring import KNOWLEDGE, conditions, resident_mb
from .phrases import make
from .processes import Server, serving
from .tables import show

BOSS = 1
LESSONS = 5
PEAK_MB = 400
WORDINGS = 2
_LEARNT = "已重新学习"
_LEARN_SECONDS = 600


def main(arguments: Sequence[str] = ()) -> None:
    """量并打印。"""
    lessons, before = (*map(int, arguments), *(LESSONS, 0)[len(arguments) :])
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_measure(Path(folder), lessons, before))


async def _measure(folder: Path, lessons: int, before: int) -> None:
    await _fill(folder, before)
    settings = {
        "DATA_DIR": str(folder),
        "KNOWLEDGE_DIR": str(KNOWLEDGE),
        "SANDBOX": "false",
        "SUPERUSERS": f'["{BOSS}"]',
    }
    with serving(["bot"], folder, settings) as server:
        async with gateway(server.v11_url) as gate:
            rows = [["教之前", "-", "-", f"{server.resident_mb():.0f}", "-"]]
            for number in range(lessons):
                rows.append(await _teach(gate, server, folder, number))
    show(
        f"先有 {before} 条，一条接一条地教",
        ("教", "答复 毫秒", "学完 秒", "主进程 MB", "学的进程多占 MB"),
        rows,
        f"目标：一秒之内答复；主进程回到开始的一成之内；多占不过 {PEAK_MB} MB。",
        conditions(),
    )


async def _teach(gate: Gateway, server: Server, folder: Path, number: int) -> list[str]:
    """教一条，等学完，歇一会儿再量。"""
    done = _log(folder).count(_LEARNT)
    frame = gate.in_private(f"教 造出来的第{number}问怎么办 = 造出来的答案", BOSS)
    started = time.perf_counter()
    watching = asyncio.create_task(_learnt(server, folder, done))
    await gate.send([frame])
    await gate.reply()
    answered = time.perf_counter() - started
    peak = await watching
    learnt = time.perf_counter() - started
    await asyncio.sleep(2)
    return [
        f"第 {number + 1} 条",
        f"{1000 * answered:.0f}",
        f"{learnt:.0f}",
        f"{server.resident_mb():.0f}",
        f"{peak:.0f}",
    ]


async def _learnt(server: Server, folder: Path, done: int) -> float:
    """等到又学完一次，返回学的进程比刚开始时最多多占多少。"""
    first, peak, before = 0.0, 0.0, len(_log(folder))
    async with asyncio.timeout(_LEARN_SECONDS):
        while _log(folder).count(_LEARNT) == done:
            resident = max(map(_resident, _children(server)), default=0.0)
            peak = max(peak, resident)
            if "学习 5%" in _log(folder)[before:]:
                first = first or resident
            await asyncio.sleep(0.05)
    return peak - first


def _children(server: Server) -> list[int]:
    own = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children")
    every = own.parent.parent.glob("*/children")
    return [int(child) for path in every for child in path.read_text().split()]


def _resident(process: int) -> float:
    return resident_mb(process) or 0.0


def _log(folder: Path) -> str:
    return (folder / "bot.log").read_text("utf-8", "replace")


async def _fill(folder: Path, count: int) -> None:
    """先有这么多条教过的。"""
    made = make(count // WORDINGS, WORDINGS) if count else []
    database = await Database.open(f"sqlite+aiosqlite:///{folder / 'assistant.db'}")
    async with database.write() as session:
        session.add_all(
            LocalEntry(
                question=text, answer="造出来的答案", region="全国", replaces=None,
                active=True, author=f"qq:{BOSS}", created_at=clock.now(),
            )
            for text in dict.fromkeys(text for one in made for text in one.wordings)
        )  # fmt: skip
    await database.close()
