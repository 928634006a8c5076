"""文件切成可以单独引用的一段段：一条、一串列举、表格的一行。"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .models import Block, BlockKind, Document, Section

WHOLE = 260
"""一条连同下面的，不超过这么多字就不拆。"""
ITEM, INTRODUCED = 24, 60
"""列举的一项不超过这么多字；前面以冒号引出的。"""
LONG = 320
"""一段文字长过它，在句号处拆开。"""
_SENTENCES = re.compile(r"(?<=[。！？；])")
_HEADER_ROWS = 3


@dataclass(frozen=True, slots=True)
class Passage:
    """一段。

    参数:
        label: 在哪一条，如 `三（二）2`；开头没有编号的部分为空
        heading: 各级标题，从大到小，供检索
        text: 原文
        terms: 词，供检索，见 `terms.pack`
        is_row: 是表格的一行
    """

    label: str
    heading: str
    text: str
    page: int = 0
    terms: bytes = b""
    is_row: bool = False


def passages_of(document: Document) -> list[Passage]:
    """一份文件的各段。"""
    found: list[Passage] = []
    for section in document.sections:
        found += _of(section, ())
    return found


def rows_of(block: Block) -> list[dict[str, str]]:
    """表格的各行，每格前面写着列名；看不出表头的为空。"""
    header = header_of(block.rows)
    if header is None:
        return []
    names = block.rows[header]
    kept = [row for row in block.rows[header + 1 :] if not _repeats(row, names)]
    return [
        {name: cell for name, cell in zip(names, row, strict=True) if name and cell}
        for row in _filled_down(kept, names)
    ]


def _repeats(row: Sequence[str], names: Sequence[str]) -> bool:
    """每页又写一遍的表头。"""
    filled = [(cell, name) for cell, name in zip(row, names, strict=True) if cell]
    same = sum("".join(cell.split()) == "".join(name.split()) for cell, name in filled)
    return same >= max(1, len(filled) * 0.7)


def _filled_down(
    rows: Sequence[Sequence[str]], names: Sequence[str]
) -> Iterator[Sequence[str]]:
    """编了号的表，没有编号的一行接着上一行：左边空着的与上一行同。"""
    before: Sequence[str] = ()
    for row in rows:
        if before and "序号" in names[0] and not row[0]:
            first = next((n for n, cell in enumerate(row) if cell), len(row))
            shared = sum(map(bool, row)) == 1
            row = [
                cell or (above if n < first or shared else "")
                for n, (cell, above) in enumerate(zip(row, before, strict=True))
            ]
        before = row
        yield row


def header_of(rows: Sequence[Sequence[str]]) -> int | None:
    """表头是第几行：头几行里，各格都短、都不像内容的最后一行。"""
    for place, row in enumerate(rows[:_HEADER_ROWS]):
        filled = [cell for cell in row if cell]
        different = len(set(filled)) >= max(2, len(row) * 0.6)
        if different and all(_is_name(cell) for cell in filled):
            return place
    return None


def _is_name(cell: str) -> bool:
    return len(cell) <= 16 and not re.search(r"\d{4,}|@|[。；]", cell)


def _of(section: Section, above: tuple[str, ...]) -> Iterator[Passage]:
    headings = (*above, section.heading) if section.heading else above
    if _is_whole(section):
        if text := written(section):
            yield Passage(section.label, _path(above), text, section.page)
        return
    own, tables = _own(section), []
    lead = headings or ((_lead(own[0][0]),) if own else ())
    if not _is_bare(section):
        for text, page in _packed(own):
            yield Passage(section.label, _path(above), text, page)
    for block in section.blocks:
        if block.kind is BlockKind.TABLE:
            tables.append(block)
    for table in tables:
        yield from _of_table(section, table, headings)
    for child in section.children:
        yield from _of(child, lead if lead else above)


def written(section: Section) -> str:
    """一条连同下面的，照原样写出来。"""
    lines: list[str] = []
    for one in section.walk():
        first = f"{_gap(one.number)}{one.heading}" if one.heading else ""
        texts = [block.text for block in one.blocks if block.text and not block.rows]
        if not first and texts:
            first = f"{_gap(one.number)}{texts.pop(0)}"
        lines += [line for line in (first, *texts) if line]
    return "\n".join(lines)


def _is_bare(section: Section) -> bool:
    """只有标题，内容都在下面各条。"""
    texts = any(b.text and b.kind is not BlockKind.TABLE for b in section.blocks)
    return not texts and (bool(section.children) or _has_table(section))


def _own(section: Section) -> list[tuple[str, int]]:
    """一条自己的各段，编号与标题在第一段前面。"""
    texts = [
        (block.text, block.page)
        for block in section.blocks
        if block.text and block.kind is not BlockKind.TABLE
    ]
    head = f"{_gap(section.number)}{section.heading}"
    if section.heading:
        return [(head, section.page), *texts]
    if section.number and texts:
        texts[0] = (f"{head}{texts[0][0]}", texts[0][1])
    return texts


def _packed(texts: Sequence[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """短的合在一起，长的在句号处拆开。"""
    waiting, page = "", 0
    for text, at in texts:
        for part in _halves(text):
            if waiting and len(waiting) + len(part) > LONG:
                yield waiting, page
                waiting = ""
            page = page if waiting else at
            joint = "\n" if waiting and part is text else ""
            waiting += joint + part
    if waiting:
        yield waiting, page


def _halves(text: str) -> list[str]:
    if len(text) <= LONG:
        return [text]
    parts: list[str] = []
    for sentence in _SENTENCES.split(text):
        if parts and len(parts[-1]) + len(sentence) <= LONG * 0.7:
            parts[-1] += sentence
        elif sentence:
            parts.append(sentence)
    return parts


def _of_table(
    section: Section, block: Block, headings: tuple[str, ...]
) -> Iterator[Passage]:
    path = _path((*headings, block.text) if block.text else headings)
    header = header_of(block.rows)
    if header is None:
        text = "\n".join("　".join(filter(None, row)) for row in block.rows)
        for part, page in _packed([(text, block.page)]):
            yield Passage(section.label, path, part, page)
        return
    for row in rows_of(block):
        text = "；".join(f"{name}：{cell}" for name, cell in row.items())
        if text:
            yield Passage(section.label, path, text, block.page, is_row=True)


def _is_whole(section: Section) -> bool:
    """短的、下面只是列举的，不拆；各条自成一句的分开。"""
    if _has_table(section) or len(written(section)) > WHOLE:
        return False
    own = [block.text for block in section.blocks if block.text]
    introduced = bool(own) and own[-1].rstrip().endswith(("：", ":"))
    below = [one for child in section.children for one in child.walk()]
    items = [_item(one, first_only=introduced) for one in below]
    sentences = any(item.endswith("。") for item in items[:-1])
    longest = INTRODUCED if introduced else ITEM
    return not sentences and all(len(item) <= longest for item in items)


def _item(section: Section, *, first_only: bool) -> str:
    """列举的一项说了什么。

    参数:
        first_only: 只看头一段：最后一项后面的几段，说的是整串列举
    """
    texts = [one for one in (section.heading, *(b.text for b in section.blocks)) if one]
    return "".join(texts[:1] if first_only else texts)


def _has_table(section: Section) -> bool:
    return any(b.kind is BlockKind.TABLE for s in section.walk() for b in s.blocks)


def _path(headings: tuple[str, ...]) -> str:
    return " ".join(headings)


def _lead(text: str) -> str:
    """没有单独标题的，开头一小句当标题。"""
    first = re.split(r"[。：:；]", text, maxsplit=1)[0]
    return first if len(first) <= 30 else ""


def _gap(number: str) -> str:
    return f"{number} " if number[:1] == "附" or number[-1:].isdecimal() else number
