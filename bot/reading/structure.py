"""把一段段文字摆成一棵树：题目、文号、发给谁、各条、附件、落款。"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from .heads import read_head, read_tail
from .models import Block, BlockKind, Document, Section
from .numbering import ATTACHMENT, Number, attachment, lists_attachments, numbered
from .pieces import Grid, Piece, Read, Text

_LONGEST_HEADING = 45
_UNNUMBERED = 99
"""没有编号的部分，下面不再分条。"""


@dataclass(slots=True)
class _Node:
    """正在搭的一条。"""

    rank: int
    number: str = ""
    label: str = ""
    short: str = ""
    page: int = 0
    heading: str = ""
    blocks: list[Block] = field(default_factory=list)
    children: list["_Node"] = field(default_factory=list)

    def built(self) -> Section:
        return Section(
            self.number,
            self.label,
            self.heading,
            self.page,
            tuple(self.blocks),
            tuple(child.built() for child in self.children),
        )


class _Builder:
    """一段段放到该在的地方。"""

    def __init__(self) -> None:
        self.roots: list[_Node] = []
        self._open: list[_Node] = []
        self._listing = False

    def put(self, piece: Piece) -> None:
        """放一段或一张表。"""
        if isinstance(piece, Grid):
            self._block(Block(BlockKind.TABLE, piece.name, piece.rows, piece.page))
            return
        text = piece.text
        if piece.footnote:
            self._block(Block(BlockKind.FOOTNOTE, text, (), piece.page))
            return
        if number := attachment(text):
            self._start(number, piece)
            return
        number = numbered(text)
        if lists_attachments(text):
            self._listing = True
        elif self._listing and (number is None or len(text) > _LONGEST_HEADING):
            self._listing = False
        if self._listing:
            if self._open and self._open[0].rank != _UNNUMBERED:
                self._open.clear()
            self._block(Block(BlockKind.ATTACHMENTS, text, (), piece.page))
        elif number is not None:
            self._start(number, piece)
        elif self._wants_heading(piece):
            self._open[-1].heading = text
        else:
            self._block(Block(BlockKind.PARAGRAPH, text, (), piece.page))

    def _wants_heading(self, piece: Text) -> bool:
        """“附件1”下面的一行是它的题目。"""
        node = self._open[-1] if self._open else None
        return (
            node is not None
            and node.rank == ATTACHMENT
            and not (node.heading or node.blocks or node.children)
            and len(piece.text) <= _LONGEST_HEADING
        )

    def _start(self, number: Number, piece: Text) -> None:
        self._listing = False
        while self._open and self._open[-1].rank >= number.rank:
            self._open.pop()
        above = self._open[-1] if self._open else None
        label = _label(above, number)
        node = _Node(number.rank, number.written, label, number.short, piece.page)
        rest = number.rest.strip()
        if _is_heading(rest) or number.rank == ATTACHMENT:
            node.heading = rest
        else:
            node.blocks.append(Block(BlockKind.PARAGRAPH, rest, (), piece.page))
        (above.children if above else self.roots).append(node)
        self._open.append(node)

    def _block(self, block: Block) -> None:
        if not self._open:
            self._open.append(_Node(_UNNUMBERED, page=block.page))
            self.roots.append(self._open[-1])
        self._open[-1].blocks.append(block)


def structured(read: Read) -> Document:
    """一份文件的样子。"""
    head, rest = read_head(_with_listing(read.pieces))
    tail = read_tail(rest)
    builder = _Builder()
    for piece in (*head.left, *tail.body):
        builder.put(piece)
    return Document(
        title=head.title,
        number=head.number,
        issuer=tail.issuer or head.issuer,
        day=tail.day or head.day,
        addressees=head.addressees,
        pages=read.pages,
        sections=tuple(node.built() for node in builder.roots),
    )


def _with_listing(pieces: Sequence[Piece]) -> list[Piece]:
    """后面另有“附件1”的，只写“附件”的一行是在列附件。"""
    kept = list(pieces)
    numbers = [attachment(p.text) if isinstance(p, Text) else None for p in kept]
    last = max((n for n, a in enumerate(numbers) if a and a.short != "附件"), default=0)
    for place in range(last):
        if (found := numbers[place]) and found.written == "附件":
            kept[place] = replace(kept[place], text="附件：")
    return kept


def _label(above: _Node | None, number: Number) -> str:
    """从头数下来的编号；数字接着数字的隔一个点，1.1 这样的已经写着上一级。"""
    label = above.label if above else ""
    if above and number.short.startswith(f"{above.short}."):
        return label.removesuffix(above.short) + number.short
    dotted = label[-1:].isdecimal() and number.short[:1].isdecimal()
    return f"{label}.{number.short}" if dotted else f"{label}{number.short}"


def _is_heading(text: str) -> bool:
    return (
        0 < len(text) <= _LONGEST_HEADING
        and re.search(r"[。；;：:！？,，]$", text) is None
    )
