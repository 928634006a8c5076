"""一帧读进来的样子：缺的补上，写错的换掉，回应不少一项。"""

import time

import pytest

from bot.chat.frames import complete_quoted, complete_v11, complete_v12

ANSWER = {"status": "failed", "retcode": 10005, "data": None, "message": "不支持"}


def test_an_answer_keeps_every_field() -> None:
    assert complete_v11(ANSWER | {"echo": "1"}) == ANSWER | {"echo": "1"}
    assert complete_v12(ANSWER | {"echo": "1"}) == ANSWER | {"echo": "1"}


@pytest.mark.parametrize(
    ("given", "right"),
    [
        (1795836000000, 1795836000), (1795836000.9, 1795836000),
        ("1795836000", 1795836000), (1795836000000000, 1795836000),
    ],
)  # fmt: skip
def test_a_time_is_whole_seconds(given: object, right: int) -> None:
    event = {"post_type": "message", "time": given}
    assert complete_v11(event)["time"] == right
    assert complete_v12({"type": "message", "time": given})["time"] == right


@pytest.mark.parametrize(
    "given", [None, "x", -1, float("nan"), 1e999, [], True, 10**400]
)
def test_a_time_that_makes_no_sense_is_now(given: object) -> None:
    event = {"post_type": "message", "time": given}
    assert abs(complete_v11(event)["time"] - time.time()) < 5


def test_a_quoted_message_always_has_what_is_needed() -> None:
    for odd in (None, 5, [], {"message": 5}, {"sender": "x", "time": "y"}):
        whole = complete_quoted(odd)
        assert whole["message"] == []
        assert {"time", "message_type", "message_id", "real_id"} <= whole.keys()
