"""存不下的时候，是怎么回事。"""

import sqlite3

from sqlalchemy.exc import OperationalError

FULL = "磁盘满了，没有存下。腾出空间后请再发一次。"
BUSY = "数据库正被别的程序占着，没有存下。请过一会儿再发一次。"
READ_ONLY = "数据库只能读，没有存下。请检查数据目录的权限与磁盘。"
_SQLITE = {
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_IOERR: READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: READ_ONLY,
}
_POSTGRES = {"53100": FULL, "55P03": BUSY, "25006": READ_ONLY}


def reason_not_stored(error: OperationalError) -> str | None:
    """为什么没存下，写给人看的一句；不是存不下的事则为 `None`。"""
    cause = error.orig
    while cause is not None:
        if isinstance(cause, sqlite3.Error):
            return reason_of(cause)
        state = getattr(cause, "sqlstate", None)
        if isinstance(state, str):
            return _POSTGRES.get(state)
        cause = cause.__cause__
    return None


def reason_of(error: sqlite3.Error) -> str | None:
    """SQLite 说的这一种，写给人看的一句；不是存不下的事则为 `None`。"""
    code = getattr(error, "sqlite_errorcode", None)
    # 低八位是大类，高位说明细节
    return _SQLITE.get(code & 0xFF) if isinstance(code, int) else None
