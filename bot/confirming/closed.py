"""已经了结的一件，再来确认、取消时怎么说。"""

from bot import clock

from . import wording
from .models import Proposal, Status


def closed(proposal: Proposal) -> str | None:
    """已经了结或过期的，该怎么说；还等着的为 `None`。"""
    number = proposal.number
    match proposal.status:
        case Status.OPEN:
            overdue = proposal.expires_at <= clock.now()
            return wording.expired(number) if overdue else None
        case Status.CONFIRMED:
            return wording.confirmed_already(number)
        case Status.CANCELLED:
            return wording.cancelled_already(number)
        case Status.REPLACED:
            return wording.replaced_already(number)
        case Status.SUPERSEDED:
            return wording.superseded(number)
        case Status.EXPIRED:
            return wording.expired(number)
