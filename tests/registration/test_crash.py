"""任何时候被 kill -9，确认过的登记一条不丢，留痕与登记一致。"""

import random
import subprocess
import sys
import time
from pathlib import Path

from sqlalchemy import select

from bot.confirming import Status
from bot.storage import Database
from bot.storage.tables import (
    Proposal,
    Registration,
    RegistrationAudit,
    RegistrationVersion,
)

PROJECT = Path(__file__).parents[2]


def _run_and_kill(url: str, first: int, seconds: float) -> list[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.registration.crash", url, str(first)],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    lines = [process.stdout.readline()]
    time.sleep(seconds)
    process.kill()
    lines += process.stdout.readlines()
    process.wait()
    process.stdout.close()
    return [line.strip() for line in lines if line.endswith("\n")]


async def test_killed_at_any_point(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'assistant.db'}"
    said: list[str] = []
    for turn in range(5):
        said += _run_and_kill(url, turn * 1000, random.uniform(0, 0.4))
    database = await Database.open(url)
    async with database.read() as session:
        stored = (await session.scalars(select(Registration))).all()
        versions = (await session.scalars(select(RegistrationVersion))).all()
        audit = (await session.scalars(select(RegistrationAudit))).all()
        waiting = select(Proposal).where(Proposal.status == Status.OPEN)
        drafts = (await session.scalars(waiting)).all()
    await database.close()
    owners = {int(row.user_id) for row in stored}
    done = {int(line.split()[1]) for line in said if line.startswith("done")}
    drafted = {int(line.split()[1]) for line in said if line.startswith("draft")}
    assert done
    assert done <= owners
    assert drafted - owners <= {int(row.user_id) for row in drafts}
    assert not owners & {int(row.user_id) for row in drafts}
    assert {row.registration_id for row in versions} == {row.id for row in stored}
    assert sorted(row.subject or 0 for row in audit) == sorted(r.id for r in stored)
