"""不收消息的网关：只误它自己，误不了别的网关。"""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.chat import wording
from plugins.sandbox.gateway import V11Gateway
from plugins.sandbox.world import World

from .conftest import MakeProcess
from .stage import TEACHER, WAIT, Stage, opened

QUESTION = "360浏览器打不开申报平台怎么办？"
LONG = "证书列表 全部"
ASKED = 600
"""问这么多次长的，答案足以填满系统替它收着的几兆。"""


class DeafGateway(V11Gateway):
    """连上之后一帧也不收，直到听得见。"""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.hearing = asyncio.Event()

    async def _receive(self, frame: str | bytes) -> None:
        await self.hearing.wait()
        await super()._receive(frame)


@pytest.fixture
async def hasty(make_process: MakeProcess) -> AsyncIterator[Stage]:
    """等网关等得不久的助手。"""
    async with opened(make_process(API_TIMEOUT="1")) as stage:
        yield stage


@pytest.fixture
async def deaf(hasty: Stage) -> AsyncIterator[DeafGateway]:
    """连着、却不收的另一个 QQ 账号。"""
    url = f"ws://{hasty.process.base}/onebot/v11/ws"
    gateway = DeafGateway(url, None, "10009002", "qq", World())
    await gateway.start()
    await gateway.wait_connected(WAIT)
    yield gateway
    gateway.hearing.set()
    await gateway.stop()


async def test_a_gateway_that_does_not_read_delays_nobody_else(
    hasty: Stage, deaf: DeafGateway
) -> None:
    for number in range(ASKED):
        person = deaf.world.add_persona(f"老师{number}")
        await deaf.say("private", person, LONG)
    while wording.NOT_READING not in hasty.process.log:
        # 填满之前与之后，别的账号一样答
        reply = await hasty.group().ask(hasty.newcomer(), QUESTION)
        assert "兼容模式" in reply.text
    reply = await hasty.group().ask(TEACHER, QUESTION)
    assert "兼容模式" in reply.text
    assert deaf.counters.received == 0
