"""看内容认格式，不信扩展名；太大、加密、解开来撑爆内存的先挡住。"""

import zipfile
from enum import StrEnum
from pathlib import Path

from .pieces import Unreadable

LARGEST = 50 * 1024 * 1024
UNPACKED = 300 * 1024 * 1024
RATIO = 200
"""压缩比再高就不是文件，是炸弹。"""
_MOST_PARTS = 5000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_PLAIN = frozenset({".txt", ".md", ".markdown", ".csv", ".tsv", ""})


def check_size(path: Path) -> None:
    """在不在，多大。

    异常:
        Unreadable: 没有这个文件、空的、太大
    """
    if not path.is_file():
        raise Unreadable(f"没有 {path.name} 这个文件")
    size = path.stat().st_size
    if size == 0:
        raise Unreadable("这是个空文件，可能没有下载完，请重新发一次")
    if size > LARGEST:
        raise Unreadable(
            f"这份文件有 {size / 1024 / 1024:.0f} MB，最多 "
            f"{LARGEST // 1024 // 1024} MB，请只发要用的部分"
        )


class Format(StrEnum):
    """一份文件其实是什么。"""

    DOCX = "docx"
    SHEETS = "sheets"
    PDF = "pdf"
    HTML = "html"
    TEXT = "text"
    OFFICE = "office"
    PICTURE = "picture"


def sniff(path: Path, name: str) -> Format:
    """是什么格式。

    参数:
        name: 原来的文件名

    异常:
        Unreadable: 太大、空的、加了密、坏了，或不认识
    """
    check_size(path)
    with path.open("rb") as file:
        start = file.read(4096)
    suffix = Path(name).suffix.lower()
    if b"%PDF-" in start[:1024]:
        return Format.PDF
    if start.startswith(b"PK"):
        return _packed(path, suffix)
    if start.startswith(_OLE):
        return _compound(path, suffix)
    if start.startswith(b"{\\rtf"):
        return Format.OFFICE
    if start.startswith(_PICTURES) or start[8:12] == b"WEBP":
        return Format.PICTURE
    if _looks_html(start):
        return Format.HTML
    if suffix in _PLAIN or _looks_text(start):
        return Format.TEXT
    if suffix in (".docx", ".xlsx", ".pdf", ".doc", ".xls", ".wps", ".et"):
        raise Unreadable("这份文件坏了或没有下载完，打不开，请重新发一次")
    raise Unreadable(
        f"不认识这种文件（{suffix or '没有扩展名'}）："
        "请发 docx、pdf、xlsx、xls、html、txt 或 md"
    )


def _packed(path: Path, suffix: str) -> Format:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            _check_sizes(parts)
    except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
        raise Unreadable("这份文件坏了或没有下载完，打不开，请重新发一次") from error
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable("这份文件加了密码，请去掉密码再发")
    macros = any(name.endswith("vbaProject.bin") for name in names)
    if macros or suffix in (".docm", ".xlsm", ".dotm"):
        raise Unreadable(
            "这份文件带宏，为了安全不读，请另存为不带宏的 docx 或 xlsx 再发"
        )
    if "word/document.xml" in names:
        return Format.DOCX
    if (
        "xl/workbook.xml" in names
        or "xl/workbook.bin" in names
        or "content.xml" in names
    ):
        if suffix == ".odt":
            return Format.OFFICE
        return Format.SHEETS
    raise Unreadable("这是压缩包，不是文件：请解开，把里面的文件一份一份发来")


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    total = sum(part.file_size for part in parts)
    packed = max(sum(part.compress_size for part in parts), 1)
    bomb = total > 10 * 1024 * 1024 and total / packed > RATIO
    if total > UNPACKED or bomb or len(parts) > _MOST_PARTS:
        raise Unreadable(
            f"这份文件解开有 {total / 1024 / 1024:.0f} MB，大得不正常，没有读"
        )


def _compound(path: Path, suffix: str) -> Format:
    content = path.read_bytes()
    if _named(content, "EncryptedPackage"):
        raise Unreadable("这份文件加了密码，请去掉密码再发")
    if _named(content, "Workbook") or _named(content, "Book"):
        return Format.SHEETS
    if _named(content, "WordDocument"):
        return Format.OFFICE
    if suffix in (".xls", ".et"):
        return Format.SHEETS
    return Format.OFFICE


def _named(content: bytes, stream: str) -> bool:
    return stream.encode("utf-16-le") in content


def _looks_html(start: bytes) -> bool:
    plain = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    marks = (b"<html", b"<table", b"<body", b"<!doctype html")
    return plain.startswith(b"<") and any(mark in plain for mark in marks)


def _looks_text(start: bytes) -> bool:
    return b"\x00" not in start and sum(c < 9 for c in start) == 0
