"""工作簿怎样写、怎样打印。"""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from bot.storage.files import whole_file

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

A4 = 9
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@contextmanager
def whole_workbook(path: Path) -> "Iterator[Workbook]":
    """写一个工作簿；写不成什么也不留下。任何单元格都不会成为公式、链接或数字。

    全在内存里做好再写：临时文件里也有个人信息，磁盘满了还收不干净。

    异常:
        NotStored: 写不了
    """
    from xlsxwriter import Workbook

    content = BytesIO()
    with Workbook(content, _OPTIONS) as book:
        yield book
    with whole_file(path) as unfinished:
        unfinished.write_bytes(content.getbuffer())


def print_on_wide_pages(sheet: "Worksheet", header: int) -> None:
    """一页的打印安排：横向、各列放进一页宽、每页重复表头。

    参数:
        header: 表头在第几行，从 0 数起；它与上面的各行每页重复
    """
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, header)
