"""把编的文件做成各种格式。"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
from docx import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

from .written import Clause, Written

_AUTO = """
<w:abstractNum {ns} w:abstractNumId="90"><w:multiLevelType w:val="multilevel"/>
{levels}</w:abstractNum>"""
_LEVEL = (
    '<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{format}"/>'
    '<w:lvlText w:val="{text}"/></w:lvl>'
)
_FORMS = {"、": 0, "（一": 1, ".": 2, "（1": 3}


def flat(clauses: tuple[Clause, ...], depth: int = 0) -> Iterator[tuple[int, Clause]]:
    """各条与深浅，按先后。"""
    for clause in clauses:
        yield depth, clause
        yield from flat(clause.children, depth + 1)


def day_of(written: Written) -> str:
    """落款的日期。"""
    return f"{written.day.year}年{written.day.month}月{written.day.day}日"


def addressed(written: Written) -> str:
    """抬头。"""
    return f"{'、'.join(written.addressees)}：" if written.addressees else ""


def attachment_name(written: Written, number: int) -> str:
    """第几个附件的写法。"""
    return f"附件{number}" if len(written.attachments) > 1 else "附件"


def as_docx(written: Written, folder: Path, *, automatic: bool = False) -> Path:
    """Word 文档；编号打在文字里，或用 Word 的自动编号。"""
    document = Word()
    if automatic:
        _define_numbers(document)
    if written.number:
        _centred(document, written.number)
    title = _centred(document, written.title)
    title.runs[0].font.size = Pt(22)
    if addressed(written):
        document.add_paragraph(addressed(written))
    document.add_paragraph(written.lead)
    for _, clause in flat(written.clauses):
        level = _level(clause)
        if automatic and level is not None:
            paragraph = document.add_paragraph(clause.text)
            _number(paragraph, level)
        else:
            document.add_paragraph(f"{clause.number}{clause.text}")
    if written.attachments:
        names = [f"{n}.{name}" for n, (name, _) in enumerate(written.attachments, 1)]
        document.add_paragraph(f"附件：{names[0]}")
        for name in names[1:]:
            document.add_paragraph(name)
    document.add_paragraph(written.issuer)
    document.add_paragraph(day_of(written))
    for number, (name, rows) in enumerate(written.attachments, 1):
        document.add_paragraph(attachment_name(written, number))
        _centred(document, name)
        _word_table(document, rows)
    path = folder / f"{written.name}{'-auto' if automatic else ''}.docx"
    document.save(str(path))
    return path


def with_pages(
    plain: Path, path: Path, starts: list[str], told: int | None = None
) -> None:
    """像 Word 存盘时那样，记下在哪几段之前翻页；`told` 是另记的页数。"""
    document = Word(str(plain))
    for paragraph in document.paragraphs:
        if paragraph.text.startswith(tuple(starts)) and paragraph.runs:
            mark = OxmlElement("w:lastRenderedPageBreak")
            paragraph.runs[0]._r.insert(0, mark)
    document.save(str(path))
    pages = told or len(starts) + 1
    parts: dict[str, bytes] = {}
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    properties = parts["docProps/app.xml"].decode()
    parts["docProps/app.xml"] = re.sub(
        r"<Pages>\d+</Pages>", f"<Pages>{pages}</Pages>", properties
    ).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def as_pdf(written: Written, folder: Path) -> Path:
    """有文字的 PDF：每页有页眉、页码，表格跨页时表头再写一遍。"""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    body = ParagraphStyle(
        "body", fontName="STSong-Light", fontSize=16, leading=28, firstLineIndent=32,
        wordWrap="CJK",
    )  # fmt: skip
    centre = ParagraphStyle(
        "centre", parent=body, alignment=TA_CENTER, firstLineIndent=0
    )
    title = ParagraphStyle("title", parent=centre, fontSize=22, leading=32)
    right = ParagraphStyle("right", parent=body, alignment=TA_RIGHT, firstLineIndent=0)
    flush = ParagraphStyle("flush", parent=body, firstLineIndent=0)
    cell = ParagraphStyle("cell", parent=flush, fontSize=9, leading=12)
    story: list[Any] = []
    if written.number:
        story += [Paragraph(written.number, centre), Spacer(1, 12)]
    story += [Paragraph(written.title, title), Spacer(1, 12)]
    if addressed(written):
        story.append(Paragraph(addressed(written), flush))
    story.append(Paragraph(written.lead, body))
    for _, clause in flat(written.clauses):
        story.append(Paragraph(f"{clause.number}{clause.text}", body))
    if written.attachments:
        for n, (name, _) in enumerate(written.attachments, 1):
            head = "附件：" if n == 1 else ""
            story.append(Paragraph(f"{head}{n}.{name}", body))
    story += [Paragraph(written.issuer, right), Paragraph(day_of(written), right)]
    for number, (name, rows) in enumerate(written.attachments, 1):
        story.append(Paragraph(attachment_name(written, number), flush))
        story += [Paragraph(name, centre), Spacer(1, 8)]
        shown = [[Paragraph(text, cell) for text in row] for row in rows]
        grid = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)]
        story.append(Table(shown, repeatRows=1, style=grid))
    path = folder / f"{written.name}.pdf"

    def marks(canvas: Any, _document: Any) -> None:
        canvas.setFont("STSong-Light", 9)
        canvas.drawString(72, A4[1] - 40, "内部资料 仅供参考")
        canvas.drawCentredString(A4[0] / 2, 36, f"— {canvas.getPageNumber()} —")

    SimpleDocTemplate(str(path), pagesize=A4).build(
        story, onFirstPage=marks, onLaterPages=marks
    )
    return path


def as_html(written: Written, folder: Path, encoding: str = "utf-8") -> Path:
    """网页。"""
    parts = [f"<h1>{written.title}</h1>"]
    if written.number:
        parts.append(f"<p style='text-align:center'>{written.number}</p>")
    parts += [f"<p>{text}</p>" for text in (addressed(written), written.lead) if text]
    parts += [f"<p>　　{c.number}{c.text}</p>" for _, c in flat(written.clauses)]
    parts.append(f"<p>{written.issuer}</p><p>{day_of(written)}</p>")
    for number, (name, rows) in enumerate(written.attachments, 1):
        parts.append(f"<p>{attachment_name(written, number)}</p><p>{name}</p>")
        lines = ["".join(f"<td>{cell}</td>" for cell in row) for row in rows]
        parts.append(f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>")
    page = (
        f"<html><head><meta charset='{encoding}'><title>x</title>"
        "<style>p{margin:0}</style></head><body><script>var a=1</script>"
        f"{''.join(parts)}</body></html>"
    )
    path = folder / f"{written.name}-{encoding}.html"
    path.write_bytes(page.encode(encoding))
    return path


def as_text(
    written: Written, folder: Path, *, width: int = 0, encoding: str = "utf-8"
) -> Path:
    """纯文字；给了宽度的，像从 PDF 里贴出来的：一行行断开，中间空行，夹着页码。"""
    parts = [written.number, written.title, addressed(written), written.lead]
    parts += [f"{c.number}{c.text}" for _, c in flat(written.clauses)]
    parts += [written.issuer, day_of(written)]
    for number, (name, rows) in enumerate(written.attachments, 1):
        parts += [attachment_name(written, number), name]
        parts += ["\t".join(row) for row in rows]
    lines: list[str] = []
    for part in filter(None, parts):
        whole = width and "\t" not in part
        size = width if whole else len(part)
        lines += [part[n : n + size] for n in range(0, len(part), size)]
        if whole and len(lines) % 5 == 0:
            lines.append(f"— {len(lines) // 5} —")
    text = ("\n\n" if width else "\n").join(lines)
    path = folder / f"{written.name}-{width}-{encoding}.txt"
    path.write_bytes(text.encode(encoding))
    return path


def _centred(document: Any, text: str) -> Any:
    paragraph = document.add_paragraph(text)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph


def _word_table(document: Any, rows: tuple[tuple[str, ...], ...]) -> None:
    """一张表；机构那一列上下相同的合并成一格。"""
    table = document.add_table(len(rows), len(rows[0]))
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    for r in range(1, len(rows) - 1):
        if len(rows[0]) > 2 and rows[r][1] == rows[r + 1][1]:
            table.cell(r + 1, 1).text = ""
            merged = table.cell(r, 1).merge(table.cell(r + 1, 1))
            merged.text = rows[r][1]


def _define_numbers(document: Any) -> None:
    shapes = (
        ("chineseCountingThousand", "%1、"), ("chineseCountingThousand", "（%2）"),
        ("decimal", "%3."), ("decimal", "（%4）"),
    )  # fmt: skip
    levels = "".join(
        _LEVEL.format(n=n, format=shape, text=text)
        for n, (shape, text) in enumerate(shapes)
    )
    numbering = document.part.numbering_part.element
    first = numbering.find(qn("w:num"))
    abstract = parse_xml(_AUTO.format(ns=nsdecls("w"), levels=levels))
    first.addprevious(abstract)
    item = parse_xml(
        f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'
    )
    numbering.append(item)


def _number(paragraph: Any, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr()
    numbering = OxmlElement("w:numPr")
    for name, value in (("ilvl", level), ("numId", 90)):
        element = OxmlElement(f"w:{name}")
        element.set(qn("w:val"), str(value))
        numbering.append(element)
    properties.append(numbering)


def _level(clause: Clause) -> int | None:
    """自动编号的第几级；章、条与 1.1 这样的照打在文字里。"""
    number = clause.number
    if number[-1] == "、":
        return 0
    if number[0] in "（(":
        return 3 if number[1].isdecimal() else 1
    return 2 if number[-1] == "." else None


def picture(text: str, folder: Path) -> Path:
    """写着一句话的图片。"""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    page = folder / "picture.pdf"
    canvas = Canvas(str(page), pagesize=(500, 120))
    canvas.setFont("STSong-Light", 30)
    canvas.drawString(30, 50, text)
    canvas.save()
    path = folder / "picture.png"
    with pypdfium2.PdfDocument(page) as document:
        document[0].render(scale=2).to_pil().save(path)
    return path
