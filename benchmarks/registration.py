"""一万条登记：读消息、确认、查找、导出各要多久。

用法：python -m benchmarks.registration [条数]
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from sqlalchemy import insert

from bot import clock
from bot.access import Access
from bot.confirming import Desk, Status
from bot.groups import Groups
from bot.knowledge import Lexicon
from bot.messages import Message, Person, Place, PlaceKind
from bot.outbox import Outbox, Reporting
from bot.registration import (
    Admission,
    Amended,
    Checks,
    DraftKind,
    Herald,
    Kind,
    Limits,
    Registrations,
    write_contacts,
    write_summary,
)
from bot.storage import Database
from bot.storage.tables import Registration, RegistrationVersion

COUNT = 10_000
LEXICON = Lexicon(Path("knowledge/lexicon"))
MESSAGE = (
    "登记 桂东示例{}职业技术学院 高职 张三 138{:08d} zhangsan{}@example.com "
    "学校代码4145012345 南宁市青秀区示例路1号 教务处副处长 南宁"
)


def _row(number: int, kind: Kind) -> dict[str, object]:
    school = f"桂东示例{number}职业技术学院"
    data = {
        "region": "广西",
        "school": school,
        "type": "高职",
        "code": "4145012345",
        "name": "张三",
        "phone": f"138{number:08d}",
        "email": f"zhangsan{number}@example.com",
    }
    if kind is Kind.PILOT:
        data |= {"certificate": "物流管理", "level": "初级", "majors": "物流、电商"}
        data |= {"major_count": "2", "size": "50"}
    return {
        "kind": kind.value,
        "platform": "qq",
        "user_id": str(number),
        "region": "广西",
        "school": school,
        "school_key": school,
        "entry": "张三",
        "search": " ".join(data.values()),
        "data": data,
        "version": 1,
        "created_at": clock.now(),
        "updated_at": clock.now(),
    }


async def _fill(database: Database, count: int) -> None:
    async with database.write() as session:
        for kind in Kind:
            rows = [_row(number, kind) for number in range(count)]
            await session.execute(insert(Registration), rows)
        versions = [
            {"registration_id": n + 1, "version": 1, "data": {}, "at": clock.now()}
            for n in range(count)
        ]
        await session.execute(insert(RegistrationVersion), versions)


async def _time(name: str, work: Callable[[], Awaitable[object]], times: int) -> None:
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        await work()
        spent.append((time.perf_counter() - start) * 1000)
    middle = sorted(spent)[len(spent) // 2]
    print(f"{name:<24}{times:>6}{middle:>12.1f}{max(spent):>12.1f}")


def main(arguments: Sequence[str] = ()) -> None:
    """量并打印；可以给条数，默认一万。"""
    asyncio.run(_measure(int(arguments[0]) if arguments else COUNT))


async def _measure(count: int) -> None:
    """建库、填满、逐项计时。"""
    with tempfile.TemporaryDirectory() as folder:
        database = await Database.open(f"sqlite+aiosqlite:///{folder}/a.db")
        await _fill(database, count)
        service = Registrations(database, Checks(LEXICON.regions))
        await service.load()
        desk = Desk(database, LEXICON.assents)
        access, outbox = Access(database, []), Outbox(database)
        reporting = Reporting(database, outbox, access, Groups(database))
        herald = Herald(outbox, reporting)
        admission = Admission(access, Limits(daily=count))
        desk.register(DraftKind(Kind.CONTACT, ("登记",), service, herald, admission))
        person = Person("qq", str(count // 2))
        place = Place("qq", PlaceKind.PRIVATE, person.id)

        async def read() -> None:
            service.read(Kind.CONTACT, MESSAGE.format("", 1, 1))

        async def amend() -> Amended:
            reading = service.read(Kind.CONTACT, MESSAGE.format("", 1, 1))
            return await service.amend(person, Kind.CONTACT, place, reading)

        async def register() -> None:
            number = (await amend()).draft.number
            said = Message("1", place, person, "确认", "m", True, clock.now())
            await desk.order(said, str(number), Status.CONFIRMED)

        async def export(kind: Kind) -> None:
            _, records = await service.find(kind, everywhere)
            path = Path(folder) / "a.xlsx"
            if kind is Kind.CONTACT:
                await asyncio.to_thread(write_contacts, path, records)
            else:
                await asyncio.to_thread(write_summary, path, records, 2020)

        everywhere = lambda _: True  # noqa: E731
        term = f"138{count // 3:08d}"
        print(f"{count} 条登记、{count} 行试点情况\n")
        print(f"{'':<24}{'次数':>6}{'中位 毫秒':>12}{'最慢 毫秒':>12}")
        await _time("读一条消息", read, 200)
        await _time("写草稿", amend, 50)
        await _time("写草稿并确认", register, 50)
        await _time("我的登记", lambda: service.mine(person), 100)
        await _time(
            "登记列表前 20 条",
            lambda: service.find(Kind.CONTACT, everywhere, limit=20),
            50,
        )
        await _time(
            "登记列表 手机号",
            lambda: service.find(Kind.CONTACT, everywhere, term, 20),
            50,
        )
        await _time("导出登记", lambda: export(Kind.CONTACT), 3)
        await _time("导出汇总表", lambda: export(Kind.PILOT), 3)
        await database.close()


if __name__ == "__main__":
    main(sys.argv[1:])
