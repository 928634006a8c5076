"""不停地登记并确认，供中途杀掉：每确认一条就报出校名。"""

import asyncio
import sys

from bot.messages import Person, Place, PlaceKind
from bot.registration import Checks, Kind, Registrations
from bot.storage import Database
from tests.lexicon import REGIONS


async def main(url: str, first: int) -> None:
    """从第 `first` 条起一直登记下去。"""
    database = await Database.open(url)
    service = Registrations(database, Checks(REGIONS))
    await service.load()
    number = first
    while True:
        person = Person("qq", str(number))
        place = Place("qq", PlaceKind.PRIVATE, person.id)
        text = f"桂东示例{number}职业技术学院 高职 张三 13800138000 广西"
        reading = service.read(Kind.CONTACT, text)
        await service.amend(person, Kind.CONTACT, place, reading)
        sys.stdout.write(f"draft {number}\n")
        sys.stdout.flush()
        confirmation = await service.confirm(person)
        assert confirmation is not None
        assert confirmation.change is not None
        sys.stdout.write(f"done {number}\n")
        sys.stdout.flush()
        number += 1


asyncio.run(main(sys.argv[1], int(sys.argv[2])))
