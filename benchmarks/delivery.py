"""发件箱与提醒计划有多快：`python -m benchmarks.delivery`。"""

import asyncio
import tempfile
import time
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from bot import clock
from bot.deadlines import Kind, ReportSetting, Window, plan, schedule
from bot.deadlines.workdays import Workdays
from bot.groups import GroupSettings
from bot.messages import Place, PlaceKind
from bot.outbox import Outbox, Outgoing, Status
from bot.storage import Database
from bot.text.dates import Moment

ROWS = 50 * 40
GROUPS = 1000
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
        claimed += [await outbox.claim(item, item.content) for item in ready]
    results.append(("认领并记为正在发", len(claimed), time.perf_counter() - started))

    started = time.perf_counter()
    for delivery in claimed:
        await outbox.finish(delivery, Status.SENT, message_id=str(delivery.id))
    results.append(("记下结果", len(claimed), time.perf_counter() - started))
    await database.close()
    return results


def _planning() -> tuple[str, int, float]:
    """一千个群、二十个窗口与两个地区的双周报，排一年的提醒。"""
    regions = ("山东", "广西")
    groups = [
        GroupSettings(Place("qq", PlaceKind.GROUP, str(n)), region=regions[n % 2])
        for n in range(GROUPS)
    ]
    first = date(2027, 3, 1)
    windows = [
        Window(
            str(n),
            regions[n % 2],
            "申报",
            Kind.DECLARATION,
            Moment(first + timedelta(days=7 * n)),
            Moment(first + timedelta(days=7 * n + 90)),
        )
        for n in range(20)
    ]
    start = datetime(2027, 1, 1, tzinfo=clock.ZONE)
    reports = [ReportSetting(region, start) for region in regions]
    started = time.perf_counter()
    occurrences = plan(
        windows, reports, {}, Workdays(), start, start + timedelta(days=365)
    )
    reminders = sum(len(schedule(o, groups)) for o in occurrences)
    return f"排提醒（{GROUPS} 个群，一年）", reminders, time.perf_counter() - started


def main(arguments: Sequence[str] = ()) -> None:
    """跑一遍，打印表格。"""
    with tempfile.TemporaryDirectory() as folder:
        results = asyncio.run(_outbox(folder))
    results.append(_planning())
    print(f"{'步骤':<22}{'条数':>8}{'秒':>10}{'每秒':>10}")
    for name, number, seconds in results:
        print(f"{name:<22}{number:>8}{seconds:>10.3f}{number / seconds:>10.0f}")


if __name__ == "__main__":
    main()
