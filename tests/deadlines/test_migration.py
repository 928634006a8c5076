"""旧数据库升级：窗口都在，编号不再重用，孤儿暂停清掉。"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

from bot.deadlines import Kind, Window
from bot.deadlines.changes import PutWindow, RemoveWindow
from bot.deadlines.store import Store
from bot.messages import Person
from bot.storage import Database
from bot.storage.migrate import SCRIPTS
from bot.text.dates import Moment
from tests.deadlines.conftest import NOW

WINDOW = (
    "INSERT INTO windows (id, region, title, kind, opens_on, closes_on, notice, "
    "author, updated_at) VALUES (3, '山东', '补报', '申报', '2027-03-14', "
    "'2027-06-10', '', '7', '2026-11-01 00:00:00')"
)
HOLD = "INSERT INTO reminder_holds VALUES ('{}', '7', '2026-11-01 00:00:00')"
SENT = (
    "INSERT INTO outbox (what, occurrence, platform, place_kind, place_id, part, form,"
    " text, images, mentions, by_platform, by_user, urgent, mark_late, status, due_at,"
    " account, attempts, message_id, reason) VALUES ('window:8', 'x', 'qq', 'group',"
    " '1', 0, 'message', '', '[]', '[]', '', '', 0, 0, 'sent', '2026-11-01 00:00:00',"
    " '', 1, '', '')"
)


def older(path: Path) -> None:
    """做一个旧版的数据库。"""
    engine = create_engine(f"sqlite:///{path}")
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0004")
        for scope in ("山东", "window:3", "window:3/x", "window:8", "window:8/x"):
            connection.execute(text(HOLD.format(scope)))
        connection.execute(text(WINDOW))
        connection.execute(text(SENT))
    engine.dispose()


async def test_older_database_is_upgraded(tmp_path: Path) -> None:
    older(tmp_path / "a.db")
    database = await Database.open(f"sqlite+aiosqlite:///{tmp_path / 'a.db'}")
    store = Store(database)
    await store.load()
    assert store.holds == {"山东", "window:3", "window:3/x"}
    assert store.windows["3"].opens == Moment(NOW.date().replace(2027, 3, 14))
    by = Person("qq", "7")
    closes = Moment(NOW.date().replace(2027, 6, 10))
    fresh = Window("", "山东", "新的", Kind.DECLARATION, None, closes)
    for number in ("9", "10"):
        put = PutWindow(fresh, by)
        async with database.write() as session:
            await put.write(session)
            await RemoveWindow(number).write(session)
        assert put.window.id == number
    await database.close()
