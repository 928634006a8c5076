"""数据库：时间、连接的设置、写入的规矩、迁移。"""

import asyncio
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event, func, inspect, select, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError

from bot.errors import AssistantError, StartupError
from bot.storage import Database
from bot.storage.backup import backup, database_file, restore
from bot.storage.folder import claimed
from bot.storage.migrate import migrate, revisions, tables_at
from bot.storage.tables import Base, Grant, Unanswered, UtcDateTime
from tests.conftest import OpenHouse

from .conftest import NOON

_DIALECT = sqlite.dialect()
_offsets = st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))


def grant(user_id: str, at: datetime = NOON) -> Grant:
    """一项授权。"""
    return Grant(
        platform="qq", user_id=user_id, region="广西", granted_by="1", granted_at=at
    )


async def store(database: Database, row: Base) -> None:
    """写入一行。"""
    async with database.write() as session:
        session.add(row)


async def count(database: Database) -> int | None:
    """现在有几项授权。"""
    async with database.read() as session:
        return await session.scalar(select(func.count()).select_from(Grant))


@given(
    st.datetimes(datetime(1970, 1, 3), datetime(2100, 1, 1), timezones=_offsets),
)
def test_times_survive_in_utc(moment: datetime) -> None:
    column = UtcDateTime()
    stored = column.process_bind_param(moment, _DIALECT)
    assert stored is not None
    assert stored.tzinfo is None
    assert stored == moment.astimezone(UTC).replace(tzinfo=None)
    assert column.process_result_value(stored, _DIALECT) == moment


async def test_naive_times_are_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="必须带时区"):
        await store(database, grant("1", datetime(2026, 1, 1)))
    assert await count(database) == 0


async def test_pragmas_are_set(database: Database) -> None:
    expected = {
        "journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 3_000,
        "synchronous": 1,
    }  # fmt: skip
    async with database.read() as session:
        for name, value in expected.items():
            assert await session.scalar(text(f"PRAGMA {name}")) == value


async def test_a_failed_write_leaves_nothing(database: Database) -> None:
    async def fail() -> None:
        async with database.write() as session:
            session.add(grant("1"))
            await session.flush()
            raise RuntimeError("半路出错")

    with pytest.raises(RuntimeError, match="半路"):
        await fail()
    assert await count(database) == 0
    await store(database, grant("2"))
    assert await count(database) == 1


async def test_constraints_hold(database: Database) -> None:
    await store(database, grant("1"))
    with pytest.raises(IntegrityError, match="UNIQUE"):
        await store(database, grant("1"))
    orphan = Unanswered(
        platform="qq", account="1", place_kind="group", place_id="1", user_id="1",
        user_name="", message_id="", text="问", folded="问", asked_at=NOON,
        entry_id=999,
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="FOREIGN KEY"):
        await store(database, orphan)
    assert await count(database) == 1


async def test_writers_queue_up(database: Database) -> None:
    async def write(index: int) -> None:
        async with database.write() as session:
            before = await session.scalar(select(func.count()).select_from(Grant))
            await asyncio.sleep(0)
            session.add(grant(f"{index}-{before}"))

    await asyncio.gather(*(write(index) for index in range(20)))
    assert await count(database) == 20


