"""读不了的文件：各有一句说得清的话，别的什么也不发生。"""

import io
import zipfile
from pathlib import Path

import pytest
import xlwt
from openpyxl import Workbook
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from bot.reading import Unreadable, read_file, recognises

from . import made, written

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


async def refusal(path: Path, name: str = "") -> str:
    with pytest.raises(Unreadable) as caught:
        await read_file(path, name)
    said = str(caught.value)
    assert said
    assert "\n" not in said
    return said


async def test_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "空.docx"
    path.write_bytes(b"")
    assert "空文件" in await refusal(path)


async def test_no_file(tmp_path: Path) -> None:
    assert "没有" in await refusal(tmp_path / "没有.docx")


async def test_a_file_without_a_word(tmp_path: Path) -> None:
    path = tmp_path / "空白.txt"
    path.write_text("  \n\n ")
    assert "没有文字" in await refusal(path)


async def test_a_file_of_60_mb(tmp_path: Path) -> None:
    path = tmp_path / "大.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF-1.4")
        file.truncate(60 * 1024 * 1024)
    assert "60 MB" in await refusal(path)


async def test_a_pdf_of_300_pages(tmp_path: Path) -> None:
    path = tmp_path / "厚.pdf"
    canvas = Canvas(str(path))
    for number in range(300):
        canvas.drawString(72, 700, f"page {number}")
        canvas.showPage()
    canvas.save()
    assert "300 页" in await refusal(path)


async def test_a_pdf_with_a_password(tmp_path: Path) -> None:
    path = tmp_path / "密.pdf"
    canvas = Canvas(str(path), encrypt=StandardEncryption("secret"))
    canvas.drawString(72, 700, "hidden")
    canvas.save()
    assert "密码" in await refusal(path)


async def test_an_encrypted_workbook(tmp_path: Path) -> None:
    path = tmp_path / "密.xlsx"
    path.write_bytes(OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"))
    assert "密码" in await refusal(path)


@pytest.mark.parametrize("suffix", [".docx", ".pdf"])
async def test_a_file_cut_short(tmp_path: Path, suffix: str) -> None:
    making = made.as_docx if suffix == ".docx" else made.as_pdf
    whole = making(written.NOTICE, tmp_path).read_bytes()
    path = tmp_path / f"半截{suffix}"
    path.write_bytes(whole[: len(whole) // 3])
    assert "坏" in await refusal(path)


async def test_a_zip_bomb(tmp_path: Path) -> None:
    path = tmp_path / "弹.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w>" + b" " * 80_000_000)
    assert "大得不正常" in await refusal(path)


async def test_entities_that_grow(tmp_path: Path) -> None:
    entities = '<!ENTITY a0 "哈哈哈哈哈哈哈哈哈哈">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)
    )
    xml = f'<?xml version="1.0"?><!DOCTYPE d [{entities}]><d>&a9;</d>'
    path = tmp_path / "胀.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", xml)
    assert "读不了" in await refusal(path)


async def test_macros(tmp_path: Path) -> None:
    plain = made.as_docx(written.REPLY, tmp_path)
    path = tmp_path / "宏.docm"
    path.write_bytes(plain.read_bytes())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"x")
    assert "宏" in await refusal(path)


async def test_an_archive(tmp_path: Path) -> None:
    path = tmp_path / "一包.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "x")
    assert "压缩包" in await refusal(path)


async def test_a_program(tmp_path: Path) -> None:
    path = tmp_path / "程序.exe"
    path.write_bytes(b"MZ\x00\x01\x02" * 100)
    assert "不认识" in await refusal(path)


async def test_old_word_without_libreoffice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    path = tmp_path / "旧.doc"
    path.write_bytes(OLE + bytes(600) + "WordDocument".encode("utf-16-le"))
    assert "LibreOffice" in await refusal(path)


@pytest.mark.skipif(recognises(), reason="装了文字识别")
async def test_a_picture_and_a_scan_without_recognition(tmp_path: Path) -> None:
    from PIL import Image

    picture = tmp_path / "拍的.png"
    Image.new("RGB", (300, 300), "white").save(picture)
    assert "文字识别" in await refusal(picture)
    scan = tmp_path / "扫描.pdf"
    canvas = Canvas(str(scan))
    canvas.drawImage(str(picture), 72, 300)
    canvas.save()
    assert "扫描" in await refusal(scan)


async def test_a_page_called_xlsx(tmp_path: Path) -> None:
    page = made.as_html(written.PLAN, tmp_path)
    reading = await read_file(page, "名额表.xlsx")
    assert reading.format == "html"
    assert [len(b.rows) for _, b in reading.document.tables()] == [4]


async def test_a_wrong_dimension_as_wps_writes(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in written.NOTICE.attachments[0][1]:
        sheet.append(list(row))
    whole = io.BytesIO()
    book.save(whole)
    path = tmp_path / "表.xlsx"
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w") as new:
        for item in old.infolist():
            data = old.read(item)
            if item.filename.startswith("xl/worksheets/sheet"):
                data = data.replace(b'ref="A1:G5"', b'ref="A1:A1"')
            new.writestr(item, data)
    ((_, table),) = (await read_file(path)).document.tables()
    assert table.rows == written.NOTICE.attachments[0][1]


async def test_an_old_workbook(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("名额")
    rows = written.PLAN.attachments[0][1]
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            sheet.write(r, c, text)
    path = tmp_path / "表.xls"
    book.save(str(path))
    ((_, table),) = (await read_file(path)).document.tables()
    assert table.rows == rows


async def test_merged_cells_of_a_workbook(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "联系人信息表"
    sheet.merge_cells("A1:C1")
    for row in (
        ("机构", "证书", "电话"),
        ("甲示例公司", "证书一", "1"),
        ("", "证书二", "2"),
    ):
        sheet.append(row)
    sheet.merge_cells("A3:A4")
    path = tmp_path / "表.xlsx"
    book.save(path)
    reading = await read_file(path)
    ((_, table),) = reading.document.tables()
    assert table.rows[-1] == ("甲示例公司", "证书二", "2")
    assert reading.document.title == "联系人信息表"


async def test_a_reading_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    path = made.as_docx(written.NOTICE, tmp_path)
    with pytest.raises(Unreadable, match="没有读完"):
        await read_file(path, seconds=0.01)
