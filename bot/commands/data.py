"""backup、restore、export：备份、恢复、导出。"""

import argparse
import asyncio
from pathlib import Path
from typing import Any

from bot import clock
from bot.assistant import Assistant
from bot.commands.registration import register as register_exports
from bot.knowledge import export_local
from bot.settings import load_settings
from bot.storage.backup import backup, database_file, restore
from bot.storage.folder import claimed


def register(subparsers: Any) -> None:
    """登记子命令。"""
    save = subparsers.add_parser("backup", help="备份数据库（运行时也可以）")
    save.add_argument("file", type=Path, nargs="?", help="默认放进数据目录的 backups")
    save.set_defaults(handler=_backup)
    load = subparsers.add_parser("restore", help="用备份恢复（先停下助手）")
    load.add_argument("file", type=Path, help="备份文件")
    load.set_defaults(handler=_restore)
    export = subparsers.add_parser("export", help="导出")
    kinds = export.add_subparsers(title="导出什么", metavar="", required=True)
    taught = kinds.add_parser("knowledge", help="秘书处教的与更正的，导出成知识文件")
    taught.add_argument("file", type=Path, help="如 taught.yaml")
    taught.set_defaults(handler=lambda arguments: asyncio.run(_export(arguments)))
    for register_kind in EXPORTS:
        register_kind(kinds)


EXPORTS: tuple[Any, ...] = (register_exports,)
"""别的功能加进来的导出种类。"""


def _backup(arguments: argparse.Namespace) -> int:
    settings = load_settings()
    name = f"assistant-{clock.now():%Y%m%d-%H%M%S}.db"
    target = arguments.file or settings.data_dir / "backups" / name
    print(f"已备份到 {backup(database_file(settings.database), target)}")
    return 0


def _restore(arguments: argparse.Namespace) -> int:
    settings = load_settings()
    target = database_file(settings.database)
    with claimed(settings.data_dir, target if target.exists() else None):
        saved = restore(arguments.file, target, clock.now())
    print(f"已从 {arguments.file} 恢复。")
    if saved is not None:
        print(f"恢复前的数据另存在 {saved}")
    return 0


async def _export(arguments: argparse.Namespace) -> int:
    assistant = await Assistant.open(load_settings())
    try:
        count = export_local(assistant.knowledge, arguments.file)
    finally:
        await assistant.close()
    print(f"已导出 {count} 条到 {arguments.file}")
    return 0
