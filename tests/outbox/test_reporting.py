"""没有送到的事：一定告诉到，重启也不忘，也不说两遍。"""

from datetime import timedelta

from bot.errors import SendFailed, SendUnknown
from bot.messages import Person
from bot.outbox import Outgoing, Reporting, Status
from tests.gateways import group

from .conftest import START, Office
from .messages import private

CLERK = "77"


async def _clerk(office: Office, *, writes: bool = True) -> None:
    await office.access.grant(Person("qq", CLERK), "山东", Person("qq", "1"))
    await office.groups.seen(group(1), "山东一群")
    await office.groups.bind(group(1), "山东")
    if writes:
        await office.service.heard(private("在", user=CLERK))


async def _reports(office: Office) -> list[str]:
    await office.run()
    return [reply.text for _, place, reply in office.gateways.sent if place.id == CLERK]


async def test_failure_is_told_after_a_restart_and_only_once(office: Office) -> None:
    await _clerk(office)
    office.gateways.failures = [SendFailed("被禁言")]
    await office.put(group(1))
    await office.run()
    restarted = Reporting(
        office.database, office.service.outbox, office.access, office.groups
    )
    await restarted.load()
    await restarted.flush()
    await office.service.reporting.flush()
    (text,) = await _reports(office)
    assert "山东一群" in text
    assert "被禁言" in text


async def test_told_as_soon_as_somebody_writes(office: Office) -> None:
    await _clerk(office, writes=False)
    office.gateways.failures = [SendFailed("被禁言")]
    await office.put(group(1))
    await office.run()
    await office.service.reporting.flush()
    assert await _reports(office) == []
    await office.service.heard(private("在", user=CLERK))
    await office.service.reporting.flush()
    assert len(await _reports(office)) == 1


async def test_people_of_a_region_are_those_who_wrote_first(office: Office) -> None:
    await _clerk(office, writes=False)
    reporting = office.service.reporting
    assert reporting.people(["山东"]) == []
    await office.service.heard(private("在", user=CLERK))
    assert reporting.people(["广西", "山东"]) == [Person("qq", CLERK)]
    assert reporting.people(["广西"]) == []


async def test_missed_ones_are_told(office: Office) -> None:
    await _clerk(office)
    item = Outgoing("window:1", "1", group(1), "还有一天", START)
    await office.service.outbox.put([item], late_by="助手停机时错过")
    await office.service.reporting.flush()
    (text,) = await _reports(office)
    assert "助手停机时错过" in text


async def test_unknown_of_an_account_that_never_returns(office: Office) -> None:
    await _clerk(office)
    await office.put(group(1), "甲" * 1500 + "乙" * 100)
    office.gateways.failures = [SendUnknown("超时")]
    await office.run()
    office.gateways.connected = []
    office.hands.forward(hours=25)
    await office.run()
    rows = await office.rows()
    assert [row.status for row in rows] == [Status.UNKNOWN, Status.CANCELLED]
    assert "一直没有连上" in rows[0].reason
    office.gateways.connected = ["10001"]
    await office.service.reporting.flush()
    assert len(await _reports(office)) == 1


async def test_pruning_takes_old_unknown_ones_too(office: Office) -> None:
    office.gateways.failures = [SendUnknown("超时")]
    office.gateways.has_history = False
    await office.put(group(1))
    await office.run()
    office.hands.forward(minutes=20)
    await office.run()
    await office.service.outbox.prune()
    assert len(await office.rows()) == 1
    office.hands.now += timedelta(days=200)
    await office.service.outbox.prune()
    assert await office.rows() == []


async def test_private_trouble_is_told_to_who_asked_for_it(office: Office) -> None:
    await _clerk(office)
    asker = private("", user="500").place
    office.gateways.failures = [SendFailed("不是好友")]
    await office.put(asker, "您问的有答案了", by=Person("qq", CLERK))
    await office.run()
    await office.service.reporting.flush()
    (text,) = await _reports(office)
    assert "不是好友" in text
    assert "500" not in text
