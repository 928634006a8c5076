"""走时：一次出错，以后的提醒照常。"""

import asyncio
from datetime import datetime

import pytest

from bot.deadlines import Timer

from .conftest import Bureau
from .test_reminders import ADD, at


async def test_an_error_does_not_stop_later_reminders(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bureau.do(ADD)
    monkeypatch.setattr("bot.deadlines.timer.LONGEST_SLEEP", 0.01)
    real, failures = bureau.deadlines.next_moment, [OSError(), ValueError()]
    recovered, changed = asyncio.Event(), bureau.delivery.outbox.changed

    def next_moment(now: datetime) -> datetime | None:
        if failures:
            raise failures.pop()
        recovered.set()
        return real(now)

    monkeypatch.setattr(bureau.deadlines, "next_moment", next_moment)
    timer = Timer(bureau.deadlines, bureau.delivery)
    await timer.start()
    await asyncio.wait_for(recovered.wait(), 5)
    changed.clear()
    bureau.now = at("2027-03-14 09:40")
    await asyncio.wait_for(changed.wait(), 5)
    await timer.stop()
    assert len(await bureau.delivery.outbox.deliveries("window:1")) == 2
