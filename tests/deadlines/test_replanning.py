"""提醒当天改安排、暂停又恢复、重启：一条不漏，一条不重。"""

import asyncio
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest

from bot.outbox import Status
from tests.gateways import group

from .conftest import Bureau
from .test_reminders import at, schools_of

WINDOW = "窗口 新增 山东 年底补报 2026年11月20日至12月3日"
MORE = range(10, 30)
EVERY = {"1", "2", *map(str, MORE)}


async def many_groups(bureau: Bureau) -> None:
    for number in MORE:
        await bureau.groups.seen(group(number), f"群{number}")
        await bureau.groups.bind(group(number), "山东")


async def through(bureau: Bureau, moments: Sequence[str]) -> None:
    for moment in moments:
        await bureau.pass_to(at(f"2026-11-26 {moment}"))


def heard(bureau: Bureau) -> Counter[str]:
    return Counter(place.id for _, place, _ in bureau.gateways.sent)


async def started(bureau: Bureau) -> None:
    """十一月二十六日，截止前七天的早上，二十二个群。"""
    await many_groups(bureau)
    await bureau.do(WINDOW)
    await through(bureau, ["08:00"])


@pytest.mark.parametrize("moment", ["09:05", "09:14", "09:23", "09:40"])
@pytest.mark.parametrize("connected", [True, False])
async def test_change_of_the_clock_neither_loses_nor_repeats(
    bureau: Bureau, moment: str, connected: bool
) -> None:
    await started(bureau)
    bureau.gateways.connected = ["10001"] if connected else []
    await through(bureau, [moment])
    before = set(heard(bureau))
    await bureau.do("窗口 修改 1 截止 12月3日 17:00")
    bureau.gateways.connected = ["10001"]
    await through(bureau, ["09:41", "10:05"])
    assert heard(bureau) == Counter(EVERY)
    late = {p.id for _, p, r in bureau.gateways.sent if "17:00" in r.text}
    assert late == EVERY - before


@pytest.mark.parametrize("moment", ["09:05", "09:14", "09:40"])
async def test_change_of_the_date_sends_what_is_due_today(
    bureau: Bureau, moment: str
) -> None:
    """改成三天后截止，今天就成了截止前三天：每个群都要知道。"""
    await started(bureau)
    await through(bureau, [moment])
    before = heard(bureau)
    await bureau.do("窗口 修改 1 截止 11月29日")
    await through(bureau, ["09:41", "10:05"])
    assert heard(bureau) == Counter(EVERY) + before
    news = [p.id for _, p, r in bureau.gateways.sent if "还有 3 天" in r.text]
    assert sorted(news) == sorted(EVERY)


@pytest.mark.parametrize("moment", ["08:30", "09:05", "09:14", "09:40"])
@pytest.mark.parametrize("connected", [True, False])
@pytest.mark.parametrize("what", ["山东", "编号"])
async def test_pause_and_resume_neither_loses_nor_repeats(
    bureau: Bureau, moment: str, connected: bool, what: str
) -> None:
    await started(bureau)
    code = (await bureau.say("提醒 列表")).splitlines()[1].split(".")[0]
    named = code if what == "编号" else what
    bureau.gateways.connected = ["10001"] if connected else []
    await through(bureau, [moment])
    before = set(heard(bureau))
    for _ in range(2):
        assert "已暂停" in await bureau.say(f"提醒 暂停 {named}")
        bureau.gateways.connected = ["10001"]
        await through(bureau, ["09:41", "10:05"])
        assert set(heard(bureau)) == before
        bureau.gateways.connected = ["10001"] if connected else []
        assert "已恢复" in await bureau.say(f"提醒 恢复 {named}")
    bureau.gateways.connected = ["10001"]
    await through(bureau, ["10:07", "10:35"])
    assert heard(bureau) == Counter(EVERY)


