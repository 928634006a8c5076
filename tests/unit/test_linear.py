"""再长、再怪的话，看它所费的也只与长短成比例。"""

import re
import unicodedata
from types import SimpleNamespace

import pytest

from bot import routing
from bot.deadlines import windows
from bot.routing import _is_longer
from bot.text import masking
from bot.text.contacts import EMAIL_IN_TEXT


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (EMAIL_IN_TEXT, "aaaa@b.cn"),
        (masking._MAIL, "aaaa@b.cn"),
        (masking._LONG_NUMBER, "aaaa1234567"),
        (windows._NOTICE, "，，，依据 通知"),
    ],
)
def test_a_run_is_tried_only_from_its_head(pattern: re.Pattern[str], text: str) -> None:
    """一长串里的每一处都从头试一遍，就是长度的平方。"""
    assert pattern.match(text)
    assert not any(pattern.match(text, start) for start in (1, 2))


def test_signs_that_unfold_are_counted_no_further_than_needed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[str] = []

    def normalize(_form: str, text: str) -> str:
        read.append(text)
        return unicodedata.normalize("NFKC", text)

    monkeypatch.setattr(routing, "unicodedata", SimpleNamespace(normalize=normalize))
    assert _is_longer("ﷺ" * 20_000, 20_000)
    assert sum(map(len, read)) < 5_000
    read.clear()
    assert _is_longer("字" * 20_001, 20_000)
    assert not read
    assert not _is_longer("字" * 19_999, 20_000)
