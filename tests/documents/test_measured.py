"""十二份编的文件：日期一个不错、一个不多，联系人各项都对。"""

from datetime import datetime
from pathlib import Path

import pytest

from bot.clock import ZONE
from bot.deadlines import Window
from bot.documents.proposals import contact_of
from bot.documents.proposals.dates import windows_in
from bot.documents.shelf import Stored
from bot.reading import Document, rows_of
from bot.reading.docx import read_docx
from bot.reading.html import read_html
from bot.reading.passages import passages_of
from bot.reading.pdf import read_pdf
from bot.reading.pieces import Read
from bot.reading.plain import read_text
from bot.reading.structure import structured

from . import made, written
from .written import Written
from .written_more import CONTACTS, MORE

NOW = datetime(2026, 11, 28, 12, tzinfo=ZONE)
EVERY = (*written.ALL, *MORE)
DATES = {
    "notice": ["申报 3.15-5.20", "申报 9.1-11.30", "报送 -5.31"],
    "guide": ["报送 -12.10"],
    "plan": ["报送 -6.30"],
    "circled": ["申报 -4.9", "报送 -4.16"],
    "dates": [
        "申报 3.8-4.30", "报送 -5.14", "报送 -3.31",
        "申报 9.6-10.29", "报送 -11.19", "完成 -12.24",
    ],
}  # fmt: skip


def built(read: Read) -> Document:
    return structured(read)


def shown(window: Window) -> str:
    opens = window.opens.day if window.opens else None
    closes = window.closes.day
    first = f"{opens.month}.{opens.day}" if opens else ""
    return f"{window.kind} {first}-{closes.month}.{closes.day}"


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.name)
def test_every_deadline_is_found_and_no_other(one: Written, tmp_path: Path) -> None:
    document = built(read_text(made.as_text(one, tmp_path)))
    found: list[str] = []
    for n, p in enumerate(passages_of(document)):
        passage = Stored(n, 0, p.label, p.heading, p.text, p.page, p.is_row)
        if not p.is_row:
            told = windows_in(passage, "广西", one.day.year, one.title, NOW)
            found += [shown(window) for window, _ in told]
    assert found == DATES.get(one.name, [])


@pytest.mark.parametrize("form", ["docx", "pdf", "html", "txt"])
def test_every_field_of_the_contacts_is_read(form: str, tmp_path: Path) -> None:
    match form:
        case "docx":
            read = read_docx(made.as_docx(CONTACTS, tmp_path))
        case "pdf":
            read = read_pdf(made.as_pdf(CONTACTS, tmp_path))
        case "html":
            read = read_html(made.as_html(CONTACTS, tmp_path))
        case _:
            read = read_text(made.as_text(CONTACTS, tmp_path))
    rows = [row for _, block in built(read).tables() for row in rows_of(block)]
    wanted = [
        {"证书": r[1], "联系人": r[2], "固定电话": r[3], "手机": r[4], "邮箱": r[5]}
        for r in CONTACTS.attachments[0][1][1:]
    ]
    assert [contact_of(row) for row in rows] == wanted
