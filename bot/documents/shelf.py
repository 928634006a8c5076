"""放在内存里、答题时要用的：导入了哪些文件，各有哪些段。"""

from dataclasses import dataclass
from pathlib import Path

from bot.knowledge import Source
from bot.messages import Person
from bot.reading import Reading
from bot.text import normalise

CONSOLE = Person("console", "命令行")
"""从命令行导入的。"""
PAGE = Person("console", "网页")
"""在页面上导入的。"""


@dataclass(frozen=True, slots=True)
class Imported:
    """导入了的一份。

    参数:
        number: 编号
        file_name: 原来的文件名
    """

    number: int
    file_name: str
    digest: str
    title: str
    document_number: str
    region: str
    year: int
    author: Person

    @property
    def cited(self) -> str:
        """引用时怎么写。"""
        return f"《{self.title}》"

    def is_source(self, source: Source) -> bool:
        """条目引的就是它：写着它的文号，或题目、地区、年份都对得上。"""
        written, number = normalise(source.title), normalise(self.document_number)
        if number and number in written:
            return True
        scope = (source.region, source.year)
        return scope == (self.region, self.year) and normalise(self.title) in written


@dataclass(frozen=True, slots=True)
class Stored:
    """存着的一段。"""

    number: int
    document: int
    label: str
    heading: str
    text: str
    page: int
    is_row: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """读懂了、还没有存的一份。

    参数:
        region, year: 文件自己写明的；看不出为 `None`
    """

    path: Path
    file_name: str
    digest: str
    reading: Reading
    region: str | None
    year: int | None
