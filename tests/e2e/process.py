"""把真的助手当作子进程来启动、停止、强杀。"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
START_SECONDS = 300
"""启动的宽限：教过之后又立刻停掉的，启动时可能要重新训练。"""
STOP_SECONDS = 20
"""停止的宽限：远小于测试里的 API_TIMEOUT，又经得起机器忙。"""

_DEFAULTS = {
    "HOST": "127.0.0.1",
    "SUPERUSERS": "[]",
    "NICKNAME": '["小助手"]',
    "LOG_LEVEL": "INFO",
    "ONEBOT_V11_ACCESS_TOKEN": "",
    "ONEBOT_V11_SECRET": "",
    "ONEBOT_V12_ACCESS_TOKEN": "",
    "API_TIMEOUT": "120",
    "DATABASE_URL": "",
    "KNOWLEDGE_DIR": str(PROJECT / "knowledge"),
    "SANDBOX": "false",
    "CONSOLE": "",
    "REPEAT_MINUTES": "10",
    "MEMORY_MINUTES": "5",
    "ANSWERS_PER_PERSON": "0",
    "ANSWERS_PER_PLACE": "0",
    "IGNORED_ACCOUNTS": "",
    "FRIEND_REQUESTS": "accept",
    "GROUP_INVITES": "staff",
    "LATE_MINUTES": "10",
    "ONEBOT_V12_PLATFORMS": "",
    "SEND_PAUSE_MIN": "3",
    "SEND_PAUSE_MAX": "6",
    "WECOM_WEBHOOKS": "",
}


def free_port() -> int:
    """一个现在空着的端口。"""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(data: Path, port: int, **settings: str) -> dict[str, str]:
    """助手的环境变量；每项设置都写明，不受开发者自己的 .env 影响。"""
    return {
        **os.environ,
        **_DEFAULTS,
        "DATA_DIR": str(data),
        "PORT": str(port),
        "PYTHONPATH": str(PROJECT),
        "PYTHONUTF8": "1",
        "NO_PROXY": "127.0.0.1",
        **settings,
    }


def run_to_end(
    *arguments: str, environ: Mapping[str, str], cwd: Path = PROJECT
) -> subprocess.CompletedProcess[str]:
    """运行 `python -m bot …` 直到结束，取回输出。"""
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=cwd,
        env=environ,
        capture_output=True,
        encoding="utf-8",
        timeout=START_SECONDS,
        check=False,
    )


class AssistantProcess:
    """一个助手进程；停了可以在同一个数据目录上再启动。

    参数:
        data: 数据目录
        folder: 在哪个文件夹里启动，.env 与 pyproject.toml 从那里读
        settings: 与默认不同的设置
    """

    def __init__(self, data: Path, folder: Path = PROJECT, **settings: str) -> None:
        self.data = data
        self._folder = folder
        self.port = free_port()
        self._log = data / "process.log"
        self._environ = environment(data, self.port, **settings)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def base(self) -> str:
        """主机与端口。"""
        return f"127.0.0.1:{self.port}"

    @property
    def alive(self) -> bool:
        """进程是否还在。"""
        return self._process is not None and self._process.poll() is None

    @property
    def log(self) -> str:
        """至今的全部输出。"""
        return self._log.read_text("utf-8", "replace")

    def start(self) -> None:
        """启动，等到端口可以连接。"""
        with self._log.open("ab") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot"],
                cwd=self._folder,
                env=self._environ,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.alive:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                time.sleep(0.1)
            else:
                return
        self.kill()
        raise RuntimeError(f"助手没有起来：\n{self.log}")

    def stop(self, *, by: signal.Signals = signal.SIGTERM) -> None:
        """请它停止，等它结束。

        异常:
            subprocess.TimeoutExpired: 迟迟不停；已强杀
        """
        if self._process is None:
            return
        self._process.send_signal(by)
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
            raise

    def kill(self) -> None:
        """相当于 kill -9。"""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
