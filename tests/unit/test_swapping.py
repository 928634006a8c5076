"""一段话里只改一处：换的是哪一处，写成怎样。"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.confirming import loose_swap, swap_in
from bot.text.swapping import swapped

NOTICE = "周三下午两点半开说明会，地点：二楼报告厅，联系电话13900000001"


@pytest.mark.parametrize(
    ("said", "now"),
    [
        ("两点半改成三点", "周三下午三点开说明会"),
        ("不对，是四点", "周三下午四点开说明会"),
        ("等等，时间错了，是上午十点", "周三上午十点开说明会"),
        ("不是周三，是周四", "周四下午两点半开说明会"),
        ("改到周五吧", "周五下午两点半开说明会"),
        ("地点改成三楼会议室", "地点：三楼会议室，联系电话"),
        ("哎呀说错了，四楼报告厅", "地点：四楼报告厅，联系电话"),
        ("电话不对，13900000002", "联系电话13900000002"),
        ("是周四下午三点，刚才说错了", "周四下午三点开说明会"),
    ],
)
def test_the_place_that_was_meant_is_changed(said: str, now: str) -> None:
    swap = swap_in(said)
    assert swap is not None
    assert now in (swapped(NOTICE, swap.what, swap.value) or "")


@pytest.mark.parametrize(
    "said",
    [
        "好的", "算了", "不用了谢谢", "双周报什么时候交", "不行", "顺便看看谁没登记",
        "等等，我再核实下",
    ],
)  # fmt: skip
def test_other_words_are_no_change(said: str) -> None:
    assert swap_in(said) is None


@pytest.mark.parametrize(
    ("said", "what", "value"),
    [
        ("四点半好像早了点，老师们还有课，放到六点吧", "", "六点"),
        ("哎哟最后一位按错，应该是13900004441", "", "13900004441"),
        ("联系人写钱示例吧，赵示例上月离职了", "联系人", "钱示例"),
    ],
)
def test_loosely_said_changes(said: str, what: str, value: str) -> None:
    swap = loose_swap(said)
    assert swap is not None
    assert swap.value == value
    assert not what or swap.what == what


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        # 没有这样东西、不知道是哪一处的，不改
        (NOTICE, "", "a@example.com"),
        ("3月1日到4月1日", "", "5月1日"),
        (NOTICE, "结束", "12月25日"),
        (NOTICE, "14号", "15号"),
    ],
)
def test_what_is_nowhere_changes_nothing(text: str, wrong: str, right: str) -> None:
    assert swapped(text, wrong, right) is None


@pytest.mark.parametrize(
    ("text", "right", "now"),
    [
        ("首次截止 2027-01-15 17:30", "14号", "首次截止 2027-01-14 17:30"),
        ("首次截止 2027-01-15 17:30", "六点", "首次截止 2027-01-15 下午六点"),
        ("2027年1月15日（周五）截止", "18号", "2027年1月18日截止"),
    ],
)
def test_what_is_left_unsaid_is_kept(text: str, right: str, now: str) -> None:
    assert swapped(text, "", right) == now


@pytest.mark.parametrize(
    ("text", "what", "value"),
    [
        ("等等，钟点搞错了，是四点，三点厅里还有个会", "钟点", "四点"),
        ("改成中午十二点吧，下午大家都开会去了", "", "中午十二点"),
        ("文件下来写的是25号，不是20号", "20号", "25号"),
        ("改成12月20日，下午三点", "", "12月20日，下午三点"),
    ],
)
def test_a_reason_behind_is_no_part_of_it(text: str, what: str, value: str) -> None:
    swap = swap_in(text)
    assert swap is not None
    assert (swap.what, swap.value) == (what, value)


@given(st.text(max_size=60), st.text(max_size=12), st.text(max_size=12))
def test_any_text_is_read_without_trouble(text: str, wrong: str, right: str) -> None:
    swapped(text, wrong, right)
    swap_in(text)
    loose_swap(text)
