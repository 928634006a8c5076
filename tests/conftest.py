"""各处测试共用：项目所在、训练一次的数据目录、装好真实知识的助手。"""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.assistant import Assistant
from bot.outgoing import Gateways
from bot.settings import Settings

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
async def open_house(small_house: Path, tmp_path: Path) -> AsyncIterator[OpenHouse]:
    """打开真的助手，用小知识、自己的数据目录；再打开一次就是重新启动。"""
    opened: list[Assistant] = []

    async def open_one(gateways: Gateways | None = None, **settings: Any) -> Assistant:
        data = tmp_path / "data"
        cache = small_house / "data" / "cache"
        shutil.copytree(cache, data / "cache", dirs_exist_ok=True)
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
