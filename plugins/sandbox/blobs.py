"""沙盒里的图片与文件：只在内存里，有总量上限。"""

import base64
import binascii
import mimetypes
import secrets
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

MAX_BLOB = 30 * 1024 * 1024
MAX_TOTAL = 120 * 1024 * 1024
INLINE_TYPES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""可以在页面里直接显示的类型；其余只能下载，以免文件里的脚本在本站运行。"""


class BlobError(ValueError):
    """取不到内容：太大、不存在或写法不对。"""


@dataclass(frozen=True, slots=True)
class Blob:
    """一份内容。"""

    id: str
    name: str
    data: bytes

    @property
    def media_type(self) -> str:
        """媒体类型：先看内容，再看名字。"""
        return _sniff(self.data) or (
            mimetypes.guess_type(self.name)[0] or "application/octet-stream"
        )

    @property
    def inline(self) -> bool:
        """能否在页面里直接显示。"""
        return is_picture(self.data)


class BlobStore:
    """内容的存放处；总量超限时丢掉最早的。"""

    def __init__(self, max_total: int = MAX_TOTAL) -> None:
        self._max_total = max_total
        self._total = 0
        self._blobs: OrderedDict[str, Blob] = OrderedDict()

    def add(self, data: bytes, name: str) -> Blob:
        """存一份内容。

        参数:
            data: 内容
            name: 文件名

        异常:
            BlobError: 太大
        """
        if len(data) > MAX_BLOB:
            raise BlobError(f"文件超过 {MAX_BLOB // 1024 // 1024} MB：{name}")
        blob = Blob(secrets.token_urlsafe(16), name, data)
        self._blobs[blob.id] = blob
        self._total += len(data)
        while self._total > self._max_total:
            _, dropped = self._blobs.popitem(last=False)
            self._total -= len(dropped.data)
        return blob

    def get(self, blob_id: str) -> Blob | None:
        """按编号取内容；没有或已被丢掉时为 `None`。"""
        return self._blobs.get(blob_id)

    def load(self, source: str, name: str = "") -> Blob:
        """读进网关协议里的一种文件写法。

        参数:
            source: `base64://…`、`data:…`、`file://…` 或本机路径
            name: 文件名，空则从来源推断

        异常:
            BlobError: 读不到或太大
        """
        if source.startswith("base64://"):
            return self.add(_decode(source[9:]), name or "文件")
        if source.startswith("data:"):
            _, _, body = source.partition(",")
            return self.add(_decode(body), name or "文件")
        path = _local_path(source)
        try:
            if path.stat().st_size > MAX_BLOB:
                raise BlobError(f"文件太大：{path.name}")
            return self.add(path.read_bytes(), name or path.name)
        except (OSError, ValueError) as error:
            raise BlobError(f"读不到文件：{source[:200]}") from error


def is_picture(data: bytes) -> bool:
    """看内容是不是页面能显示的图片。"""
    return _sniff(data) in INLINE_TYPES


def _local_path(source: str) -> Path:
    if source.startswith("file:"):
        parts = urlsplit(source)
        return Path(url2pathname(unquote(parts.path)))
    return Path(source)


def _decode(body: str) -> bytes:
    if len(body) > MAX_BLOB * 4 // 3 + 4:
        raise BlobError("文件太大")
    try:
        return base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BlobError("base64 内容不完整") from error


def _sniff(data: bytes) -> str | None:
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "image/webp"
    return None
