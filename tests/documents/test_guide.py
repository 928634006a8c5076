"""一份虚构的2027年指南与随项目的2021年知识相左：导入并接受之后，按新的答。"""

import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.access import Rights, Role
from bot.assistant import Assistant
from bot.documents import CONSOLE, Kind
from bot.messages import Place, PlaceKind
from bot.settings import Settings
from tests.conftest import PROJECT

from . import made
from .guide2027 import CHANGED, GUIDE, QUESTIONS
from .test_library import answer

PLACE = Place("qq", PlaceKind.PRIVATE, "1")


@pytest.fixture(scope="module")
async def informed(
    shipped: Assistant, prepared: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[tuple[Assistant, int]]:
    """装着真实知识、读过2027年指南的助手，还没有接受它带来的改动。"""
    folder = tmp_path_factory.mktemp("guide")
    shutil.copytree(prepared / "cache", folder / "data" / "cache")
    settings = Settings(data_dir=folder / "data", knowledge_dir=PROJECT / "knowledge")
    assistant = await Assistant.open(settings)
    draft = await assistant.imports.library.read(made.as_docx(GUIDE, folder))
    brought = await assistant.imports.bring(draft, CONSOLE, None)
    yield assistant, brought.imported.number
    await assistant.close()


async def test_recognises_by_meaning_what_it_answers_anew(
    informed: tuple[Assistant, int],
) -> None:
    assistant, number = informed
    told = {
        one.suggestion.payload["entry"]: one.suggestion.label
        for one in await assistant.imports.proposals(number)
        if one.suggestion.kind in (Kind.ENTRY, Kind.SAME)
    }
    right = [name for name, (label, _) in CHANGED.items() if told.get(name) == label]
    assert len(right) >= 0.89 * len(CHANGED)
    assert len(told) <= 1.4 * len(CHANGED)


async def test_proposes_every_date_and_no_other(
    informed: tuple[Assistant, int],
) -> None:
    assistant, number = informed
    told = {
        one.suggestion.title: one.suggestion.after
        for one in await assistant.imports.proposals(number)
        if one.suggestion.kind is Kind.WINDOW
    }
    assert told == {
        "2027年申报": "申报：2027年3月10日（周三）至2027年5月15日（周六）",
        "2027年试点工作完成": "完成：截止2028年3月31日（周五）",
        "2027年年度总结报送": "报送：截止2028年4月15日（周六）",
    }


async def test_answers_by_the_new_guide_once_everything_is_accepted(
    informed: tuple[Assistant, int],
) -> None:
    assistant, number = informed
    before = answer(assistant, "2021年佐证材料要什么格式")
    settled = await assistant.imports.accept(
        number, range(1000), CONSOLE, Rights(Role.SUPERUSER), PLACE
    )
    assert not settled.problems
    said = {question: answer(assistant, question) for question, _ in QUESTIONS}
    right = [q for q, wanted in QUESTIONS if re.search(wanted, said[q])]
    assert len(QUESTIONS) >= 60
    missed = [q for q in said if q not in right]
    assert len(right) >= 0.9 * len(QUESTIONS), missed
    assert answer(assistant, "2021年佐证材料要什么格式") == before
