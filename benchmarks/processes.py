"""在子进程里运行助手或别的 NoneBot 应用：等它就绪，看它占多少，停掉它。"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.errors import AssistantError

from .measuring import KNOWLEDGE, ROOT, cpu_seconds, resident_mb

_START_SECONDS = 300
_STOP_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Server:
    """运行着的应用；`ready_seconds` 是从启动到能连上用了多久。"""

    process: subprocess.Popen[bytes]
    port: int
    ready_seconds: float

    @property
    def v11_url(self) -> str:
        """OneBot v11 网关连接的地址。"""
        return f"ws://127.0.0.1:{self.port}/onebot/v11/ws"

    def resident_mb(self) -> float | None:
        """占用的物理内存。"""
        return resident_mb(self.process.pid)

    def cpu_seconds(self) -> float | None:
        """至今用的处理器时间。"""
        return cpu_seconds(self.process.pid)


@contextmanager
def assistant(data: Path, *, sandbox: bool) -> Iterator[Server]:
    """运行助手，用随程序的知识，默认设置。

    参数:
        data: 数据文件夹；空的就是第一次启动
    """
    settings = {
        "DATA_DIR": str(data),
        "KNOWLEDGE_DIR": str(KNOWLEDGE),
        "SANDBOX": str(sandbox).lower(),
    }
    with serving(["bot"], data, settings) as server:
        yield server


@contextmanager
def serving(
    module: Sequence[str], folder: Path, settings: Mapping[str, str]
) -> Iterator[Server]:
    """以 `python -m` 运行一个听 HOST:PORT 的应用，离开时停掉。

    参数:
        module: 模块名与它的参数
        folder: 在哪个文件夹里运行；没有 .env，日志也写在这里
        settings: 环境变量

    异常:
        AssistantError: 没有起来，消息里有日志
    """
    port = _free_port()
    environment = {
        **os.environ, **settings,
        "HOST": "127.0.0.1", "PORT": str(port),
        "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1",
    }  # fmt: skip
    log = folder / f"{module[0]}.log"
    started = time.perf_counter()
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", *module],
            cwd=folder, env=environment, stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        _wait_listening(process, port, log)
        yield Server(process, port, time.perf_counter() - started)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def _wait_listening(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.02)
    raise AssistantError(f"没有起来：\n{log.read_text('utf-8', 'replace')}")
