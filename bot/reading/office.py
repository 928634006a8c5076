"""旧的 Word、WPS 文件：装了 LibreOffice 的，转成 .docx 再读。"""

import shutil
import subprocess
import tempfile
from pathlib import Path

from .docx import read_docx
from .pieces import Read, Unreadable

_SECONDS = 60


def read_office(path: Path) -> Read:
    """读一份 .doc、.wps 或 .rtf。

    异常:
        Unreadable: 没有装 LibreOffice，或转不了
    """
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
