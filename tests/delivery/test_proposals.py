"""待确认的事：了结与随之的改动同生共死，后一件不冲掉前一件。"""

import asyncio

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import ProposalError, ProposalStatus
from bot.messages import Person

from .conftest import Office
from .messages import private

BOSS = Person("qq", "1")


async def test_second_change_of_the_same_thing_is_superseded(office: Office) -> None:
    proposals = office.service.proposals
    first = await proposals.create("w", {}, private("改"), subject="window:3")
    second = await proposals.create("w", {}, private("改"), subject="window:3")
    other = await proposals.create("w", {}, private("改"), subject="window:4")
    assert await proposals.settle(first, ProposalStatus.CONFIRMED, BOSS)
    with pytest.raises(ProposalError, match="重新发起"):
        await proposals.chosen(private("确认"), str(second), {"w"})
    assert not await proposals.settle(second, ProposalStatus.CONFIRMED, BOSS)
    chosen = await proposals.chosen(private("确认"), "", {"w"})
    assert chosen is not None
    assert chosen.id == other


async def test_cancelling_supersedes_nothing(office: Office) -> None:
    proposals = office.service.proposals
    first = await proposals.create("w", {}, private("改"), subject="window:3")
    second = await proposals.create("w", {}, private("改"), subject="window:3")
    await proposals.settle(first, ProposalStatus.CANCELLED, BOSS)
    assert await proposals.settle(second, ProposalStatus.CONFIRMED, BOSS)


async def test_settling_fails_with_what_follows(office: Office) -> None:
    proposals = office.service.proposals
    number = await proposals.create("w", {}, private("改"))

    async def broken(session: AsyncSession) -> None:
        raise RuntimeError("断电")

    with pytest.raises(RuntimeError):
        await proposals.settle(number, ProposalStatus.CONFIRMED, BOSS, broken)
    found = await proposals.get(number)
    assert found is not None
    assert found.status is ProposalStatus.OPEN


async def test_only_one_of_two_answers_counts(office: Office) -> None:
    proposals = office.service.proposals
    for _ in range(20):
        number = await proposals.create("w", {}, private("改"))
        answers = await asyncio.gather(
            proposals.settle(number, ProposalStatus.CONFIRMED, BOSS),
            proposals.settle(number, ProposalStatus.CANCELLED, BOSS),
        )
        assert sum(answers) == 1


@pytest.mark.parametrize("number", ["9" * 20, "9" * 5000, "0", "２"])
async def test_numbers_of_nothing(office: Office, number: str) -> None:
    assert await office.service.proposals.chosen(private("确认"), number, {"w"}) is None
