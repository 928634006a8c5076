"""一份读懂的文件：从哪里来、说的是哪里哪年、分成哪几条。"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Self


class BlockKind(StrEnum):
    """条款里的一块是什么。"""

    PARAGRAPH = "paragraph"
    TABLE = "table"
    FOOTNOTE = "footnote"
    ATTACHMENTS = "attachments"


@dataclass(frozen=True, slots=True)
class Block:
    """条款里的一段、一张表或一条注。

    参数:
        rows: 表格的各行，合并的格子每一格都有内容；不是表格为空
        page: 在第几页，从 1 数起；看不出为 0
    """

    kind: BlockKind
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    page: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """一条。

    参数:
        number: 自己的编号，如 `（二）`；编号之前的开头部分为空
        label: 从头数下来的编号，如 `三（二）2`
        heading: 编号后面独占一行的标题；没有为空
    """

    number: str = ""
    label: str = ""
    heading: str = ""
    page: int = 0
    blocks: tuple[Block, ...] = ()
    children: tuple["Section", ...] = ()

    def walk(self) -> Iterator["Section"]:
        """自己与下面的各条，按先后。"""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Document:
    """一份文件。

    参数:
        number: 文号
        issuer: 谁发的
        day: 落款的日期
        addressees: 发给谁
        pages: 一共几页；没有页的为 0
        sections: 各条，开头没有编号的部分、附件也各是一条
    """

    title: str
    number: str = ""
    issuer: str = ""
    day: date | None = None
    addressees: tuple[str, ...] = ()
    pages: int = 0
    sections: tuple[Section, ...] = field(default=())

    def walk(self) -> Iterator[Section]:
        """全部各条，按先后。"""
        for section in self.sections:
            yield from section.walk()

    def tables(self) -> Iterator[tuple[Section, Block]]:
        """全部表格与所在的条。"""
        for section in self.walk():
            for block in section.blocks:
                if block.kind is BlockKind.TABLE:
                    yield section, block

    def pack(self) -> dict[str, Any]:
        """写成 JSON 能存的样子。"""
        packed = asdict(self)
        packed["day"] = self.day.isoformat() if self.day else None
        return packed

    @classmethod
    def unpack(cls, packed: Mapping[str, Any]) -> Self:
        """`pack` 的反面。"""
        day = packed["day"]
        return cls(
            title=packed["title"],
            number=packed["number"],
            issuer=packed["issuer"],
            day=date.fromisoformat(day) if day else None,
            addressees=tuple(packed["addressees"]),
            pages=packed["pages"],
            sections=tuple(map(_section, packed["sections"])),
        )


def _section(packed: Mapping[str, Any]) -> Section:
    blocks = tuple(
        Block(
            BlockKind(block["kind"]),
            block["text"],
            tuple(map(tuple, block["rows"])),
            block["page"],
        )
        for block in packed["blocks"]
    )
    return Section(
        number=packed["number"],
        label=packed["label"],
        heading=packed["heading"],
        page=packed["page"],
        blocks=blocks,
        children=tuple(map(_section, packed["children"])),
    )
