"""数据文件里的残留与权限。"""

from pathlib import Path

from loguru import logger

from bot.storage import Database


def protect(database: Database, data_dir: Path) -> None:
    """数据目录与数据库文件只有自己可读；做不到只记一句。"""
    name = database.url.database if database.is_sqlite else None
    try:
        data_dir.chmod(0o700)
        for suffix in ("", "-wal", "-shm"):
            if name and (path := Path(name + suffix)).exists():
                path.chmod(0o600)
    except OSError as error:
        logger.warning("没能收紧数据文件的权限：{}", error)


async def flush_log(database: Database) -> None:
    """把预写日志并入 SQLite 并截短，其中也有删去的内容；有人在读就等下次。"""
    if not database.is_sqlite:
        return
    async with database.engine.connect() as connection:
        # 直接用驱动：事务里不能截短
        driver = (await connection.get_raw_connection()).driver_connection
        assert driver is not None
        cursor = await driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        [busy, *_] = await cursor.fetchone()
    if busy:
        logger.warning("预写日志还没有截短：有别的程序正在读数据库，下次清理时再试")
