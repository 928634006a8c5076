"""照 onebots 自己的源码造的帧：README 里说它能做什么，就在这里试什么。"""

import asyncio
import itertools
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from .conftest import MakeProcess
from .stage import WAIT, Stage

TOKEN = "onebots-token"
QUESTION = "360浏览器打不开申报平台怎么办？"
Answering = Callable[[str, dict[str, Any]], dict[str, Any]]
_numbers = itertools.count(1)


def private_only(action: str, params: dict[str, Any]) -> dict[str, Any]:
    """微信客服、公众号：只发得了私聊；传文件没有实现。"""
    if action == "send_message" and params["detail_type"] == "private":
        return ok({"message_id": str(next(_numbers)), "time": int(time.time())})
    return {"status": "failed", "retcode": -1, "data": None, "message": "不支持"}


def ok(data: Any) -> dict[str, Any]:
    """成功的回应。"""
    return {"status": "ok", "retcode": 0, "data": data, "message": ""}


class Onebots:
    """一个连着助手的 onebots 账号。"""

    def __init__(
        self, socket: ClientConnection, platform: str, answering: Answering
    ) -> None:
        self._socket = socket
        self._answering = answering
        self._self = {"platform": platform, "user_id": f"{platform}-1"}
        self.calls: asyncio.Queue[tuple[str, dict[str, Any]]] = asyncio.Queue()

    async def emit(self, kind: str, detail: str, **fields: Any) -> None:
        """报一个事件。"""
        number = next(_numbers)
        event = {
            "id": f"{self._self['user_id']}.{number}", "time": int(time.time()),
            "self": self._self, "type": kind, "detail_type": detail, "sub_type": "",
        }  # fmt: skip
        await self._socket.send(json.dumps(event | fields, ensure_ascii=False))

    async def hear(self, *message: dict[str, Any], **fields: Any) -> None:
        """有人发来一条私聊；只有图片的没有 alt_message。"""
        words = "".join(s["data"].get("text", "") for s in message)
        fields |= {"alt_message": words} if words else {}
        await self.emit(
            "message",
            "private",
            message_id=str(next(_numbers)),
            message=list(message),
            user_id="wm-customer",
            **fields,
        )

    async def answer(self) -> None:
        """一直回应助手的调用。"""
        with suppress(ConnectionClosed):
            async for frame in self._socket:
                call = json.loads(frame)
                result = self._answering(call["action"], call["params"])
                self.calls.put_nowait((call["action"], call["params"]))
                await self._socket.send(json.dumps(result | {"echo": call["echo"]}))

    async def said(self) -> tuple[dict[str, Any], str]:
        """助手的下一次发送：（参数，文字）。"""
        while True:
            action, params = await asyncio.wait_for(self.calls.get(), WAIT)
            if action == "send_message":
                texts = [s["data"].get("text", "") for s in params["message"]]
                return params, "".join(texts)


@asynccontextmanager
async def linked(
    stage: Stage, platform: str, answering: Answering = private_only
) -> AsyncIterator[Onebots]:
    """连上助手；令牌写在网址里，先报 connect。"""
    url = f"ws://{stage.process.base}/onebot/v12/ws?access_token={TOKEN}"
    headers = {"User-Agent": "OneBot/12", "X-OneBot-Version": "12"}
    async with connect(url, additional_headers=headers) as socket:
        account = Onebots(socket, platform, answering)
        answering_task = asyncio.create_task(account.answer())
        version = {"impl": "onebots", "version": "1.0.0", "onebot_version": "12"}
        await account.emit("meta", "connect", version=version)
        yield account
        answering_task.cancel()


@pytest.fixture(scope="module")
async def stage(make_small_process: MakeProcess) -> AsyncIterator[Stage]:
    """两个令牌都设了的舞台；这里只用 v12 的地址。"""
    process = make_small_process(ONEBOT_V12_ACCESS_TOKEN=TOKEN)
    await asyncio.to_thread(process.start)
    try:
        yield Stage(process)
    finally:
        await asyncio.to_thread(process.stop)


def text(words: str) -> dict[str, Any]:
    """一段文字。"""
    return {"type": "text", "data": {"text": words}}


@pytest.mark.parametrize("platform", ["wecom-kf", "wechat", "wechat-clawbot"])
async def test_private_questions_are_answered(stage: Stage, platform: str) -> None:
    """微信客服、公众号与 ClawBot：一对一地问，一对一地答，一条放得下。"""
    async with linked(stage, platform) as account:
        await account.hear(text(QUESTION))
        params, words = await account.said()
        assert (params["detail_type"], params["user_id"]) == ("private", "wm-customer")
        assert "兼容模式" in words
        assert len(words.encode()) <= 2048
        await account.hear({"type": "image", "data": {"file_id": "m1"}})
        assert "看不到图片" in (await account.said())[1]
        await account.hear({"type": "record", "data": {"file_id": "m2"}})
        assert "看不到语音" in (await account.said())[1]


async def test_a_group_number_does_not_make_it_a_group(stage: Stage) -> None:
    """onebots 的私聊事件也可能带着群号。"""
    async with linked(stage, "wechat") as account:
        await account.hear(text(QUESTION), group_id="tag-7")
        params, words = await account.said()
        assert params["detail_type"] == "private"
        assert "兼容模式" in words


async def test_a_wrong_token_is_refused(stage: Stage) -> None:
    url = f"ws://{stage.process.base}/onebot/v12/ws?access_token=wrong"
    with pytest.raises(InvalidStatus, match="403"):
        async with connect(url):
            pass
    assert stage.process.alive


async def test_the_wecom_adapter_only_sends(stage: Stage) -> None:
    """企业微信应用：它的“群”是部门，也收不到消息；自称的平台与群机器人相同，不收。"""
    async with linked(stage, "wecom") as account:
        await account.hear(text(QUESTION))
        await asyncio.sleep(0.5)
        assert account.calls.empty()
