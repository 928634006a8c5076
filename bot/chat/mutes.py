"""助手在哪些群被禁言，到什么时候为止：禁言时不去碰网关，解除了接着发。"""

from datetime import datetime, timedelta

from bot import clock
from bot.messages import Place


class Mutes:
    """按（会话，账号）记着，过了时候自己作废。"""

    def __init__(self) -> None:
        self._until: dict[tuple[Place, str], datetime] = {}

    def mute(self, place: Place, account: str, length: timedelta) -> None:
        """从现在起禁言这么久。"""
        self._until[place, account] = clock.now() + length

    def lift(self, place: Place, account: str) -> None:
        """解除。"""
        self._until.pop((place, account), None)

    def until(self, place: Place, account: str) -> datetime | None:
        """禁言到什么时候；没被禁言为 `None`。"""
        until = self._until.get((place, account))
        if until is not None and until <= clock.now():
            del self._until[place, account]
            return None
        return until
