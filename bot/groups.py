"""群：所属地区、答疑模式、是否还在群里。"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from loguru import logger
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.messages import Place, PlaceKind
from bot.storage import Database
from bot.storage.tables import Group


class Mode(StrEnum):
    """答疑模式：自动开口、点名才答、关闭。"""

    AUTO = "自动"
    MENTION = "点名"
    OFF = "关闭"


MODE_NOTES = {
    Mode.AUTO: "正常：有把握时主动回答",
    Mode.MENTION: "只在被@、被引用或被叫到时回答",
    Mode.OFF: "不主动出声，被@或用口令时才应",
}
"""各种模式对人怎么说。"""


@dataclass(frozen=True, slots=True)
class GroupSettings:
    """一个群的设置。"""

    place: Place
    name: str = ""
    region: str | None = None
    mode: Mode = Mode.AUTO
    active: bool = True


class Groups:
    """见过的全部群；内存里有一份，写入时同步更新。"""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._groups: dict[Place, GroupSettings] = {}

    async def load(self) -> None:
        """从数据库读入。"""
        async with self._database.read() as session:
            rows = (await session.scalars(select(Group))).all()
        self._groups = {
            place: GroupSettings(place, row.name, row.region, _mode(row), row.active)
            for row in rows
            for place in [Place(row.platform, PlaceKind.GROUP, row.group_id)]
        }

    def get(self, place: Place) -> GroupSettings:
        """一个会话的设置；没见过的群与私聊都是默认设置。"""
        return self._groups.get(place) or GroupSettings(place)

    def all(self, regions: Iterable[str] | None = None) -> list[GroupSettings]:
        """还在的全部群，可只取某些地区，按平台与群号排好。"""
        wanted = None if regions is None else set(regions)
        return sorted(
            (
                group
                for group in self._groups.values()
                if group.active and (wanted is None or group.region in wanted)
            ),
            key=lambda group: (group.place.platform, group.place.id),
        )

    async def seen(self, place: Place, name: str = "") -> None:
        """在这个群里见到了消息：第一次见、改了名、或又回到群里时记下。"""
        known = self._groups.get(place)
        if known and known.active and (not name or name == known.name):
            return
        await self._change(
            place,
            lambda group: replace(group, name=name or group.name, active=True),
            casual=True,
        )

    async def bind(self, place: Place, region: str | None) -> None:
        """绑定地区；`None` 解除。"""
        await self._change(place, lambda group: replace(group, region=region))

    async def set_mode(self, place: Place, mode: Mode) -> None:
        """设置答疑模式。"""
        await self._change(place, lambda group: replace(group, mode=mode))

    async def deactivate(self, place: Place) -> None:
        """助手已不在这个群。"""
        await self._change(place, lambda group: replace(group, active=False))

    async def bind_within(
        self, session: AsyncSession, place: Place, region: str | None
    ) -> GroupSettings:
        """绑定地区，写进这个事务；提交之后要再 `keep`。"""
        group = replace(self.get(place), region=region)
        await _store(session, group)
        return group

    def keep(self, group: GroupSettings) -> None:
        """已经提交的，内存里也换上。"""
        self._groups[group.place] = group

    async def _change(
        self,
        place: Place,
        change: Callable[[GroupSettings], GroupSettings],
        *,
        casual: bool = False,
    ) -> None:
        """先写库，写成了内存里才算；没有变化的不写。"""
        if change(self.get(place)) == self._groups.get(place):
            return
        async with self._database.write(casual=casual) as session:
            # 写入是排着队的：轮到时再取现在的样子，才不会冲掉别人刚改的
            group = change(self.get(place))
            await _store(session, group)
        self.keep(group)


def _mode(row: Group) -> Mode:
    """存着的模式；认不出的当作点名才答，宁可少说。"""
    try:
        return Mode(row.mode)
    except ValueError:
        logger.warning(
            "群 {} {} 的答疑模式「{}」认不出，先当作「{}」；请重新设一次",
            row.platform, row.group_id, row.mode, Mode.MENTION,
        )  # fmt: skip
        return Mode.MENTION


async def _store(session: AsyncSession, group: GroupSettings) -> None:
    await session.merge(
        Group(
            platform=group.place.platform,
            group_id=group.place.id,
            name=group.name,
            region=group.region,
            mode=group.mode.value,
            active=group.active,
            updated_at=clock.now(),
        )
    )
