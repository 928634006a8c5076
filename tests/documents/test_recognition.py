"""扫描的 PDF 与图片：装了文字识别的，读出来与有文字的一样。"""

from pathlib import Path

import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from bot.reading import read_file, recognises

from . import made, written
from .test_reading import right_clauses

pytestmark = pytest.mark.skipif(not recognises(), reason="没有装文字识别")


def scanned(folder: Path) -> list[Path]:
    """一份通知拍成的各页。"""
    document = pypdfium2.PdfDocument(made.as_pdf(written.PLAN, folder))
    pages: list[Path] = []
    for number in range(len(document)):
        pages.append(folder / f"{number}.png")
        document[number].render(scale=2).to_pil().convert("L").save(pages[-1])
    document.close()
    return pages


async def test_a_scan_is_read_clause_by_clause(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    canvas = Canvas(str(path))
    for page in scanned(tmp_path):
        canvas.drawImage(str(page), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    document = (await read_file(path)).document
    right, total = right_clauses(document, written.PLAN)
    assert right >= total - 1
    assert document.title == written.PLAN.title
    assert document.day == written.PLAN.day


async def test_a_picture_is_read(tmp_path: Path) -> None:
    reading = await read_file(scanned(tmp_path)[0])
    assert reading.document.number == written.PLAN.number