async def test_stopping_never_cuts_a_commit(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    """刚提交、连接正还回去时被叫停：做完再停，连接完好。"""

    async def record() -> None:
        await store(database, grant("20003"))

    recording = asyncio.create_task(record())

    def stop(*_: object) -> None:
        recording.cancel()

    event.listen(database.engine.sync_engine, "reset", stop)
    with pytest.raises(asyncio.CancelledError):
        await recording
    event.remove(database.engine.sync_engine, "reset", stop)
    assert not caplog.records
    assert await count(database) == 1


async def test_migrations_build_what_the_tables_say(database: Database) -> None:
    """每张表的列、可空与索引都与代码一致。"""

    def compare(connection: object) -> None:
        found = inspect(connection)  # type: ignore[call-overload]
        for table in Base.metadata.sorted_tables:
            stored = {c["name"]: c["nullable"] for c in found.get_columns(table.name)}
            assert stored == {c.name: bool(c.nullable) for c in table.columns}
            indexed = {tuple(i["column_names"]) for i in found.get_indexes(table.name)}
            wanted = {tuple(c.name for c in i.columns) for i in table.indexes}
            assert indexed == wanted, table.name

    async with database.engine.connect() as connection:
        await connection.run_sync(compare)


async def test_migrating_twice_is_harmless(database: Database) -> None:
    await store(database, grant("1"))
    await migrate(database.engine)
    assert await count(database) == 1
    async with database.read() as session:
        version = await session.scalar(text("SELECT version_num FROM alembic_version"))
    assert version == revisions()[-1]


@pytest.mark.parametrize(
    "url", ["不是地址", "nosuch+driver:///x", "sqlite+nosuch:///x"]
)
def test_bad_address(url: str) -> None:
    with pytest.raises(StartupError, match="DATABASE_URL"):
        Database(url)


async def test_not_a_database(tmp_path: Path) -> None:
    path = tmp_path / "bad.db"
    path.write_bytes(b"x" * 4096)
    with pytest.raises(StartupError, match="打不开数据库"):
        await Database.open(f"sqlite+aiosqlite:///{path}")
    assert path.read_bytes() == b"x" * 4096


async def migrated(path: Path) -> Path:
    """一个正常的数据库，已关上。"""
    opened = await Database.open(f"sqlite+aiosqlite:///{path}")
    await store(opened, grant("1"))
    await opened.close()
    return path


@contextmanager
def unchanged(path: Path) -> Iterator[None]:
    """这期间文件一个字节也没有变。"""
    before = path.read_bytes()
    yield
    assert path.read_bytes() == before


def execute(path: Path, *statements: str) -> None:
    """直接改数据库。"""
    with closing(sqlite3.connect(path)) as database:
        for statement in statements:
            database.execute(statement)
        database.commit()


def damage(path: Path, table: str) -> None:
    """弄坏某张表的第一页。"""
    with closing(sqlite3.connect(path)) as database:
        query = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        [page] = database.execute(query, (table,)).fetchone()
    content = bytearray(path.read_bytes())
    content[(page - 1) * 4096 : (page - 1) * 4096 + 400] = b"\xff" * 400
    path.write_bytes(content)


@pytest.mark.parametrize("table", ["grants", "groups", "windows"])
async def test_a_damaged_page_is_noticed(tmp_path: Path, table: str) -> None:
    path = await migrated(tmp_path / "a.db")
    damage(path, table)
    with unchanged(path), pytest.raises(StartupError, match="已损坏") as error:
        await Database.open(f"sqlite+aiosqlite:///{path}")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("statements", "reason"),
    [
        (["DROP TABLE grants"], "缺了表 grants"),
        (["DELETE FROM alembic_version"], "没有版本号"),
        (["DROP TABLE alembic_version"], "别的程序"),
    ],
)
async def test_not_quite_our_database(
    tmp_path: Path, statements: list[str], reason: str
) -> None:
    path = await migrated(tmp_path / "a.db")
    execute(path, *statements)
    with unchanged(path), pytest.raises(StartupError, match=reason):
        await Database.open(f"sqlite+aiosqlite:///{path}")


