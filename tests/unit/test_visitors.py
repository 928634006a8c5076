"""来访的连接：不把请求说完的断开，太多了断开最旧的，升成 WebSocket 的不管。"""

import asyncio
from collections.abc import AsyncIterator

import pytest
import uvicorn
from websockets.asyncio.client import connect

from bot.chat import visitors
from bot.chat.bodies import SmallBodies
from bot.chat.hosts import Receive, Scope, Send
from bot.chat.visitors import Visitor


async def _site(scope: Scope, receive: Receive, send: Send) -> None:
    """收 WebSocket，回它说的第一句；HTTP 一概回 204。"""
    await receive()
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        said = await receive()
        await send({"type": "websocket.send", "text": said["text"]})
        await receive()
        return
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


@pytest.fixture
async def port(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[int]:
    monkeypatch.setattr(visitors, "PATIENCE_SECONDS", 0.2)
    monkeypatch.setattr(visitors, "MOST_VISITORS", 3)
    config = uvicorn.Config(
        SmallBodies(_site), port=0, http=Visitor, lifespan="off", log_config=None
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - 它只有这个标志
        await asyncio.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    await serving


@pytest.mark.parametrize("said", [b"", b"GET / HTTP/1.1\r\nHost:"])
async def test_unfinished_request_is_not_waited_for(port: int, said: bytes) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(said)
    assert await asyncio.wait_for(reader.read(), 10) == b""
    writer.close()


async def test_second_request_is_not_waited_for_either(port: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 204")
    writer.write(b"GET / HTTP/1.1\r\n")
    assert await asyncio.wait_for(reader.read(), 10) == b""
    writer.close()


async def test_websocket_stays_however_long_it_is_silent(port: int) -> None:
    async with connect(f"ws://127.0.0.1:{port}/", proxy=None) as socket:
        crowd = [await asyncio.open_connection("127.0.0.1", port) for _ in range(8)]
        await asyncio.sleep(0.5)
        await socket.send("还在吗")
        assert await asyncio.wait_for(socket.recv(), 10) == "还在吗"
    for _, writer in crowd:
        writer.close()


async def test_newcomers_push_out_the_oldest(port: int) -> None:
    crowd = [await asyncio.open_connection("127.0.0.1", port) for _ in range(5)]
    first, _ = crowd[0]
    assert await asyncio.wait_for(first.read(), 10) == b""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 204")
    for _, each in [*crowd, (reader, writer)]:
        each.close()
