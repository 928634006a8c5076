"""读 .xlsx 里各格写了什么：样式、尺寸写坏了也不妨碍，公式与错误值认得出来。

不用 openpyxl 读：它照 `<dimension>` 截断（WPS 常写错，后面的行无声无息地没了），
一种坏字体、坏填充就整本打不开；python-calamine 不怕这些，却把 #N/A 读成空格，
也看不出公式。
"""

import struct
import zipfile
import zlib
from pathlib import Path
from xml.etree import ElementTree

from bot.errors import AssistantError

from . import wording
from .cells import Sheet

LARGEST = 50_000_000
"""解开以后最多这么多字节。"""
_UNREADABLE = (
    OSError,
    EOFError,
    KeyError,
    IndexError,
    ValueError,
    RuntimeError,
    OverflowError,
    NotImplementedError,
    ElementTree.ParseError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)
"""文件缺了、断了、写坏了、加了密时会遇到的。"""


def read_sheets(path: Path) -> list[Sheet]:
    """读一本工作簿的各页；合并的格子，每一格都算有那个内容。

    异常:
        AssistantError: 打不开，或哪一页坏了
    """
    # 它要用 openpyxl 的几样，占五兆：读表格时才装
    from .ooxml import Book

    try:
        archive = zipfile.ZipFile(path)
    except _UNREADABLE as error:
        raise AssistantError(wording.cannot_open(path.name)) from error
    with archive:
        try:
            if sum(item.file_size for item in archive.infolist()) > LARGEST:
                raise AssistantError(wording.too_large(path.name))
            book = Book(archive)
        except _UNREADABLE as error:
            raise AssistantError(wording.cannot_open(path.name)) from error
        sheets: list[Sheet] = []
        for title, part in book.parts:
            try:
                sheets.append(Sheet(title, book.rows(part)))
            except _UNREADABLE as error:
                raise AssistantError(wording.broken_sheet(path.name, title)) from error
        return sheets
