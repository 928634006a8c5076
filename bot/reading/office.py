"""旧的 Word、WPS 文件：转成 .docx 再读；.doc 不用装什么，别的要 LibreOffice。"""

import shutil
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path

from .docx import read_docx
from .pieces import Read, Unreadable

_SECONDS = 60


def read_office(path: Path) -> Read:
    """读一份 .doc、.wps 或 .rtf。

    异常:
        Unreadable: 没有装 LibreOffice，或转不了
    """
    if read := _read_binary(path):
        return read
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise Unreadable(
            "这是旧的 Word（.doc）或 WPS 文件，这台机器没有装 LibreOffice，读不了："
            "请用 Word 或 WPS 另存为 .docx 再发"
        )
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"file{path.suffix or '.doc'}"
        shutil.copy(path, source)
        command = [
            office, "--headless", f"-env:UserInstallation=file://{folder}/profile",
            "--convert-to", "docx", "--outdir", folder, str(source),
        ]  # fmt: skip
        try:
            subprocess.run(command, timeout=_SECONDS, check=True, capture_output=True)
            return read_docx(source.with_suffix(".docx"))
        except (subprocess.SubprocessError, OSError) as error:
            raise Unreadable(
                "LibreOffice 转不了这份文件，请用 Word 或 WPS 另存为 .docx 再发"
            ) from error


def _read_binary(path: Path) -> Read | None:
    """Word 97—2003 的格式；不是它、转不了的为 `None`。"""
    if find_spec("doc2docx") is None:
        return None
    from doc2docx import convert  # pyright: ignore[reportMissingImports]
    from doc2docx.errors import (  # pyright: ignore[reportMissingImports]
        Doc2DocxError,
    )

    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "file.doc", Path(folder) / "file.docx"
        shutil.copy(path, source)
        try:
            convert(source, target)
        except (Doc2DocxError, OSError, ValueError):
            return None
        return read_docx(target)
