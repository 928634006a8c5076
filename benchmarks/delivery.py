"""发件箱与提醒计划有多快：`python -m benchmarks.delivery`。"""

import asyncio
import tempfile
import time
from pathlib import Path

from bot import clock
from bot.delivery import Outbox, Outgoing, Status
from bot.messages import Place, PlaceKind
from bot.storage import Database

ROWS = 3000
ACCOUNT = "10001"


async def _outbox(folder: str) -> list[tuple[str, int, float]]:
    database = await Database.open(f"sqlite+aiosqlite:///{Path(folder) / 'b.db'}")
    outbox = Outbox(database)
    places = [Place("qq", PlaceKind.GROUP, str(30000 + n)) for n in range(ROWS)]
    now = clock.now()
    started = time.perf_counter()
    await outbox.put(Outgoing("bench", "1", p, "请按时申报。", now) for p in places)
    results = [("放进发件箱", ROWS, time.perf_counter() - started)]
    await outbox.assign((place, ACCOUNT) for place in places)

    started = time.perf_counter()
    claimed = []
    while ready := await outbox.upcoming("qq", ACCOUNT):
        claimed += [await outbox.claim(delivery) for delivery in ready]
    results.append(("认领并记为正在发", len(claimed), time.perf_counter() - started))

    started = time.perf_counter()
    for delivery in claimed:
        await outbox.finish(delivery, Status.SENT, message_id=str(delivery.id))
    results.append(("记下结果", len(claimed), time.perf_counter() - started))
    await database.close()
    return results


def main() -> None:
    """跑一遍，打印表格。"""
    with tempfile.TemporaryDirectory() as folder:
        results = asyncio.run(_outbox(folder))
    print(f"{'步骤':<16}{'条数':>8}{'秒':>10}{'每秒':>10}")
    for name, number, seconds in results:
        print(f"{name:<16}{number:>8}{seconds:>10.3f}{number / seconds:>10.0f}")


if __name__ == "__main__":
    main()
