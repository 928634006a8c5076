"""各种格式读出来的同一种东西：一段段文字与一张张表，按先后。"""

from dataclasses import dataclass
from typing import TypeAlias

from bot.errors import AssistantError


class Unreadable(AssistantError):
    """这份文件读不了；消息是一句说明原因的中文。"""


@dataclass(frozen=True, slots=True)
class Text:
    """一段文字。

    参数:
        page: 在第几页；看不出为 0
        prominent: 字大、居中或套了标题样式
        footnote: 是脚注
    """

    text: str
    page: int = 0
    prominent: bool = False
    footnote: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """一张表；合并的格子每一格都有内容。"""

    rows: tuple[tuple[str, ...], ...]
    page: int = 0
    name: str = ""


Piece: TypeAlias = Text | Grid


@dataclass(frozen=True, slots=True)
class Line:
    """排版好的一行，还没有拼成段。

    参数:
        left, right: 左右边的位置；不知道都为 0
        size: 字有多大；不知道为 0
        centred: 居中
    """

    text: str
    page: int = 0
    left: float = 0.0
    right: float = 0.0
    size: float = 0.0
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Read:
    """读到的全部。

    参数:
        pages: 一共几页；没有页的为 0
    """

    pieces: tuple[Piece, ...]
    pages: int = 0
