"""问话里的字，各条的问与答里有多少。"""

from hypothesis import given
from hypothesis import strategies as st

from bot.answering.coverage import Coverage, leading

WRITTEN = {
    "form": ["考试计划表由谁收", "由苏示例老师收，周五前交。"],
    "bus": ["送考大巴怎么订", "提前三天找车队订，一天八百元。"],
}


def test_a_name_in_the_answer_tells_which() -> None:
    found = Coverage(WRITTEN).of("苏示例老师收的是哪样表")
    assert found["form"].share > 0.5
    assert found["form"].only > 0
    assert "bus" not in found


def test_what_several_have_tells_less_than_what_one_has() -> None:
    several = {**WRITTEN, "third": ["老师在哪"], "fourth": ["老师是谁"]}
    found = Coverage(several).of("老师的送考")
    assert found["bus"].share > found["fourth"].share
    assert found["fourth"].only == 0 < found["bus"].only


def test_those_already_found_are_not_named_again() -> None:
    covered = Coverage(WRITTEN).of("大巴车队与计划表")
    assert leading(covered, ["bus"]) == ["form"]


@given(st.dictionaries(st.text(min_size=1), st.lists(st.text())), st.text())
def test_shares_are_shares(written: dict[str, list[str]], text: str) -> None:
    covered = Coverage(written).of(text)
    assert set(covered) <= set(written)
    assert all(0 < one.share <= 1 + 1e-9 for one in covered.values())


@given(st.text(st.characters(categories=["L"]), min_size=1, max_size=30))
def test_the_very_words_are_covered_whole(text: str) -> None:
    found = Coverage({"own": [text], "other": ["别的"]}).of(text)
    assert found["own"].share > 0.999