async def test_the_file_is_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "data" / "a.db"
    await migrated(path)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o644)
    await migrated_again(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


async def migrated_again(path: Path) -> None:
    """再打开一次。"""
    opened = await Database.open(f"sqlite+aiosqlite:///{path}")
    await opened.close()


def test_a_folder_has_one_assistant_at_a_time(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with claimed(folder):
        with pytest.raises(StartupError, match="正由另一个助手用着"), claimed(folder):
            pass
        with claimed(tmp_path / "other"):
            pass
    with claimed(folder):
        assert list(folder.iterdir()) == []


async def test_a_database_has_one_assistant_at_a_time(tmp_path: Path) -> None:
    path = await migrated(tmp_path / "one" / "a.db")
    link = tmp_path / "link.db"
    link.symlink_to(path)
    with claimed(path.parent, path):
        for same in (path, link):
            with (
                pytest.raises(StartupError, match=r"数据库 .* 正由另一个助手用着"),
                claimed(tmp_path / "two", same),
            ):
                pass
        with claimed(tmp_path / "three", tmp_path / "one" / "b.db"):
            await migrated_again(path)
    with claimed(tmp_path / "two", path):
        await migrated_again(path)


async def test_restoring_over_a_damaged_database(tmp_path: Path) -> None:
    path = await migrated(tmp_path / "a.db")
    saved = backup(path, tmp_path / "saved.db")
    for content in (b"hello", path.read_bytes()[:5000]):
        path.write_bytes(content)
        aside = restore(saved, path, datetime.now(UTC))
        assert aside is not None
        assert aside.read_bytes() == content
        aside.unlink()
        await migrated_again(path)


async def test_a_backup_does_not_replace_the_database(tmp_path: Path) -> None:
    path = await migrated(tmp_path / "a.db")
    with unchanged(path), pytest.raises(AssistantError, match="数据库本身"):
        backup(path, path)
    with unchanged(path), pytest.raises(AssistantError, match="不用恢复"):
        restore(path, path, datetime.now(UTC))


async def test_a_backup_is_private_from_its_first_byte(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    modes: list[int] = []
    connect = sqlite3.connect

    def watched(path: object, *rest: object, **named: object) -> sqlite3.Connection:
        if str(path).endswith(".partial"):
            modes.append(stat.S_IMODE(Path(str(path)).stat().st_mode))
        return connect(path, *rest, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(sqlite3, "connect", watched)
    backup(database_file(str(database.url)), tmp_path / "copy.db")
    assert modes == [0o600]


@pytest.mark.parametrize("version", [revisions()[0], revisions()[-1]])
async def test_a_backup_without_a_table_is_not_restored(
    tmp_path: Path, version: str
) -> None:
    source, target = tmp_path / "source.db", tmp_path / "target.db"
    with closing(sqlite3.connect(source)) as file:
        for table in tables_at(version) - {"grants"}:
            file.execute(f'CREATE TABLE "{table}" (id)')
        file.execute("CREATE TABLE alembic_version (version_num)")
        file.execute("INSERT INTO alembic_version VALUES (?)", (version,))
        file.commit()
    with pytest.raises(AssistantError, match="不完整，缺了表 grants"):
        restore(source, target, NOON)
    assert not target.exists()


class Locks:
    """假的 PostgreSQL：一把咨询锁，谁先拿到是谁的。"""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.owner: object = None
        monkeypatch.setattr("bot.storage.database.take_lock", self.take)
        monkeypatch.setattr("bot.storage.database.ping", self.ping)

    async def take(self, connection: object) -> bool:
        if self.owner is None:
            self.owner = connection
        return self.owner is connection

    async def ping(self, connection: object) -> None:
        if self.owner is not connection:
            raise OperationalError("SELECT 1", None, ConnectionError())


async def test_a_second_assistant_on_one_server_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Locks(monkeypatch)
    url = f"sqlite+aiosqlite:///{tmp_path / 'shared.db'}"
    first, second = await Database.open(url), await Database.open(url)
    for database in (first, second):
        # 装作不是 SQLite：没有数据目录的锁可靠
        database.is_sqlite = False
    await first.claim()
    await first.claim()
    with pytest.raises(StartupError, match="正由另一个助手用着"):
        await second.claim()
    await first.close()
    await second.close()


async def test_a_claim_lost_with_its_connection_is_noticed(
    open_house: OpenHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    locks = Locks(monkeypatch)
    assistant = await open_house()
    assistant.database.is_sqlite = False
    stopped: list[str] = []
    assistant.on_ousted = lambda: stopped.append("停")
    await assistant.start()
    # 连接断了，锁松了，没人来抢：重新占住
    locks.owner = None
    await assistant.guard()
    assert locks.owner is not None
    assert (assistant.is_ousted, stopped) == (False, [])
    # 又断了，这回被别人占去
    locks.owner = "别的助手"
    await assistant.guard()
    await assistant.guard()
    assert (assistant.is_ousted, stopped) == (True, ["停"])


async def test_a_server_that_is_away_does_not_oust(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    locks = Locks(monkeypatch)
    database.is_sqlite = False
    await database.claim()
    locks.owner = None

    async def away(_connection: object) -> bool:
        raise OperationalError("SELECT", None, ConnectionError())

    with monkeypatch.context() as patched:
        patched.setattr("bot.storage.database.take_lock", away)
        assert await database.is_ours()
    locks.owner = "别的助手"
    assert not await database.is_ours()


async def test_nothing_in_flight_is_touched_before_the_claim(
    open_house: OpenHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    assistant = await open_house()

    async def refuse() -> None:
        raise StartupError("正由另一个助手用着")

    async def recover() -> int:
        raise AssertionError("不该动别人正在发的")

    monkeypatch.setattr(assistant.database, "claim", refuse)
    monkeypatch.setattr(assistant.delivery.outbox, "recover", recover)
    with pytest.raises(StartupError, match="另一个助手"):
        await assistant.start()
    assert assistant.database.is_sqlite
