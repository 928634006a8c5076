"""角色与授权：谁可以做什么，一律按（平台，号）认人。"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from sqlalchemy import delete, select

from bot import clock
from bot.messages import SANDBOX_PLATFORMS, Person
from bot.storage import Database
from bot.storage.tables import Grant

NATIONWIDE = "全国"
"""授权不限地区时记作的地区。"""


class Role(IntEnum):
    """角色，大的包含小的。"""

    EVERYONE = 0
    SECRETARIAT = 1
    SUPERUSER = 2


@dataclass(frozen=True, slots=True)
class Rights:
    """一个人当前的权限；`regions` 只对秘书处有意义。"""

    role: Role
    regions: frozenset[str] = frozenset()

    @property
    def everywhere(self) -> bool:
        """哪个地区都管。"""
        return self.role is Role.SUPERUSER or NATIONWIDE in self.regions

    def covers(self, region: str | None) -> bool:
        """是否可以管理这个地区的事务。"""
        if self.everywhere:
            return True
        return self.role is Role.SECRETARIAT and region in self.regions


class Access:
    """认人与授权；授权表在内存里有一份，写入时同步更新。"""

    def __init__(self, database: Database, superusers: Iterable[str]) -> None:
        self._database = database
        self._superusers = frozenset(superusers)
        self._grants: dict[tuple[str, str], set[str]] = {}

    async def load(self) -> None:
        """从数据库读入全部授权。"""
        async with self._database.read() as session:
            rows = (await session.scalars(select(Grant))).all()
        self._grants.clear()
        for row in rows:
            self._grants.setdefault((row.platform, row.user_id), set()).add(row.region)

    def rights(self, person: Person) -> Rights:
        """查一个人的权限；匿名的认不出是谁，什么权限也没有。"""
        if person.is_anonymous:
            return Rights(Role.EVERYONE)
        if self._is_superuser(person):
            return Rights(Role.SUPERUSER)
        regions = self._grants.get((person.platform, person.id))
        if regions:
            return Rights(Role.SECRETARIAT, frozenset(regions))
        return Rights(Role.EVERYONE)

    def _is_superuser(self, person: Person) -> bool:
        if f"{person.platform}:{person.id}" in self._superusers:
            return True
        if person.platform in SANDBOX_PLATFORMS:
            return False
        # 纯数字的号只认 QQ：别的平台上可能有人号码相同
        bare = not person.id.isdecimal() or person.platform == "qq"
        return bare and person.id in self._superusers

    async def grant(self, person: Person, region: str, by: Person) -> bool:
        """授予某地区的秘书处权限；已有则返回 `False`。"""
        key = (person.platform, person.id)
        if region in self._grants.get(key, ()):
            return False
        async with self._database.write() as session:
            session.add(
                Grant(
                    platform=person.platform,
                    user_id=person.id,
                    region=region,
                    granted_by=by.id,
                    granted_at=clock.now(),
                )
            )
        self._grants.setdefault(key, set()).add(region)
        return True

    async def revoke(self, person: Person, region: str | None = None) -> int:
        """收回某地区（默认全部）的授权，返回收回了几项。"""
        key = (person.platform, person.id)
        held = self._grants.get(key, set())
        gone = held & {region} if region else set(held)
        if not gone:
            return 0
        async with self._database.write() as session:
            await session.execute(
                delete(Grant).where(
                    Grant.platform == person.platform,
                    Grant.user_id == person.id,
                    Grant.region.in_(gone),
                )
            )
        held -= gone
        if not held:
            self._grants.pop(key, None)
        return len(gone)

    def grants(self) -> list[tuple[str, str, str]]:
        """全部授权：（平台，号，地区），按此顺序排好。"""
        return sorted(
            (platform, user_id, region)
            for (platform, user_id), regions in self._grants.items()
            for region in regions
        )

    def secretariat(self, region: str | None) -> list[Person]:
        """可以管理某地区的秘书处人员。"""
        return [
            Person(platform, user_id)
            for (platform, user_id), regions in sorted(self._grants.items())
            if NATIONWIDE in regions or region in regions
        ]
