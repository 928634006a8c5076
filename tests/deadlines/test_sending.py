"""发出的那一刻：该不该发、写什么、@谁，都照此刻的安排。"""

from datetime import timedelta
from typing import Any

import pytest

from bot.deadlines import Occurrence, plan
from bot.errors import SendUnknown
from bot.messages import Person
from bot.outbox import Delivery, Lane, Status
from tests.gateways import group
from tests.outbox.messages import in_group

from .conftest import Bureau
from .test_reminders import at, schools_of
from .test_replanning import EVERY, WINDOW, heard, many_groups, through

BOTH = {"1": 1, "2": 1}


async def queued(bureau: Bureau) -> None:
    """到点的放进了发件箱，网关没连着。"""
    await bureau.do(WINDOW)
    await through(bureau, ["08:00"])
    bureau.gateways.connected = []
    await through(bureau, ["09:40"])
    bureau.gateways.connected = ["10001"]


async def rows(bureau: Bureau, what: str = "window:1") -> list[Delivery]:
    return await bureau.delivery.outbox.deliveries(what)


async def settled(bureau: Bureau, moment: str) -> None:
    """到那一刻，下落不明的都查过，该发的都发掉。"""
    bureau.now = at(f"2026-11-26 {moment}")
    courier = bureau.delivery.courier
    for _ in range(9):
        await courier.oversee()
        await courier.settle_one("qq", "10001")
    await through(bureau, [moment])


async def no_cancel(*_: object, **__: object) -> int:
    return 0


@pytest.mark.parametrize("scope", ["山东", "编号", "跳过"])
async def test_held_while_queued_is_not_sent(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch, scope: str
) -> None:
    """哪怕停的那一下没赶上（另一轮正放进来），发之前还要再问。"""
    await queued(bureau)
    (today,) = bureau.deadlines.plan(bureau.now - timedelta(hours=2), bureau.now)
    action = "跳过" if scope == "跳过" else "暂停"
    named = "山东" if scope == "山东" else today.code
    with monkeypatch.context() as patched:
        patched.setattr(bureau.delivery.outbox, "cancel", no_cancel)
        await bureau.say(f"提醒 {action} {named}")
    await through(bureau, ["09:42"])
    assert bureau.gateways.sent == []
    assert {row.reason for row in await rows(bureau)} == {"提醒已暂停或跳过"}
    assert "已恢复" in await bureau.say(f"提醒 恢复 {named}")
    await through(bureau, ["09:44"])
    assert heard(bureau) == BOTH


async def test_a_group_moved_elsewhere_is_not_told(bureau: Bureau) -> None:
    await queued(bureau)
    await bureau.groups.bind(group(1), "广西")
    await through(bureau, ["09:42"])
    assert heard(bureau) == {"2": 1}


@pytest.mark.parametrize("crash", [False, True])
@pytest.mark.parametrize("edit", ["修改 1 截止 12月20日", "删除 1"])
async def test_the_old_date_is_never_sent_again(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch, edit: str, crash: bool
) -> None:
    """下落不明（或正在发时被杀）以后改了期、删了窗口：查明没送到，也不再发旧的。"""
    await queued(bureau)
    for number in (1, 2):
        bureau.gateways.others_since[group(number)] = at("2026-11-20 08:00")
    bureau.gateways.failures = [SendUnknown("超时"), SendUnknown("超时")]
    if crash:
        monkeypatch.setattr(bureau.delivery.outbox, "finish", no_cancel)
    await through(bureau, ["09:42"])
    monkeypatch.undo()
    assert {row.status for row in await rows(bureau)} == {
        Status.SENDING if crash else Status.UNKNOWN
    }
    await bureau.do(f"窗口 {edit}")
    if crash:
        await bureau.delivery.outbox.recover()
    await settled(bureau, "09:50")
    assert bureau.gateways.sent == []
    assert {row.status for row in await rows(bureau)} == {Status.CANCELLED}


