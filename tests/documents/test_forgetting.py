"""忘掉一个人：导入的文件里他的号码也遮住，原件也删去。"""

from pathlib import Path

import time_machine

from bot.documents import forget
from tests.conftest import OpenHouse

from .conftest import Import
from .test_library import answer
from .test_proposals import SPRING

TEXT = """\
广西示例校车2027年管理办法
一、班车安排
（一）班车上的失物由管理员陈示例保管，联系手机139-0000 0188。
（二）乘车费用每人每月三十元，由学校代收。
"""
SECRET, MASKED = "13900000188", "139****0188"


@time_machine.travel(SPRING)
async def test_a_number_is_masked_wherever_the_document_is_kept(
    open_house: OpenHouse, bring: Import, tmp_path: Path
) -> None:
    path = tmp_path / "办法.txt"
    path.write_text(TEXT)
    assistant = await open_house()
    number = await bring(assistant, path)
    originals = assistant.settings.data_dir / "documents"
    assert list(originals.iterdir())

    async with assistant.database.write() as session:
        await forget(session, {SECRET: MASKED})
    await assistant.imports.library.forgotten()

    said = answer(assistant, "班车上的失物谁保管")
    assert MASKED in said
    assert "0000 0188" not in said
    proposals = await assistant.imports.proposals(number)
    shown = "".join(f"{p.suggestion.after}{p.suggestion.quote}" for p in proposals)
    assert MASKED in shown
    assert "0188" not in shown.replace(MASKED, "")
    content = await assistant.imports.library.content(number)
    assert "139-0000" not in str(content)
    assert not list(originals.iterdir())
    index = assistant.imports.library.index
    assert index.search("乘车费用每人每月三十元", {number})


@time_machine.travel(SPRING)
async def test_another_number_and_its_original_stay(
    open_house: OpenHouse, bring: Import, tmp_path: Path
) -> None:
    path = tmp_path / "办法.txt"
    path.write_text(TEXT)
    assistant = await open_house()
    await bring(assistant, path)
    async with assistant.database.write() as session:
        await forget(session, {"13900000189": "139****0189"})
    await assistant.imports.library.forgotten()
    assert "139-0000 0188" in answer(assistant, "班车上的失物谁保管")
    assert list((assistant.settings.data_dir / "documents").iterdir())
