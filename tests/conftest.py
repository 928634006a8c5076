"""各处测试共用：项目所在、训练一次的数据目录、装好真实知识的助手。"""

import shutil
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
import yaml

from bot.assistant import Assistant
from bot.outgoing import Gateways
from bot.settings import Settings
from bot.storage import Database

PROJECT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """一个数据目录；`shipped` 打开它之后，里面有训练结果的缓存。"""
    return tmp_path_factory.mktemp("prepared")


@pytest.fixture(scope="session")
async def shipped(prepared: Path) -> AsyncIterator[Assistant]:
    """装好真实知识的助手，整个测试过程只训练这一次；只读，不要教它。"""
    settings = Settings(data_dir=prepared, knowledge_dir=PROJECT / "knowledge")
    assistant = await Assistant.open(settings)
    yield assistant
    await assistant.close()


@pytest.fixture
def steps() -> Callable[[Callable[[], object]], int]:
    """做一件事走过多少行；不看钟，机器忙不忙都一样。"""

    def count(work: Callable[[], object]) -> int:
        walked = 0

        def note(_frame: FrameType, event: str, _argument: object) -> Any:
            nonlocal walked
            walked += event == "line"
            return note

        before = sys.gettrace()
        sys.settrace(note)
        try:
            work()
        finally:
            sys.settrace(before)
        return walked

    return count


SMALL_FAQ = """\
source: {title: 广西指南, short: 广西指南, region: 广西, year: 2021}
entries:
  - id: bus-start
    question: 校车几点发车？
    variants: [班车啥时候开, 校车早上几点走]
    answer: 早上七点。
    section: 一1
  - id: bus-stop
    question: 校车停在哪里？
    variants: [班车在哪上, 校车站在哪]
    answer: 东门。
"""
OpenHouse = Callable[..., Awaitable[Assistant]]


@pytest.fixture(scope="session")
async def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """一个迁移好的空数据库文件；抄一份就能用，不必每个测试都迁移一遍。"""
    path = tmp_path_factory.mktemp("blank") / "blank.db"
    await (await Database.open(f"sqlite+aiosqlite:///{path}")).close()
    return path


@pytest.fixture
async def database(tmp_path: Path, blank: Path) -> AsyncIterator[Database]:
    """一个新的 SQLite 数据库。"""
    path = shutil.copy(blank, tmp_path / "test.db")
    opened = await Database.open(f"sqlite+aiosqlite:///{path}")
    yield opened
    await opened.close()


@pytest.fixture(scope="session")
async def small_house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """一份小知识（名录、日历、词表是真的）和它的学习结果。"""
    folder = tmp_path_factory.mktemp("house")
    knowledge = folder / "knowledge"
    shutil.copytree(PROJECT / "knowledge", knowledge)
    shutil.rmtree(knowledge / "faq")
    shutil.rmtree(knowledge / "phrasings", ignore_errors=True)
    (knowledge / "faq").mkdir()
    (knowledge / "faq" / "small.yaml").write_text(SMALL_FAQ, "utf-8")
    chatter = knowledge / "lexicon" / "chatter.yaml"
    few = {k: v[::20] for k, v in yaml.safe_load(chatter.read_text("utf-8")).items()}
    chatter.write_text(yaml.safe_dump(few, allow_unicode=True), "utf-8")
    settings = Settings(data_dir=folder / "data", knowledge_dir=knowledge)
    await (await Assistant.open(settings)).close()
    return folder


@pytest.fixture
async def open_house(
    small_house: Path, blank: Path, tmp_path: Path
) -> AsyncIterator[OpenHouse]:
    """打开真的助手，用小知识、自己的数据目录；再打开一次就是重新启动。"""
    opened: list[Assistant] = []

    async def open_one(gateways: Gateways | None = None, **settings: Any) -> Assistant:
        data = tmp_path / "data"
        if not data.exists():
            shutil.copytree(small_house / "data" / "cache", data / "cache")
            shutil.copy(blank, data / "assistant.db")
        given = Settings(
            data_dir=data,
            knowledge_dir=small_house / "knowledge",
            **{"send_pause_min": 0, "send_pause_max": 0, **settings},
        )
        opened.append(await Assistant.open(given, gateways))
        return opened[-1]

    yield open_one
    for assistant in opened:
        await assistant.close()
