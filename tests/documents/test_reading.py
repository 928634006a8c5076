"""读文件：编的文件做成各种格式，读出来的样子与写的一样。"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from bot.reading import Document, Reading, Section, read_file, worker
from bot.reading.process import reading_of

from . import made, written
from .written import Written
from .written_more import MORE

Making = Callable[[Written, Path], Path]
FORMATS: dict[str, Making] = {
    "docx": made.as_docx,
    "docx 自动编号": partial(made.as_docx, automatic=True),
    "pdf": made.as_pdf,
    "html": made.as_html,
    "GBK 的 html": partial(made.as_html, encoding="gbk"),
    "txt": made.as_text,
    "断开的 txt": partial(made.as_text, width=29),
    "GBK 的 txt": partial(made.as_text, encoding="gbk"),
}
EACH = pytest.mark.parametrize("making", FORMATS.values(), ids=FORMATS.keys())


EVERY = (*written.ALL, *MORE)
_READ: dict[tuple[int, str], Reading] = {}


def read(making: Making, one: Written, folder: Path) -> Reading:
    """同一份同一种格式只读一次；不另开进程，装一遍切词的词典就够。"""
    key = id(making), one.name
    if key not in _READ:
        path = making(one, folder)
        _READ[key] = reading_of(worker.read(path, path.name, []))
    return _READ[key]


def own_text(section: Section) -> str:
    """一条自己的文字。"""
    return section.heading + "".join(b.text for b in section.blocks if not b.rows)


def same(one: str, other: str) -> bool:
    return "".join(one.split()) == "".join(other.split())


def right_clauses(document: Document, one: Written) -> tuple[int, int]:
    """（编号与文字都对的条数，一共几条）。"""
    wanted = written.texts(one)
    found = {section.label: own_text(section) for section in document.walk()}
    right = sum(same(found.get(label, ""), text) for label, text in wanted.items())
    return right, len(wanted)


@EACH
def test_finds_every_clause_where_it_stands(making: Making, tmp_path: Path) -> None:
    counted = [
        right_clauses(read(making, one, tmp_path).document, one) for one in EVERY
    ]
    right, total = (sum(numbers) for numbers in zip(*counted, strict=True))
    assert right >= 0.98 * total, f"{right}/{total}"


@EACH
def test_reads_what_a_notice_says_of_itself(making: Making, tmp_path: Path) -> None:
    for one in EVERY:
        document = read(making, one, tmp_path).document
        assert document.title == one.title
        assert document.number == one.number
        assert document.issuer == one.issuer
        assert document.day == one.day
        assert document.addressees == one.addressees


@EACH
def test_reads_every_cell_of_the_tables(making: Making, tmp_path: Path) -> None:
    right = total = 0
    for one in EVERY:
        document = read(making, one, tmp_path).document
        tables = [block.rows for _, block in document.tables()]
        assert len(tables) == len(one.attachments)
        for found, (_, rows) in zip(tables, one.attachments, strict=True):
            cells = {
                (r, c): t for r, row in enumerate(found) for c, t in enumerate(row)
            }
            for r, row in enumerate(rows):
                for c, text in enumerate(row):
                    total += 1
                    right += same(cells.get((r, c), ""), text)
    assert right >= 0.99 * total, f"{right}/{total}"


@EACH
async def test_keeps_running_heads_and_page_numbers_out(
    making: Making, tmp_path: Path
) -> None:
    reading = await read_file(making(written.NOTICE, tmp_path))
    texts = [passage.text for passage in reading.passages]
    assert not any("内部资料" in text or text.startswith("—") for text in texts)


def test_knows_the_page_of_a_clause(tmp_path: Path) -> None:
    reading = read(made.as_pdf, written.NOTICE, tmp_path)
    pages = {passage.label: passage.page for passage in reading.passages}
    assert pages["一（一）"] == 1
    assert max(pages.values()) == reading.document.pages > 1


async def test_knows_the_page_of_a_clause_in_word(tmp_path: Path) -> None:
    path = tmp_path / "排过版.docx"
    made.with_pages(made.as_docx(written.NOTICE, tmp_path), path, ["二、", "附件1"])
    reading = await read_file(path)
    assert reading.document.pages == 3
    pages = {passage.label: passage.page for passage in reading.passages}
    assert pages["一（一）"] == 1
    assert pages["二1"] == 2
    assert pages["附件1"] == 3


async def test_a_page_count_that_does_not_fit_is_not_believed(tmp_path: Path) -> None:
    path = tmp_path / "改过.docx"
    plain = made.as_docx(written.NOTICE, tmp_path)
    made.with_pages(plain, path, ["二、", "附件1"], told=9)
    reading = await read_file(path)
    assert reading.document.pages == 0
    assert {passage.page for passage in reading.passages} == {0}
