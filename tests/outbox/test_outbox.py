"""发件箱与送信：每一种结果各走到哪里。"""

import asyncio
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from loguru import logger

from bot.errors import NotConnected, SendFailed, SendUnknown
from bot.messages import Person
from bot.outbox import Delivery, Form, Outgoing, Pace, Status, earliest
from bot.outgoing import TEXT_LIMIT, SentMessage
from tests.gateways import group

from .conftest import START, Office


async def _one(office: Office) -> Delivery:
    (row,) = await office.rows()
    return row


async def test_sends_once_per_occurrence_and_place(office: Office) -> None:
    await office.put(group(1))
    await office.put(group(1))
    await office.put(group(2))
    await office.run()
    await office.put(group(1))
    await office.run()
    assert [p.id for _, p, _ in office.gateways.sent] == ["1", "2"]
    assert {row.status for row in await office.rows()} == {Status.SENT}


async def test_unknown_that_arrived_is_settled_as_sent(office: Office) -> None:
    office.gateways.failures = [SendUnknown("超时")]
    office.gateways.delivers_anyway = True
    await office.put(group(1))
    await office.run()
    assert (await _one(office)).status is Status.UNKNOWN
    office.hands.forward(minutes=2)
    await office.run()
    row = await _one(office)
    assert (row.status, row.message_id) == (Status.SENT, "1")
    assert len(office.gateways.sent) == 1


async def test_unknown_that_did_not_arrive_is_sent_again(office: Office) -> None:
    earlier = SentMessage("0", "大家好", START - timedelta(hours=1))
    office.gateways.own[group(1)] = [earlier]
    office.gateways.failures = [SendUnknown("超时")]
    await office.put(group(1))
    await office.run()
    assert office.gateways.sent == []
    office.hands.forward(minutes=2)
    await office.run()
    assert (await _one(office)).status is Status.SENT
    assert len(office.gateways.sent) == 1


async def test_unknown_stays_when_history_does_not_reach_back(office: Office) -> None:
    office.gateways.failures = [SendUnknown("超时")]
    await office.put(group(1))
    await office.run()
    for _ in range(3):
        office.hands.forward(minutes=5)
        await office.run()
    row = await _one(office)
    assert row.status is Status.UNKNOWN
    assert "群里看一眼" in row.reason
    assert office.gateways.sent == []


async def test_what_others_said_shows_how_far_history_reaches(office: Office) -> None:
    office.gateways.others_since[group(1)] = START - timedelta(minutes=20)
    office.gateways.failures = [SendUnknown("超时")]
    await office.put(group(1))
    await office.run()
    office.hands.forward(minutes=2)
    await office.run()
    assert (await _one(office)).status is Status.SENT
    assert len(office.gateways.sent) == 1


async def test_history_that_fails_once_is_asked_again(office: Office) -> None:
    office.gateways.has_history = False
    office.gateways.failures = [SendUnknown("超时")]
    office.gateways.delivers_anyway = True
    await office.put(group(1))
    await office.run()
    office.hands.forward(minutes=2)
    await office.run()
    office.gateways.has_history = True
    office.hands.forward(minutes=2)
    await office.run()
    assert (await _one(office)).status is Status.SENT


async def test_unknown_stays_without_history(office: Office) -> None:
    office.gateways.has_history = False
    office.gateways.failures = [SendUnknown("超时")]
    await office.put(group(1))
    await office.run()
    for _ in range(4):
        office.hands.forward(minutes=5)
        await office.run()
    row = await _one(office)
    assert row.status is Status.UNKNOWN
    assert "查不了历史" in row.reason
    assert [t.id for t in await office.service.outbox.troubles(START)] == [1]


async def test_same_text_twice_is_not_taken_for_the_other(office: Office) -> None:
    office.gateways.own[group(1)] = [
        SentMessage("0", "大家好", START - timedelta(hours=1))
    ]
    first = Outgoing("test:0", "1", group(1), "请按时申报", START)
    await office.service.outbox.put([first])
    await office.run()
    office.gateways.failures = [SendUnknown("超时")]
    await office.put(group(1))
    await office.run()
    office.hands.forward(minutes=2)
    await office.run()
    assert len(office.gateways.sent) == 2


async def test_crash_between_claim_and_send_is_settled(office: Office) -> None:
    office.gateways.own[group(1)] = [
        SentMessage("0", "大家好", START - timedelta(hours=1))
    ]
    await office.put(group(1))
    await office.service.courier.oversee()
    (ready,) = await office.service.outbox.upcoming("qq", "10001")
    assert await office.service.outbox.claim(ready, ready.content)
    assert await office.service.outbox.claim(ready, ready.content) is None
    assert await office.service.outbox.recover() == 1
    await office.run()
    assert office.gateways.sent == []
    office.hands.forward(minutes=2)
    await office.run()
    assert len(office.gateways.sent) == 1


async def test_not_connected_waits_and_does_not_flood(office: Office) -> None:
    office.gateways.connected = []
    for number in range(5):
        await office.put(
            group(number), expires_at=START + timedelta(hours=6), mark_late=True
        )
    await office.run()
    office.hands.forward(hours=2)
    office.gateways.connected = ["10001"]
    office.gateways.failures = [NotConnected("断了")]
    await office.run()
    assert office.gateways.sent == []
    office.hands.forward(minutes=1)
    await office.run()
    assert len(office.gateways.sent) == 5
    assert all(
        t.startswith("【补发，原定11月23日10:07】") for t in office.gateways.texts()
    )


