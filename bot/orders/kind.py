"""要人确认的一件：照一个口令办。"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeAlias

from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.access import Access, Role
from bot.confirming import After, Kind, Proposal, Slip, Swap
from bot.messages import Message, Person, Place, Quote, Reply
from bot.text import Masker

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


HINT_LASTS = timedelta(minutes=10)


def order_slip(
    order: Order, command: str, note: str, message: Message, *, unsure: bool = False
) -> Slip:
    """照 `command` 办一件事。

    参数:
        note: 出示时要说明的
        unsure: 没听准，先问他是不是要办这件
    """
    payload: dict[str, Any] = {
        "command": command,
        "word": order.word,
        "note": note,
        "unsure": order.title if unsure else "",
        "acts": order.acts,
        "role": int(order.role),
        "account": message.account,
        "quote": message.quote.message_id if message.quote else "",
    }
    return Slip(ORDER, payload, f"{ORDER}:{order.name}:{message.person.id}")


class OrderKind(Kind):
    """照口令办；能不能办由口令自己看。群里出示时遮住个人的号码，办的仍是原话。"""

    name = ORDER
    titles = ("办理", "这件事")

    def __init__(self, access: Access, obedience: Obedience, masker: Masker) -> None:
        self._access = access
        self._obedience = obedience
        self._masker = masker

    async def show(self, proposal: Proposal, place: Place) -> str:
        """照哪个口令办。"""
        payload = proposal.payload
        command = self._written(payload["command"], place)
        if title := payload.get("unsure"):
            return wording.hint_ready(title, command)
        note = self._written(payload["note"], place)
        return wording.proposal(command, note, proposal.number)

    def brief(self, proposal: Proposal, place: Place) -> str:
        """口令本身。"""
        return self._written(proposal.payload["command"], place)

    def _written(self, text: str, place: Place) -> str:
        private = place.is_group and self._masker.private(text)
        return self._masker.mask(text) if private else text

    def written(self, proposal: Proposal) -> str:
        """口令后面的话。"""
        payload = proposal.payload
        word = payload.get("word")
        return payload["command"].removeprefix(word).strip() if word else ""

    async def changed(
        self, proposal: Proposal, swap: Swap, by: Person
    ) -> Mapping[str, Any] | None:
        """换口令后面的一处。"""
        payload = proposal.payload
        if (text := swap.applied(self.written(proposal))) is None:
            return None
        note = swap.applied(payload["note"]) if payload["note"] else None
        command = f"{payload['word']} {text}"
        return {**payload, "command": command, "note": note or ""}

    def acts(self, proposal: Proposal) -> frozenset[str]:
        """办的是哪种事。"""
        return frozenset(filter(None, [proposal.payload.get("acts", "")]))

    def is_tentative(self, proposal: Proposal) -> bool:
        """没听准的。"""
        return bool(proposal.payload.get("unsure"))

    def lasts(self, slip_payload: Mapping[str, Any], by: Person) -> timedelta:
        """没听准的，不久就不再等。"""
        return HINT_LASTS if slip_payload["unsure"] else self.lifetime

    def dropped(self, proposal: Proposal, place: Place) -> str:
        """没听准的不必说编号。"""
        if proposal.payload.get("unsure"):
            return wording.DROPPED
        return super().dropped(proposal, place)

    def refusal(self, proposal: Proposal, by: Person) -> str:
        """还有权限。"""
        needed = proposal.payload.get("role", Role.SECRETARIAT)
        held = self._access.rights(by).role >= needed
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
