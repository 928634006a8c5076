"""助手自己写下的备份与导出，放久了就删：里面有已经应要求删去的个人信息。"""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

from loguru import logger

from .files import UNFINISHED

ABANDONED = timedelta(hours=1)
_FOLDERS = {
    "backups": ("assistant-*.db", "before-restore-*.db*"),
    "exports": ("*.xlsx",),
}


def remove_expired(data_dir: Path, keep: timedelta, now: datetime) -> int:
    """删去放够了日子的，返回几个；别人放在那里的、取了别的名字的不动。"""
    removed = 0
    for folder, patterns in _FOLDERS.items():
        for path in (p for each in patterns for p in (data_dir / folder).glob(each)):
            try:
                if now.timestamp() - path.stat().st_mtime > keep.total_seconds():
                    path.unlink()
                    removed += 1
            except OSError as error:
                logger.warning("没能删去旧的备份或导出：{}", error.strerror)
    for left in data_dir.glob(f"*/{UNFINISHED}*"):
        # 写到一半时程序被强行结束的
        if now.timestamp() - left.stat().st_mtime > ABANDONED.total_seconds():
            shutil.rmtree(left, ignore_errors=True)
    return removed
