"""不停地登记并确认，供中途杀掉：每确认一条就报出校名。"""

import asyncio
import sys

from bot import clock
from bot.access import Access
from bot.confirming import Desk, Status
from bot.groups import Groups
from bot.messages import Message, Person, Place, PlaceKind
from bot.outbox import Outbox, Reporting
from bot.registration import (
    Admission,
    Checks,
    DraftKind,
    Herald,
    Kind,
    Registrations,
)
from bot.storage import Database
from tests.lexicon import LEXICON, REGIONS


async def main(url: str, first: int) -> None:
    """从第 `first` 条起一直登记下去。"""
    database = await Database.open(url)
    service = Registrations(database, Checks(REGIONS))
    await service.load()
    desk = Desk(database, LEXICON.assents)
    access, outbox = Access(database, []), Outbox(database)
    reporting = Reporting(database, outbox, access, Groups(database))
    herald = Herald(outbox, reporting)
    admission = Admission(access, service.limits)
    desk.register(DraftKind(Kind.CONTACT, ("登记",), service, herald, admission))
    number = first
    while True:
        person = Person("qq", str(number))
        place = Place("qq", PlaceKind.PRIVATE, person.id)
        text = f"桂东示例{number}职业技术学院 高职 张三 13800138000 广西"
        reading = service.read(Kind.CONTACT, text)
        amended = await service.amend(person, Kind.CONTACT, place, reading)
        sys.stdout.write(f"draft {number}\n")
        sys.stdout.flush()
        message = Message("10001", place, person, "确认", "m", True, clock.now())
        said = await desk.order(message, str(amended.draft.number), Status.CONFIRMED)
        assert said is not None
        assert "已登记" in said.text
        sys.stdout.write(f"done {number}\n")
        sys.stdout.flush()
        number += 1


asyncio.run(main(sys.argv[1], int(sys.argv[2])))
