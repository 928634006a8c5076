"""命令行的 export registrations 与 export summary：导出登记名册与汇总表。"""

import argparse
import asyncio
import sys
from pathlib import Path
from typing import Any

from bot.access import Rights, Role
from bot.acting import Refused
from bot.errors import NotStored
from bot.knowledge import Lexicon
from bot.registration import (
    YEARS,
    Checks,
    Kind,
    Order,
    Registrations,
    export,
    scope,
)
from bot.settings import load_settings
from bot.storage import Database


def register(kinds: Any) -> None:
    """在 `export` 之下登记两种导出。

    参数:
        kinds: `export` 的子命令集
    """
    contacts = kinds.add_parser("registrations", help="校级联系人登记名册")
    summary = kinds.add_parser("summary", help="试点院校情况汇总表")
    summary.add_argument(
        "--year", type=int, choices=YEARS, default=YEARS[0], help="表式，默认 2020"
    )
    for parser in (contacts, summary):
        parser.add_argument(
            "file", type=_workbook, metavar="FILE.xlsx", help="写到哪里"
        )
        parser.add_argument("--region", default="", help="只导出一个地区，如 广西")
        parser.set_defaults(handler=lambda given: asyncio.run(run(given)))
    contacts.set_defaults(year=0)


def _workbook(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() != ".xlsx":
        raise argparse.ArgumentTypeError("文件名应以 .xlsx 结尾")
    return path


async def run(arguments: argparse.Namespace) -> int:
    """导出到文件；写不了返回 1，地区不对返回 2。

    异常:
        StartupError: 设置或地区表不对，或打不开数据库
    """
    settings = load_settings()
    regions = Lexicon(settings.knowledge_dir / "lexicon").regions
    try:
        where = scope(regions, Rights(Role.SUPERUSER), arguments.region)
    except Refused as error:
        print(error, file=sys.stderr)
        return 2
    order = Order(Kind.PILOT if arguments.year else Kind.CONTACT, arguments.year)
    database = await Database.open(settings.database)
    service = Registrations(database, Checks(regions))
    try:
        count = await export(
            service, order, where, arguments.file, None, even_empty=True
        )
    except NotStored as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        await database.close()
    print(f"已导出 {count} 条（{where.name}）到 {arguments.file}")
    return 0
