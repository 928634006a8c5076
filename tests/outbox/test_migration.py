"""旧数据库升级：没发完的照样发，发过的不再报告，发成过的账号算在群里。"""

from datetime import datetime, timedelta
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from bot.outbox import AccountRoutes, Outbox, Status
from bot.storage import Database
from bot.storage.migrate import SCRIPTS
from tests.gateways import group

DUE = datetime(2026, 11, 23, 2, 7)
_ROW = text(
    "INSERT INTO outbox (what, occurrence, platform, place_kind, place_id, part, form,"
    " text, images, mentions, by_platform, by_user, urgent, mark_late, status, due_at,"
    " next_at, account, attempts, sending_at, finished_at, message_id, reason)"
    " VALUES ('test:1', '1', 'qq', 'group', :place, 0, 'message', :text, '[]', '[]',"
    " '', '', 0, :late, :status, :due, :due, '10001', 1, :due, :due, '', '')"
)


def _old(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    command.upgrade(config, "0004")
    for place, status in enumerate(("pending", "unknown", "sent", "failed"), 1):
        values = {
            "place": str(place),
            "text": "通知",
            "late": status == "pending",
            "status": status,
            "due": str(DUE),
        }
        connection.execute(_ROW, values)


async def test_old_outbox_is_carried_over(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'old.db'}"
    old = Database(url)
    async with old.engine.begin() as connection:
        await connection.run_sync(_old)
    await old.close()

    database = await Database.open(url)
    outbox, routes = Outbox(database), AccountRoutes(database)
    pending, unknown, sent, _ = await outbox.deliveries("test:1")
    assert pending.status is Status.PENDING
    assert pending.late_at == pending.due_at + timedelta(minutes=30)
    assert (unknown.text, sent.text) == ("通知", "通知")
    assert await outbox.troubles(pending.due_at, untold=True) == []
    await routes.load({})
    assert routes.route(group(3), ["10002"]) == ""
    assert routes.route(group(3), ["10002", "10001"]) == "10001"
    await database.close()
