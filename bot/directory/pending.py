"""等着确认的更新：每人一份，过一会儿就作废。"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.messages import Person

from .edits import Edit

LIFETIME = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Proposal:
    """一份等着确认的更新。"""

    edits: tuple[Edit, ...]
    summary: str
    at: datetime


class Pending:
    """按（平台，号）记着，只在内存里。"""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], Proposal] = {}

    def keep(
        self, person: Person, edits: Sequence[Edit], summary: str, now: datetime
    ) -> Proposal | None:
        """记下，取代这个人上一份；返回被取代的。"""
        self._kept = {
            key: proposal
            for key, proposal in self._kept.items()
            if now - proposal.at <= LIFETIME
        }
        replaced = self._kept.get((person.platform, person.id))
        self._kept[person.platform, person.id] = Proposal(tuple(edits), summary, now)
        return replaced

    def take(self, person: Person, now: datetime) -> Proposal | None:
        """取走；没有或已过期则为 `None`。"""
        proposal = self._kept.pop((person.platform, person.id), None)
        if proposal is None or now - proposal.at > LIFETIME:
            return None
        return proposal
