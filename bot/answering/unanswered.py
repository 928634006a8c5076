"""没答上来、等秘书处处理的问题。"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from loguru import logger
from sqlalchemy import Select, delete, select

from bot import clock
from bot.access import NATIONWIDE
from bot.errors import NotStored
from bot.messages import Message, Place, PlaceKind
from bot.storage import Database
from bot.storage.tables import Unanswered
from bot.text import Masker, fold


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """一个等着处理的问题；`number` 用来回答它，`asked_at` 是最近一次问的。"""

    number: int
    text: str
    region: str | None
    times: int
    asked_at: datetime


KEEP = timedelta(days=180)


class UnansweredQuestions:
    """没答上来、等秘书处处理的问题。

    参数:
        masker: 遮住其中个人的号码
        keep: 留多久，过后不论处理没有都删掉
    """

    def __init__(
        self,
        database: Database,
        masker: Masker | None = None,
        keep: timedelta = KEEP,
    ) -> None:
        self._database = database
        self._masker = masker or Masker()
        self._keep = keep

    async def add(self, message: Message, text: str, region: str | None) -> int:
        """记下一个问题，返回编号；同一处问过同样的，只累计次数。

        其中个人的号码、邮箱、门牌遮住再记。
        """
        text = self._masker.mask(text)
        folded = fold(text)
        place = message.place
        async with self._database.write() as session:
            same = await session.scalar(
                _alike(folded, region).where(
                    Unanswered.platform == place.platform,
                    Unanswered.place_kind == place.kind.value,
                    Unanswered.place_id == place.id,
                )
            )
            if same is not None:
                same.times += 1
                return same.id
            row = Unanswered(
                platform=place.platform,
                account=message.account,
                place_kind=place.kind.value,
                place_id=place.id,
                user_id=message.person.id,
                user_name=message.person.name,
                message_id=message.message_id,
                text=text,
                folded=folded,
                region=region,
                times=1,
                asked_at=clock.now(),
            )
            session.add(row)
            await session.flush()
            return row.id

    async def note(self, message: Message, text: str, region: str | None) -> bool:
        """同 `add`，但回答不靠写库：没能记下的只返回 `False`。"""
        try:
            await self.add(message, text, region)
        except NotStored as error:
            logger.warning("没答上来的问题没能记下：{}", error)
            return False
        return True

    async def open(
        self, regions: frozenset[str] | None, limit: int = 20
    ) -> list[OpenQuestion]:
        """还没处理的，问得多的、新的在前；几处问的同一个问题合成一个。

        参数:
            regions: 只看这些地区与没有地区的；`None` 看全部
        """
        query = select(Unanswered).where(Unanswered.answered_at.is_(None))
        if regions is not None and NATIONWIDE not in regions:
            query = query.where(
                Unanswered.region.in_(regions) | Unanswered.region.is_(None)
            )
        merged: dict[tuple[str, str | None], OpenQuestion] = {}
        async with self._database.read() as session:
            for row in await session.scalars(query.order_by(Unanswered.id)):
                key = (row.folded, row.region)
                before = merged.get(key)
                merged[key] = OpenQuestion(
                    before.number if before else row.id,
                    self._masker.mask(row.text),
                    row.region,
                    row.times + (before.times if before else 0),
                    row.asked_at,
                )
        ordered = sorted(merged.values(), key=lambda q: (-q.times, -q.number))
        return ordered[:limit]

    async def get(self, number: int) -> Unanswered | None:
        """某个编号的问题。"""
        async with self._database.read() as session:
            return await session.get(Unanswered, number)

    async def prune(self) -> None:
        """删掉太久以前问的。"""
        oldest = clock.now() - self._keep
        async with self._database.write() as session:
            await session.execute(
                delete(Unanswered).where(Unanswered.asked_at < oldest)
            )

    async def places(self, row: Unanswered) -> int:
        """这个问题在几处问过、还没处理。"""
        async with self._database.read() as session:
            return len((await session.scalars(_alike(row.folded, row.region))).all())

    async def settle(self, number: int, entry: int | None) -> list[Unanswered]:
        """处理完毕：连同别处问的同一个问题。返回要回复的各处；早已处理过的为空。

        参数:
            entry: 由此而来的本地知识编号
        """
        async with self._database.write() as session:
            row = await session.get_one(Unanswered, number)
            if row.answered_at is not None:
                return []
            rows = list(await session.scalars(_alike(row.folded, row.region)))
            for one in rows:
                one.answered_at = clock.now()
                one.entry_id = entry
        return rows


def _alike(folded: str, region: str | None) -> Select[Unanswered]:
    """还没处理的、同一地区的同一个问题。"""
    return select(Unanswered).where(
        Unanswered.folded == folded,
        Unanswered.region.is_not_distinct_from(region),
        Unanswered.answered_at.is_(None),
    )


def place_of(row: Unanswered) -> Place:
    """问题是在哪里问的。"""
    return Place(row.platform, PlaceKind(row.place_kind), row.place_id)
