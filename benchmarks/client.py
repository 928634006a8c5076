"""压测用的 OneBot v11 网关：一口气发许多消息，应答助手的调用，认出每条回复回的是谁。"""

import asyncio
import itertools
import json
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

ACCOUNT = 10001
_SENDING = ("send_msg", "send_group_msg", "send_private_msg")
_WAIT_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Frame:
    """要发的一帧；`number` 是消息号，私聊时也是人号，凭它认出回的是哪一条。"""

    number: int
    content: str


@dataclass(frozen=True, slots=True)
class Burst:
    """一批的结果。

    参数:
        seconds: 从开始发到等的回复收齐
        replies: 等的各条的回复
        uninvited: 这期间收到的、不在等的回复条数
    """

    seconds: float
    replies: dict[int, str]
    uninvited: int


class Gateway:
    """连着的网关；消息号、流水号、私聊的人号都不重复。"""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._numbers = itertools.count(1_000_000)

    def in_group(self, text: str, group: int, *, addressed: bool) -> Frame:
        """一帧群消息；`addressed` 就 @ 助手。"""
        number = next(self._numbers)
        mention = [{"type": "at", "data": {"qq": str(ACCOUNT)}}] if addressed else []
        body = [*mention, {"type": "text", "data": {"text": text}}]
        event = _event(number, 20_000 + number % 500, "group", body, text)
        place = {"group_id": group, "group_name": f"群{group}"}
        return Frame(number, json.dumps({**event, **place}))

    def in_private(self, text: str, user: int = 0) -> Frame:
        """一帧私聊；没说是谁，就每次是不同的人。"""
        number = next(self._numbers)
        body = [{"type": "text", "data": {"text": text}}]
        event = _event(number, user or number, "private", body, text)
        return Frame(number, json.dumps(event))

    async def burst(self, frames: Sequence[Frame], awaited: Sequence[Frame]) -> Burst:
        """把各帧一口气发出，等到 `awaited` 里每一条都有了回复。

        异常:
            TimeoutError: 迟迟收不齐
        """
        missing = {frame.number for frame in awaited}
        replies: dict[int, str] = {}
        uninvited = 0
        started = time.perf_counter()
        sending = asyncio.create_task(self.send(frames))
        async with asyncio.timeout(_WAIT_SECONDS):
            while missing:
                number, text = await self.reply()
                if number in missing:
                    missing.remove(number)
                    replies[number] = text
                else:
                    uninvited += 1
            seconds = time.perf_counter() - started
            await sending
        return Burst(seconds, replies, uninvited)

    async def send(self, frames: Sequence[Frame]) -> None:
        """依次发出。"""
        for frame in frames:
            await self._socket.send(frame.content)

    async def reply(self) -> tuple[int, str]:
        """应答助手的调用，直到有一次是发消息，返回（回的是哪条，文字）。"""
        while True:
            call = json.loads(await self._socket.recv())
            result = {"message_id": next(self._numbers)}
            answer = {"status": "ok", "retcode": 0, "data": result}
            await self._socket.send(json.dumps({**answer, "echo": call["echo"]}))
            if call["action"] in _SENDING:
                return _read(call["params"])


@asynccontextmanager
async def gateway(url: str) -> AsyncIterator[Gateway]:
    """连上一个应用。"""
    headers = {"X-Self-ID": str(ACCOUNT)}
    async with connect(
        url, additional_headers=headers, compression=None, max_queue=None, proxy=None
    ) as socket:
        yield Gateway(socket)


def _event(
    number: int, user: int, kind: str, body: list[dict[str, Any]], text: str
) -> dict[str, Any]:
    """NapCat 上报的样子。"""
    sender = {"user_id": user, "nickname": f"老师{user}", "card": ""}
    return {
        "self_id": ACCOUNT, "user_id": user, "time": int(time.time()),
        "message_id": number, "message_seq": number, "real_id": number,
        "real_seq": str(number), "message_type": kind, "sender": sender,
        "raw_message": text, "font": 14,
        "sub_type": "friend" if kind == "private" else "normal",
        "message": body, "message_format": "array", "post_type": "message",
    }  # fmt: skip


def _read(params: dict[str, Any]) -> tuple[int, str]:
    """引用了谁就是回谁；没有引用的是私聊，看发给谁。"""
    segments: list[dict[str, Any]] = params["message"]
    quoted = [s["data"]["id"] for s in segments if s["type"] == "reply"]
    text = "".join(s["data"].get("text", "") for s in segments)
    return int(quoted[0] if quoted else params["user_id"]), text
