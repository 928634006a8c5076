"""导出：定范围、写工作簿、留痕；聊天与命令行共用。"""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from bot import clock
from bot.access import NATIONWIDE, Rights
from bot.acting import acts_on, region_written, require
from bot.messages import Person
from bot.storage.files import private_folder
from bot.text import Regions

from .fields import Kind
from .finding import Covers
from .service import Registrations
from .workbooks import write_contacts, write_summary

_EVERYWHERE = frozenset({"", NATIONWIDE, "全部", "全部地区", "所有"})


@dataclass(frozen=True, slots=True)
class Scope:
    """导出或查找的范围：名字写进文件名与留痕。"""

    name: str
    covers: Covers


@dataclass(frozen=True, slots=True)
class Order:
    """要导出什么。

    参数:
        year: 汇总表的年份；登记名册为 0
    """

    kind: Kind
    year: int = 0

    @property
    def name(self) -> str:
        """写进文件名与留痕的名字。"""
        return f"{self.year}汇总表" if self.year else "登记名册"


def scope(
    regions: Regions, rights: Rights, asked: str = "", bound: str | None = None
) -> Scope:
    """由权限、点名的地区、群所绑定的地区定出范围。

    参数:
        asked: 点名的地区；空或“全国”为管得到的全部
        bound: 在绑定了地区的群里，只看那个地区

    异常:
        Refused: 没有这个地区，或不归他管
    """
    named = None
    if asked.strip() not in _EVERYWHERE:
        named = region_written(regions, asked, "导出登记 广西")
    wanted = acts_on(rights, named, bound)
    if wanted and wanted != NATIONWIDE:
        require(rights, wanted)
        return Scope(wanted, lambda one: one == wanted)
    name = NATIONWIDE if rights.everywhere else "、".join(sorted(rights.regions))
    return Scope(name, rights.covers)


async def export(
    service: Registrations,
    order: Order,
    where: Scope,
    path: Path,
    by: Person | None,
    *,
    even_empty: bool = False,
) -> int:
    """写出工作簿并留痕，返回有几条；一条也没有就不写。

    参数:
        by: 谁要的，命令行为空
        even_empty: 空表也写

    异常:
        NotStored: 写不了文件
    """
    count, records = await service.find(order.kind, where.covers)
    if not records and not even_empty:
        return 0
    if order.year:
        await asyncio.to_thread(write_summary, path, records, order.year)
    else:
        await asyncio.to_thread(write_contacts, path, records)
    await service.record_export(by, order.name, where.name, count)
    return count


def export_folder(data_dir: Path) -> Path:
    """放工作簿的目录，只有自己可进。

    异常:
        NotStored: 建不了目录
    """
    return private_folder(data_dir / "exports")


def file_name(order: Order, where: Scope) -> str:
    """工作簿的文件名，带地区与时刻。"""
    return f"{order.name}-{where.name}-{clock.now():%Y%m%d-%H%M%S-%f}.xlsx"
