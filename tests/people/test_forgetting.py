"""撤销登记：哪张表里都不再有他。"""

import os
from pathlib import Path

from sqlalchemy import select

from bot import clock
from bot.storage.tables import ReportTick

from .conftest import GUANGXI, GX_GROUP, NATIONAL, TEACHER, UNBOUND, Hall, Hands

PHONE = "13812345678"
REGISTERED = f"登记 桂东示例职业技术学院 高职 覃一 {PHONE} qin@example.org 广西"


async def _withdraw(hall: Hall) -> None:
    await hall.say("撤销登记", TEACHER)
    assert "已撤销" in await hall.say("确认", TEACHER)


async def test_every_table_forgets_him(hall: Hall, hands: Hands) -> None:
    await hall.say("在吗", GUANGXI)
    await hall.say(REGISTERED, TEACHER, GX_GROUP)
    await hall.say("确认", TEACHER, GX_GROUP)
    await hall.say(f"教 食堂谁管 = 找覃老师，{PHONE}", GUANGXI, GX_GROUP)
    await hall.say("确认", GUANGXI, GX_GROUP)
    await hall.say("双周报 设置 首次截止 2026-11-27 17:00", GUANGXI, GX_GROUP)
    await hall.say("确认", GUANGXI, GX_GROUP)
    await hall.say("双周报已交", TEACHER, GX_GROUP)
    await hall.say(f"没解决 打我{PHONE}", TEACHER, UNBOUND)
    await hall.assistant.deadlines.voices.flush()
    hands.forward(minutes=30)
    await _withdraw(hall)
    kept = await hall.everything_kept()
    assert PHONE not in kept
    assert "qin@example.org" not in kept
    told = await hall.say("食堂谁管", GUANGXI, GX_GROUP)
    assert "138****5678" in told
    async with hall.assistant.database.read() as session:
        ticks = (await session.scalars(select(ReportTick))).all()
    assert [(tick.school, tick.user_id) for tick in ticks] == [
        ("桂东示例职业技术学院", "")
    ]
    naming = [line for line in kept.splitlines() if f"'{TEACHER.id}'" in line]
    assert all("登记" in line or "withdrawal" in line for line in naming)


async def test_history_of_the_directory_forgets_him(hall: Hall) -> None:
    await hall.say(REGISTERED, TEACHER)
    await hall.say("确认", TEACHER)
    await hall.say(f"更新联系人 物流管理 手机 {PHONE}", NATIONAL)
    done = await hall.say("确认", NATIONAL)
    number = "".join(c for c in done.partition("撤销更新")[2] if c.isdecimal())
    await hall.say(f"撤销更新 {number}", NATIONAL)
    assert PHONE in await hall.everything_kept()
    await _withdraw(hall)
    assert PHONE not in await hall.everything_kept()


async def test_what_the_secretariat_deleted_goes_too(hall: Hall) -> None:
    await hall.say(REGISTERED, TEACHER)
    await hall.say("确认", TEACHER)
    await hall.say("登记 删除 桂东示例", GUANGXI)
    await hall.say("确认", GUANGXI)
    await hall.say("撤销登记", TEACHER)
    await hall.say("确认", TEACHER)
    assert PHONE not in await hall.everything_kept()


async def test_old_backups_and_exports_are_removed(hall: Hall) -> None:
    data: Path = hall.assistant.settings.data_dir
    old, kept = [], []
    for folder, name in (("backups", "assistant-1.db"), ("exports", "名册.xlsx")):
        (data / folder).mkdir(exist_ok=True)
        old.append(data / folder / name)
        kept.append(data / folder / f"mine-{name[::-1]}")
        for path in (old[-1], kept[-1]):
            path.write_bytes(b"")
            long_ago = clock.now().timestamp() - 91 * 24 * 3600
            os.utime(path, (long_ago, long_ago))
    fresh = data / "backups" / "assistant-2.db"
    fresh.write_bytes(b"")
    now = clock.now().timestamp()
    os.utime(fresh, (now, now))
    await hall.assistant.housekeeping.tidy()
    assert not any(path.exists() for path in old)
    assert all(path.exists() for path in [*kept, fresh])
