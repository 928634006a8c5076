"""文件库：存、认出同一个文件、撤销、重新打开；凭它回答。"""

from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.documents import CONSOLE, Unreadable
from bot.errors import AssistantError
from bot.messages import Place, PlaceKind
from tests.conftest import OpenHouse

from . import made, written
from .conftest import Import


def answer(assistant: Assistant, text: str, region: str | None = "广西") -> str:
    conversation = assistant.conversation
    question = conversation.pose(text, region)
    decision = conversation.arbiter.decide(question, addressed=True)
    return conversation.say(question, decision)


async def test_what_a_notice_says_is_answered_with_its_place(
    open_house: OpenHouse, bring: Import, tmp_path: Path
) -> None:
    assistant = await open_house()
    await bring(assistant, made.as_pdf(written.NOTICE, tmp_path))
    said = answer(assistant, "佐证材料单个文件不能超过多少MB")
    assert "单个文件不超过20MB" in said
    assert f"——《{written.NOTICE.title}》三（一）1，第1页" in said


async def test_the_shipped_entries_still_answer_what_they_know(
    open_house: OpenHouse, bring: Import, tmp_path: Path
) -> None:
    assistant = await open_house()
    before = answer(assistant, "校车几点发车")
    await bring(assistant, made.as_docx(written.NOTICE, tmp_path))
    assert answer(assistant, "校车几点发车") == before


async def test_another_region_s_notice_is_not_given_as_ours(
    open_house: OpenHouse, bring: Import, tmp_path: Path
) -> None:
    assistant = await open_house()
    await bring(assistant, made.as_docx(written.NOTICE, tmp_path))
    assert "20MB" not in answer(assistant, "佐证材料单个文件不能超过多少MB", "山东")


async def test_a_year_that_is_not_there_is_said_only_when_true(
    open_house: OpenHouse, bring: Import, tmp_path: Path
) -> None:
    assistant = await open_house()
    await bring(assistant, made.as_docx(written.NOTICE, tmp_path))
    question = "佐证材料单个文件不能超过多少MB"
    assert "没有2026年的资料，下面是2027年的" in answer(assistant, f"2026年{question}")
    assert "没有" not in answer(assistant, f"2027年{question}")


async def test_a_year_is_not_called_missing_when_only_the_matter_is(
    open_house: OpenHouse, bring: Import, tmp_path: Path
) -> None:
    assistant = await open_house()
    question = "2027年校车停在哪里"
    assert "没有2027年的资料。" in answer(assistant, question)
    await bring(assistant, made.as_docx(written.NOTICE, tmp_path))
    assert "2027年的资料里没有找到这一条" in answer(assistant, question)


async def test_the_same_file_twice_is_said_to_be_the_same(
    open_house: OpenHouse, bring: Import, tmp_path: Path
) -> None:
    assistant = await open_house()
    number = await bring(assistant, made.as_docx(written.NOTICE, tmp_path))
    copied = tmp_path / "换个名字.docx"
    copied.write_bytes((tmp_path / "notice.docx").read_bytes())
    with pytest.raises(AssistantError, match=f"编号 #{number}"):
        await assistant.imports.library.read(copied)


async def test_the_original_is_kept_and_only_for_the_owner(
    open_house: OpenHouse, bring: Import, tmp_path: Path
) -> None:
    assistant = await open_house()
    path = made.as_docx(written.NOTICE, tmp_path)
    await bring(assistant, path)
    (kept,) = (assistant.settings.data_dir / "documents").iterdir()
    assert kept.read_bytes() == path.read_bytes()
    assert kept.stat().st_mode & 0o077 == 0


async def test_region_and_year_are_asked_for_not_guessed(
    open_house: OpenHouse, bring: Import, tmp_path: Path
) -> None:
    assistant = await open_house()
    path = tmp_path / "说明.txt"
    path.write_text("试点工作说明\n一、佐证材料统一为PDF格式。\n二、请按时报送材料。")
    draft = await assistant.imports.library.read(path)
    assert (draft.region, draft.year) == (None, None)
    with pytest.raises(AssistantError, match="哪个地区、哪一年"):
        await bring(assistant, path)
    assert not assistant.imports.library.documents
    assert await bring(assistant, path, "广西", 2027)


async def test_nothing_is_left_of_a_file_that_cannot_be_read(
    open_house: OpenHouse, tmp_path: Path
) -> None:
    assistant = await open_house()
    path = tmp_path / "坏.docx"
    path.write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(Unreadable):
        await assistant.imports.library.read(path)
    assert not (assistant.settings.data_dir / "documents").exists()


async def test_a_document_is_there_after_a_restart_and_gone_once_withdrawn(
    open_house: OpenHouse, bring: Import, tmp_path: Path
) -> None:
    assistant = await open_house()
    number = await bring(assistant, made.as_docx(written.NOTICE, tmp_path))
    again = await open_house()
    assert "20MB" in answer(again, "佐证材料单个文件不能超过多少MB")
    await again.imports.undo(number, CONSOLE, Place("qq", PlaceKind.PRIVATE, "1"))
    assert "20MB" not in answer(again, "佐证材料单个文件不能超过多少MB")
