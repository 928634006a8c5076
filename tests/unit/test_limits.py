"""答得太密就歇一歇。"""

from datetime import UTC, datetime

import pytest
import time_machine

from bot.chat.limits import FEW, LIKE, Limits
from bot.messages import Message, Person, Place, PlaceKind

START = datetime(2026, 11, 28, 9, tzinfo=UTC)


def message(text: str, who: str = "1", group: str = "7") -> Message:
    """群里的一句。"""
    place = Place("qq", PlaceKind.GROUP, group)
    person = Person("qq", who)
    return Message("10001", place, person, text, "", addressed=True, at=START)


def answers(limits: Limits, count: int, who: str = "1") -> tuple[int, int]:
    """连着问这么多句各不相同的：（答了几句，说了几次要歇）。"""
    answered = rests = 0
    for number in range(count):
        said = message(f"第{number}问", who)
        if limits.admits(said):
            answered += 1
            rests += limits.spend(said, f"答{number}") is not None
    return answered, rests


def test_a_burst_is_answered_then_it_rests_and_says_so_once() -> None:
    limits = Limits(15, 30)
    with time_machine.travel(START, tick=False) as clock:
        assert answers(limits, 120) == (15, 1)
        clock.shift(170)
        assert answers(limits, 120) == (0, 0)
        clock.shift(20)
        assert answers(limits, 120) == (15, 1)
        clock.shift(190)
        assert answers(limits, 5) == (0, 0), "再犯歇得更久"


def test_a_place_has_its_own_limit() -> None:
    limits = Limits(15, 30)
    with time_machine.travel(START, tick=False):
        said = sum(answers(limits, 10, str(who))[0] for who in range(9))
        assert said == 30 + 5 * FEW
        assert limits.admits(message("别处的", "99", group="8"))


def test_everybody_in_a_meeting_gets_an_answer() -> None:
    limits = Limits(15, 30)
    with time_machine.travel(START, tick=False):
        assert sum(answers(limits, FEW, str(who))[0] for who in range(300)) == 900


def test_like_exchanges_stop() -> None:
    limits = Limits(1000, 0)
    with time_machine.travel(START, tick=False) as clock:
        for _ in range(LIKE):
            assert limits.admits(message("我没听懂"))
            assert not limits.is_too_much(message("我没听懂"), "在的")
            limits.spend(message("我没听懂"), "在的")
        assert not limits.admits(message("我没听懂"))
        assert limits.is_too_much(message("换一种说法"), "在的")
        assert limits.admits(message("换一种说法"))
        clock.shift(601)
        assert limits.admits(message("我没听懂"))


@pytest.mark.parametrize("count", [5, 40])
def test_zero_is_no_limit(count: int) -> None:
    assert answers(Limits(0, 0), count) == (count, 0)
