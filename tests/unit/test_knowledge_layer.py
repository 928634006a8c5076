"""秘书处的改动：教、更正、撤销，盖在文件之上。"""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.knowledge import Knowledge
from bot.storage import Database
from bot.storage.tables import Edit

from .conftest import EDITOR, GROUP


@pytest.fixture
async def knowledge(database: Database, write_faq: Callable[..., Path]) -> Knowledge:
    """两条的知识，可以改。"""
    loaded = Knowledge(database, write_faq())
    await loaded.load()
    return loaded


async def reloaded(knowledge: Knowledge) -> Knowledge:
    """重新读一遍文件与数据库。"""
    again = Knowledge(knowledge._database, knowledge._faq)
    await again.load()
    return again


async def test_teaching_is_kept(knowledge: Knowledge) -> None:
    heard: list[str] = []
    knowledge.on_change(lambda: heard.append("变了"))
    change = await knowledge.teach("食堂几点开？", "十一点。", "广西", EDITOR, GROUP)
    assert (change.kind, change.before) == ("教", None)
    assert heard == ["变了"]
    for known in (knowledge, await reloaded(knowledge)):
        entry = known.entries[f"local-{change.number}"]
        assert (entry.answer, entry.source.region) == ("十一点。", "广西")
        assert entry.source.short.startswith("秘书处答复（20")
        assert known.find_wording("食堂几点开", "广西") == entry
        edit = known.local_edit(change.number)
        assert edit
        assert edit.region == "广西"


async def test_teaching_a_known_wording_corrects_it(knowledge: Knowledge) -> None:
    change = await knowledge.teach("班车 啥时候开？", "八点。", "广西", EDITOR, GROUP)
    assert (change.kind, change.before) == ("更正", "早上七点。")
    entry = (await reloaded(knowledge)).entries["bus-start"]
    assert (entry.answer, entry.corrected, entry.section) == ("八点。", True, None)
    assert entry.variants == ("班车啥时候开", "校车早上几点走")


async def test_another_region_gets_an_entry_of_its_own(knowledge: Knowledge) -> None:
    change = await knowledge.teach("校车停在哪里", "西门。", "山东", EDITOR, GROUP)
    assert change.kind == "教"
    assert knowledge.entries["bus-stop"].answer == "东门。"
    taught = knowledge.entries[f"local-{change.number}"]
    assert taught.matter == knowledge.entries["bus-stop"].matter
    again = await knowledge.teach("校车停在哪里", "北门。", "山东", EDITOR, GROUP)
    assert (again.kind, again.before) == ("更正", "西门。")


async def test_two_who_teach_the_same_at_once_make_one_entry(
    knowledge: Knowledge,
) -> None:
    kinds = await asyncio.gather(
        *(
            knowledge.teach("食堂几点开？", f"{hour}点。", "广西", EDITOR, GROUP)
            for hour in range(6)
        )
    )
    assert [change.kind for change in kinds] == ["教", *["更正"] * 5]
    undone = await asyncio.gather(
        *(knowledge.withdraw(kinds[0].number, EDITOR, GROUP) for _ in range(3))
    )
    assert undone[1:] == [None, None]


async def test_corrections_are_undone_one_by_one(knowledge: Knowledge) -> None:
    first = await knowledge.correct("bus-stop", "西门。", EDITOR, GROUP)
    second = await knowledge.correct("bus-stop", "南门。", EDITOR, GROUP)
    assert second.before == "西门。"
    undone = await knowledge.withdraw(second.number, EDITOR, GROUP)
    assert undone is not None
    assert undone.entry is not None
    assert undone.entry.answer == "西门。"
    await knowledge.withdraw(first.number, EDITOR, GROUP)
    entry = (await reloaded(knowledge)).entries["bus-stop"]
    assert (entry.answer, entry.corrected) == ("东门。", False)
    assert await knowledge.withdraw(first.number, EDITOR, GROUP) is None
    assert await knowledge.withdraw(999, EDITOR, GROUP) is None


async def test_an_earlier_correction_may_go_first(knowledge: Knowledge) -> None:
    first = await knowledge.correct("bus-stop", "西门。", EDITOR, GROUP)
    await knowledge.correct("bus-stop", "南门。", EDITOR, GROUP)
    await knowledge.withdraw(first.number, EDITOR, GROUP)
    assert knowledge.entries["bus-stop"].answer == "南门。"


async def test_a_withdrawn_entry_takes_its_corrections_along(
    knowledge: Knowledge,
) -> None:
    taught = await knowledge.teach("食堂几点开？", "十一点。", "广西", EDITOR, GROUP)
    name = f"local-{taught.number}"
    await knowledge.correct(name, "十二点。", EDITOR, GROUP)
    await knowledge.withdraw(taught.number, EDITOR, GROUP)
    for known in (knowledge, await reloaded(knowledge)):
        assert name not in known.entries
        assert known.find_wording("食堂几点开", "广西") is None


async def test_every_edit_is_recorded(knowledge: Knowledge, database: Database) -> None:
    change = await knowledge.correct("bus-stop", "西门。", EDITOR, GROUP)
    await knowledge.withdraw(change.number, EDITOR, GROUP)
    async with database.read() as session:
        rows = list(await session.scalars(select(Edit).order_by(Edit.id)))
    assert [(row.kind, row.before, row.after) for row in rows] == [
        ("更正", "东门。", "西门。"),
        ("撤销", "西门。", None),
    ]
    for row in rows:
        who = (row.platform, row.user_id, row.place_id, row.entry)
        assert who == ("qq", EDITOR.id, GROUP.id, "bus-stop")
        assert row.at.tzinfo is not None


async def test_read_only_knowledge_refuses(write_faq: Callable[..., Path]) -> None:
    knowledge = Knowledge(None, write_faq())
    await knowledge.load()
    with pytest.raises(RuntimeError, match="只读"):
        await knowledge.teach("问", "答", "广西", EDITOR, GROUP)


async def test_unknown_entries_cannot_be_corrected(knowledge: Knowledge) -> None:
    with pytest.raises(KeyError):
        await knowledge.correct("没有", "答", EDITOR, GROUP)
