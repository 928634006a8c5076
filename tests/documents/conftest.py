"""导入一份编的文件。"""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.documents import CONSOLE, with_scope

Import = Callable[..., Awaitable[int]]


@pytest.fixture
def bring() -> Import:
    """读一份，存进去，返回编号。"""

    async def one(
        assistant: Assistant,
        path: Path,
        region: str | None = None,
        year: int | None = None,
    ) -> int:
        read = await assistant.imports.library.read(path)
        draft = with_scope(read, region, year)
        brought = await assistant.imports.bring(draft, CONSOLE, None)
        return brought.imported.number

    return one
