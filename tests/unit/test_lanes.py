"""一条连接上的两道：要紧的先看，闲话装不下就丢、记数，应答从不等。"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import pytest
from loguru import logger
from nonebot.drivers import Request, WebSocket
from nonebot.exception import WebSocketClosed

from bot.chat import lanes, wording
from bot.chat.failures import translate
from bot.chat.lanes import (
    FEW_HANDLED,
    MOST_HANDLED,
    MOST_SEGMENTS,
    Inbox,
    Lane,
    Unread,
)
from bot.chat.urgency import Urgency

OWN = 10001


class FakeSocket(WebSocket):
    """预先备好各帧的连接；读完就一直等着。"""

    def __init__(self, *frames: str | bytes, closes: bool = False) -> None:
        super().__init__(request=Request("GET", "ws://127.0.0.1/"))
        self._frames = [*frames]
        self._closes = closes

    @property
    def closed(self) -> bool:
        return False

    async def accept(self) -> None: ...
    async def close(self, code: int = 1000, reason: str = "") -> None: ...
    async def send_text(self, data: str) -> None: ...
    async def send_bytes(self, data: bytes) -> None: ...

    async def receive_text(self) -> str:
        raise NotImplementedError

    async def receive_bytes(self) -> bytes:
        raise NotImplementedError

    async def receive(self) -> str | bytes:
        if self._frames:
            return self._frames.pop(0)
        if self._closes:
            raise WebSocketClosed(1000)
        return await asyncio.get_running_loop().create_future()


def event(text: str, **more: Any) -> str:
    """一帧群消息。"""
    message = [{"type": "text", "data": {"text": text}}]
    whole = {"post_type": "message", "message_type": "group", "self_id": OWN}
    return json.dumps({**whole, "message": message, **more})


async def opened(*frames: str | bytes, closes: bool = False) -> Inbox:
    """读完了各帧的一条连接；“急”打头的要紧。"""

    def is_urgent(given: Mapping[str, Any]) -> bool:
        return said(json.dumps(given)).startswith("急")

    inbox = Inbox(FakeSocket(*frames, closes=closes), is_urgent, None)
    await inbox.accept()
    await asyncio.sleep(0)
    return inbox


def said(frame: str | bytes) -> str:
    """一帧里的文字。"""
    return json.loads(frame)["message"][0]["data"]["text"]


async def test_urgent_overtakes_chatter_and_each_lane_keeps_its_order() -> None:
    inbox = await opened(event("闲1"), event("急1"), event("闲2"), event("急2"))
    got = [said(await inbox.receive()) for _ in range(4)]
    assert got == ["急1", "急2", "闲1", "闲2"]


async def test_response_passes_everything_even_when_too_many_are_handled() -> None:
    response = json.dumps({"status": "ok", "retcode": 0, "echo": "1"})
    inbox = await opened(event("急"), response)
    busy = [_handling(inbox, _forever) for _ in range(MOST_HANDLED)]
    assert await inbox.receive() == response
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(inbox.receive(), 0.05)
    assert not any(task.done() for task in busy)


@pytest.mark.parametrize(("text", "most"), [("急", MOST_HANDLED), ("闲", FEW_HANDLED)])
async def test_next_is_handed_out_when_one_is_done(text: str, most: int) -> None:
    inbox = await opened(event(text))
    done = asyncio.Event()

    async def work(_event: Any) -> None:
        await done.wait()

    busy = [_handling(inbox, work) for _ in range(most)]
    waiting = asyncio.create_task(inbox.receive())
    await asyncio.sleep(0.01)
    assert not waiting.done()
    done.set()
    assert said(await asyncio.wait_for(waiting, 1)) == text
    await asyncio.gather(*busy)


async def test_what_is_not_taken_fails_and_says_so() -> None:
    class Full(FakeSocket):
        async def send_text(self, data: str) -> None:
            await _forever(data)

    inbox = Inbox(Full(), bool, 0.01)
    with pytest.raises(Unread) as caught:
        await inbox.send_text("{}")
    assert str(translate(caught.value)) == wording.NOT_READING


def test_lane_keeps_the_newest_that_fit() -> None:
    lane = Lane(10)
    assert [lane.put("12345") for _ in range(3)] == [0, 0, 1]
    assert len(lane) == 2
    assert lane.put("x" * 99) == 2
    assert lane.take() == "x" * 99


async def test_dropped_chatter_is_counted_in_the_log(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lanes, "CHATTER_ROOM", 3 * len(event("闲0")))
    monkeypatch.setattr(lanes, "REPORT_SECONDS", 0)
    lines: list[str] = []
    sink = logger.add(lambda line: lines.append(str(line)), format="{message}")
    try:
        inbox = await opened(*(event(f"闲{n}") for n in range(9)), event("急"))
        await asyncio.sleep(0.01)
    finally:
        logger.remove(sink)
    assert lines == ["消息来得太快，最近有 6 条没有看\n"]
    got = [said(await inbox.receive()) for _ in range(4)]
    assert got == ["急", "闲6", "闲7", "闲8"]


@pytest.mark.parametrize(
    "odd",
    [
        "不是 JSON",
        "[" * 100_000,
        "[]",
        "null",
        b"\xc1",
        b"\x92\x01",
        event("", message=[{"type": "text", "data": {}}] * (MOST_SEGMENTS + 1)),
    ],
)
async def test_odd_frame_costs_only_itself(odd: str | bytes) -> None:
    inbox = await opened(odd, event("急"))
    assert said(await inbox.receive()) == "急"


async def test_end_of_the_connection_comes_after_what_was_read() -> None:
    inbox = await opened(event("闲"), closes=True)
    assert said(await inbox.receive()) == "闲"
    with pytest.raises(WebSocketClosed):
        await inbox.receive()


def _handling(
    inbox: Inbox, work: Callable[[Any], Awaitable[None]]
) -> asyncio.Task[None]:
    return asyncio.create_task(inbox.handle(work, None))


async def _forever(_event: Any) -> None:
    await asyncio.get_running_loop().create_future()


def _segment(kind: str, **data: Any) -> dict[str, Any]:
    return {"type": kind, "data": data}


V12 = {"type": "message", "detail_type": "group", "self": {"user_id": "bot"}}


@pytest.mark.parametrize(
    ("given", "urgent"),
    [
        ({}, False),
        ({"message_type": "private"}, True),
        ({"post_type": "notice"}, True),
        ({"post_type": "meta_event"}, True),
        ({"message": [_segment("at", qq="10001")]}, True),
        ({"message": [_segment("at", qq=10001)]}, True),
        ({"message": [_segment("at", qq="20002")]}, False),
        ({"message": [_segment("reply", id="5")]}, True),
        ({"message": [_segment("text", text="小助手 在吗")]}, True),
        ({"message": [_segment("text", text=" 登记 某校")]}, True),
        ({"message": [_segment("text", text="吃了吗")]}, False),
        ({"message": "[CQ:at,qq=10001] 在吗"}, True),
        ({"message": "登记 某校"}, True),
        ({"message": "吃了吗"}, False),
        ({"message": [None, "怪", {"type": "text"}, {"data": 1}]}, False),
        ({"message": None}, False),
        ({**V12, "message": [_segment("mention", user_id="bot")]}, True),
        ({**V12, "message": [_segment("mention", user_id="别人")]}, False),
        ({**V12, "detail_type": "private"}, True),
    ],
)
def test_what_is_urgent(given: dict[str, Any], urgent: bool) -> None:
    judge = Urgency(["小助手"], lambda text: text.startswith("登记"))
    whole = {"post_type": "message", "message_type": "group", "self_id": OWN}
    if "type" in given:
        whole = {}
    assert judge({**whole, "message": [], **given}) is urgent
