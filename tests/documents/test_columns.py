"""两栏排版的 PDF：先左栏、后右栏；没有画线的名单不当作两栏。"""

from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageTemplate,
    Paragraph,
)

from bot.reading.pdf import read_pdf
from bot.reading.pieces import Text
from bot.reading.structure import structured

from . import made, written
from .test_reading import right_clauses
from .written import Written

WIDTH = (A4[0] - 100) / 2
HEIGHT = 260
TOP = A4[1] - 60


def in_two_columns(one: Written, folder: Path) -> Path:
    """排成两栏的一份。"""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    body = ParagraphStyle(
        "body", fontName="STSong-Light", fontSize=11, leading=18, firstLineIndent=22,
        wordWrap="CJK",
    )  # fmt: skip
    title = ParagraphStyle(
        "title", parent=body, fontSize=16, leading=24, alignment=1, firstLineIndent=0
    )
    path = folder / f"{one.name}-columns.pdf"
    frames = [Frame(left, TOP - HEIGHT, WIDTH, HEIGHT) for left in (40.0, 60.0 + WIDTH)]
    story: list[Flowable] = [Paragraph(one.title, title), Paragraph(one.lead, body)]
    story += [Paragraph(f"{c.number}{c.text}", body) for _, c in made.flat(one.clauses)]
    document = BaseDocTemplate(str(path), pagesize=A4)
    document.addPageTemplates(PageTemplate(frames=frames))
    document.build(story)
    return path


@pytest.mark.parametrize("one", [written.NOTICE, written.GUIDE])
def test_the_left_column_comes_first(one: Written, tmp_path: Path) -> None:
    document = structured(read_pdf(in_two_columns(one, tmp_path)))
    right, total = right_clauses(document, one)
    assert right == total
    assert document.title == one.title


def test_a_list_without_lines_stays_in_rows(tmp_path: Path) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    path = tmp_path / "名单.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setFont("STSong-Light", 12)
    for number in range(12):
        canvas.drawString(72, 760 - 24 * number, f"示例学校{number}")
        canvas.drawString(380, 760 - 24 * number, f"陈{number}")
    canvas.save()
    told = " ".join(
        piece.text for piece in read_pdf(path).pieces if isinstance(piece, Text)
    )
    assert told.index("陈0") < told.index("示例学校1")
