"""引擎与会话：SQLite 默认开 WAL、外键与忙等待；进程内写入排队。"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Self

from loguru import logger
from sqlalchemy import Connection, event, make_url, text
from sqlalchemy.exc import (
    ArgumentError,
    InvalidRequestError,
    OperationalError,
    SQLAlchemyError,
)
from sqlalchemy.ext.asyncio import (
    AsyncConnection,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)

from bot.errors import NotStored, StartupError

from .failures import BUSY, reason_not_stored
from .folder import make_private
from .migrate import migrate, probe

PATIENCE = 3.0
"""别的程序占着数据库时等几秒：有人等着回话。"""
CASUAL = 0.5
"""顺手记一笔的（如在哪个群见过谁）只等这么久，不耽误回答。"""
LOCK = 0x1CE5_0A55
"""PostgreSQL 上咨询锁的号，全体助手一样。"""
_PRAGMAS = (
    f"busy_timeout={PATIENCE * 1000:.0f}",
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
        self._sessions = async_sessionmaker(self.engine, expire_on_commit=False)
        self._writer = asyncio.Lock()
        self._gave_up = 0.0
        self._claim: AsyncConnection | None = None
        self._claimed = False
        self.on_trouble: Callable[[str], None] = lambda _reason: None
        """每次没存下时告诉它为什么。"""
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
        async with self._sessions() as session:
            yield session

    @asynccontextmanager
    async def write(self, *, casual: bool = False) -> AsyncIterator[AsyncSession]:
        """写会话：正常结束即提交，提交到一半叫停也提交完；出错即回滚。

        参数:
            casual: 顺手记一笔的，等不及就算了，下次再记

        异常:
            NotStored: 磁盘满了、数据库被占着，没有存下
        """
        arrived = time.monotonic()
        patience = CASUAL if casual else PATIENCE
        try:
            async with (
                self._turn(casual),
                self._sessions.begin() as session,
            ):
                if self._gave_up > arrived:
                    # 排在前面的刚刚没等到，不必再等一遍
                    raise NotStored(BUSY)
                await session.connection(execution_options={"immediate": patience})
                yield session
        except OperationalError as error:
            reason = reason_not_stored(error)
            if reason is None:
                raise
            if reason == BUSY:
                self._gave_up = time.monotonic()
            self.on_trouble(reason)
            raise NotStored(reason) from error

    @asynccontextmanager
    async def _turn(self, casual: bool) -> AsyncIterator[None]:
        """轮到自己写；顺手记的，等不到就算了。"""
        try:
            await asyncio.wait_for(self._writer.acquire(), CASUAL if casual else None)
        except TimeoutError:
            raise NotStored(BUSY) from None
        try:
            yield
        finally:
            self._writer.release()

    async def claim(self) -> None:
        """独占这个数据库，直到关闭；在收拾上次没发完的之前做。

        SQLite 由文件锁管着（`folder.claimed`）。占住之后这里的每一行都是自己的，
        表里不必再记归哪个助手；锁还在不在，由 `is_ours` 看着。

        异常:
            StartupError: 另一个助手正用着它
        """
        if self.is_sqlite or self._claim is not None:
            return
        # 锁随连接走：进程没了，数据库自会松开；不留在事务里，免得挡着清理
        connection = await self.engine.connect()
        try:
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            is_taken = await take_lock(connection)
        except SQLAlchemyError:
            await connection.close()
            raise
        if not is_taken:
            await connection.close()
            raise StartupError(
                f"数据库 {self.url.render_as_string()} 正由另一个助手用着："
                "一个数据库同时只能有一个，请先停掉它"
            )
        self._claim, self._claimed = connection, True

    async def is_ours(self) -> bool:
        """占着的还在不在：连接断了，锁就松了，再占一次；被别的助手占去了为假。

        连不上服务器的时候说不准，算还在：那时也写不进去。
        """
        if not self._claimed:
            return True
        try:
            if self._claim is not None:
                await ping(self._claim)
                return True
        except SQLAlchemyError:
            logger.warning("占着数据库的连接断了，重新占住")
            await self._let_go()
        try:
            await self.claim()
        except StartupError:
            return False
        except (SQLAlchemyError, OSError) as error:
            logger.warning("暂时连不上数据库：{}", type(error).__name__)
        return True

    async def _let_go(self) -> None:
        if self._claim is not None:
            await self._claim.invalidate()
            await self._claim.close()
            self._claim = None

    async def close(self) -> None:
        """关闭全部连接。"""
        await self._let_go()
        await self.engine.dispose()


async def take_lock(connection: AsyncConnection) -> bool:
    """试着占住 PostgreSQL 上的那把锁，不等；返回占到没有。"""
    query = text("SELECT pg_try_advisory_lock(:key)")
    return bool(await connection.scalar(query, {"key": LOCK}))


async def ping(connection: AsyncConnection) -> None:
    """看连接还通不通；断了的报 `SQLAlchemyError`。"""
    await connection.execute(text("SELECT 1"))


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
    patience = connection.get_execution_options().get("immediate")
    if patience is None:
        connection.exec_driver_sql("BEGIN")
        return
    connection.exec_driver_sql(f"PRAGMA busy_timeout={float(patience) * 1000:.0f}")
    connection.exec_driver_sql("BEGIN IMMEDIATE")
