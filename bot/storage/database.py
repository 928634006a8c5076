"""引擎与会话：SQLite 默认开 WAL、外键与忙等待；进程内写入排队。"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, event, make_url
from sqlalchemy.exc import ArgumentError, InvalidRequestError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from bot.errors import StartupError

from .folder import make_private
from .migrate import migrate, probe

_PRAGMAS = (
    "busy_timeout=10000",
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "foreign_keys=ON",
    "secure_delete=ON",
)


class Database:
    """一个数据库；同一进程内同时只有一个写事务。

    参数:
        url: SQLAlchemy 的异步地址

    异常:
        StartupError: 地址不对
    """

    def __init__(self, url: str) -> None:
        try:
            self.url = make_url(url)
            self.is_sqlite = self.url.get_backend_name() == "sqlite"
            if self.is_sqlite and self.url.database:
                folder = Path(self.url.database).parent
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            # 报错时不带参数：里面有人说的话、登记的电话
            self.engine = create_async_engine(self.url, hide_parameters=True)
        except (ArgumentError, InvalidRequestError, ModuleNotFoundError) as error:
            raise StartupError(f"DATABASE_URL 不对：{error}") from error
        except OSError as error:
            raise StartupError(f"建不了数据目录：{error}") from error
        self._writer = asyncio.Lock()
        if self.is_sqlite:
            event.listen(self.engine.sync_engine, "connect", _prepare_connection)
            event.listen(self.engine.sync_engine, "begin", _begin)

    @classmethod
    async def open(cls, url: str) -> Self:
        """打开数据库并迁移到最新。

        异常:
            StartupError: 打不开、不是数据库、或由更新的版本建立
        """
        database = cls(url)
        file = Path(database.url.database or "") if database.is_sqlite else None
        if file is not None:
            probe(file)
        try:
            if file is not None:
                make_private(file)
            await migrate(database.engine)
        except (SQLAlchemyError, OSError) as error:
            await database.close()
            cause = getattr(error, "orig", None) or error
            raise StartupError(
                f"打不开数据库 {database.url.render_as_string()}：{cause}。"
                "文件未被改动；请检查路径与权限，或用 restore 从备份恢复"
            ) from error
        except StartupError:
            await database.close()
            raise
        return database

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """只读会话。"""
        async with AsyncSession(self.engine, expire_on_commit=False) as session:
            yield session

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """写会话：正常结束即提交，出错即回滚。"""
        async with (
            self._writer,
            AsyncSession(self.engine, expire_on_commit=False) as session,
        ):
            await session.connection(execution_options={"immediate": True})
            yield session
            await session.commit()

    async def close(self) -> None:
        """关闭全部连接。"""
        await self.engine.dispose()


def _prepare_connection(connection: Any, _record: Any) -> None:
    # 事务由下面的 begin 事件开启，驱动不要自作主张
    connection.isolation_level = None
    try:
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()
    except BaseException:
        # 不是数据库的文件在这里才露馅；连接还没进池，自己关掉
        connection.close()
        raise


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("immediate")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
