"""等着确认的一件事，与各类事要告诉确认台的。"""

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, TypeAlias

from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import AssistantError
from bot.messages import Person, Place

from . import wording
from .changing import Swap

After: TypeAlias = Callable[[], Awaitable[str]]
"""事务提交之后要做的，返回对人说的话。"""


class Status(StrEnum):
    """一件事等着、做了、不做了、被同一人新提的取代，还是所依据的已经变了。"""

    OPEN = "open"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"
    REPLACED = "replaced"
    SUPERSEDED = "superseded"
    EXPIRED = "expired"


class NotReady(AssistantError):
    """内容还不齐，不能确认；事情照样等着，再出示一遍。消息是开头要说的。"""


@dataclass(frozen=True, slots=True)
class Proposal:
    """一件等着确认的事。

    参数:
        number: 编号，全助手通用
        subject: 它要改的东西，如 `window:3`；空为不与别的事相干
        payload: 照办所需的内容，了结之后清空
        author: 提出的人
        place: 最近一次在哪里出示
        settled_at: 何时了结；还等着为 `None`
    """

    number: int
    kind: str
    subject: str
    payload: Mapping[str, Any]
    status: Status
    author: Person
    place: Place
    opened_at: datetime
    shown_at: datetime
    expires_at: datetime
    settled_at: datetime | None = None


class Kind(ABC):
    """一类要确认的事；由各功能实现，登记到确认台。

    `name` 存在数据库里，不可改；`titles` 是人怎么称呼它（`确认登记`），第一个是正式的；
    `lifetime` 是最后一次出示之后多久不确认就作废。
    """

    name: str
    titles: tuple[str, ...]
    lifetime: timedelta = timedelta(hours=24)

    @abstractmethod
    async def show(self, proposal: Proposal, place: Place) -> str:
        """在一个会话里怎么出示，含怎么确认、怎么取消。"""

    @abstractmethod
    def brief(self, proposal: Proposal, place: Place) -> str:
        """几件事一起列出时的一行。"""

    @abstractmethod
    async def apply(
        self, session: AsyncSession, proposal: Proposal, by: Person
    ) -> After:
        """照办：写进这个事务，返回提交之后要做的。

        异常:
            NotReady: 内容还不齐
            AssistantError: 现在办不了，什么也没改，事情仍等着；消息说明原因
        """

    def acts(self, proposal: Proposal) -> frozenset[str]:
        """办的是哪种事，见 `assent.yaml` 的 acts：“对，去掉”说的就是它。"""
        return frozenset()

    def sees(self, proposal: Proposal, by: Person) -> bool:
        """这个编号对此人是否存在；默认只有提出的人知道。"""
        return by == proposal.author

    def lasts(self, slip_payload: Mapping[str, Any], by: Person) -> timedelta:
        """此人提出的放多久；要等别人来的，可以比 `lifetime` 久。"""
        return self.lifetime

    def is_for(self, proposal: Proposal, by: Person) -> bool:
        """这件事等的是不是此人；不是的，他说“确认”“好”时不会想到它。"""
        return by == proposal.author

    def is_tentative(self, proposal: Proposal) -> bool:
        """只是没听准才问的：还有别的等着时，“确认”说的不是它。"""
        return False

    def refusal(self, proposal: Proposal, by: Person) -> str:
        """此人此刻为什么不能确认或取消；能则为空。"""
        return ""

    async def is_ready(self, proposal: Proposal) -> bool:
        """内容齐了，只等一声“好”。"""
        return True

    async def amend(
        self, proposal: Proposal, text: str, by: Person
    ) -> Mapping[str, Any] | None:
        """“改成……”之后的内容；这一类改不了为 `None`。

        异常:
            AssistantError: 改成的不对；消息说明原因
        """
        return None

    async def changed(
        self, proposal: Proposal, swap: Swap, by: Person
    ) -> Mapping[str, Any] | None:
        """只改一处之后的内容；不是在说这件、说不清是哪一处为 `None`。

        异常:
            AssistantError: 改成的不对；消息说明原因
        """
        text = swap.applied(self.written(proposal))
        return await self.amend(proposal, text, by) if text else None

    def written(self, proposal: Proposal) -> str:
        """“改成……”换的是怎样一段话；不是一段话的为空。"""
        return ""

    async def proposed(self, session: AsyncSession, proposal: Proposal) -> None:
        """放上确认台时还要在这个事务里做的，如告诉办得了的人。"""

    async def declined(
        self, session: AsyncSession, proposal: Proposal, by: Person
    ) -> None:
        """取消时还要在这个事务里做的，如告诉提出的人。"""

    def dropped(self, proposal: Proposal, place: Place) -> str:
        """取消之后说什么。"""
        return wording.cancelled(proposal.number, self.brief(proposal, place))


def settle_with(number: int) -> str:
    """怎么确认、怎么取消。"""
    return wording.settle_with(number)
