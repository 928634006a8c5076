"""扫描的 PDF 与图片：装了文字识别的，读出来与有文字的一样。"""

from collections.abc import Iterable
from difflib import SequenceMatcher
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from bot.reading import read_file, recognises

from . import made, written
from .photographed import photographed, scanned
from .test_reading import own_text, right_clauses
from .written import Written

pytestmark = pytest.mark.skipif(not recognises(), reason="没有装文字识别")


def pages_of(one: Written, folder: Path) -> list[Image.Image]:
    """一份文件各页的样子。"""
    document = pypdfium2.PdfDocument(made.as_pdf(one, folder))
    pages = [page.render(scale=2).to_pil() for page in document]
    document.close()
    return pages


def bound(pages: Iterable[Image.Image], folder: Path) -> Path:
    """装订成一份没有文字的 PDF。"""
    path = folder / "scan.pdf"
    canvas = Canvas(str(path))
    for number, page in enumerate(pages):
        picture = folder / f"{number}.png"
        page.save(picture)
        canvas.drawImage(str(picture), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    return path


async def test_a_scan_is_read_clause_by_clause(tmp_path: Path) -> None:
    turned: list[tuple[int, int]] = []
    path = bound(map(scanned, pages_of(written.PLAN, tmp_path)), tmp_path)
    reading = await read_file(path, on_page=lambda *page: turned.append(page))
    right, total = right_clauses(reading.document, written.PLAN)
    assert right >= total - 1
    assert reading.document.title == written.PLAN.title
    assert reading.document.day == written.PLAN.day
    assert turned == [(n, len(turned)) for n in range(1, len(turned) + 1)]


@pytest.mark.parametrize("angle", [-4.5, 4.5])
async def test_a_page_that_lies_askew(angle: float, tmp_path: Path) -> None:
    pages = (scanned(page, angle) for page in pages_of(written.PLAN, tmp_path))
    document = (await read_file(bound(pages, tmp_path))).document
    right, total = right_clauses(document, written.PLAN)
    assert right >= total - 1


async def test_a_photographed_page(tmp_path: Path) -> None:
    path = tmp_path / "拍的.jpg"
    photographed(pages_of(written.PLAN, tmp_path)[0]).save(path)
    document = (await read_file(path)).document
    assert document.title == written.PLAN.title
    assert document.number == written.PLAN.number
    first = [section for section in document.walk() if section.label == "一1"]
    assert own_text(first[0]) == written.texts(written.PLAN)["一1"]


async def test_the_characters_of_a_clean_page(tmp_path: Path) -> None:
    path = tmp_path / "清楚.png"
    pages_of(written.PLAN, tmp_path)[0].save(path)
    read = "".join(p.text for p in (await read_file(path)).passages)
    wanted = "".join(written.texts(written.PLAN)[label] for label in ("一1", "一2"))
    matcher = SequenceMatcher(None, wanted, read, autojunk=False)
    same = sum(block.size for block in matcher.get_matching_blocks())
    assert same >= 0.98 * len(wanted)
