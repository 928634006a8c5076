"""谁在哪个群里：说过话的（在群里登记也要说话）才算，免得@到不在群里的人。"""

from sqlalchemy import select

from bot import clock
from bot.messages import Message, Person, Place, PlaceKind
from bot.storage import Database
from bot.storage.tables.deadlines import GroupVoice


class Voices:
    """各群里说过话的人；先记在内存里，`flush` 时一并存下。"""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[Place, set[str]] = {}
        self._fresh: list[tuple[Place, str]] = []

    async def load(self) -> None:
        """从数据库读入。"""
        async with self._database.read() as session:
            rows = (await session.scalars(select(GroupVoice))).all()
        for row in rows:
            place = Place(row.platform, PlaceKind.GROUP, row.group_id)
            self._known.setdefault(place, set()).add(row.user_id)

    def heard(self, message: Message) -> None:
        """有人说了一句。"""
        if not message.place.is_group or self.knows(message.place, message.person):
            return
        self._known.setdefault(message.place, set()).add(message.person.id)
        self._fresh.append((message.place, message.person.id))

    def knows(self, place: Place, person: Person) -> bool:
        """这个人是不是在这个群里说过话。"""
        return person.platform == place.platform and person.id in self._known.get(
            place, ()
        )

    async def flush(self) -> None:
        """存下新见到的。"""
        fresh = tuple(self._fresh)
        if not fresh:
            return
        async with self._database.write() as session:
            for place, user_id in fresh:
                await session.merge(
                    GroupVoice(
                        platform=place.platform,
                        group_id=place.id,
                        user_id=user_id,
                        at=clock.now(),
                    )
                )
        del self._fresh[: len(fresh)]
