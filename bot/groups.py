"""群：所属地区、答疑模式、是否还在群里。"""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import select

from bot import clock
from bot.messages import Place, PlaceKind
from bot.storage import Database
from bot.storage.tables import Group


class Mode(StrEnum):
    """答疑模式：自动开口、点名才答、关闭。"""

    AUTO = "自动"
    MENTION = "点名"
    OFF = "关闭"


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
        self._turn = asyncio.Lock()

    async def load(self) -> None:
        """从数据库读入。"""
        async with self._database.read() as session:
            rows = (await session.scalars(select(Group))).all()
        self._groups = {
            place: GroupSettings(
                place, row.name, row.region, Mode(row.mode), row.active
            )
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
            place, lambda group: replace(group, name=name or group.name, active=True)
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

    async def _change(
        self, place: Place, change: Callable[[GroupSettings], GroupSettings]
    ) -> None:
        """一个接一个地改：先写库，写成了内存里才算；没有变化的不写。"""
        async with self._turn:
            group = change(self.get(place))
            if group == self._groups.get(place):
                return
            await self._store(group)
            self._groups[place] = group

    async def _store(self, group: GroupSettings) -> None:
        async with self._database.write() as session:
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
