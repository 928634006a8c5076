"""命令行的 export registrations 与 export summary：导出登记名册与汇总表。"""

import argparse
import asyncio
import sys
from pathlib import Path
from typing import Any

from bot.registration import (
    YEARS,
    Kind,
    Registrations,
    write_contacts,
    write_summary,
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
        parser.add_argument("file", type=Path, metavar="FILE.xlsx", help="写到哪里")
        parser.add_argument("--region", help="只导出一个地区，如 广西")
        parser.set_defaults(handler=lambda given: asyncio.run(export(given)))
    contacts.set_defaults(year=None)


async def export(arguments: argparse.Namespace) -> int:
    """导出到文件；写不了返回 1。

    异常:
        StartupError: 设置不对，或打不开数据库
    """
    database = await Database.open(load_settings().database)
    try:
        return await _export(Registrations(database), arguments)
    except OSError as error:
        print(
            f"写不了 {arguments.file}：{error.strerror}。请检查目录与权限",
            file=sys.stderr,
        )
        return 1
    finally:
        await database.close()


async def _export(service: Registrations, arguments: argparse.Namespace) -> int:
    wanted, year = arguments.region, arguments.year
    kind = Kind.CONTACT if year is None else Kind.PILOT
    count, records = await service.find(kind, lambda region: wanted in (None, region))
    if year is None:
        what = "登记名册"
        write_contacts(arguments.file, records)
    else:
        what = f"{year}汇总表"
        write_summary(arguments.file, records, year)
    await service.record_export(None, what, wanted or "全部地区", count)
    print(f"已导出 {count} 条（{wanted or '全部地区'}）到 {arguments.file}")
    return 0
