"""沙盒自成一个助手：那里的管理员碰不到真的群，真的管理员也碰不到那里。"""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace

import pytest

from plugins.sandbox.gateway import V12Gateway
from plugins.sandbox.people import ChatPlace, Protocol
from plugins.sandbox.world import World

from .conftest import MakeProcess
from .stage import SECRETARIAT, SUPERUSER, TEACHER, WAIT, Chat, Stage, opened

SECRET = "沙盒里才有的暗号"


@pytest.fixture(scope="module")
async def town(make_small_process: MakeProcess) -> AsyncIterator[Stage]:
    """开着沙盒的助手，真的群里也有人。"""
    async with opened(make_small_process(SANDBOX="true")) as shared:
        await shared.appoint()
        yield shared


@pytest.fixture(scope="module")
async def sandbox(town: Stage) -> AsyncIterator[Chat]:
    """沙盒里的微信群，经另一个账号接入。"""
    url = f"ws://{town.process.base}/onebot/v12/ws"
    gateway = V12Gateway(url, None, "wx_tester", world=World())
    await gateway.start()
    await gateway.wait_connected(WAIT)
    place = gateway.world.add_group("island@chatroom", "沙盒群", Protocol.V12)
    yield Chat(gateway, place)
    await gateway.stop()


def private(chat: Chat) -> Chat:
    """沙盒里超级管理员与助手的私聊。"""
    place: ChatPlace = chat.gateway.world.private(SUPERUSER, Protocol.V12)
    return replace(chat, place=place)


async def test_roles_of_the_sandbox_are_there_from_the_start(sandbox: Chat) -> None:
    assert "山东" in (await sandbox.ask(SECRETARIAT, "绑定地区 山东")).text
    listed = (await private(sandbox).ask(SUPERUSER, "授权列表")).text
    assert "wx_20003：全国" in listed
    assert "能用" in (await sandbox.ask(TEACHER, "未答")).text


async def test_what_is_taught_in_the_sandbox_stays_there(
    town: Stage, sandbox: Chat
) -> None:
    taught = await sandbox.ask(SUPERUSER, f"教 {SECRET} = 芝麻开门")
    assert "学会了" in taught.text
    assert "芝麻开门" in (await sandbox.ask(TEACHER, SECRET)).text
    for protocol in Protocol:
        answer = await town.group(protocol).ask(TEACHER, SECRET)
        assert "芝麻开门" not in answer.text


async def test_a_broadcast_in_the_sandbox_stays_there(
    town: Stage, sandbox: Chat
) -> None:
    real = await town.bound("山东")
    await sandbox.ask(SECRETARIAT, "绑定地区 山东")
    preview = (await sandbox.ask(SUPERUSER, "广播 只给沙盒看的通知")).text
    assert real.place.name not in preview
    await sandbox.ask(SUPERUSER, "确认 1")
    assert outbox(town, "sandbox/assistant.db") == {"sandbox", "sandbox-wechat"}
    assert outbox(town, "assistant.db") == set()


def outbox(stage: Stage, file: str) -> set[str]:
    """发件箱里有哪些平台的消息。"""
    with closing(sqlite3.connect(stage.process.data / file)) as database:
        return {row[0] for row in database.execute("SELECT platform FROM outbox")}


async def test_real_roles_mean_nothing_in_the_sandbox(
    town: Stage, sandbox: Chat
) -> None:
    newcomer = sandbox.gateway.world.add_persona("沙盒来客")
    granted = f"授权 {newcomer.id_in(Protocol.V12)} 全国"
    await private(sandbox).ask(SUPERUSER, granted)
    # 群里可能正好收到上一个测试的广播，私聊里问
    alone = sandbox.gateway.world.private(newcomer, Protocol.V12)
    assert "待处理" in (await Chat(sandbox.gateway, alone).ask(newcomer, "未答")).text
    listed = (await town.private(SUPERUSER).ask(SUPERUSER, "授权列表")).text
    assert newcomer.id_in(Protocol.V12) not in listed
    assert "sandbox" not in listed
