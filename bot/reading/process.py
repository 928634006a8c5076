"""另开一个进程读文件：读坏了、撑大了，都不碍着助手。"""

import asyncio
import json
import os
import sys
from asyncio.subprocess import Process
from base64 import b64decode
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from loguru import logger

from .models import Document
from .passages import Passage
from .pieces import Unreadable
from .progress import told
from .sniffing import check_size

SECONDS = 120
"""这么久没有动静就不读了；扫描的一页页认字，每认完一页从头算。"""
_ROOT = str(Path(__file__).parents[2])
_COMMAND = (sys.executable, "-m", f"{__package__}.worker")
_MOST_LINE = 1024 * 1024
_KEPT_LINES = 20
OnPage: TypeAlias = Callable[[int, int], None]
"""认完了第几页、一共几页。"""


@dataclass(frozen=True, slots=True)
class Reading:
    """读懂的一份：文件与切好的段。"""

    format: str
    document: Document
    passages: tuple[Passage, ...]


async def read_file(
    path: Path,
    name: str = "",
    names: Iterable[str] = (),
    seconds: float = SECONDS,
    on_page: OnPage | None = None,
) -> Reading:
    """读一份文件。

    参数:
        name: 原来的文件名；不写就是路径里的
        names: 切词时不切开的名字
        seconds: 这么久没有动静就不读了
        on_page: 认完一页时叫它

    异常:
        Unreadable: 读不了；消息说明为什么
    """
    await asyncio.to_thread(check_size, path)
    given = {"path": str(path), "name": name or path.name, "names": list(names)}
    answer = await _ask(json.dumps(given).encode(), seconds, on_page)
    if "refused" in answer:
        raise Unreadable(answer["refused"])
    return reading_of(answer)


def reading_of(answer: dict[str, Any]) -> Reading:
    """读文件的进程说的，见 `worker.read`。"""
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


async def _ask(given: bytes, seconds: float, on_page: OnPage | None) -> dict[str, Any]:
    paths = os.pathsep.join(filter(None, (_ROOT, os.environ.get("PYTHONPATH"))))
    process = await asyncio.create_subprocess_exec(
        *_COMMAND,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": paths, "OPENBLAS_NUM_THREADS": "1"},
        limit=_MOST_LINE,
    )
    try:
        async with asyncio.timeout(seconds) as patience:

            def turned(done: int, total: int) -> None:
                patience.reschedule(asyncio.get_running_loop().time() + seconds)
                if on_page is not None:
                    on_page(done, total)

            out, reason = await _talk(process, given, turned)
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
    logger.warning("读文件的进程没有读成（{}）：{}", process.returncode, reason[:200])
    if "MemoryError" in reason or process.returncode in (-9, -6, -11):
        raise Unreadable("读这份文件占的内存太多，没有再读：请只发要用的部分")
    raise Unreadable("这份文件坏了或写法特别，读不了，请用 Word 或 WPS 另存一份再发")


async def _talk(process: Process, given: bytes, on_page: OnPage) -> tuple[bytes, str]:
    """交题、收答案；返回答案与它最后说的一句话。"""
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    with suppress(ConnectionError):
        process.stdin.write(given)
        await process.stdin.drain()
        process.stdin.close()
    out, reason = await asyncio.gather(
        process.stdout.read(), _listen(process.stderr, on_page)
    )
    await process.wait()
    return out, reason


async def _listen(stream: asyncio.StreamReader, on_page: OnPage) -> str:
    """它说的最后一句话；说读到第几页的不算。"""
    lines: deque[str] = deque(maxlen=_KEPT_LINES)
    while line := await stream.readline():
        text = line.decode("utf-8", "replace")
        if page := told(text):
            on_page(*page)
        elif text.strip():
            lines.append(text.strip())
    return lines[-1] if lines else ""
