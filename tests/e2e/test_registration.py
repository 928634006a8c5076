"""登记：真的收发之间，群里的遮住、撤回、不留原文；发来的登记表一次登记许多所。"""

import asyncio

import pytest

from plugins.sandbox.content import FilePart
from plugins.sandbox.people import Protocol
from tests.registration.test_sheets import HEADER, ROWS, book

from .stage import SECRETARIAT, Chat, Stage

SAID = (
    "我来登记：桂东示例职业技术学院，高职，陈示例，13800138000，"
    "校长：吴样例 13900139001"
)
SECRETS = ("13800138000", "13900139001", "陈示例", "吴样例")


async def test_a_registration_in_a_group_is_masked_and_recalled(
    stage: Stage, chat: Chat
) -> None:
    who = stage.newcomer()
    reply = await chat.ask(who, SAID)
    assert "【登记草稿】" in reply.text
    assert "另外说到的没有登记：校长 吴**" in reply.text
    assert not [secret for secret in SECRETS if secret in reply.text]
    assert {"delete_msg", "delete_message"} & {c.action for c in chat.gateway.calls}


async def test_what_nobody_takes_for_a_question_is_kept_nowhere_in_clear(
    stage: Stage,
) -> None:
    chat, who = stage.group(), stage.newcomer()
    words = "联系人：汪样例 电话 13700137077 怎么没人理我呢"
    await chat.ask(who, words)
    data = stage.process.data
    await asyncio.sleep(0.5)
    held = b"".join(p.read_bytes() for p in data.rglob("*") if p.is_file())
    for secret in ("13700137077", "汪样例"):
        assert secret.encode() not in held
        assert secret not in stage.process.log


@pytest.mark.parametrize("protocol", list(Protocol))
async def test_a_form_sent_as_a_file_registers_many_schools(
    stage: Stage, protocol: Protocol
) -> None:
    chat = stage.private(SECRETARIAT, protocol)
    data = book((*HEADER, "地区"), *((*row, "广西") for row in ROWS))
    blob = stage.world.blobs.add(data, "登记表.xlsx")
    file = FilePart(blob.name, blob.id, len(blob.data))
    shown = await chat.ask(SECRETARIAT, [file])
    assert "可以登记 3 行，3 行有误" in shown.text
    assert "已登记 3 条" in (await chat.ask(SECRETARIAT, "确认")).text
