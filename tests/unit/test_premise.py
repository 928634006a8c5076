"""先入为主的问法：与答案不合的看得出，合的、看不准的不说。"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.premise import is_contradicted

TWICE = (
    "2022年分两次：\n第一次 2022年3月14日—6月10日；\n第二次 2022年8月20日—12月20日。"
)


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("一年只能申报一次吧？", TWICE),
        ("第二次申报是9月1日到12月20日对吧", TWICE),
        ("材料最多传5个对吗", "最多3个，每个不超过5M。"),
        ("是不是最多传五个", "最多3个。"),
        ("传4个没错吧", "最多3个。"),
        ("学校最多只能报5个证书对吗", "报几个不再做限制。"),
        ("群号是750202209吧", "省联盟群：750202208"),
        ("母婴护理是第三批的吧", "【母婴护理】（第二批）\n批次：第二批"),
        ("材料最多传5个，对吗？", "最多3个。"),
        ("每班至少要100人吧", "每班不少于50人。"),
    ],
)
def test_what_the_answer_denies(asked: str, answer: str) -> None:
    assert is_contradicted(asked, answer)


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("一年申报几次", TWICE),
        ("一年能申报两次吧", TWICE),
        ("第二次申报是8月20到12月20对吧", TWICE),
        ("传2个就行吧", "最多3个。"),
        ("一个学校最多报3个证书吧", "每个学校最多3个证书。"),
        ("群号是750202208没错吧", "省联盟群：750202208\n工作二群：902961810"),
        ("第二次申报还没开始吧", TWICE),
        ("2022年能报吧", "2021年可以报。"),
        ("要交三份材料吧", "每份不超过5M。"),
        ("我填的是5位的，一直飘红，是不是拿错码了", "10位数的识别码。"),
    ],
)
def test_what_it_does_not(asked: str, answer: str) -> None:
    assert not is_contradicted(asked, answer)


@given(st.integers(2, 9), st.integers(2, 9), st.sampled_from("次份张天"))
def test_only_another_number_is_denied(told: int, asked: int, unit: str) -> None:
    claim = f"要{asked}{unit}吧"
    assert is_contradicted(claim, f"规定是{told}{unit}。") == (told != asked)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_can_be_compared(asked: str, answer: str) -> None:
    assert is_contradicted(asked, answer) in (True, False)
