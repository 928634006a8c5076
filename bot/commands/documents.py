"""import：导入通知、指南等文件，从此可以据它回答。"""

import argparse
import asyncio
import sys
from pathlib import Path
from typing import Any

from bot.acting import region_written
from bot.assistant import Assistant
from bot.documents import CONSOLE, telling, with_scope, wording
from bot.errors import AssistantError
from bot.settings import load_settings


def register(subparsers: Any) -> None:
    """登记子命令。"""
    parser = subparsers.add_parser(
        "import", help="导入通知、指南（docx、pdf、xlsx、html、txt）"
    )
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help="文件")
    parser.add_argument("--region", help="哪个地区的，如 广西；全国的写 全国")
    parser.add_argument("--year", type=int, help="哪一年的，如 2027")
    parser.add_argument("--dry-run", action="store_true", help="只读，不存")
    parser.set_defaults(handler=lambda given: asyncio.run(_import(given)))


async def _import(arguments: argparse.Namespace) -> int:
    assistant = await Assistant.open(load_settings(), learning=not arguments.dry_run)
    failed = 0
    try:
        regions = assistant.lexicon.regions
        example = "--region 广西"
        region = (
            region_written(regions, arguments.region, example)
            if arguments.region
            else None
        )
        for place, path in enumerate(arguments.files, 1):
            print(telling.reading(path.name, place, len(arguments.files)), flush=True)
            try:
                await _one(assistant, path, region, arguments)
            except AssistantError as error:
                failed += 1
                print(f"{path.name}：{error}", file=sys.stderr)
    finally:
        await assistant.close()
    return 1 if failed else 0


def _page_read(done: int, total: int) -> None:
    """扫描的一页页认字，认到哪里写在同一行。"""
    print(f"\r{telling.page_read(done, total)}", end="", flush=True)
    if done == total:
        print()


async def _one(
    assistant: Assistant, path: Path, region: str | None, given: argparse.Namespace
) -> None:
    imports = assistant.imports
    read = await imports.library.read(path, on_page=_page_read)
    draft = with_scope(read, region, given.year)
    print(telling.read(draft))
    if given.dry_run:
        print(telling.outline(draft))
        return
    if draft.region is None or draft.year is None:
        raise AssistantError(telling.not_evident_here(draft.region, draft.year))
    print(wording.brought(await imports.bring(draft, CONSOLE, None)))
