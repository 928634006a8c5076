"""几个账号：只经由在那里的账号发，也只有都不在了才停用一个群。"""

import asyncio

import pytest

from bot.messages import Person
from bot.outbox import AccountRoutes, Lane, Status
from tests.gateways import group

from .conftest import Office
from .messages import private

HOME, OTHER = "10001", "10002"


async def _settle(office: Office) -> None:
    for account in (HOME, OTHER, HOME):
        await office.run(account)


async def test_waits_for_the_account_that_is_there(office: Office) -> None:
    await office.groups.seen(group(1), "一群")
    await office.service.routes.heard(group(1), HOME)
    office.gateways.connected = [OTHER]
    office.gateways.members[group(1)] = {HOME}
    await office.put(group(1))
    await _settle(office)
    assert office.groups.get(group(1)).active
    assert [row.status for row in await office.rows()] == [Status.PENDING]
    office.gateways.connected = [HOME, OTHER]
    await _settle(office)
    assert [account for account, _, _ in office.gateways.sent] == [HOME]


async def test_what_was_heard_is_remembered_over_a_restart(office: Office) -> None:
    await office.service.routes.heard(group(1), HOME)
    again = AccountRoutes(office.database)
    await again.load({})
    assert again.route(group(1), [OTHER]) == ""
    assert again.route(group(1), [OTHER, HOME]) == HOME


async def test_group_list_shows_who_else_is_there(office: Office) -> None:
    await office.groups.seen(group(1), "一群")
    await office.service.routes.heard(group(1), HOME)
    office.gateways.connected = [OTHER]
    office.gateways.members[group(1)] = {HOME, OTHER}
    await office.put(group(1))
    await _settle(office)
    assert [account for account, _, _ in office.gateways.sent] == [OTHER]


async def test_removed_account_gives_way_to_one_that_may_come_back(
    office: Office,
) -> None:
    await office.groups.seen(group(1), "一群")
    for account in (OTHER, HOME):
        await office.service.routes.heard(group(1), account)
    office.gateways.members[group(1)] = {OTHER}
    await office.put(group(1))
    await _settle(office)
    assert office.groups.get(group(1)).active
    office.gateways.connected = [HOME, OTHER]
    await _settle(office)
    assert [account for account, _, _ in office.gateways.sent] == [OTHER]


async def test_slow_group_list_delays_no_other_account(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """一个账号迟迟不给群名单，另一个账号的照样定下来、发出去。"""
    answer = office.gateways.group_ids

    async def group_ids(platform: str, account: str) -> frozenset[str] | None:
        if account == HOME:
            await asyncio.Event().wait()
        return await answer(platform, account)

    monkeypatch.setattr(office.gateways, "group_ids", group_ids)
    for number in (1, 2):
        await office.groups.seen(group(number), "群")
        await office.put(group(number))
    await office.service.routes.heard(group(2), OTHER)
    await office.service.routes.heard(group(1), "10003")
    office.gateways.connected = [HOME, OTHER]
    office.gateways.members[group(1)] = {OTHER}
    courier, lane = office.service.courier, Lane("qq", OTHER)
    while len(office.gateways.sent) < 2:
        await courier.oversee()
        await courier.send_one(lane)
        await asyncio.sleep(0)
    assert {place for _, place, _ in office.gateways.sent} == {group(1), group(2)}
    await courier.inquiry.stop()


async def test_unheard_group_waits_for_the_account_not_yet_asked(
    office: Office,
) -> None:
    await office.groups.seen(group(1), "一群")
    await office.service.routes.heard(group(2), OTHER)
    office.gateways.members[group(1)] = {OTHER}
    await office.put(group(1))
    await _settle(office)
    assert office.groups.get(group(1)).active
    office.gateways.connected = [HOME, OTHER]
    await _settle(office)
    assert [account for account, _, _ in office.gateways.sent] == [OTHER]


async def test_group_is_deactivated_when_all_say_removed(office: Office) -> None:
    await office.groups.seen(group(1), "一群")
    for account in (HOME, OTHER):
        await office.service.routes.heard(group(1), account)
    office.gateways.connected = [HOME, OTHER]
    office.gateways.members[group(1)] = set()
    await office.put(group(1))
    await _settle(office)
    assert not office.groups.get(group(1)).active
    assert [row.status for row in await office.rows()] == [Status.FAILED]


async def test_private_reports_go_through_the_account_written_to(
    office: Office,
) -> None:
    await office.access.grant(Person("qq", "7"), "山东", Person("qq", "1"))
    await office.service.heard(private("在", user="7"))
    again = AccountRoutes(office.database)
    await again.load({})
    assert again.route(private("在", user="7").place, [OTHER]) == ""