async def test_expires_and_reports_to_the_secretariat(office: Office) -> None:
    await office.access.grant(Person("qq", "77"), "山东", Person("qq", "1"))
    await office.groups.seen(group(1), "山东一群")
    await office.groups.bind(group(1), "山东")
    from .messages import private

    await office.service.heard(private("在", user="77"))
    office.gateways.connected = []
    await office.put(group(1), expires_at=START + timedelta(hours=6))
    office.hands.forward(hours=7)
    office.gateways.connected = ["10001"]
    await office.run()
    await office.service.reporting.flush()
    await office.run()
    assert (await _one(office)).status is Status.EXPIRED
    (text,) = office.gateways.texts()
    assert "山东一群" in text
    assert "不会自己重发" in text


async def test_removed_group_is_deactivated(office: Office) -> None:
    await office.groups.seen(group(1), "一群")
    office.gateways.failures = [SendFailed("已被移出该群", removed=True)]
    await office.put(group(1))
    await office.run()
    assert (await _one(office)).status is Status.FAILED
    assert not office.groups.get(group(1)).active


async def test_account_in_the_group_sends(office: Office) -> None:
    await office.groups.seen(group(1), "一群")
    office.gateways.connected = ["10001", "10002"]
    office.gateways.members[group(1)] = {"10002"}
    await office.put(group(1))
    await office.run("10001")
    assert office.groups.get(group(1)).active
    await office.run("10002")
    assert [account for account, _, _ in office.gateways.sent] == ["10002"]


async def test_account_that_was_heard_sends(office: Office) -> None:
    office.gateways.connected = ["10001", "10002"]
    await office.service.routes.heard(group(1), "10002")
    await office.put(group(1))
    await office.run("10001")
    assert office.gateways.sent == []
    await office.run("10002")
    assert len(office.gateways.sent) == 1


async def test_quiet_hours_hold_back_all_but_those_awaited(office: Office) -> None:
    office.hands.now = START.replace(hour=21, minute=10)
    await office.put(group(1))
    await office.put(group(2), urgent=True)
    await office.run()
    assert [p.id for _, p, _ in office.gateways.sent] == ["2"]
    office.hands.now = START.replace(day=24, hour=8, minute=31)
    await office.run()
    assert len(office.gateways.sent) == 2


async def test_long_text_goes_in_order_even_after_doubt(office: Office) -> None:
    text = "\n".join(f"第{n}行" + "字" * 90 for n in range(40))
    office.gateways.own[group(1)] = [
        SentMessage("0", "大家好", START - timedelta(hours=1))
    ]
    office.gateways.failures = [SendUnknown("超时")]
    await office.put(group(1), text)
    await office.run()
    assert office.gateways.sent == []
    office.hands.forward(minutes=2)
    await office.run()
    sent = office.gateways.texts()
    assert "\n".join(sent) == text
    assert all(len(piece) <= TEXT_LIMIT for piece in sent)


async def test_mention_all_only_with_quota(office: Office) -> None:
    await office.put(group(1), form=Form.MENTION_ALL)
    await office.run()
    assert "没有@全体" in (await _one(office)).reason
    office.gateways.quota = 2
    item = Outgoing("test:2", "1", group(1), "通知", START, form=Form.MENTION_ALL)
    await office.service.outbox.put([item])
    await office.run()
    assert office.gateways.all_mentioned == [(group(1), "通知")]


async def test_unknown_notice_is_never_sent_again(office: Office) -> None:
    office.gateways.notices = True
    await office.put(group(1), form=Form.NOTICE)
    await office.run()
    assert office.gateways.posted == [(group(1), "请按时申报")]

    async def lost(*_: object, **__: object) -> None:
        raise SendUnknown("超时")

    office.gateways.notice = lost
    item = Outgoing("test:2", "1", group(1), "公告二", START, form=Form.NOTICE)
    await office.service.outbox.put([item])
    await office.run()
    office.hands.forward(minutes=10)
    await office.run()
    (row,) = await office.service.outbox.deliveries("test:2")
    assert row.status is Status.UNKNOWN
    assert office.gateways.sent == []


async def test_breaker_rests_after_three_unknown(office: Office) -> None:
    office.service.courier.pace = Pace(0, 0, hours=False)
    office.gateways.failures = [SendUnknown("超时")] * 20
    for number in range(10):
        await office.put(group(number))
    await office.service.start()
    for _ in range(100):
        await asyncio.sleep(0.02)
        counts = await office.service.outbox.counts()
        if counts.get(Status.UNKNOWN, 0) >= 3:
            break
    await asyncio.sleep(0.2)
    counts = await office.service.outbox.counts()
    assert counts == {Status.UNKNOWN: 3, Status.PENDING: 7}


@given(st.datetimes().map(lambda t: t.replace(tzinfo=START.tzinfo)))
def test_earliest_is_open_and_close_by(moment: object) -> None:
    from datetime import datetime, time

    assert isinstance(moment, datetime)
    if moment.year in (1, 9999):
        return
    found = earliest(moment)
    assert time(8, 30) <= found.time() < time(21, 0)
    assert found.minute not in (0, 30)
    assert moment <= found <= moment + timedelta(hours=12)
    assert earliest(found) == found


async def test_log_tells_what_happened_but_not_to_whom(office: Office) -> None:
    lines: list[str] = []
    sink = logger.add(lines.append, level=0, diagnose=False, backtrace=False)

    async def history(*_: object, **__: object) -> None:
        raise NotConnected("断了")

    office.gateways.history = history
    office.gateways.failures = [SendUnknown("超时")]
    await office.put(group(30303), "请联系张老师")
    await office.run()
    office.hands.forward(minutes=2)
    await office.run()
    logger.remove(sink)
    told = "".join(lines)
    assert "查历史没有成功：断了" in told
    assert not any(private in told for private in ("30303", "10001", "张老师"))
