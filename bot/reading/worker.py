"""读文件的进程：限住内存与时间，读一份，把结果交回去。

从标准输入收题（路径、原名、要认得的名字），向标准输出交 JSON；
读不了的交一句话，出了意外的什么也不交。
"""

import json
import os
import sys
from base64 import b64encode
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from bot.text.cleaning import clean

from .passages import Passage, passages_of
from .pieces import Grid, Read, Text, Unreadable
from .sniffing import Format, sniff
from .structure import structured
from .terms import pack
from .words import cut_words

MEMORY = 1200 * 1024 * 1024
MEMORY_TO_RECOGNISE = 4000 * 1024 * 1024
"""文字识别、LibreOffice 要得多些。"""
_MOST_TEXT = 3_000_000
_GENTLE = 5


def main() -> None:
    """读一份；读得久也不碍着助手答话。"""
    if os.name == "posix":
        os.nice(_GENTLE)
    given = json.load(sys.stdin)
    path, name = Path(given["path"]), given["name"]
    try:
        heavy = sniff(path, name) in (Format.PDF, Format.PICTURE, Format.OFFICE)
        _limit_memory(MEMORY_TO_RECOGNISE if heavy else MEMORY)
        answer = read(path, name, given["names"])
    except Unreadable as error:
        answer = {"refused": str(error)}
    sys.stdout.write(json.dumps(answer, ensure_ascii=True))
    sys.stdout.flush()


def read(path: Path, name: str, names: list[str]) -> dict[str, Any]:
    """读一份，切成段。

    异常:
        Unreadable: 读不了
    """
    kind = sniff(path, name)
    raw = _readers(kind)(path)
    if not _has_content(raw):
        raise Unreadable("这份文件里没有文字，可能是空的，或整份都是图片")
    if sum(_length(piece) for piece in raw.pieces) > _MOST_TEXT:
        raise Unreadable("这份文件的文字太多（超过三百万字），请只发要用的部分")
    document = structured(raw)
    passages = passages_of(document)
    words = cut_words([f"{p.heading} {p.text}" for p in passages], names)
    return {
        "format": kind.value,
        "document": document.pack(),
        "passages": [
            {
                "label": passage.label,
                "heading": passage.heading,
                "text": clean(passage.text),
                "page": passage.page,
                "terms": b64encode(_terms(document.title, passage, cut)).decode(),
                "is_row": passage.is_row,
            }
            for passage, cut in zip(passages, words, strict=True)
        ],
    }


def _terms(title: str, passage: Passage, words: Iterable[str]) -> bytes:
    """一段的词；题目里的字样各段都有，说明不了是哪一段。"""
    return pack(f"{title} {passage.heading}", passage.text, words)


def _readers(kind: Format) -> Callable[[Path], Read]:
    """只装用得着的那一种。"""
    match kind:
        case Format.DOCX:
            from .docx import read_docx as reader
        case Format.SHEETS:
            from .sheets import read_sheets as reader
        case Format.PDF:
            from .pdf import read_pdf as reader
        case Format.HTML:
            from .html import read_html as reader
        case Format.OFFICE:
            from .office import read_office as reader
        case Format.PICTURE:
            from .recognition import read_picture as reader
        case Format.TEXT:
            from .plain import read_text as reader
    return reader


def _has_content(raw: Read) -> bool:
    return any(_length(piece) for piece in raw.pieces)


def _length(piece: Text | Grid) -> int:
    if isinstance(piece, Text):
        return len(piece.text.strip())
    return sum(len(cell) for row in piece.rows for cell in row)


def _limit_memory(most: int) -> None:
    """不许多占；Windows 上没有这样的限制。"""
    if os.name != "posix":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (allowed, hard))


if __name__ == "__main__":
    main()
