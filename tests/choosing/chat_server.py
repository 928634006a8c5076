"""说 OpenAI 对话接口的一个小服务器：照吩咐回答、拖着、回坏的、拒绝。"""

import asyncio
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

Reply: TypeAlias = str | bytes | int
"""文字是模型说的话，字节是整个回答，数字是拒绝的状态码。"""


@dataclass
class ChatServer:
    """收下每次所问的，照 `answers` 回。

    参数:
        answers: 由收到的请求定怎么回；回 `None` 是拖着不回
    """

    answers: Callable[[dict[str, Any]], Reply | None] = lambda _: "1"
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    _server: asyncio.Server | None = None
    _closing: asyncio.Event = field(default_factory=asyncio.Event)

    async def start(self) -> str:
        """开始听，返回接口的地址。"""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        port = self._server.sockets[0].getsockname()[1]
        return f"http://127.0.0.1:{port}/v1"

    async def stop(self) -> None:
        """不再听，拖着的也放下。"""
        self._closing.set()
        if self._server is not None:
            self._server.close()

    @property
    def last(self) -> str:
        """最近一次给它看的全部文字。"""
        return json.dumps(self.asked[-1], ensure_ascii=False)

    async def _serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                size = re.search(rb"(?i)content-length: (\d+)", head)
                body = await reader.readexactly(int(size[1]) if size else 0)
                self.paths.append(head.split()[1].decode())
                self.headers.append(head.decode())
                self.asked.append(json.loads(body))
                answer = self.answers(self.asked[-1])
                if answer is None:
                    await self._closing.wait()
                    return
                writer.write(_written(answer))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


def _written(answer: Reply) -> bytes:
    status, body = (answer, b"{}") if isinstance(answer, int) else (200, answer)
    if isinstance(body, str):
        message = {"role": "assistant", "content": body}
        told = {"object": "chat.completion", "choices": [{"message": message}]}
        body = json.dumps(told).encode()
    head = (
        f"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
