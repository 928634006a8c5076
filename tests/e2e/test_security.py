"""安全：令牌、伪造的上报、冒充网关的网页。"""

import asyncio
import hashlib
import hmac
import json
import re
import socket
import sqlite3
import uuid
from collections.abc import AsyncIterator
from contextlib import closing
from urllib.parse import urlsplit

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from plugins.sandbox.people import Persona, Protocol

from .conftest import MakeProcess
from .stage import SUPERUSER, TEACHER, Stage, opened

TOKENS = {
    "ONEBOT_V11_ACCESS_TOKEN": "qq-0123456789abcdef",
    "ONEBOT_V12_ACCESS_TOKEN": "wx-0123456789abcdef",
}


@pytest.fixture(scope="module")
async def guarded(make_process: MakeProcess) -> AsyncIterator[Stage]:
    """设了令牌的助手；网关还没有连。"""
    process = make_process(**TOKENS)
    await asyncio.to_thread(process.start)
    yield Stage(process)
    await asyncio.to_thread(process.stop)


async def refusal(url: str, headers: dict[str, str]) -> int:
    """连不上时的状态码；连上了是 101。"""
    try:
        async with connect(url, additional_headers=headers, proxy=None):
            return 101
    except InvalidStatus as error:
        return error.response.status_code


@pytest.mark.parametrize("authorization", [None, "Bearer wrong", "Bearer ", "wrong"])
async def test_a_wrong_token_is_refused(
    guarded: Stage, authorization: str | None
) -> None:
    headers = {"X-Self-ID": "10001", "X-Client-Role": "Universal"}
    if authorization is not None:
        headers["Authorization"] = authorization
    for path in ("v11/ws", "v11/", "v12/ws", "v12/"):
        url = f"ws://{guarded.process.base}/onebot/{path}"
        assert await refusal(url, headers) == 403


async def test_the_right_token_is_let_in(guarded: Stage) -> None:
    base = f"ws://{guarded.process.base}/onebot"
    for version, name in (("v11", "11"), ("v12", "12")):
        token = TOKENS[f"ONEBOT_V{name}_ACCESS_TOKEN"]
        headers = {"X-Self-ID": "10002", "Authorization": f"Bearer {token}"}
        assert await refusal(f"{base}/{version}/ws", headers) == 101
    in_query = f"{base}/v12/ws?access_token={TOKENS['ONEBOT_V12_ACCESS_TOKEN']}"
    assert await refusal(in_query, {}) == 101


def forged(who: Persona, text: str) -> dict[str, object]:
    """冒充某人在私聊里说话的上报。"""
    return {
        "time": 1795312800, "self_id": 10009000, "post_type": "message",
        "message_type": "private", "sub_type": "friend", "user_id": who.number,
        "message_id": hash(text) % 10**9, "font": 0, "raw_message": text,
        "message": [{"type": "text", "data": {"text": text}}],
        "sender": {"user_id": who.number, "nickname": who.name},
    }  # fmt: skip


@pytest.mark.parametrize(
    "path", ["/onebot/v11/", "/onebot/v11/http", "/onebot/v11/http/"]
)
@pytest.mark.parametrize("secret", [None, "", "wrong"])
async def test_forged_reports_run_nothing(
    stage: Stage, path: str, secret: str | None
) -> None:
    victim = stage.newcomer()
    command = f"授权 {victim.number} 全国"
    body = json.dumps(forged(SUPERUSER, command)).encode()
    headers = {"X-Self-ID": stage.v11.self_id, "Content-Type": "application/json"}
    if secret is not None:
        digest = hmac.new(secret.encode(), body, hashlib.sha1).hexdigest()
        headers["X-Signature"] = f"sha1={digest}"
    async with httpx.AsyncClient(trust_env=False) as client:
        url = f"http://{stage.process.base}{path}"
        answer = await client.post(url, content=body, headers=headers)
    assert answer.status_code in (401, 403)
    private = stage.private(SUPERUSER)
    assert str(victim.number) not in (await private.ask(SUPERUSER, "授权列表")).text
    assert "能用" in (await stage.group().ask(victim, "未答")).text


@pytest.mark.parametrize(
    "path", ["/onebot/v12/", "/onebot/v12/http", "/onebot/v12/http/"]
)
@pytest.mark.parametrize("with_token", [True, False])
async def test_forged_v12_reports_run_nothing(
    stage: Stage, guarded: Stage, path: str, with_token: bool
) -> None:
    """不论设没设令牌，v12 的 HTTP 上报也是关着的。"""
    victim = stage.newcomer().id_in(Protocol.V12)
    event = {
        "id": str(uuid.uuid4()), "time": 1795312800.0, "type": "message",
        "detail_type": "private", "sub_type": "", "alt_message": "",
        "self": {"platform": "wechat", "user_id": "wxid_bot"},
        "message_id": victim, "user_id": "wx_20000",
        "message": [{"type": "text", "data": {"text": f"授权 {victim} 全国"}}],
    }  # fmt: skip
    base = (guarded if with_token else stage).process.base
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.post(
            f"http://{base}{path}", json=event, headers={"X-Impl": "x"}
        )
    assert answer.is_client_error
    listed = await stage.private(SUPERUSER).ask(SUPERUSER, "授权列表")
    assert victim not in listed.text


