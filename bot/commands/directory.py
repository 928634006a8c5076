"""directory：名录的导入与导出。"""

import argparse
import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.directory import Directory, export, read_workbook, wording
from bot.errors import KnowledgeError
from bot.knowledge import Lexicon
from bot.messages import Person
from bot.settings import load_settings
from bot.storage import Database

_OPERATOR = Person("console", "命令行")


def register(subparsers: Any) -> None:
    """登记子命令。"""
    parser = subparsers.add_parser("directory", help="名录的导入与导出")
    actions = parser.add_subparsers(title="做什么", metavar="", required=True)
    bring = actions.add_parser("import", help="导入改好的工作簿，先列出改动")
    bring.add_argument("file", type=Path, help="工作簿 FILE.xlsx")
    bring.add_argument("--dry-run", action="store_true", help="只看改动，不应用")
    bring.set_defaults(handler=lambda arguments: asyncio.run(_import(arguments)))
    take = actions.add_parser("export", help="把当前名录导出成工作簿")
    take.add_argument("file", type=Path, help="工作簿 FILE.xlsx")
    take.set_defaults(handler=lambda arguments: asyncio.run(_export(arguments)))


@asynccontextmanager
async def _opened() -> AsyncIterator[Directory]:
    settings = load_settings()
    database = await Database.open(settings.database)
    try:
        files = settings.knowledge_dir
        regions = Lexicon(files / "lexicon").regions
        yield await Directory.open(database, files / "directory", regions)
    finally:
        await database.close()


async def _import(arguments: argparse.Namespace) -> int:
    async with _opened() as directory:
        try:
            book = read_workbook(arguments.file, directory.rows)
            edits = directory.compare(book.rows, book.problems)
        except KnowledgeError as error:
            print("\n".join(error.problems), file=sys.stderr)
            print(wording.IMPORT_FAILED, file=sys.stderr)
            return 1
        if not edits:
            print(wording.NOTHING_TO_IMPORT)
            return 0
        print("\n".join(line for edit in edits for line in edit.lines()))
        print(wording.UNLISTED_KEPT)
        if arguments.dry_run:
            print(wording.DRY_RUN)
            return 0
        count = sum(1 if edit.before is None else len(edit.after) for edit in edits)
        summary = f"导入 {arguments.file.name}，{count} 处"
        number = await directory.apply(edits, summary, _OPERATOR)
        print(wording.imported(number, count))
        return 0


async def _export(arguments: argparse.Namespace) -> int:
    async with _opened() as directory:
        export(directory.rows, arguments.file)
        print(wording.exported(arguments.file.name))
        return 0