async def test_changed_back_while_in_doubt_is_sent_once(bureau: Bureau) -> None:
    await queued(bureau)
    for number in (1, 2):
        bureau.gateways.others_since[group(number)] = at("2026-11-20 08:00")
    bureau.gateways.failures = [SendUnknown("超时"), SendUnknown("超时")]
    await through(bureau, ["09:42"])
    await bureau.do("窗口 修改 1 截止 12月20日")
    await bureau.do("窗口 修改 1 截止 12月3日 17:00")
    await settled(bureau, "09:50")
    assert heard(bureau) == BOTH
    assert all("17:00" in text for text in bureau.gateways.texts())


async def test_reports_are_written_when_the_gateway_is_back(bureau: Bureau) -> None:
    """断线三小时，其间有人交了、有人在群里说了话：写的、@的都是发的那一刻的。"""
    schools_of(bureau)
    await bureau.do("双周报 设置 山东 首次截止 2026-11-28 17:00 @联系人")
    await bureau.say(in_group("老师们好", 1, user="31"))
    await through(bureau, ["08:00"])
    bureau.gateways.connected = []
    await through(bureau, ["09:40"])
    bureau.now = at("2026-11-26 11:40")
    await bureau.say("双周报已交", user="31")
    await bureau.say(in_group("收到", 1, user="32"))
    await bureau.say("双周报已交", user="99")
    bureau.gateways.connected = ["10001"]
    await through(bureau, ["12:40"])
    mentioned = {place.id: reply.mention for _, place, reply in bureau.gateways.sent}
    assert mentioned == {"1": (Person("qq", "32"),), "2": ()}
    for text in bureau.gateways.texts():
        assert text.startswith("【补发，原定11月26日09:")
        assert "还有 2 所没交：丙学院、乙学院" in text


async def test_names_between_two_sends_are_each_their_own(bureau: Bureau) -> None:
    schools_of(bureau)
    await bureau.do("双周报 设置 山东 首次截止 2026-11-28 17:00")
    await through(bureau, ["08:00"])
    bureau.now = at("2026-11-26 09:40")
    await bureau.deadlines.tick()
    lane = Lane("qq", "10001")
    await bureau.delivery.courier.oversee()
    await bureau.delivery.courier.send_one(lane)
    await bureau.say("双周报已交", user="32")
    await bureau.delivery.courier.send_one(lane)
    first, second = bureau.gateways.texts()
    assert "还有 3 所" in first
    assert "还有 2 所" in second


async def test_each_message_is_planned_once_when_it_is_sent(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    await many_groups(bureau)
    await queued(bureau)
    plans: list[object] = []

    def counted(*args: Any) -> list[Occurrence]:
        plans.append(args)
        return plan(*args)

    monkeypatch.setattr("bot.deadlines.agenda.plan", counted)
    lane, courier = Lane("qq", "10001"), bureau.delivery.courier
    await courier.oversee()
    while await courier.send_one(lane) is not None:
        pass
    assert len(bureau.gateways.sent) == len(plans) == len(EVERY)


async def test_late_after_the_time_queueing_takes(bureau: Bureau) -> None:
    await bureau.do(WINDOW)
    await through(bureau, ["08:00"])
    bureau.now = at("2026-11-26 09:40")
    await bureau.deadlines.tick()
    for row in await rows(bureau):
        assert row.late_at == row.due_at + timedelta(minutes=5)


async def test_a_long_queue_is_not_late(bureau: Bureau) -> None:
    await bureau.restart(send_pause_min=3, send_pause_max=6)
    await many_groups(bureau)
    await bureau.do(WINDOW)
    await through(bureau, ["08:00"])
    bureau.now = at("2026-11-26 09:40")
    await bureau.deadlines.tick()
    queueing = timedelta(seconds=22 * 4.5)
    for row in await rows(bureau):
        assert row.late_at == row.due_at + timedelta(minutes=5) + queueing


async def test_other_messages_are_none_of_its_business(bureau: Bureau) -> None:
    """名字相近的别的事照发：没发成的报告、广播。"""
    await queued(bureau)
    bureau.now = at("2026-11-26 12:00")
    shown = await bureau.say("广播 大家好")
    assert "确认 " in shown
    await bureau.say("确认")
    await through(bureau, ["12:01"])
    assert bureau.gateways.texts().count("大家好") == 2