@pytest.mark.parametrize("path", ["/onebot/v12/", "/onebot/v12/ws"])
async def test_web_pages_cannot_pose_as_a_gateway(stage: Stage, path: str) -> None:
    """浏览器里随便哪个网页都能连本机的 WebSocket，凭 Origin 认出来拒绝。

    v11 要 X-Self-ID 请求头，网页加不上；v12 不要。
    """
    url = f"ws://{stage.process.base}{path}"
    assert await refusal(url, {"Origin": "https://evil.example"}) == 403


async def named(url: str, host: str, headers: dict[str, str]) -> int:
    """连到本机，却以别的名字来访：域名被解析到本机的网页就是这样。"""
    parts = urlsplit(url)
    line = socket.create_connection((parts.hostname, parts.port))
    try:
        async with connect(
            url.replace(str(parts.hostname), host),
            sock=line,
            additional_headers=headers,
            proxy=None,
        ):
            return 101
    except InvalidStatus as error:
        return error.response.status_code


@pytest.mark.parametrize("path", ["v11/ws", "v12/", "v12/ws"])
async def test_without_a_token_only_local_names_are_served(
    stage: Stage, guarded: Stage, path: str
) -> None:
    url = f"ws://{stage.process.base}/onebot/{path}"
    account = {"X-Self-ID": "10003"}
    for host in ("evil.example", "127.0.0.1.evil.example", "10.0.0.8"):
        origin = f"http://{host}:{stage.process.port}"
        assert await named(url, host, account | {"Origin": origin}) == 403
        assert await named(url, host, account) == 403
    assert await named(url, "localhost", account) == 101
    with_token = f"ws://{guarded.process.base}/onebot/v12/ws"
    token = {"Authorization": f"Bearer {TOKENS['ONEBOT_V12_ACCESS_TOKEN']}"}
    assert await named(with_token, "bot.example", token) == 101


async def test_a_page_of_another_name_gets_nothing(stage: Stage) -> None:
    headers = {"Host": f"evil.example:{stage.process.port}"}
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(f"http://{stage.process.base}/", headers=headers)
    assert answer.status_code == 403


async def test_errors_are_logged_without_what_people_said(
    make_small_process: MakeProcess,
) -> None:
    """出错了：对说话的人有交代，日志里有踪迹，却没有他说的话。"""
    phone = "13800138000"
    async with opened(make_small_process()) as broken:
        file = broken.process.data / "assistant.db"
        with closing(sqlite3.connect(file)) as database:
            database.execute("DROP TABLE unanswered")
        chat = broken.group()
        await chat.ask(TEACHER, "360浏览器打不开申报平台怎么办？")
        said = await chat.ask(TEACHER, f"没解决 我的手机号{phone}")
        assert "出了点问题" in said.text
        for event in ({"post_type": "message", "message": phone}, {"time": phone}):
            await broken.v11.send_event({"post_type": "message"} | event)
        await broken.v12.send_event({"type": "message", "message": phone})
        await chat.ask(TEACHER, "帮助")
    assert re.search(r"ERROR +处理来自 qq group 的消息时出错", broken.process.log)
    assert "no such table" in broken.process.log
    assert phone not in broken.process.log


async def test_a_big_body_is_refused_before_it_is_read(guarded: Stage) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", guarded.process.port)
    head = "POST /onebot/v12/http HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    writer.write(f"{head}Content-Length: 200000000\r\n\r\n".encode())
    answer = await asyncio.wait_for(reader.read(), 10)
    writer.close()
    assert answer.startswith(b"HTTP/1.1 413")


async def test_a_big_body_of_unknown_length_is_refused(guarded: Stage) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(30):
            yield b"x" * 100_000

    async with httpx.AsyncClient(trust_env=False) as client:
        url = f"http://{guarded.process.base}/onebot/v12/http"
        answer = await client.post(url, content=pieces())
    assert answer.status_code == 413


async def test_silent_connections_leave_room_for_a_gateway(guarded: Stage) -> None:
    port = guarded.process.port
    silent = [await asyncio.open_connection("127.0.0.1", port) for _ in range(300)]
    url = f"ws://{guarded.process.base}/onebot/v11/ws"
    token = TOKENS["ONEBOT_V11_ACCESS_TOKEN"]
    headers = {"X-Self-ID": "10009", "Authorization": f"Bearer {token}"}
    assert await refusal(url, headers) == 101
    oldest, _ = silent[0]
    assert await asyncio.wait_for(oldest.read(), 10) == b""
    for _, writer in silent:
        writer.close()
