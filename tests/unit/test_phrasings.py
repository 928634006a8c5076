"""各人的问法：读进来归到条目，写错了说清在哪里，两条都能答的不用。"""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.errors import KnowledgeError
from bot.knowledge import Phrasing, phrasing_paths, read_entries, with_phrasings

HEADER = "# 作者：一位新手\n"


@pytest.fixture
def read(write_faq: Callable[..., Path], tmp_path: Path):
    """把一位作者的问法写成文件，与小知识一起读。"""

    def read(text: str, author: str = "novice"):
        path = tmp_path / "phrasings" / author / "sample.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        entries = read_entries([write_faq()])
        return with_phrasings(entries, phrasing_paths(tmp_path / "phrasings"))

    return read


def test_phrasings_carry_their_author(read) -> None:
    read(f"{HEADER}[bus-start]\n早班车呢\n", "veteran")
    (start, stop), notes = read(f"{HEADER}\n[bus-start]\n头班几点\n早班车呢？\n")
    assert start.phrasings == (
        Phrasing("头班几点", "novice"),
        Phrasing("早班车呢？", "novice"),
    )
    assert start.asked[0] == Phrasing("校车几点发车？", "files")
    assert stop.phrasings == ()
    assert notes == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[bus-start]\n头班几点\n", "第 1 行：第一行要写"),
        (f"{HEADER}头班几点\n", "第 2 行：前面还没有"),
        (f"{HEADER}[bus]\n头班几点\n", "第 2 行：没有条目 bus"),
        (f"{HEADER}[bus-start]\n\n[bus-stop]\n停哪\n", "第 2 行：bus-start 下面没有"),
        (f"{HEADER}[bus-start]\n？！\n停\n", "第 3 行：只有标点"),
        (f"{HEADER}[bus-start]\n头班\n[bus-stop]\n头班？\n", "第 5 行：与第 3 行"),
    ],
)
def test_mistakes_are_named_with_their_line(read, text: str, problem: str) -> None:
    with pytest.raises(KnowledgeError, match=r"phrasings/novice/sample\.txt") as error:
        read(text)
    assert problem in error.value.problems[0]


def test_what_two_entries_share_is_dropped_with_a_note(read) -> None:
    read(f"{HEADER}[bus-start]\n校车呢\n头班几点\n", "veteran")
    (start, stop), notes = read(f"{HEADER}[bus-stop]\n校车呢？\n停在哪边\n")
    assert [p.text for p in start.phrasings] == ["头班几点"]
    assert [p.text for p in stop.phrasings] == ["停在哪边"]
    assert len(notes) == 2
