"""import-schools：导入院校名单，登记时凭它提醒校名。"""

import argparse
import asyncio
from pathlib import Path
from typing import Any

from bot.errors import AssistantError
from bot.knowledge import Lexicon
from bot.registration import put_schools, read_schools
from bot.settings import load_settings
from bot.storage import Database
from bot.wording import unknown_region


def register(subparsers: Any) -> None:
    """登记子命令。"""
    parser = subparsers.add_parser(
        "import-schools", help="导入院校名单，不在其中的校名登记时提醒"
    )
    parser.add_argument("file", type=Path, help="xlsx、csv 或 txt，一行一所")
    parser.add_argument("--region", help="文件里没写地区的算哪里的，如 广西")
    parser.set_defaults(handler=lambda given: asyncio.run(_import(given)))


async def _import(arguments: argparse.Namespace) -> int:
    settings = load_settings()
    regions = Lexicon(settings.knowledge_dir / "lexicon").regions
    region = regions.named(arguments.region) if arguments.region else None
    if arguments.region and region is None:
        raise AssistantError(unknown_region(arguments.region, "--region 广西"))
    found = read_schools(arguments.file, regions, region)
    database = await Database.open(settings.database)
    try:
        async with database.write() as session:
            for where, names in found.items():
                count = await put_schools(session, where, names)
                print(f"{where}：{count} 所，换下了原来的名单")
    finally:
        await database.close()
    return 0
