"""起一个回声应用，供沙盒的测试连接。"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "沙盒测试令牌-0123456789".encode().hex()
_START_SECONDS = 30


@dataclass(frozen=True)
class EchoApp:
    """运行着的回声应用。"""

    port: int
    token: str

    @property
    def v11_url(self) -> str:
        """OneBot v11 的地址。"""
        return f"ws://127.0.0.1:{self.port}/onebot/v11/ws"

    @property
    def v12_url(self) -> str:
        """OneBot v12 的地址。"""
        return f"ws://127.0.0.1:{self.port}/onebot/v12/ws"

    @property
    def page_url(self) -> str:
        """沙盒页面。"""
        return f"http://127.0.0.1:{self.port}/sandbox"


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def _wait_listening(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    opener = build_opener(ProxyHandler({}))
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with opener.open(url, timeout=5) as response:
                response.read()
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"回声应用没有起来：\n{log.read_text('utf-8', 'replace')}")


@pytest.fixture(scope="session")
def echo_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EchoApp]:
    """一个挂着沙盒的回声应用，整个测试过程共用。"""
    app = EchoApp(_free_port(), TOKEN)
    log = tmp_path_factory.mktemp("echo") / "echo.log"
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "tests.sandbox.echo_app", str(app.port), TOKEN]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environ, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        _wait_listening(process, app.page_url, log)
        yield app
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    text = log.read_text("utf-8", "replace")
    assert "plugins/sandbox/" not in text, f"沙盒出过错：\n{text}"
