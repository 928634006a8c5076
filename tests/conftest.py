"""各处测试共用：项目所在、训练一次的数据目录、装好真实知识的助手。"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.assistant import Assistant
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