async def test_a_later_hour_moves_what_waits(bureau: Bureau) -> None:
    await started(bureau)
    await through(bureau, ["09:14"])
    before = set(heard(bureau))
    await bureau.say("提醒 设置 山东 时间 15:15")
    await through(bureau, ["15:10"])
    assert set(heard(bureau)) == before
    await bureau.restart()
    await through(bureau, ["15:50"])
    assert heard(bureau) == Counter(EVERY)


async def test_killed_between_stopping_and_putting_again(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    await started(bureau)
    bureau.gateways.connected = []
    await through(bureau, ["09:40"])
    await bureau.say("提醒 暂停 山东")

    async def killed(*_: object) -> int:
        raise ConnectionAbortedError

    monkeypatch.setattr(bureau.delivery.outbox, "put", killed)
    with pytest.raises(ConnectionAbortedError):
        await bureau.say("提醒 恢复 山东")
    monkeypatch.undo()
    bureau.gateways.connected = ["10001"]
    await bureau.restart()
    await through(bureau, ["09:42", "10:05"])
    assert heard(bureau) == Counter(EVERY)


async def test_added_on_a_reminder_day_is_reminded_at_once(bureau: Bureau) -> None:
    bureau.now = at("2026-11-26 14:40")
    told = await bureau.do("窗口 新增 山东 补报 即日起至12月20日")
    assert "今天该提醒的 2 条现在就发" in told
    await through(bureau, ["14:41"])
    assert "今天开始" in bureau.gateways.texts()[0]
    assert len(bureau.gateways.sent) == 2
    told = await bureau.do("窗口 新增 山东 明年申报 3月1日至4月1日")
    assert "现在就发" not in told


async def test_nothing_is_put_at_night(bureau: Bureau) -> None:
    bureau.now = at("2026-11-26 21:40")
    await bureau.do("窗口 新增 山东 补报 即日起至12月20日")
    assert await bureau.delivery.outbox.deliveries("window:1") == []


async def test_pausing_while_a_round_is_being_put(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    """“已暂停”之后，正排到一半的那一轮也不再发。"""
    await bureau.do(WINDOW)
    await bureau.do("窗口 新增 山东 另一次补报 2026年11月21日至12月3日")
    await through(bureau, ["08:00"])
    put = bureau.delivery.outbox.put
    pausing: list[asyncio.Task[str]] = []

    async def put_and_pause(*args: Any, **kwargs: Any) -> int:
        if not pausing:
            pause = bureau.say("提醒 暂停 全部", user="1")
            pausing.append(asyncio.create_task(pause))
        await asyncio.sleep(0.05)
        return await put(*args, **kwargs)

    monkeypatch.setattr(bureau.delivery.outbox, "put", put_and_pause)
    bureau.now = at("2026-11-26 09:40")
    await bureau.deadlines.tick()
    assert "已暂停" in await pausing[0]
    await through(bureau, ["09:41"])
    assert bureau.gateways.sent == []


async def test_numbers_of_deleted_windows_are_not_reused(bureau: Bureau) -> None:
    await bureau.do(WINDOW)
    code = (await bureau.say("提醒 列表")).splitlines()[1].split(".")[0]
    await bureau.say(f"提醒 暂停 {code}")
    await bureau.do("窗口 删除 1")
    assert bureau.deadlines.store.holds == set()
    assert "（编号 #2）" in await bureau.do(WINDOW)
    await through(bureau, ["08:00", "09:40"])
    assert len(bureau.gateways.sent) == 2


async def test_reports_ticked_while_the_gateway_is_away(bureau: Bureau) -> None:
    schools_of(bureau)
    await bureau.do("双周报 设置 山东 首次截止 2026-11-28 17:00")
    await through(bureau, ["08:00"])
    bureau.gateways.connected = []
    await through(bureau, ["09:40"])
    await bureau.say("双周报已交", user="31")
    bureau.gateways.connected = ["10001"]
    await through(bureau, ["10:05"])
    for text in bureau.gateways.texts():
        assert "还有 2 所没交：丙学院、乙学院" in text
    statuses = {
        d.status for d in await bureau.delivery.outbox.deliveries("report:山东")
    }
    assert statuses == {Status.SENT}
