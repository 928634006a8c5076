"""停了再来：重启、强杀、停止时还有没了结的调用。"""

import asyncio
import re
import signal
import sqlite3
from contextlib import closing

import pytest

from plugins.sandbox.gateway import FaultMode
from plugins.sandbox.people import Protocol

from .conftest import MakeProcess
from .stage import (
    COORDINATOR,
    SECRETARIAT,
    SUPERUSER,
    TEACHER,
    WAIT,
    Chat,
    Stage,
    opened,
)

QUESTION = "360浏览器打不开申报平台怎么办？"
TAUGHT = "重启之后还记得的会议号"


async def change_everything(stage: Stage) -> list[Chat]:
    """做一遍会留下记录的事，每件都等到确认；返回绑定过、关闭过的群。"""
    await stage.appoint()
    bound, closed = await stage.bound("山东"), stage.group()
    assert "关闭" in (await closed.ask(SUPERUSER, "答疑模式 关闭")).text
    await closed.ask(TEACHER, QUESTION)
    assert "已记下" in (await closed.ask(TEACHER, "没解决 还是白屏")).text
    taught = await closed.ask(SECRETARIAT, f"教 {TAUGHT} = 895662013")
    assert "学会了" in taught.text
    return [bound, closed]


async def assert_everything_is_kept(stage: Stage, groups: list[Chat]) -> None:
    """那些事都还在。"""
    bound, closed = groups
    granted = (await stage.private(SUPERUSER).ask(SUPERUSER, "授权列表")).text
    assert "qq 20003：全国" in granted
    assert "wechat wx_20003：全国" in granted
    answer = (await bound.ask(COORDINATOR, "申报什么时候截止？")).text
    assert "12月20日" in answer
    assert "广西" not in answer
    await closed.silence(COORDINATOR, QUESTION)
    assert "还是白屏" in (await closed.ask(SECRETARIAT, "未答")).text
    assert (await closed.ask(TEACHER, TAUGHT)).text.startswith("895662013")


@pytest.mark.parametrize("killed", [False, True])
async def test_confirmed_changes_survive(
    make_small_process: MakeProcess, killed: bool
) -> None:
    process = make_small_process()
    async with opened(process) as stage:
        groups = await change_everything(stage)
        await asyncio.to_thread(process.kill if killed else process.stop)
        await stage.restart()
        await assert_everything_is_kept(stage, groups)


async def test_answers_can_be_corrected_after_a_restart(
    make_small_process: MakeProcess,
) -> None:
    process = make_small_process()
    async with opened(process) as stage:
        await stage.appoint()
        chat = stage.group()
        answer = await chat.ask(TEACHER, QUESTION)
        await asyncio.to_thread(process.stop)
        await stage.restart()
        quoting = await chat.tell(SECRETARIAT, "更正 换Edge", quote=answer.message_id)
        assert "已更正" in (await chat.reply(after=quoting)).text


@pytest.mark.parametrize("protocol", list(Protocol))
async def test_stopping_does_not_wait_for_a_mute_gateway(
    make_small_process: MakeProcess, protocol: Protocol
) -> None:
    process = make_small_process()
    async with opened(process) as stage:
        chat = stage.group(protocol)
        action = "send_msg" if protocol is Protocol.V11 else "send_message"
        chat.gateway.faults.set(FaultMode.DROP)
        await chat.gateway.say(chat.place, TEACHER, QUESTION, at_assistant=True)
        await chat.gateway.wait_for_call(action, timeout=WAIT)
        await asyncio.to_thread(process.stop)
    assert "Traceback" not in process.log


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
async def test_stopping_while_learning_loses_nothing(
    make_small_process: MakeProcess, by: signal.Signals
) -> None:
    """刚教完就停：不等后台训练完，收尾照做，下次启动还认得。"""
    process = make_small_process()
    async with opened(process) as stage:
        await stage.appoint()
        chat = stage.group()
        await chat.ask(TEACHER, QUESTION)
        taught = await chat.ask(SECRETARIAT, f"教 {TAUGHT} = 895662013")
        assert re.search(r"编号 #\d+", taught.text)
        await asyncio.to_thread(process.stop, by=by)
    assert "Traceback" not in process.log
    with closing(sqlite3.connect(process.data / "assistant.db")) as database:
        [answers] = database.execute("SELECT count(*) FROM delivered").fetchone()
    assert answers == 1
