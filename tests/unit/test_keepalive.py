"""网关还在不在：没有应声、却一直在说的，循环忙的时候，都不断开；没动静的、不收的立即断开。"""

import asyncio
import base64
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
import uvicorn
from websockets.sync.client import connect

from bot.chat.hosts import Receive, Scope, Send
from bot.chat.keepalive import PatientSocket

PING = 0.3
"""多久探一次，多久不应就断，秒。"""
BIG = "字" * 1_000_000


@dataclass
class Site:
    """数着收到几句的网站；听到“大”就不停地发大的，直到发不了。"""

    heard: list[str] = field(default_factory=list)
    lost: asyncio.Event = field(default_factory=asyncio.Event)
    port: int = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        try:
            while (said := await receive())["type"] == "websocket.receive":
                self.heard.append(said["text"])
                while said["text"] == "大":
                    await send({"type": "websocket.send", "text": BIG})
                await send({"type": "websocket.send", "text": said["text"]})
        finally:
            self.lost.set()


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    found = Site()
    config = uvicorn.Config(
        found, port=0, ws=PatientSocket, ws_ping_interval=PING, ws_ping_timeout=PING,
        lifespan="off", log_config=None, timeout_graceful_shutdown=1,
    )  # fmt: skip
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - 它只有这个标志
        await asyncio.sleep(0.01)
    found.port = server.servers[0].sockets[0].getsockname()[1]
    yield found
    server.should_exit = True
    await serving


async def _open(site: Site) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """一条从不应声的连接。"""
    reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
    key = base64.b64encode(bytes(16)).decode()
    writer.write(
        "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
    )
    assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 101")
    return reader, writer


def _frame(text: str) -> bytes:
    """一句短话，掩码是零。"""
    said = text.encode()
    return bytes([0x81, 0x80 | len(said)]) + bytes(4) + said


async def test_gateway_that_goes_on_talking_stays_without_answering(site: Site) -> None:
    reader, writer = await _open(site)
    draining = asyncio.create_task(_drain(reader))
    said = 0
    until = time.monotonic() + 8 * PING
    while time.monotonic() < until:
        writer.writelines([_frame("闲话")] * 100)
        said += 100
        await asyncio.sleep(PING / 10)
    writer.write(_frame("问"))
    async with asyncio.timeout(10):
        while site.heard[-1:] != ["问"]:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    assert len(site.heard) == said + 1
    assert not site.lost.is_set()
    writer.close()
    await draining


async def test_silent_gateway_is_let_go(site: Site) -> None:
    reader, writer = await _open(site)
    await asyncio.wait_for(_drain(reader), 20)
    await asyncio.wait_for(site.lost.wait(), 10)
    writer.close()


async def test_gateway_that_reads_nothing_is_let_go_with_its_messages(
    site: Site,
) -> None:
    _, writer = await _open(site)
    writer.write(_frame("大"))
    await asyncio.wait_for(site.lost.wait(), 20)
    writer.close()


async def test_gateway_stays_while_the_loop_is_busy(site: Site) -> None:
    def talk() -> list[str | bytes]:
        with connect(f"ws://127.0.0.1:{site.port}", proxy=None) as socket:
            answers = []
            for text in ("一", "二", "三"):
                time.sleep(2 * PING)
                socket.send(text)
                answers.append(socket.recv(20))
            return answers

    talking = asyncio.create_task(asyncio.to_thread(talk))
    while not talking.done():
        await asyncio.sleep(0.01)
        time.sleep(2 * PING)  # noqa: ASYNC251 - 正是要占着循环
    assert await talking == ["一", "二", "三"]


async def _drain(reader: asyncio.StreamReader) -> None:
    while await reader.read(2**16):
        pass
