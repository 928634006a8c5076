"""没见过的作者：藏起他的问法来学，再拿他的问法问。"""

from collections.abc import Callable
from pathlib import Path

from bot.answering.strangers import leave_author_out
from bot.knowledge import Lexicon
from tests.weighing import LEARNT


async def test_each_author_is_asked_without_being_known(
    write_faq: Callable[..., Path], tmp_path: Path, lexicon: Lexicon
) -> None:
    faq = write_faq().parent / "faq"
    faq.mkdir()
    write_faq().rename(faq / "sample.yaml")
    for author, phrasing in (("novice", "头班校车几点"), ("veteran", "校车几点走哇")):
        path = tmp_path / "phrasings" / author / "sample.txt"
        path.parent.mkdir(parents=True)
        path.write_text(f"# 作者：某人\n[bus-start]\n{phrasing}\n", "utf-8")
    found = [
        (author, report.n, report.top1)
        async for author, report in leave_author_out(
            faq, lexicon, tmp_path / "cache", LEARNT
        )
    ]
    assert found == [("novice", 1, 1.0), ("veteran", 1, 1.0)]
