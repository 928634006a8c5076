"""备份与恢复：SQLite 的在线备份，恢复前先把现在的另存。"""

import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import make_url

from bot.errors import AssistantError, NotStored

from .failures import reason_of
from .files import whole_file
from .folder import make_private
from .migrate import VERSION_TABLE, revisions, tables_at

_LOGS = ("-wal", "-shm")


def database_file(url: str) -> Path:
    """数据库文件。

    异常:
        AssistantError: 不是 SQLite 文件
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        raise AssistantError("只能备份 SQLite 文件；别的数据库请用它自己的备份工具")
    return Path(parsed.database)


def backup(source: Path, target: Path) -> Path:
    """在线备份，助手运行时也可以做；返回备份文件。

    异常:
        AssistantError: 没有数据库，或备份写不了
    """
    if not source.exists():
        raise AssistantError(f"还没有数据库：{source}")
    if target.exists() and target.samefile(source):
        raise AssistantError(f"{target} 就是数据库本身，请换一个文件名")
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with whole_file(target) as unfinished:
            partial = unfinished.with_suffix(".partial")
            make_private(partial)
            _copy(source, partial)
            check(partial)
            partial.replace(unfinished)
    except (NotStored, OSError) as error:
        raise AssistantError(f"备份失败：{error}") from error
    return target


def _copy(source: Path, target: Path) -> None:
    try:
        with (
            closing(sqlite3.connect(source)) as current,
            closing(sqlite3.connect(target)) as copy,
        ):
            current.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        raise NotStored(reason_of(error) or str(error)) from error
    except sqlite3.Error as error:
        raise AssistantError(f"备份失败：{error}") from error


def restore(source: Path, target: Path, moment: datetime) -> Path | None:
    """用备份换下现在的数据库；现在的先另存，返回另存的文件。

    参数:
        moment: 用在另存的文件名里

    异常:
        AssistantError: 备份不能用，或换不了
    """
    check(source)
    if target.exists() and source.samefile(target):
        raise AssistantError(f"{source} 就是现在的数据库，不用恢复")
    saved: Path | None = None
    if target.exists():
        name = f"before-restore-{moment:%Y%m%d-%H%M%S}.db"
        saved = _set_aside(target, target.parent / "backups" / name)
    fresh = backup(source, target.with_suffix(".restoring"))
    try:
        for leftover in _LOGS:
            Path(f"{target}{leftover}").unlink(missing_ok=True)
        fresh.replace(target)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise AssistantError(f"恢复失败：{error}") from error
    return saved


def _set_aside(source: Path, target: Path) -> Path:
    """另存现在的；坏了、备份不了的，原样抄一份。"""
    try:
        return backup(source, target)
    except AssistantError:
        try:
            for suffix in ("", *_LOGS):
                if (file := Path(f"{source}{suffix}")).is_file():
                    with whole_file(Path(f"{target}{suffix}")) as unfinished:
                        shutil.copyfile(file, unfinished)
        except NotStored as error:
            raise AssistantError(f"另存不了现在的数据库：{error}") from error
        return target


def check(path: Path) -> None:
    """确认是完好的、这个程序认得的数据库。

    异常:
        AssistantError: 不是
    """
    try:
        with closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        ) as database:
            verdict = database.execute("PRAGMA integrity_check").fetchone()[0]
            version = database.execute(
                f"SELECT version_num FROM {VERSION_TABLE}"
            ).fetchone()
            names = "SELECT name FROM sqlite_master WHERE type = 'table'"
            tables = {name for (name,) in database.execute(names)}
    except sqlite3.Error as error:
        raise AssistantError(f"{path} 不是助手的数据库：{error}") from error
    if verdict != "ok":
        raise AssistantError(f"{path} 已损坏：{verdict}")
    if version is None or version[0] not in revisions():
        raise AssistantError(f"{path} 由更新的版本建立，请先升级程序")
    missing = tables_at(version[0]) - tables
    if missing:
        raise AssistantError(f"{path} 不完整，缺了表 {'、'.join(sorted(missing))}")
