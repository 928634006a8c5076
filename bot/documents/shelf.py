"""放在内存里、答题时要用的：导入了哪些文件，各有哪些段。"""

from dataclasses import dataclass
from pathlib import Path

from bot.messages import Person
from bot.reading import Reading

CONSOLE = Person("console", "命令行")
"""从命令行导入的。"""


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
