"""文字进门时的收拾。"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.cleaning import clean, clean_all


@pytest.mark.parametrize(
    ("given", "right"),
    [
        ("广西工作群\ud83d", "广西工作群"), ("\ud83d\ude00好", "😀好"),
        ("\u202d13800138222\u202c", "13800138222"), ("\ufeff登记 甲", "登记 甲"),
        ("\u200b我的登记", "我的登记"), ("物流\u00a0管理", "物流 管理"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"), ("一\x00二\x07\ufffe", "一二"),
        ("留着\t制表\n换行　全角", "留着\t制表\n换行　全角"), ("❤️", "❤️"),
    ],
)  # fmt: skip
def test_only_what_can_be_seen_is_left(given: str, right: str) -> None:
    assert clean(given) == right


def test_every_field_is_cleaned() -> None:
    frame = {"a\u200b": ["甲\ud83d", {"b": "\ufeff乙", "c": 5}], "d": None}
    assert clean_all(frame) == {"a": ["甲", {"b": "乙", "c": 5}], "d": None}


@given(st.text(st.characters(codec=None)))
def test_what_is_cleaned_can_be_stored(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode()
    assert clean(cleaned) == cleaned
