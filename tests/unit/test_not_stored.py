"""磁盘满了、数据库被占着：照样回答；没存下的说清楚，超级管理员知道一次。"""

import asyncio
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import Connection, event, text

from bot import clock, wording
from bot.answering import UnansweredQuestions
from bot.answering import wording as answering_words
from bot.assistant import Assistant
from bot.messages import Message, Person, Place, PlaceKind
from bot.storage import Database, failures
from bot.storage.backup import database_file
from tests.conftest import OpenHouse
from tests.everything import whole_router
from tests.gateways import FakeGateways

from .conftest import EDITOR, GROUP, NOON, TEACHER, message

BOSS = Person("qq", "10009")
LONG = "长" * 3_000
"""一页放不下：磁盘满了就存不下。"""


@pytest.fixture
def gateways() -> FakeGateways:
    return FakeGateways()


@pytest.fixture
async def house(open_house: OpenHouse, gateways: FakeGateways) -> Assistant:
    assistant = await open_house(gateways, superusers=[f"qq:{BOSS.id}"])
    await assistant.access.grant(EDITOR, "广西", BOSS)
    return assistant


@contextmanager
def full_disk(assistant: Assistant) -> Iterator[None]:
    """数据库文件再也大不了。"""
    engine = assistant.database.engine.sync_engine

    def stop_growing(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA max_page_count=1")

    event.listen(engine, "begin", stop_growing)
    yield
    event.remove(engine, "begin", stop_growing)


@contextmanager
def locked(assistant: Assistant) -> Iterator[None]:
    """别的程序占着数据库。"""
    file = database_file(assistant.settings.database)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


async def told(assistant: Assistant, said: Message) -> str:
    """像运行时一样经过各关，这条消息得到的回话。"""
    reply = await whole_router().handle(assistant, said)
    return "" if reply is None else reply.text


@pytest.mark.parametrize("asker", [TEACHER, EDITOR])
async def test_a_full_disk_does_not_stop_answers(
    house: Assistant, asker: Person
) -> None:
    new = Place("qq", PlaceKind.GROUP, LONG)
    with full_disk(house):
        question = message("校车几点发车？", place=new, person=asker)
        assert "早上七点" in await told(house, question)
    assert house.groups.all() == []


async def test_an_unknown_question_is_not_said_to_be_kept(house: Assistant) -> None:
    asked = message(f"平台{LONG[:1_900]}的申报材料怎么传", place=GROUP)
    with full_disk(house):
        answer = await told(house, asked)
    assert answer
    assert answering_words.KEPT not in answer


async def test_who_can_act_is_told_why_and_the_superuser_once(
    house: Assistant, gateways: FakeGateways
) -> None:
    private = Place("qq", PlaceKind.PRIVATE, BOSS.id)
    teaching = message(f"教 说明会几点开 = {LONG}", person=EDITOR)
    with full_disk(house):
        for _ in range(2):
            assert await told(house, teaching) == failures.FULL
    await asyncio.sleep(0)
    assert gateways.texts(private) == [f"请留意：{failures.FULL}"]
    assert "磁盘满了，没有存下" in failures.FULL


async def test_others_are_told_to_try_again(house: Assistant) -> None:
    with locked(house):
        said = message("登记 桂东示例职业技术学院 高职 张三 13800138000")
        assert await told(house, said) == wording.NOT_STORED


async def test_a_locked_database_is_waited_for_a_few_seconds(house: Assistant) -> None:
    teaching = message("教 说明会几点开 = 周五下午三点", person=EDITOR)
    asking = message("校车几点发车？", place=Place("qq", PlaceKind.GROUP, "404"))
    with locked(house):
        began = time.monotonic()
        assert "早上七点" in await told(house, asking)
        assert time.monotonic() - began < 3
        began = time.monotonic()
        replies = await asyncio.gather(*(told(house, teaching) for _ in range(3)))
        assert time.monotonic() - began < 8
    assert all(failures.BUSY in reply for reply in replies)
    reply = await told(house, teaching)
    assert failures.BUSY not in reply


async def test_a_lock_that_goes_away_in_time_is_not_noticed(house: Assistant) -> None:
    teaching = message("教 说明会几点开 = 周五下午三点", person=EDITOR)
    with locked(house):
        waiting = asyncio.create_task(told(house, teaching))
        await asyncio.sleep(1)
    assert failures.BUSY not in await waiting


async def test_an_unknown_mode_is_taken_for_the_quiet_one(
    open_house: OpenHouse,
) -> None:
    first = await open_house()
    await first.groups.seen(GROUP, "测试群")
    async with first.database.write() as session:
        await session.execute(text("UPDATE groups SET mode = '热闹'"))
    await first.close()
    again = await open_house()
    assert again.groups.get(GROUP).mode == "点名"


async def test_unanswered_questions_are_kept_for_a_while(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions = UnansweredQuestions(database, keep=timedelta(days=30))
    asked = message("申报材料盖什么章")
    monkeypatch.setattr(clock, "now", lambda: NOON - timedelta(days=31))
    await questions.add(asked, "旧的问题怎么办", "广西")
    monkeypatch.setattr(clock, "now", lambda: NOON)
    await questions.add(asked, "新的问题怎么办", "广西")
    await questions.prune()
    assert [q.text for q in await questions.open(None)] == ["新的问题怎么办"]
