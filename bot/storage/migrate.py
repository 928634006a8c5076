"""把数据库迁移到最新版本；已是最新时不加载 alembic。"""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, create_engine, inspect, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import StartupError

from .tables import Base

SCRIPTS = Path(__file__).parent / "migrations"
VERSION_TABLE = "alembic_version"
UPGRADE_PATIENCE = 3.0
"""迁移时别的程序占着数据库，等几秒。"""


def revisions() -> list[str]:
    """全部版本号，从旧到新；文件名以版本号开头。"""
    return sorted(path.stem[:4] for path in (SCRIPTS / "versions").glob("[0-9]*.py"))


def probe(path: Path) -> None:
    """只读地看一眼已有的 SQLite 文件，不合适就不去碰它。

    异常:
        StartupError: 不是助手的数据库、已损坏，或由更新的版本建立
    """
    if not path.exists() or path.stat().st_size == 0:
        return
    # 没有未并入的日志时当作不变的文件来读，旁边不会留下 -wal 与 -shm
    mode = "mode=ro" if Path(f"{path}-wal").exists() else "immutable=1"
    try:
        with closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True)
        ) as file:
            problem = _problem(file)
    except (sqlite3.Error, OSError) as error:
        problem = str(error)
    if problem:
        raise StartupError(
            f"打不开数据库 {path}：{problem}。"
            "文件未被改动；请检查路径与权限，或用 restore 从备份恢复"
        )


def _problem(file: sqlite3.Connection) -> str:
    """哪里不对；没有不对的为空。

    异常:
        StartupError: 由更新的版本建立
    """
    names = "SELECT name FROM sqlite_master WHERE type = 'table'"
    tables = {name for (name,) in file.execute(names)}
    if not tables:
        return ""
    if VERSION_TABLE not in tables:
        return "这是别的程序的数据库"
    version = file.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchone()
    if version is None:
        return "没有版本号"
    _refuse_newer(version[0])
    verdict = file.execute("PRAGMA quick_check(1)").fetchone()[0]
    if verdict != "ok":
        return f"已损坏（{' '.join(verdict.split())}）"
    missing = Base.metadata.tables.keys() - tables
    if version[0] == revisions()[-1] and missing:
        return f"缺了表 {'、'.join(sorted(missing))}"
    return ""


def _refuse_newer(current: str | None) -> None:
    known = revisions()
    if current is not None and current not in known:
        raise StartupError(
            f"数据库的版本是 {current}，比这个程序（{known[-1]}）新："
            "请升级程序，或换回旧数据库。数据库未被改动"
        )


async def migrate(engine: AsyncEngine) -> None:
    """迁移到最新。

    异常:
        StartupError: 数据库由更新的版本建立
    """
    async with engine.connect() as connection:
        current = await connection.run_sync(_current)
    if current == revisions()[-1]:
        return
    _refuse_newer(current)
    async with engine.connect() as connection:
        await connection.execution_options(immediate=UPGRADE_PATIENCE)
        async with connection.begin():
            await connection.run_sync(_upgrade)


def _current(connection: Connection) -> str | None:
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    return connection.execute(
        text(f"SELECT version_num FROM {VERSION_TABLE}")
    ).scalar_one_or_none()


def tables_at(version: str) -> set[str]:
    """这个版本的数据库应当有哪些表。"""
    if version == revisions()[-1]:
        return set(Base.metadata.tables)
    engine = create_engine("sqlite://")
    try:
        with engine.begin() as connection:
            _upgrade(connection, version)
            return set(inspect(connection).get_table_names()) - {VERSION_TABLE}
    finally:
        engine.dispose()


def _upgrade(connection: Connection, version: str = "head") -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, version)
