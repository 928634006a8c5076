"""提出的人自己办不了的事，转给办得了的人：私聊告诉他们编号。"""

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.confirming import Proposal
from bot.messages import Person, Place, PlaceKind
from bot.outbox import DeliveryService, Outgoing

REFERRED = "referred"
REFERRED_FOR = timedelta(days=7)
"""转给别人的放多久。"""


class Referral:
    """转告；只告诉先私聊过助手的。"""

    def __init__(self, delivery: DeliveryService) -> None:
        self._delivery = delivery

    async def ask(
        self,
        session: AsyncSession,
        proposal: Proposal,
        regions: Collection[str],
        text: str,
    ) -> None:
        """告诉管其中哪个地区的人，有一件事等着他们。"""
        people = self._delivery.reporting.people(regions)
        others = [person for person in people if person != proposal.author]
        await self._put(session, proposal, "asked", others, text)

    async def answer(
        self, session: AsyncSession, proposal: Proposal, by: Person, text: str
    ) -> None:
        """告诉提出的人结果；自己办的不用说。"""
        if by != proposal.author:
            await self._put(session, proposal, "answered", [proposal.author], text)

    async def _put(
        self,
        session: AsyncSession,
        proposal: Proposal,
        which: str,
        people: Collection[Person],
        text: str,
    ) -> None:
        now, outbox = clock.now(), self._delivery.outbox
        key = f"{proposal.number}:{which}"
        places = [Place(one.platform, PlaceKind.PRIVATE, one.id) for one in people]
        items = [Outgoing(REFERRED, key, place, text, now) for place in places]
        await outbox.put_within(session, items)
        outbox.changed.set()
