"""答得好不好：自己的问题集、闲聊与没点名的提问，达到定下的标准。"""

from pathlib import Path

import pytest

from bot import clock
from bot.answering import Outcome
from bot.answering.evaluation import (
    EvaluationQuestion,
    Report,
    evaluate,
    read_questions,
)
from bot.assistant import Assistant
from bot.deadlines.understanding import Intent
from bot.messages import Message, Person, Place, PlaceKind
from bot.text import normalise

HERE = Path(__file__).parent
QUESTIONS = read_questions(HERE / "questions.tsv")
UNADDRESSED = read_questions(HERE / "unaddressed.tsv")
CHATTER = (HERE / "chatter.txt").read_text("utf-8").splitlines()


@pytest.fixture(scope="module")
def report(shipped: Assistant) -> Report:
    """问题集的评测结果。"""
    return evaluate(QUESTIONS, shipped.conversation.arbiter, shipped.lexicon)


def test_questions_are_phrased_afresh(shipped: Assistant) -> None:
    known = {
        normalise(wording)
        for entry in shipped.knowledge.entries.values()
        for wording in entry.wordings
    }
    for questions in (QUESTIONS, UNADDRESSED):
        assert [q.text for q in questions if normalise(q.text) in known] == []


def test_expected_entries_exist(shipped: Assistant) -> None:
    """期望的是知识条目，或申报日历里的一种问法（如问今年什么时候申报）。"""
    missing = {
        entry_id
        for question in (*QUESTIONS, *UNADDRESSED)
        for entry_id in question.expected
        if entry_id not in shipped.knowledge.entries
        and entry_id not in Intent.__members__
    }
    assert missing == set()


def test_right_entry_comes_first(report: Report) -> None:
    assert report.top1 >= 0.92
    assert report.top3 >= 0.97


def test_wrong_answers_are_rare(report: Report) -> None:
    assert report.wrong <= 0.04
    assert report.false_answers <= 0.085


def test_chatter_is_not_answered(shipped: Assistant) -> None:
    answered = [text for text in CHATTER if _volunteered(shipped, text, None)]
    assert len(answered) <= 0.002 * len(CHATTER), answered


def test_clear_questions_are_answered_unasked(shipped: Assistant) -> None:
    silent = [
        question.text
        for question in UNADDRESSED
        if not _volunteered(shipped, question.text, question.region)
    ]
    assert len(silent) <= 0.25 * len(UNADDRESSED), silent


def test_what_is_volunteered_is_right(shipped: Assistant) -> None:
    """没人点名时主动说错，比不说更糟。"""
    wrong = [question.text for question in UNADDRESSED if _is_wrong(shipped, question)]
    assert len(wrong) <= 0.04 * len(UNADDRESSED), wrong


def _volunteered(shipped: Assistant, text: str, region: str | None) -> frozenset[str]:
    """没被点名时主动给出的条目；不出声则为空。"""
    conversation = shipped.conversation
    question = conversation.pose(text, region)
    decision = conversation.arbiter.decide(question, addressed=False)
    if decision.outcome is not Outcome.ANSWER:
        return frozenset()
    return frozenset(decision.best.key.split(","))


def _is_wrong(shipped: Assistant, question: EvaluationQuestion) -> bool:
    given = _volunteered(shipped, question.text, question.region)
    return bool(given) and not given & question.expected


def test_the_line_under_a_pasted_notice_is_the_question(shipped: Assistant) -> None:
    pasted = (
        "【转发】试点院校范围为独立设置的高等职业院校、中等职业学校。请各系周四前把师资证书、"
        "设备清单交齐，由系里统一上传平台，过期不候。\n——————\n佐证材料要什么格式？"
    )
    place = Place("qq", PlaceKind.GROUP, "1")
    message = Message(
        "10001", place, Person("qq", "40001"), pasted, "m", True, clock.now()
    )
    best = shipped.conversation.judge(message).best
    assert best.key.startswith("gx21-evidence-format")
