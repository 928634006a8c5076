"""名录测试共用：真的名录文件，真的 SQLite，只有网关是假的。"""

import itertools
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot.access import NATIONWIDE, Access
from bot.answering import Memory, Question, Turn
from bot.assistant import Assistant
from bot.directory import Directory
from bot.errors import SendFailed
from bot.messages import Message, Person, Place, PlaceKind, Reply
from bot.settings import Settings
from bot.storage import Database
from tests.lexicon import REGIONS

FOLDER = Path("knowledge/directory")
GROUP = Place("qq", PlaceKind.GROUP, "30003")
SECRETARY = Person("qq", "20002", "秘书处-张三")
TEACHER = Person("qq", "20003", "某某学院-李四")
_numbers = itertools.count(1)


class FakeGateways:
    """记下发了什么；`refuses` 里的做法发不了。"""

    def __init__(self) -> None:
        self.forwarded: list[tuple[str, list[str]]] = []
        self.sent: list[Reply] = []
        self.refuses: dict[str, Exception] = {}

    async def forward(
        self, place: Place, title: str, pages: Sequence[str], *, account: str = ""
    ) -> str:
        if error := self.refuses.get("forward"):
            raise error
        self.forwarded.append((title, list(pages)))
        return "1"

    async def send(
        self, place: Place, reply: Reply, *, account: str = "", quote: str = ""
    ) -> str:
        if error := self.refuses.get("send"):
            raise error
        self.sent.append(reply)
        return "2"


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
    return Directory(None, FOLDER, REGIONS)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = await Database.open(f"sqlite+aiosqlite:///{tmp_path / 'test.db'}")
    yield opened
    await opened.close()


@pytest.fixture
async def directory(database: Database) -> Directory:
    return await Directory.open(database, FOLDER, REGIONS)


@pytest.fixture
async def assistant(
    database: Database, directory: Directory, tmp_path: Path
) -> Assistant:
    """够名录用的助手；秘书处是 20002。"""
    access = Access(database, [])
    await access.load()
    await access.grant(SECRETARY, NATIONWIDE, Person("qq", "1"))
    memory = Memory(timedelta(minutes=5))
    fake: Any = SimpleNamespace(
        settings=Settings(data_dir=tmp_path),
        database=database,
        access=access,
        directory=directory,
        conversation=SimpleNamespace(memory=memory),
        gateways=FakeGateways(),
    )
    return cast(Assistant, fake)


def failed() -> SendFailed:
    """网关不支持。"""
    return SendFailed("不支持")
