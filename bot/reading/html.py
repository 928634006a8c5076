"""网页（.html，或改了名的“表格”）：段落、标题与表格。"""

import re
from html.parser import HTMLParser
from pathlib import Path

from .joining import tidy
from .pieces import Grid, Piece, Read, Text
from .plain import decode

_IGNORED = frozenset({"script", "style", "head", "noscript", "template", "nav", "svg"})
_BLOCKS = frozenset(
    {
        "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article",
        "header", "footer", "ul", "ol", "br", "tr", "table", "body", "blockquote",
        "dd", "dt", "caption", "center",
    }
)  # fmt: skip
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "center", "caption"})
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.I)


def read_html(path: Path) -> Read:
    """读一份网页。"""
    content = path.read_bytes()
    declared = _CHARSET.search(content[:4096])
    text = ""
    if declared:
        name = declared[1].decode("ascii").lower()
        name = "gb18030" if name in ("gb2312", "gbk") else name
        try:
            text = content.decode(name)
        except (LookupError, UnicodeDecodeError):
            text = ""
    reader = _Reader()
    reader.feed(text or decode(content))
    reader.close()
    reader.end_paragraph()
    return Read(tuple(reader.pieces))


class _Table:
    """正在读的一张表：横竖跨格的照样铺开。"""

    def __init__(self) -> None:
        self.grid: dict[tuple[int, int], str] = {}
        self.row = -1
        self.cell: list[str] | None = None
        self._span = (1, 1)

    def start_row(self) -> None:
        self.row += 1

    def start_cell(self, attributes: dict[str, str | None]) -> None:
        if self.row < 0:
            self.row = 0
        self.cell = []
        self._span = (
            _count(attributes.get("rowspan")),
            _count(attributes.get("colspan")),
        )

    def end_cell(self) -> None:
        if self.cell is None:
            return
        text, self.cell = tidy("".join(self.cell).replace("\n", " ")), None
        column = 0
        while (self.row, column) in self.grid:
            column += 1
        down, across = self._span
        for r in range(self.row, self.row + down):
            for c in range(column, column + across):
                self.grid.setdefault((r, c), text)

    def rows(self) -> tuple[tuple[str, ...], ...]:
        width = max((c for _, c in self.grid), default=-1) + 1
        lines = (
            tuple(self.grid.get((r, c), "") for c in range(width))
            for r in range(self.row + 1)
        )
        return tuple(line for line in lines if any(line))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[Piece] = []
        self._words: list[str] = []
        self._ignoring = 0
        self._heading = 0
        self._tables: list[_Table] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag in _IGNORED:
            self._ignoring += 1
        if tag in _BLOCKS and not self._tables:
            self.end_paragraph()
        self._heading += tag in _HEADINGS
        if tag == "table":
            self._tables.append(_Table())
        elif self._tables and tag == "tr":
            self._tables[-1].start_row()
        elif self._tables and tag in ("td", "th"):
            self._tables[-1].start_cell(attributes)
        elif self._tables and tag in _BLOCKS:
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _IGNORED:
            self._ignoring = max(0, self._ignoring - 1)
        if self._tables and tag in ("td", "th"):
            self._tables[-1].end_cell()
        elif self._tables and tag == "table":
            self._end_table()
        elif tag in _BLOCKS and not self._tables:
            self.end_paragraph()
        if tag in _HEADINGS:
            self._heading = max(0, self._heading - 1)

    def handle_data(self, data: str) -> None:
        if self._ignoring:
            return
        if self._tables:
            cell = self._tables[-1].cell
            if cell is not None:
                cell.append(data)
            return
        self._words.append(data)

    def end_paragraph(self) -> None:
        """到此为止是一段。"""
        text = tidy("".join(self._words).replace("\n", " "))
        self._words.clear()
        if text:
            self.pieces.append(Text(text, prominent=self._heading > 0))

    def _end_table(self) -> None:
        rows = self._tables.pop().rows()
        if self._tables:
            cell = self._tables[-1].cell
            if cell is not None:
                cell.append(" ".join(" ".join(row) for row in rows))
        elif len(rows) == 1 and len(set(rows[0])) == 1:
            # 拿一格的表当框用的
            self.pieces.append(Text(rows[0][0]))
        elif rows:
            self.pieces.append(Grid(rows))


def _count(text: str | None) -> int:
    return max(1, min(int(text), 200)) if text and text.isdecimal() else 1
