"""Word 文档（.docx）：段落、自动编号、合并的格子、脚注；修订里删去的不算。"""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from .docx_numbers import Numbering
from .joining import tidy
from .pieces import Grid, Piece, Read, Text, Unreadable

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = frozenset({f"{W}del", f"{W}instrText", f"{W}pict", f"{W}moveFrom"})
_APP = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}"
_LARGE = 32
"""半磅数：三号（16 磅）以上的算大字。"""


def read_docx(path: Path) -> Read:
    """读一份 .docx。

    异常:
        Unreadable: 里面没有正文
    """
    with zipfile.ZipFile(path) as archive:
        word = _Word(archive)
        pieces = tuple(word.pieces())
        return Read(pieces, word.pages)


class _Word:
    """打开的一份文档。"""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        body = self._tree("word/document.xml")
        found = None if body is None else body.find(f"{W}body")
        if found is None:
            raise Unreadable("这不是 Word 文档，或者已经损坏")
        self._body = found
        self._numbers = Numbering(
            self._tree("word/numbering.xml"), self._tree("word/styles.xml")
        )
        self._headings = _heading_styles(self._tree("word/styles.xml"))
        self.pages = self._count_pages()

    def pieces(self) -> Iterator[Piece]:
        """各段、各表，脚注在最后；存的时候排好过版的，各在第几页。"""
        turned = 0
        for element in _flat(self._body):
            before, inside = _turns(element)
            page = turned + before + 1 if self.pages else 0
            turned += before + inside
            if element.tag == f"{W}p":
                if piece := self._paragraph(element, page):
                    yield piece
            elif rows := self._rows(element):
                yield Grid(rows, page)
        notes = self._tree("word/footnotes.xml")
        for note in [] if notes is None else notes.iter(f"{W}footnote"):
            if note.get(f"{W}type") is None and (text := tidy(_written(note))):
                yield Text(text, footnote=True)

    def _count_pages(self) -> int:
        """一共几页；没有排好过版、与记着的页数对不上的为 0。"""
        turned = sum(sum(_turns(element)) for element in _flat(self._body))
        properties = self._tree("docProps/app.xml")
        told = None if properties is None else properties.find(f"{_APP}Pages")
        known = int(told.text or 0) if told is not None else turned + 1
        return known if turned and known == turned + 1 else 0

    def _paragraph(self, element: ElementTree.Element, page: int) -> Text | None:
        text = tidy(_written(element))
        number = self._numbers.next(element)
        if not text:
            return None
        return Text(tidy(number + text), page, self._stands_out(element))

    def _stands_out(self, element: ElementTree.Element) -> bool:
        style = element.find(f"{W}pPr/{W}pStyle")
        if style is not None and style.get(f"{W}val") in self._headings:
            return True
        centred = element.find(f"{W}pPr/{W}jc")
        if centred is not None and centred.get(f"{W}val") == "center":
            return True
        sizes = [int(s.get(f"{W}val") or 0) for s in element.iter(f"{W}sz")]
        return bool(sizes) and min(sizes) > _LARGE

    def _rows(self, table: ElementTree.Element) -> tuple[tuple[str, ...], ...]:
        """一张表的各行：横着、竖着合并的，每一格都有内容。"""
        rows: list[list[str]] = []
        for row in _children(table, "tr"):
            line: list[str] = []
            for cell in _children(row, "tc"):
                properties = cell.find(f"{W}tcPr")
                span, merge = _merging(properties)
                text = tidy("\n".join(self._cell(cell)).replace("\n", " "))
                above = rows[-1] if rows else []
                if merge == "continue" and len(line) < len(above):
                    text = above[len(line)]
                line += [text] * span
            rows.append(line)
        width = max(map(len, rows), default=0)
        return tuple((*row, *[""] * (width - len(row))) for row in rows if any(row))

    def _cell(self, cell: ElementTree.Element) -> Iterator[str]:
        for element in _flat(cell):
            if element.tag == f"{W}p":
                number = self._numbers.next(element)
                if text := _written(element).strip():
                    yield number + text
            else:
                yield from (" ".join(row) for row in self._rows(element))

    def _tree(self, part: str) -> ElementTree.Element | None:
        if part not in self._archive.namelist():
            return None
        return ElementTree.fromstring(self._archive.read(part))


def _flat(element: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """里面的段与表；套在内容控件、修订里的也算。"""
    for child in element:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag not in _SKIPPED:
            yield from _flat(child)


def _children(element: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    """直接的，或只隔着内容控件、修订的。"""
    for child in element:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins"):
            yield from _children(child, name)


def _written(element: ElementTree.Element) -> str:
    """一段里写的字。"""
    parts: list[str] = []
    for child in element:
        if child.tag in _SKIPPED:
            continue
        if child.tag == f"{W}t":
            parts.append(child.text or "")
        elif child.tag in (f"{W}tab", f"{W}br", f"{W}cr") and element.tag == f"{W}r":
            parts.append(" ")
        elif child.tag == f"{W}noBreakHyphen":
            parts.append("-")
        elif child.tag == f"{W}pPr" or child.tag.endswith("}AlternateContent"):
            continue
        else:
            parts.append(_written(child))
    return "".join(parts)


def _turns(element: ElementTree.Element) -> tuple[int, int]:
    """一段、一张表在文字之前、之中各翻了几页；表的一行里各格翻的是同一页。"""
    if element.tag == f"{W}tbl":
        rows = [
            max((sum(_turns(cell)) for cell in _children(row, "tc")), default=0)
            for row in _children(element, "tr")
        ]
        return (rows[0], sum(rows[1:])) if rows else (0, 0)
    before = inside = 0
    seen = False
    for child in element.iter():
        if child.tag == f"{W}lastRenderedPageBreak":
            before, inside = (before, inside + 1) if seen else (before + 1, inside)
        elif child.tag == f"{W}t":
            seen = seen or bool((child.text or "").strip())
    return before, inside


def _merging(properties: ElementTree.Element | None) -> tuple[int, str]:
    """横着占几格；竖着合并的是开头还是接着。"""
    if properties is None:
        return 1, ""
    span, merge = properties.find(f"{W}gridSpan"), properties.find(f"{W}vMerge")
    wide = int(span.get(f"{W}val") or 1) if span is not None else 1
    if merge is None:
        return wide, ""
    return wide, merge.get(f"{W}val") or "continue"


def _heading_styles(styles: ElementTree.Element | None) -> frozenset[str]:
    """题目、标题用的样式。"""
    found: set[str] = set()
    for style in [] if styles is None else styles.iter(f"{W}style"):
        name = style.find(f"{W}name")
        shown = (name.get(f"{W}val") or "").lower() if name is not None else ""
        if shown.startswith(("heading", "title", "标题")):
            found.add(str(style.get(f"{W}styleId")))
    return frozenset(found)
