"""消息成堆时，一个提问要等多久、占多少内存：群里刷屏、持续的高流量、许多人同时问。

用法：python -m benchmarks burst [数据文件夹]
"""

import asyncio
import itertools
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from .client import Frame, Gateway, gateway
from .measuring import conditions, megabytes, p50_p99_ms
from .processes import Server, assistant
from .roundtrip import GROUPS, sentences
from .tables import show

FLOODS = (5_000, 20_000)
RATE, RATE_SECONDS = 500, 20
IN_FLIGHT, ASKED = 64, 500
MEMORY_MB = 350
QUIET_SECONDS = 5


def main(arguments: Sequence[str] = ()) -> None:
    """量并打印。"""
    if arguments:
        asyncio.run(_measure(Path(arguments[0])))
        return
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_measure(Path(folder)))


async def _measure(folder: Path) -> None:
    chatter, questions = sentences()
    with assistant(folder, sandbox=False) as server:
        async with gateway(server.v11_url) as gate:
            rows = [_row("静止", [], server)]
            for count in FLOODS:
                waits = await _after_flood(gate, chatter, questions, count)
                rows.append(_row(f"{count} 条闲话之后问一句", waits, server))
                await asyncio.sleep(QUIET_SECONDS)
            waits = await _under_rate(gate, chatter, questions)
            rows.append(_row(f"每秒 {RATE} 条闲话里每秒问一句", waits, server))
            waits = await _all_at_once(gate, questions)
            rows.append(_row(f"{IN_FLIGHT} 个问题同时在问", waits, server))
            await asyncio.sleep(QUIET_SECONDS)
            rows.append(_row("静下来之后", [], server))
    show(
        "消息成堆",
        ("情形", "提问", "等待 p50 毫秒", "p99 毫秒", "内存 MB"),
        rows,
        f"目标：p99 一秒之内，内存不过 {MEMORY_MB} MB。",
        conditions(),
    )


def _row(kind: str, waits: Sequence[float], server: Server) -> list[str]:
    memory = megabytes(server.resident_mb())
    if not waits:
        return [kind, "-", "-", "-", memory]
    p50, p99 = p50_p99_ms(waits)
    return [kind, str(len(waits)), f"{p50:.0f}", f"{p99:.0f}", memory]


async def _after_flood(
    gate: Gateway, chatter: Iterator[str], questions: Iterator[str], count: int
) -> list[float]:
    """一口气发完闲话，再问一句。"""
    await gate.send(_idle(gate, chatter, count))
    return [await _ask(gate, next(questions))]


async def _under_rate(
    gate: Gateway, chatter: Iterator[str], questions: Iterator[str]
) -> list[float]:
    """一直有闲话，其间每秒问一句。"""

    async def flood() -> None:
        pieces = 20
        for _ in range(RATE_SECONDS * pieces):
            frames = _idle(gate, chatter, RATE // pieces)
            await asyncio.gather(gate.send(frames), asyncio.sleep(1 / pieces))

    flooding = asyncio.create_task(flood())
    waits = []
    while not flooding.done():
        waits.append(await _ask(gate, next(questions)))
        await asyncio.sleep(1)
    await flooding
    return waits


async def _all_at_once(gate: Gateway, questions: Iterator[str]) -> list[float]:
    """总有这么多人在等答案；一个得了答案，另一个就问。"""
    waits: list[float] = []
    sent: dict[int, float] = {}
    left = itertools.islice(questions, ASKED)

    async def ask_next() -> None:
        if (text := next(left, None)) is not None:
            frame = gate.in_private(text)
            sent[frame.number] = time.perf_counter()
            await gate.send([frame])

    for _ in range(IN_FLIGHT):
        await ask_next()
    while sent:
        number, _ = await gate.reply()
        if (started := sent.pop(number, None)) is not None:
            waits.append(time.perf_counter() - started)
            await ask_next()
    return waits


async def _ask(gate: Gateway, text: str) -> float:
    frame = gate.in_private(text)
    return (await gate.burst([frame], [frame])).seconds


def _idle(gate: Gateway, chatter: Iterator[str], count: int) -> list[Frame]:
    groups = itertools.cycle(GROUPS)
    texts = itertools.islice(chatter, count)
    return [gate.in_group(text, next(groups), addressed=False) for text in texts]
