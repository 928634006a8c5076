"""同义说法：问的与知识里的换成一样；写错了说清楚错在哪里。"""

import shutil
from pathlib import Path

import pytest

from bot.answering.retrieval import make_units
from bot.assistant import Assistant
from bot.checking import check_all
from bot.errors import KnowledgeError
from bot.knowledge import Lexicon, read_entries
from bot.text import Equivalents, fold, same_ways
from tests.paths import KNOWLEDGE

WORDS = Equivalents.model_validate({"密码": ["口令"], "座机": ["坐机", "固定电话"]})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("口令忘了咋办", "密码忘了怎么办"),
        ("坐机是多少", "固定电话是多少？"),
        ("密码", "口 令"),
    ],
)
def test_equivalents_fold_alike(one: str, other: str) -> None:
    assert WORDS.fold(one) == WORDS.fold(other)
    assert Equivalents().fold(one) == fold(one)


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        ("密码: []", "「密码」没有写另外的说法"),
        ("密码: [口]", "「口」太短，至少要有2个字"),
        ("密码: [口令]\n暗号: [口令]", "「口令」写了两处：「密码」与「暗号」"),
        ("密码: [口令]\n口令: [暗号]", "「口令」是正名，不能又是「密码」的说法"),
        ("第二批: [二批]", "「二批」就在正名「第二批」里，换了还会再换"),
        ("密码: 口令", "第 1 行：密码 应当是列表"),
        ("密码: [口令]\n密码: [暗号]", "第 2 行：密码 写了两遍"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, written: str, complaint: str) -> None:
    folder = shutil.copytree(KNOWLEDGE / "lexicon", tmp_path / "lexicon")
    (folder / "equivalents.yaml").write_text(written, "utf-8")
    with pytest.raises(KnowledgeError) as raised:
        Lexicon(folder)
    assert complaint in "\n".join(raised.value.problems)
    assert "equivalents.yaml" in "\n".join(raised.value.problems)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    folder = shutil.copytree(KNOWLEDGE / "lexicon", tmp_path / "lexicon")
    (folder / "equivalents.yaml").unlink()
    with pytest.raises(KnowledgeError, match=r"equivalents\.yaml"):
        Lexicon(folder)


def test_checking_counts_them() -> None:
    groups = len(Lexicon(KNOWLEDGE / "lexicon").equivalents.root)
    assert f"{groups} 组同义说法" in "\n".join(check_all(KNOWLEDGE))


def test_units_and_questions_are_folded_by_the_same(shipped: Assistant) -> None:
    """知识里写的与问的，用哪个说法都一样。"""
    matcher = shipped.faq.matcher
    one, other = matcher.rank("平台口令忘了"), matcher.rank("平台密码忘了")
    assert one.hits == other.hits
    entries = read_entries([KNOWLEDGE / "faq" / "general.yaml"])
    texts = {text for unit in make_units(entries, WORDS) for text in unit.texts}
    assert not any("口令" in text for text in texts)


def test_same_ways_are_told_apart_from_other_words() -> None:
    assert "说明会什么时候开" in same_ways("说明会几点开")
    assert all(fold(way) == fold("证书在哪查") for way in same_ways("证书在哪查"))
    assert same_ways("证书样本") == []
