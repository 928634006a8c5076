"""文字：规整、折叠、字组。"""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text import (
    char_grams,
    fold,
    normalise,
    pinyin_grams,
    tokens,
    year_meant,
    years_in,
)

chinese = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5))


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(st.text())
def test_normalised_text_has_no_spaces_or_capitals(text: str) -> None:
    plain = normalise(text)
    assert not any(char.isspace() for char in plain)
    assert plain == plain.lower() or plain != unicodedata.normalize("NFKC", plain)


@given(st.text(), st.sampled_from(["？", "！", "。", "，", " ", "~", "…", "\n"]))
def test_punctuation_makes_no_difference(text: str, mark: str) -> None:
    assert normalise(text + mark) == normalise(text)
    assert fold(mark + text) == fold(text)


@given(chinese.filter(bool))
def test_folding_never_loses_everything(text: str) -> None:
    assert fold(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("请问360咋整", "360怎么办"),
        ("电话号码是多少？", "电话是多少"),
        ("１＋Ｘ", "1加x"),
        ("老师好，账户登陆不上", "帐号登录不上"),
        ("啥时候截止呢", "什么时间截止呢"),
        ("有哪些证书", "有啥证书"),
    ],
)
def test_ways_of_saying_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_all_courtesy_is_kept_as_it_is() -> None:
    assert fold("谢谢老师") == "谢谢老师"


def test_tokens_keep_words_and_numbers_whole() -> None:
    assert tokens("bim考2022年[微笑]+") == ["bim", "考", "2022", "年", "[微笑]", "+"]


@given(chinese)
def test_grams_are_units_and_pairs(text: str) -> None:
    grams = char_grams(text)
    assert grams[: len(text)] == list(text)
    assert len(grams) == max(0, 2 * len(text) - 1)
    assert len(pinyin_grams(text)) == len(grams)


def test_homophones_share_pinyin_grams() -> None:
    assert pinyin_grams("报备") == pinyin_grams("抱备")
    assert char_grams("报备") != char_grams("抱备")
    assert pinyin_grams("360a") == char_grams("360a")


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2022年几号截止", 2022),
        ("22年的通知", 2022),
        ("去年怎么报的", 2025),
        ("2021年的今年还能用吗", 2021),
        ("今年和去年要求一样吗", 2026),
        ("2020年入学的学生能考吗", None),
        ("2020级的能考吗", None),
        ("2019年已参加的，2021年还报吗", 2021),
        ("要证明年限吗", None),
        ("以前年度的证书", None),
        ("电话13312342022", None),
        ("10年的老师", None),
        ("几号截止", None),
        ("我们学校去年没报过，今年想第一次报", 2026),
        ("去年我们报了三个证书，佐证材料要几个", None),
        ("去年批的证书今年还要报吗", 2026),
        ("去年截止时间过了吗", 2025),
        ("去年的申报结束了吗", 2025),
        ("去年有没有数量限制", 2025),
        ("2021年报过的还要再报吗", None),
        ("2022年没通过怎么办", 2022),
        ("2022年取消了没有", 2022),
    ],
)
def test_which_year_is_meant(text: str, year: int | None) -> None:
    assert year_meant(text, 2026) == year


def test_all_years_are_read() -> None:
    assert years_in("去年和2022年、21年，2022年", 2026) == [2022, 2021, 2025]
