"""应本人要求忘掉：记着的不留，没发的不带着它发，下落不明的不再发。"""

from datetime import timedelta

from sqlalchemy import select

from bot.errors import SendUnknown
from bot.messages import Person
from bot.outbox import Lane, Outgoing, Status, forget
from bot.storage.tables import OutboxRow
from tests.gateways import group

from .conftest import START, Office

PHONE, MASKED = "13812345678", "138****5678"
TOLD = f"请联系张老师 {PHONE}"


async def _forget_phone(office: Office) -> None:
    async with office.database.write() as session:
        await forget(session, secrets={PHONE: MASKED})


async def test_notices_of_one_thing_go_whatever_became_of_them(office: Office) -> None:
    outbox = office.service.outbox
    for occurrence in ("3:1", "3:2", "31:1"):
        place = group(occurrence.replace(":", "0"))
        await outbox.put([Outgoing("test:1", occurrence, place, "变了", START)])
    await outbox.put([Outgoing("another", "3:1", group(9), "别的事", START)])
    await office.service.courier.oversee()
    await office.service.courier.send_one(Lane("qq", "10001"))
    async with office.database.write() as session:
        await forget(session, what="test:1", prefixes=["3:"])
    await office.run()
    assert {row.occurrence for row in await office.rows()} == {"31:1"}
    assert [row.status for row in await outbox.deliveries("another")] == [Status.SENT]


async def test_a_name_is_forgotten_and_the_others_kept(office: Office) -> None:
    zhang, li = Person("qq", "31", "张三"), Person("qq", "310", "李四")
    await office.put(group(1), mention=(zhang, li))
    await office.put(group(2), mention=(li,))
    async with office.database.write() as session:
        await forget(session, person=zhang)
        rows = await session.scalars(select(OutboxRow).order_by(OutboxRow.id))
        kept = [row.mentions for row in rows]
    assert kept == [[["qq", "31", ""], ["qq", "310", "李四"]], [["qq", "310", "李四"]]]


async def test_sent_and_waiting_keep_no_secret(office: Office) -> None:
    await office.put(group(1), TOLD)
    await office.run()
    await office.put(group(2), TOLD)
    await _forget_phone(office)
    await office.run()
    async with office.database.read() as session:
        rows = (await session.scalars(select(OutboxRow))).all()
    assert PHONE not in "".join(row.text + row.sent_text for row in rows)
    assert office.gateways.texts(group(2)) == [f"请联系张老师 {MASKED}"]


async def test_a_copy_taken_before_does_not_bring_it_back(office: Office) -> None:
    await office.put(group(1), TOLD)
    courier, lane = office.service.courier, Lane("qq", "10001")
    await courier.oversee()
    lane.ready.extend(await office.service.outbox.upcoming("qq", "10001"))
    await _forget_phone(office)
    await courier.send_one(lane)
    assert office.gateways.sent == []
    await office.run()
    assert office.gateways.texts() == [f"请联系张老师 {MASKED}"]


async def test_in_doubt_is_neither_sent_again_nor_silent(office: Office) -> None:
    office.gateways.others_since[group(1)] = START - timedelta(days=1)
    office.gateways.failures = [SendUnknown("超时")]
    await office.put(group(1), TOLD)
    await office.run()
    await _forget_phone(office)
    office.hands.forward(minutes=3)
    await office.run()
    assert office.gateways.sent == []
    (trouble,) = await office.service.outbox.troubles(START)
    assert "本人要求" in trouble.reason


async def test_letters_are_hidden_in_either_case(office: Office) -> None:
    await office.put(group(1), "邮箱 Zhang@QQ.com")
    async with office.database.write() as session:
        await forget(session, secrets={"zhang@qq.com": "z***@qq.com"})
    await office.run()
    assert office.gateways.texts() == ["邮箱 z***@qq.com"]
