"""纯文字：认出编码，一行行读。"""

import codecs
import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from .joining import joined
from .numbering import numbered
from .pieces import Grid, Line, Piece, Read, Unreadable

_ENCODINGS = ("utf-8-sig", "gb18030", "big5")
_BOMS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_BREAK = "\f"


def decode(content: bytes) -> str:
    """认出编码。

    异常:
        Unreadable: 哪一种都不是
    """
    for bom, name in _BOMS.items():
        if content.startswith(bom):
            return content.decode(name, "replace")
    for name in _ENCODINGS:
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        if _is_text(text):
            return text
    raise Unreadable("认不出这份文字用的什么编码，请另存为 UTF-8 再发")


def read_text(path: Path) -> Read:
    """读一份 .txt 或 .md。"""
    text = re.sub(r"<(https?://[^>\s]+)>", r"\1", decode(path.read_bytes()))
    pages = text.split(_BREAK)
    lines = [
        (number, raw)
        for number, page in enumerate(pages, 1)
        for raw in page.splitlines()
    ]
    pieces: list[Piece] = []
    waiting: list[Line] = []
    rows: list[tuple[str, ...]] = []
    paged = len(pages) > 1
    narrow = _two_columns([raw for _, raw in lines])
    for place, (number, raw) in enumerate([*lines, (len(pages), "")]):
        cells = _cells(raw, narrow=place in narrow)
        if cells is None and rows and raw.strip():
            pieces.append(_grid(rows))
            rows = []
        if cells is not None:
            pieces += joined(waiting)
            waiting = []
            rows.append(cells)
        elif raw.strip():
            waiting.append(Line(_bare(raw), number if paged else 0))
    pieces += joined(waiting)
    if rows:
        pieces.append(_grid(rows))
    return Read(tuple(pieces), len(pages) if paged else 0)


def _bare(raw: str) -> str:
    """Markdown 的记号不是内容。"""
    plain = re.sub(r"^\s{0,3}#{1,6}\s+|^\s{0,3}[-*]\s+(?=\S)", "", raw)
    return re.sub(r"\*\*(.+?)\*\*", r"\1", plain)


def _two_columns(lines: Sequence[str]) -> set[int]:
    """只有两列的表格在哪几行：接连几行都只隔着一个制表符，又不是编了号的条。"""

    written = [n for n, line in enumerate(lines) if line.strip()]

    def is_row(place: int) -> bool:
        plain = lines[place].strip()
        first, tab, _ = plain.partition("\t")
        return plain.count("\t") == 1 and numbered(f"{first}{tab}") is None

    pairs = [(a, b) for a, b in pairwise(written) if is_row(a) and is_row(b)]
    return {place for pair in pairs for place in pair}


def _cells(raw: str, *, narrow: bool) -> tuple[str, ...] | None:
    """表格的一行：用制表符隔开，或 Markdown 的竖线；不是为 `None`。"""
    plain = raw.strip("\n")
    if plain.strip().startswith("|") and plain.strip().endswith("|"):
        cells = tuple(c.strip() for c in plain.strip().strip("|").split("|"))
        return () if all(re.fullmatch(r":?-+:?", c) for c in cells) else cells
    if narrow or plain.count("\t") >= 2:
        return tuple(c.strip() for c in plain.split("\t"))
    return None


def _grid(rows: list[tuple[str, ...]]) -> Grid:
    kept = [row for row in rows if any(row)]
    width = max(map(len, kept), default=0)
    return Grid(tuple((*row, *[""] * (width - len(row))) for row in kept))


def _is_text(text: str) -> bool:
    """读出来的确实是文字：控制符极少，汉字不全是生僻的。"""
    if not text.strip():
        return True
    strange = sum(c < " " and c not in "\r\n\t\f" for c in text)
    return strange <= len(text) / 200 and "\x00" not in text
