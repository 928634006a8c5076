"""哪些账号在哪些会话里：发往一处，只经由确实在那里的账号。"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from enum import Enum

from sqlalchemy import select

from bot import clock
from bot.errors import NotStored
from bot.messages import Place, PlaceKind
from bot.storage import Database
from bot.storage.tables import Membership

from .channels import Channel

ASK_EVERY = timedelta(minutes=10)
"""账号的群名单隔多久再问一次。"""


class _Tie(Enum):
    """一个账号与一个会话。"""

    PRESENT = "在"
    GONE = "在过，网关说已不在"
    STRANGER = "没听说在过，网关说不在"


class AccountRoutes:
    """账号与会话的来往。

    在那里收到过消息、发成过、或网关的群名单里有，就算在。
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._ties: dict[Place, dict[str, _Tie]] = {}
        self._homes: dict[Place, str] = {}
        self._accounts: set[tuple[str, str]] = set()
        self._lists: dict[tuple[str, str], tuple[datetime, frozenset[str]]] = {}

    async def load(self, homes: dict[Place, str]) -> None:
        """从数据库读入。

        参数:
            homes: 各会话最近一次发成用的账号
        """
        async with self._database.read() as session:
            rows = (await session.scalars(select(Membership))).all()
        for row in rows:
            place = Place(row.platform, PlaceKind(row.place_kind), row.place_id)
            tie = _Tie.PRESENT if row.present else _Tie.GONE
            self._ties.setdefault(place, {}).setdefault(row.account, tie)
            self._accounts.add((row.platform, row.account))
        self._homes = {**homes, **self._homes}

    async def heard(self, place: Place, account: str, *, keep: bool = True) -> None:
        """这个账号在这个会话里收到或发成了消息：以后先由它发。

        参数:
            keep: 记进数据库；不会主动去发的会话不必
        """
        self._homes[place] = account
        await self._tie(place, account, _Tie.PRESENT, keep=keep)

    async def gone(self, place: Place, account: str) -> None:
        """网关说这个账号不在这个会话里。"""
        known = account in self._known(place)
        tie = _Tie.GONE if known else _Tie.STRANGER
        await self._tie(place, account, tie, keep=known)

    async def _tie(self, place: Place, account: str, tie: _Tie, *, keep: bool) -> None:
        self._accounts.add((place.platform, account))
        ties = self._ties.setdefault(place, {})
        if ties.get(account) is tie:
            return
        ties[account] = tie
        if not keep:
            return
        row = Membership(
            platform=place.platform,
            place_kind=place.kind,
            place_id=place.id,
            account=account,
            present=tie is _Tie.PRESENT,
            updated_at=clock.now(),
        )
        try:
            async with self._database.write(casual=True) as session:
                await session.merge(row)
        except NotStored:
            # 下次再见到时还会来记
            ties.pop(account, None)
            raise

    def route(self, place: Place, connected: Sequence[str]) -> str:
        """由哪个连着的账号发；空为等。

        有账号在那里，就只等它们：别的账号不在那里，去发只会被拒。
        从没有账号在过、或在过的都走了，才让没试过的去试。
        """
        present = self._present(place)
        if self._homes.get(place) in present & set(connected):
            return self._homes[place]
        ties = self._ties.get(place, {})
        able = present or {account for account in connected if account not in ties}
        return next((account for account in connected if account in able), "")

    def is_lost(self, place: Place, connected: Sequence[str]) -> bool:
        """没有一个账号可能还在那里：在过的都已不在，或全部账号都说不在。"""
        if self._present(place) or self.route(place, connected):
            return False
        every = {
            name for platform, name in self._accounts if platform == place.platform
        }
        return bool(self._known(place)) or every <= self._ties.get(place, {}).keys()

    def _present(self, place: Place) -> set[str]:
        ties = self._ties.get(place, {})
        return {account for account, tie in ties.items() if tie is _Tie.PRESENT}

    def _known(self, place: Place) -> set[str]:
        ties = self._ties.get(place, {})
        return {account for account, tie in ties.items() if tie is not _Tie.STRANGER}

    async def ask(
        self, channel: Channel, account: str, places: Collection[Place]
    ) -> bool:
        """这些群没有账号可走：问问这个账号，是不是也在；返回有没有它在的。"""
        found = False
        for place in places:
            if place.id in await self._list(channel, place.platform, account):
                await self._tie(place, account, _Tie.PRESENT, keep=True)
                found = True
        return found

    async def _list(
        self, channel: Channel, platform: str, account: str
    ) -> frozenset[str]:
        key, now = (platform, account), clock.now()
        self._accounts.add(key)
        asked, groups = self._lists.get(key, (None, frozenset()))
        if asked is None or now - asked >= ASK_EVERY:
            groups = await channel.group_ids(platform, account) or frozenset()
            self._lists[key] = (now, groups)
        return groups
