"""要人确认的一件：照一个口令办。"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.access import Access, Role
from bot.confirming import After, Kind, Proposal, Slip
from bot.messages import Message, Person, Place, Quote, Reply

from . import wording
from .models import Order

ORDER = "order"
Obey: TypeAlias = Callable[[Message], Awaitable[Reply | None]]
"""照一句口令办。"""


async def obey_nothing(message: Message) -> Reply | None:
    """还没有人照办。"""
    return None


@dataclass(slots=True)
class Obedience:
    """谁来照口令办；助手开始工作时才知道。"""

    obey: Obey = obey_nothing


def order_slip(order: Order, command: str, note: str, message: Message) -> Slip:
    """照 `command` 办一件事；`note` 是出示时要说明的。"""
    payload: dict[str, Any] = {
        "command": command,
        "note": note,
        "account": message.account,
        "quote": message.quote.message_id if message.quote else "",
    }
    return Slip(ORDER, payload, f"{ORDER}:{order.name}:{message.person.id}")


class OrderKind(Kind):
    """照口令办；能不能办由口令自己看。"""

    name = ORDER
    titles = ("办理", "这件事")

    def __init__(self, access: Access, obedience: Obedience) -> None:
        self._access = access
        self._obedience = obedience

    async def show(self, proposal: Proposal, place: Place) -> str:
        """照哪个口令办。"""
        payload = proposal.payload
        return wording.proposal(payload["command"], payload["note"], proposal.number)

    def brief(self, proposal: Proposal, place: Place) -> str:
        """口令本身。"""
        return proposal.payload["command"]

    def refusal(self, proposal: Proposal, by: Person) -> str:
        """还有权限。"""
        held = self._access.rights(by).role >= Role.SECRETARIAT
        return "" if held else wording.NO_LONGER

    async def apply(
        self, session: AsyncSession, proposal: Proposal, by: Person
    ) -> After:
        """提交之后照办：各口令自己写库。"""
        payload = proposal.payload
        quoted = payload["quote"]
        message = Message(
            payload["account"],
            proposal.place,
            by,
            payload["command"],
            message_id="",
            addressed=True,
            at=clock.now(),
            quote=Quote(quoted, by_assistant=True) if quoted else None,
        )

        async def after() -> str:
            reply = await self._obedience.obey(message)
            return reply.text if reply else wording.NO_LONGER

        return after
