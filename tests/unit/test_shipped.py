"""随知识带着的学习结果：对得上就不学，答得一样；用着的不会被挤掉。"""

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from bot.answering import FaqSource
from bot.answering.retrieval import MatcherCache, TrainingProcess
from bot.answering.retrieval.cache import KEPT
from bot.knowledge import Knowledge, Lexicon

MANY = """\
source: {title: 广西指南, short: 广西指南, region: 广西, year: 2021}
entries:
""" + "".join(
    f"""\
  - id: thing-{number}
    question: {thing}在哪里？
    variants: [{thing}怎么走, {thing}在几号楼, 去{thing}走哪边, 找不到{thing}]
    answer: {thing}在{number}号楼。
"""
    for number, thing in enumerate(("食堂", "澡堂", "校医院", "图书馆", "实训中心"), 1)
)


@pytest.fixture
async def source(
    lexicon: Lexicon, write_faq: Callable[..., Path], tmp_path: Path
) -> FaqSource:
    knowledge = Knowledge(None, write_faq(MANY))
    await knowledge.load()
    learnt = tmp_path / "learnt" / "matcher.npz"
    return FaqSource(knowledge, lexicon, tmp_path / "cache", learnt)


def forbid(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TrainingProcess, "train", lambda *_: pytest.fail("不该再学"))


async def test_a_first_start_learns_nothing(
    source: FaqSource, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source.learn(tmp_path / "learnt" / "matcher.npz")
    forbid(monkeypatch)
    await source.prepare(hurry=True)
    hit = source.matcher.rank("图书管在哪栋楼").hits[0]
    await source.close()
    assert hit.unit.members == ("thing-4",)
    assert source.matcher.classifier is not None


async def test_it_is_read_without_pickle(source: FaqSource, tmp_path: Path) -> None:
    path = tmp_path / "learnt" / "matcher.npz"
    source.learn(path)
    with np.load(path, allow_pickle=False) as found:
        kinds = {array.dtype.kind for array in found.values()}
    assert "O" not in kinds
    assert path.stat().st_size < 1_000_000


@pytest.mark.parametrize("damage", ["旧的", "坏的"])
async def test_what_does_not_fit_is_learnt_anew(
    source: FaqSource, lexicon: Lexicon, tmp_path: Path,
    write_faq: Callable[..., Path], damage: str,
) -> None:  # fmt: skip
    path = tmp_path / "learnt" / "matcher.npz"
    source.learn(path)
    if damage == "坏的":
        path.write_bytes(path.read_bytes()[:-500])
    else:
        knowledge = Knowledge(None, write_faq(MANY.replace("澡堂", "浴室")))
        await knowledge.load()
        source = FaqSource(knowledge, lexicon, tmp_path / "cache", path)
    await source.prepare()
    hit = source.matcher.rank("食堂怎么走").hits[0]
    await source.close()
    assert hit.unit.members == ("thing-1",)


async def test_what_is_in_use_is_not_pushed_out(
    source: FaqSource, tmp_path: Path
) -> None:
    await source.prepare()
    cache, matcher = MatcherCache(tmp_path / "cache"), source.matcher
    (real,) = (tmp_path / "cache").iterdir()
    os.utime(real, (0, 0))
    for number in range(KEPT + 2):
        cache.save(f"sandbox{number}", matcher)
    await source.close()
    assert real.exists()
