"""名录测试共用：真的名录文件，真的 SQLite，只有网关是假的。"""

import itertools
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.access import NATIONWIDE
from bot.answering import Question, Turn
from bot.assistant import Assistant
from bot.directory import Directory, Spoken
from bot.errors import SendFailed
from bot.messages import Message, Person, Place, PlaceKind
from bot.storage import Database
from tests.conftest import OpenHouse
from tests.gateways import FakeGateways
from tests.lexicon import REGIONS

FOLDER = Path("knowledge/directory")
SPOKEN = Spoken.load(Path("knowledge"))
GROUP = Place("qq", PlaceKind.GROUP, "30003")
SECRETARY = Person("qq", "20002", "秘书处-张三")
TEACHER = Person("qq", "20003", "某某学院-李四")
_numbers = itertools.count(1)


def say(text: str, person: Person = TEACHER, *, addressed: bool = True) -> Message:
    """群里说的一句话。"""
    return Message(
        "10001", GROUP, person, text, f"m{next(_numbers)}", addressed, datetime.now(UTC)
    )


def ask(text: str, previous: str = "") -> Question:
    """一句问话；`previous` 是刚答过的候选编号。"""
    turn = Turn("刚才", "directory", previous, None) if previous else None
    return Question(text, None, datetime.now(UTC), previous=turn)


@pytest.fixture(scope="session")
def files() -> Directory:
    """只读文件的名录。"""
    return Directory(None, FOLDER, REGIONS, SPOKEN)


@pytest.fixture
async def directory(database: Database) -> Directory:
    return await Directory.open(database, FOLDER, REGIONS, SPOKEN)


@pytest.fixture
async def assistant(open_house: OpenHouse) -> Assistant:
    """真的助手；秘书处是 20002。"""
    opened = await open_house(FakeGateways(forwards=True))
    await opened.access.grant(SECRETARY, NATIONWIDE, Person("qq", "1"))
    return opened


def failed() -> SendFailed:
    """网关不支持。"""
    return SendFailed("不支持")
