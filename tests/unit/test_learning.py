"""出错也不停：学不成的下次再学，记不下的说一声，日志里没有人说的话。"""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from loguru import logger
from sqlalchemy import text

from bot.answering import DeliveredAnswers, FaqSource, Given
from bot.answering.retrieval import TrainingProcess
from bot.knowledge import Knowledge, Lexicon
from bot.storage import Database

from .conftest import EDITOR, GROUP, TEACHER


@pytest.fixture
def log() -> Iterator[list[str]]:
    """日志里的各条，写法与运行时一样：不带变量。"""
    lines: list[str] = []
    sink = logger.add(
        lines.append,
        format="{level} {message}\n{exception}",
        backtrace=False,
        diagnose=False,
    )
    yield lines
    logger.remove(sink)


async def test_a_failed_training_is_not_the_last(
    database: Database,
    lexicon: Lexicon,
    write_faq: Callable[..., Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    log: list[str],
) -> None:
    knowledge = Knowledge(database, write_faq())
    await knowledge.load()
    source = FaqSource(knowledge, lexicon, tmp_path / "cache")
    await source.prepare()
    with monkeypatch.context() as broken:
        broken.setattr(TrainingProcess, "train", lambda *_: 1 // 0)
        await knowledge.teach("食堂几点开？", "十一点。", "广西", EDITOR, GROUP)
        await _until(lambda: any("重新学习出错" in line for line in log))
    await knowledge.teach("澡堂几点开？", "十点。", "广西", EDITOR, GROUP)
    await _until(lambda: len(source.matcher.units) == 4)
    await source.close()
    assert sum(line.startswith("ERROR") for line in log) == 1


async def test_answers_that_cannot_be_kept_are_reported(
    database: Database, log: list[str]
) -> None:
    async with database.write() as session:
        await session.execute(text("DROP TABLE delivered"))
    answers = DeliveredAnswers(database)
    answers.add(GROUP, TEACHER, "m-9", Given("我的手机13800138000", ("a",)))
    await answers.close()
    [line] = log
    assert line.startswith("ERROR 没能记下发出的 1 条答案")
    assert "13800138000" not in line
    assert await answers.find(GROUP, "m-9") is not None


async def _until(happened: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not happened():  # noqa: ASYNC110  没有别的可等
            await asyncio.sleep(0.01)
