"""追问里换得掉的几样。"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.slots import SLOTS, pointed, respelt


@pytest.mark.parametrize(
    ("previous", "core", "words"),
    [
        ("我们两星的，没号，找谁开", "三星", "我们三星的，没号，找谁开"),
        ("王肖肖的电话", "王潇肖", "王潇肖的电话"),
        ("中职一般报几级", "高职", "高职一般报几级"),
    ],
)
def test_what_was_mistyped_is_put_right(previous: str, core: str, words: str) -> None:
    assert respelt(previous, core) == words


@pytest.mark.parametrize(
    ("previous", "core"),
    [
        ("佐证材料要什么格式", "截止时间"),
        ("双周报什么时候交", "双周报"),
        ("电话", "谁"),
    ],
)
def test_what_is_not_alike_is_no_mistyping(previous: str, core: str) -> None:
    assert respelt(previous, core) is None


@given(previous=st.text(max_size=40), core=st.text(max_size=8))
def test_only_what_was_mistyped_changes(previous: str, core: str) -> None:
    words = respelt(previous, core)
    if words is not None:
        assert len(words) == len(previous)
        assert core in words
        changed = sum(a != b for a, b in zip(previous, words, strict=True))
        assert 0 < changed <= len(core) / 2


@pytest.mark.parametrize(
    ("core", "meant"),
    [
        ("山东那边", "山东"),
        ("20年那次", "20年"),
        ("22年那一轮的", "22年"),
        ("那边", "那边"),
        ("装调", "装调"),
    ],
)
def test_pointing_words_are_dropped(core: str, meant: str) -> None:
    assert pointed(core) == meant


@pytest.mark.parametrize("text", ["头一轮", "第二回", "首次", "第一次"])
def test_turns_are_slots(text: str) -> None:
    assert any(slot.fullmatch(text) for slot in SLOTS)
