"""当作要办的事，还是当作问题。"""

import pytest

from bot.access import Role
from bot.answering import Decision, Outcome
from bot.answering.sources import Candidate
from bot.orders import ORDERS
from bot.orders.weighing import weigh

QUESTION = "二批那张汇总表最晚几时得送到部里"


def decided(outcome: Outcome, confidence: float) -> Decision:
    """当作问题来听的结果。"""
    return Decision(outcome, (Candidate("faq", "a", "甲", confidence, 0.9),))


@pytest.mark.parametrize("outcome", [Outcome.NEAREST, Outcome.OFFER])
def test_a_teachers_question_is_not_refused_as_an_order(outcome: Outcome) -> None:
    order = next(o for o in ORDERS.values() if o.role is Role.SECRETARIAT)
    near = decided(outcome, 0.3)
    assert weigh(order, 0.5, near, Role.EVERYONE, QUESTION) is None


def test_what_one_may_do_oneself_is_hinted_when_the_answer_is_less_likely() -> None:
    order = next(o for o in ORDERS.values() if o.role is Role.EVERYONE)
    near = decided(Outcome.NEAREST, 0.2)
    meant = weigh(order, 0.3, near, Role.EVERYONE, "学校派我接联系人这摊")
    assert meant is not None
    assert not meant.taken


def test_a_statement_of_the_secretariat_is_rather_an_order() -> None:
    order = next(o for o in ORDERS.values() if o.role is Role.SECRETARIAT)
    sure = decided(Outcome.ANSWER, 0.9)
    meant = weigh(order, 0.35, sure, Role.SECRETARIAT, "会务组那条收回去吧")
    assert meant is not None
    assert meant.taken
    assert weigh(order, 0.35, sure, Role.SECRETARIAT, QUESTION) is None
