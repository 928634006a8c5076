"""另开一个进程读文件：读坏了、撑大了，都不碍着助手。"""

import asyncio
import json
import os
import sys
from base64 import b64decode
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from loguru import logger

from .models import Document
from .passages import Passage
from .pieces import Unreadable
from .sniffing import check_size

SECONDS = 120
"""读一份最多这么久；扫描的要一页页认字。"""
_ROOT = str(Path(__file__).parents[2])
_COMMAND = (sys.executable, "-m", f"{__package__}.worker")
_MOST_ANSWER = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Reading:
    """读懂的一份：文件与切好的段。"""

    format: str
    document: Document
    passages: tuple[Passage, ...]


async def read_file(
    path: Path, name: str = "", names: Iterable[str] = (), seconds: float = SECONDS
) -> Reading:
    """读一份文件。

    参数:
        name: 原来的文件名；不写就是路径里的
        names: 切词时不切开的名字

    异常:
        Unreadable: 读不了；消息说明为什么
    """
    await asyncio.to_thread(check_size, path)
    given = {"path": str(path), "name": name or path.name, "names": list(names)}
    answer = await _ask(json.dumps(given).encode(), seconds)
    if "refused" in answer:
        raise Unreadable(answer["refused"])
    passages = tuple(
        Passage(
            p["label"],
            p["heading"],
            p["text"],
            p["page"],
            b64decode(p["terms"]),
            p["is_row"],
        )
        for p in answer["passages"]
    )
    return Reading(answer["format"], Document.unpack(answer["document"]), passages)


async def _ask(given: bytes, seconds: float) -> dict[str, Any]:
    paths = os.pathsep.join(filter(None, (_ROOT, os.environ.get("PYTHONPATH"))))
    process = await asyncio.create_subprocess_exec(
        *_COMMAND,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": paths, "OPENBLAS_NUM_THREADS": "1"},
        limit=_MOST_ANSWER,
    )
    try:
        async with asyncio.timeout(seconds):
            out, error = await process.communicate(given)
    except TimeoutError:
        raise Unreadable(
            f"读了 {seconds:.0f} 秒还没有读完，没有再读：请只发要用的部分"
        ) from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode == 0 and out:
        return json.loads(out)
    reason = error.decode("utf-8", "replace").strip().rpartition("\n")[2]
    logger.warning("读文件的进程没有读成（{}）：{}", process.returncode, reason[:200])
    if "MemoryError" in reason or process.returncode in (-9, -6, -11):
        raise Unreadable("读这份文件占的内存太多，没有再读：请只发要用的部分")
    raise Unreadable("这份文件坏了或写法特别，读不了，请用 Word 或 WPS 另存一份再发")
