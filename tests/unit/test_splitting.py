"""长文字拆成几条：不丢字，不超限，在好断的地方断。"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.splitting import split, utf8_size


@given(st.text(max_size=400), st.integers(4, 60))
def test_splitting_loses_nothing(text: str, limit: int) -> None:
    for size in (len, utf8_size):
        pieces = split(text, limit, size)
        assert all(size(piece) <= limit for piece in pieces)
        assert "".join("".join(pieces).split()) == "".join(text.split())


def test_breaks_where_a_reader_would() -> None:
    assert split("请按时申报。材料交给学校，逾期不收。", 10) == [
        "请按时申报。",
        "材料交给学校，",
        "逾期不收。",
    ]


def test_refuses_a_limit_below_one_character() -> None:
    with pytest.raises(ValueError, match="上限太小"):
        split("字", 2, utf8_size)
