"""撤销之后不留痕迹：登记、试点情况、草稿、通知、没答上的问题，与数据文件。"""

import stat
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import select, text

from bot import clock
from bot.messages import Person
from bot.registration import Field, protect
from bot.storage import Database
from bot.storage.tables import (
    Delivered,
    OutboxRow,
    Proposal,
    RegistrationAudit,
    Unanswered,
)
from bot.text.contacts import is_identity

from .conftest import CLERK, GROUP, LI, ZHANG, Chat

WHOLE = "登记 桂东示例职业技术学院 高职 张三丰 13800138000 zhang@example.com 广西"
PILOT = (
    "登记试点 桂东示例职业技术学院 高职 物流管理 初级 广西 专业：物流 规模50 "
    "校长：李四方 13900139000 联系人：王五一 13700137000"
)
IDENTITY = "45080219900307123X"


def _stored(chat: Chat) -> bytes:
    path = chat.parts.database.url.database
    assert path is not None
    files = (Path(path + suffix) for suffix in ("", "-wal"))
    return b"".join(file.read_bytes() for file in files if file.exists())


def _in(secret: str, stored: bytes) -> bool:
    forms = (secret.encode(), secret.encode("unicode_escape"))
    return any(form in stored for form in forms)


async def _asked(chat: Chat, person: Person, question: str) -> None:
    async with chat.parts.database.write() as session:
        session.add(
            Unanswered(
                platform=person.platform,
                account="1",
                place_kind="group",
                place_id="1",
                user_id=person.id,
                user_name="某老师",
                message_id="1",
                text=question,
                folded=question,
                asked_at=clock.now(),
            )
        )
        session.add(
            Delivered(
                platform=person.platform,
                place_id="1",
                message_id="1",
                user_id=person.id,
                question=question,
                entries=[],
                at=clock.now(),
            )
        )


async def test_secure_delete_is_on_everywhere(database: Database) -> None:
    async with database.read() as session:
        assert await session.scalar(text("PRAGMA secure_delete")) == 1


async def test_withdrawing_with_only_pilot_rows_removes_the_people(chat: Chat) -> None:
    await chat.say(PILOT)
    await chat.say("确认")
    await chat.say("撤销登记")
    reply = await chat.say("确认")
    assert "姓名和手机号都已删除" in reply
    [row] = await chat.parts.registration.mine(ZHANG)
    assert row.values[Field.SIZE] == "50"
    stored = _stored(chat)
    for secret in ("李四方", "王五一", "13900139000", "13700137000"):
        assert not _in(secret, stored)
    assert "没有登记" in await chat.say("撤销登记")


async def test_leaving_strips_rows_of_every_school(chat: Chat) -> None:
    await chat.say(WHOLE)
    await chat.say("确认")
    await chat.say(PILOT.replace("桂东示例", "桂西假想"))
    await chat.say("确认")
    await chat.say("撤销登记")
    await chat.say("确认")
    assert not _in("王五一", _stored(chat))


async def test_questions_and_notices_are_forgotten(chat: Chat) -> None:
    await chat.say("你好", CLERK)
    await chat.say("登记 桂东示例职业技术学院 高职 李四 13500135000 广西", LI)
    await chat.say("确认", LI)
    await chat.say(WHOLE)
    await chat.say("确认")
    await _asked(chat, ZHANG, "联系人钱多多13600136000怎么换")
    await _asked(chat, ZHANG, "张三丰的账号登不上")
    await _asked(chat, ZHANG, "双周报第几页")
    await _asked(chat, LI, "13800138000是谁的电话")
    assert len(await chat.notices()) == 2
    await chat.say("撤销登记")
    await chat.say("确认")
    stored = _stored(chat)
    for secret in ("张三丰", "13800138000", "13600136000", "zhang@"):
        assert not _in(secret, stored)
    async with chat.parts.database.read() as session:
        asked = await session.execute(select(Unanswered.text, Unanswered.user_name))
        left = {tuple(row) for row in asked}
        about = select(OutboxRow.text).where(OutboxRow.text.contains("138"))
        assert (await session.scalars(about)).all() == []
    assert left == {("双周报第几页", ""), ("138****8000是谁的电话", "某老师")}


async def test_withdrawing_a_row_keeps_other_drafts(chat: Chat) -> None:
    await chat.say(PILOT)
    await chat.say("确认")
    await chat.say("登记 桂东示例职业技术学院 高职 张三丰")
    await chat.say("撤销试点")
    await chat.say("确认 3")
    assert "张三丰" in await chat.say("我的登记")


async def test_a_question_about_withdrawing_withdraws_nothing(chat: Chat) -> None:
    await chat.say("登记 桂东示例职业技术学院 高职 张三丰")
    assert await chat.say("撤销登记怎么操作？") == ""
    assert await chat.say("撤销登记后还能再登记吗") == ""
    assert await chat.parts.registration.draft(ZHANG) is not None


@pytest.mark.parametrize(
    ("code", "like"),
    [
        (IDENTITY, True),
        ("450802900307123", True),
        ("450802199013071234", False),
        ("12450000498501004A", False),
        ("91350100M000100Y43", False),
    ],
)
def test_what_looks_like_an_identity_number(code: str, like: bool) -> None:
    assert is_identity(code) is like


@pytest.mark.parametrize("label", ["", "信用代码：", "身份证号："])
async def test_identity_numbers_are_never_stored(chat: Chat, label: str) -> None:
    card = await chat.say(f"登记 桂东示例职业技术学院 高职 张三丰 {label}{IDENTITY}")
    assert "没有收" in card
    assert IDENTITY not in card
    assert IDENTITY.encode() not in _stored(chat)
    assert IDENTITY not in await chat.say("我的登记")


async def test_wrong_values_are_masked_in_groups(chat: Chat) -> None:
    card = await chat.say("登记 邮箱：zhangsanfeng 手机 1380013800", place=GROUP)
    assert "zhangsanfeng" not in card
    assert "1380013800" not in card


async def test_ids_are_not_used_again(chat: Chat) -> None:
    await chat.say(WHOLE)
    await chat.say("确认")
    await chat.say("撤销登记")
    await chat.say("确认")
    await chat.say("登记 桂东示例职业技术学院 高职 李四 13500135000 广西", LI)
    await chat.say("确认", LI)
    async with chat.parts.database.read() as session:
        query = select(RegistrationAudit.subject).order_by(RegistrationAudit.id)
        assert list(await session.scalars(query)) == [1, 1, 2]


async def test_tidying_removes_stale_drafts_while_running(chat: Chat) -> None:
    await chat.say(WHOLE)
    with time_machine.travel(clock.now() + timedelta(days=31), tick=True):
        await chat.parts.desk.load()
        await chat.parts.registration.tidy()
    async with chat.parts.database.read() as session:
        kept = await session.scalars(select(Proposal.payload))
        assert list(kept) == [{}]
    assert not _in("张三丰", _stored(chat))


async def test_data_files_are_private(chat: Chat) -> None:
    folder = chat.parts.settings.data_dir
    protect(chat.parts.database, folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    files = list(folder.glob("assistant.db*"))
    assert files
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
