"""裁决、记忆与对话：何时开口、何时列候选、追问与选号。"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.access import NATIONWIDE
from bot.answering import (
    Answer,
    Arbiter,
    Conversation,
    Decision,
    DeliveredAnswers,
    Found,
    Given,
    Memory,
    Outcome,
    Question,
    Remembered,
    Turn,
    UnansweredQuestions,
)
from bot.answering.following import asks_anew
from bot.groups import Groups, Mode
from bot.knowledge import Lexicon
from bot.messages import Message, Place, PlaceKind
from bot.storage import Database
from tests.weighing import Said, as_said

from .conftest import EDITOR, GROUP, NOON, TEACHER, message

CHANCES = st.floats(0, 1)
ORDER = [
    Outcome.OFF_TOPIC, Outcome.UNKNOWN, Outcome.OFFER, Outcome.NEAREST, Outcome.ANSWER,
]  # fmt: skip


class Scripted:
    """照剧本给候选的来源：问话里有哪个词，就给哪几个候选。"""

    name = "剧本"

    def __init__(self, script: dict[str, list[tuple[str, float, float]]]) -> None:
        self._script = script

    def candidates(self, question: Question) -> Sequence[Found]:
        for word, rows in self._script.items():
            if word in question.text:
                return [
                    Found(self.name, key, f"{key}？", Said(confidence, ours))
                    for key, confidence, ours in rows
                ]
        return []

    def answer(self, key: str, question: Question) -> Answer | None:
        if key == "没了":
            return None
        return Answer(f"{key}（{question.region or '不知地区'}）", (key,), None)


# fmt: off
SCRIPT = {
    "拿不准": [
        ("甲", 0.3, 0.9),
        ("乙", 0.29, 0.9),
        ("丙", 0.28, 0.9),
        ("丁", 0.1, 0.9),
    ],
    "没资料": [("甲", 0.01, 0.9)],
    "截止 电话": [("戊", 0.8, 0.9)],
    "审核 几天": [("辛", 0.8, 0.9)],
    "保存": [("甲", 0.01, 0.1)],
    "审核": [("庚：13912345678、a@example.com", 0.9, 0.95)],
    "截止": [("己", 0.9, 0.95)],
    "没了": [("没了", 0.9, 0.95)],
    "别的": [("甲", 0.01, 0.1)],
    "星级": [("壬：中职、高职都行", 0.9, 0.95)],
    "闲": [("甲", 0.01, 0.001)],
    "2020年第三批何时": [("2020年第三批", 0.9, 0.95)],
    "2020年第三批的邮箱": [("2020年第三批的邮箱", 0.9, 0.95)],
    "2022年第二次何时": [("2022年第二次", 0.9, 0.95)],
    "2022年头一次何时": [("2022年头一次", 0.9, 0.95)],
    "2022年联系电话": [("2022年的电话", 0.9, 0.95)],
    "联系电话": [("哪年的电话", 0.1, 0.9)],
    "有些像": [("丑", 0.03, 0.15)],
    "几次": [("分两次。", 0.9, 0.95)],
}
# fmt: on


class Clock:
    """拨得动的钟。"""

    def __init__(self) -> None:
        self.at = NOON

    def now(self) -> datetime:
        return self.at

    def wait(self, minutes: float) -> None:
        self.at += timedelta(minutes=minutes)


@pytest.fixture
def clock() -> Clock:
    """从中午开始的钟。"""
    return Clock()


@pytest.fixture
async def conversation(
    database: Database, lexicon: Lexicon, clock: Clock
) -> Conversation:
    """照剧本回答的对话。"""
    return Conversation(
        Arbiter([Scripted(SCRIPT)], as_said),
        Memory(timedelta(minutes=5)),
        Groups(database),
        lexicon,
        UnansweredQuestions(database),
        DeliveredAnswers(database),
        timedelta(minutes=10),
        clock.now,
    )


async def said(conversation: Conversation, item: Message) -> str | None:
    """它的回应；不出声为 `None`。"""
    response = await conversation.reply(item)
    return None if response is None else response.text


def unasked(text: str) -> Message:
    """没有点名的一句。"""
    return message(text, addressed=False)


@given(CHANCES, CHANCES, CHANCES, CHANCES)
def test_more_confidence_never_says_less(
    low: float, high: float, ours: float, more_ours: float
) -> None:
    low, high = sorted((low, high))
    ours, more_ours = sorted((ours, more_ours))

    def outcome(confidence: float, domain: float, addressed: bool) -> Outcome:
        arbiter = Arbiter([Scripted({"问": [("甲", confidence, domain)]})], as_said)
        question = Question("问", None, NOON)
        return arbiter.decide(question, addressed=addressed).outcome

    assert ORDER.index(outcome(low, ours, True)) <= ORDER.index(
        outcome(high, more_ours, True)
    )
    before, after = outcome(low, ours, False), outcome(high, more_ours, False)
    assert before is Outcome.SILENT or after is Outcome.ANSWER
    if before is Outcome.ANSWER:
        assert outcome(low, ours, True) is Outcome.ANSWER


@given(st.lists(CHANCES, max_size=9))
def test_candidates_come_best_first_and_at_most_three_are_offered(
    chances: list[float],
) -> None:
    rows = [(str(i), chance, 0.9) for i, chance in enumerate(chances)]
    arbiter = Arbiter([Scripted({"问": rows})], as_said)
    decision = arbiter.decide(Question("问", None, NOON), addressed=True)
    confidences = [c.confidence for c in decision.candidates]
    assert confidences == sorted(chances, reverse=True)
    offered = arbiter.offered(decision)
    assert len(offered) <= 3
    assert offered == decision.candidates[: len(offered)]
    if not rows:
        assert decision.outcome is Outcome.OFF_TOPIC


def test_memory_forgets() -> None:
    memory = Memory(timedelta(minutes=5))
    kept = Remembered(NOON, asked="问")
    memory.keep(GROUP, TEACHER, kept)
    assert memory.recall(GROUP, TEACHER, NOON + timedelta(minutes=5)) == kept
    assert memory.recall(GROUP, TEACHER, NOON + timedelta(minutes=6)) is None
    assert memory.recall(GROUP, EDITOR, NOON) is None
    elsewhere = Place("wechat", PlaceKind.GROUP, GROUP.id)
    assert memory.recall(elsewhere, TEACHER, NOON) is None


async def test_not_volunteered_again_within_ten_minutes(
    conversation: Conversation, clock: Clock
) -> None:
    answer = "己（不知地区）"
    assert await said(conversation, unasked("几号截止")) == answer
    clock.wait(9.9)
    assert await said(conversation, unasked("几号截止")) is None
    assert await said(conversation, message("几号截止")) == answer
    clock.wait(9.9)
    assert await said(conversation, unasked("几号截止")) is None
    clock.wait(0.2)
    assert await said(conversation, unasked("几号截止")) == answer


async def test_choosing_from_the_offer(
    conversation: Conversation, clock: Clock
) -> None:
    offer = await said(conversation, message("拿不准的"))
    assert offer == "您是想问（回数字即可）：\n1. 甲？\n2. 乙？\n3. 丙？"
    assert await said(conversation, replace(unasked("2"), person=EDITOR)) is None
    assert await said(conversation, unasked("4")) is None
    assert await said(conversation, unasked("（二）")) == "乙（不知地区）"
    assert await said(conversation, message("选第1个吧")) == "甲（不知地区）"
    assert "1 到 3" in (await said(conversation, message("7")) or "")
    clock.wait(6)
    assert await said(conversation, unasked("1")) is None


async def test_none_of_the_offer_is_kept_for_the_secretariat(
    conversation: Conversation,
) -> None:
    await said(conversation, message("拿不准的"))
    assert "没有资料" in (await said(conversation, unasked("都不是")) or "")
    [row] = await conversation.unanswered.open(None)
    assert row.text == "拿不准的"
    assert await said(conversation, unasked("1")) is None


async def test_courtesy_is_not_a_question(conversation: Conversation) -> None:
    assert await said(conversation, message("谢谢老师")) == "不客气，有问题随时问。"
    assert "在的" in (await said(conversation, message("在吗")) or "")
    assert "说完整些" in (await said(conversation, message("？")) or "")
    for text in ("收到", "好的好的", "明白了", "弄好了", "那算了", "👍"):
        assert await said(conversation, message(text)) is None


async def test_unasked_it_answers_questions_not_reports(
    conversation: Conversation,
) -> None:
    for text in ("截止前都交了", "附件2 截止.docx", "我们刚在截止前报完"):
        assert await said(conversation, unasked(text)) is None
        assert await said(conversation, message(text)) is not None


async def test_a_year_or_a_batch_is_swapped(conversation: Conversation) -> None:
    await said(conversation, message("2020年几号截止"))
    await said(conversation, unasked("2022年的呢"))
    asked = conversation.last_asked(message(""))
    assert asked == "2022年几号截止"
    assert await said(conversation, unasked("那算了")) is None


async def test_unasked_it_neither_offers_nor_admits(
    conversation: Conversation,
) -> None:
    for text in ("拿不准的", "没资料的", "别的", "在吗", "？", "2"):
        assert await said(conversation, unasked(text)) is None
    assert await conversation.unanswered.open(None) == []


async def test_modes(conversation: Conversation) -> None:
    groups = conversation._groups
    for mode in (Mode.MENTION, Mode.OFF):
        await groups.set_mode(GROUP, mode)
        assert await said(conversation, unasked("几号截止")) is None
        assert await said(conversation, message("几号截止")) is not None


async def test_unknown_questions_are_counted(conversation: Conversation) -> None:
    for _ in range(2):
        assert "没有资料" in (await said(conversation, message("没资料的？")) or "")
    await said(conversation, replace(message("没资料的山东"), person=EDITOR))
    rows = await conversation.unanswered.open(None)
    assert [(row.text, row.times, row.region) for row in rows] == [
        ("没资料的？", 2, None),
        ("没资料的山东", 1, "山东"),
    ]
    mine = await conversation.unanswered.open(frozenset({"广西"}))
    assert [row.text for row in mine] == ["没资料的？"]
    assert len(await conversation.unanswered.open(frozenset({NATIONWIDE}))) == 2
    await conversation.unanswered.settle(rows[0].number, None)
    assert len(await conversation.unanswered.open(None)) == 1
    assert "没有资料" not in (await said(conversation, message("别的")) or "")


async def test_follow_ups(conversation: Conversation, clock: Clock) -> None:
    assert await said(conversation, unasked("山东的呢")) is None
    assert await said(conversation, message("几号截止")) == "己（不知地区）"
    assert await said(conversation, unasked("山东的呢？")) == "己（山东）"
    assert await said(conversation, unasked("那广西呢")) == "己（广西）"
    assert await said(conversation, unasked("电话呢")) == "戊（广西）"
    assert await said(conversation, unasked("吃了吗")) is None
    clock.wait(6)
    assert await said(conversation, unasked("山东的呢")) is None


@pytest.mark.parametrize("addressed", [True, False])
@pytest.mark.parametrize(
    "text", ["几号截止", "山东的呢", "2022年的呢", "电话呢", "吃饭呢", "那拿不准的呢"]
)
async def test_no_sentence_is_decided_twice(
    conversation: Conversation,
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    addressed: bool,
) -> None:
    await said(conversation, message("2020年几号截止"))
    decided: list[str] = []
    decide = conversation.arbiter.decide

    def counted(question: Question, *, addressed: bool) -> Decision:
        decided.append(question.text)
        return decide(question, addressed=addressed)

    monkeypatch.setattr(conversation.arbiter, "decide", counted)
    await said(conversation, message(text, addressed=addressed))
    assert decided
    assert len(decided) == len(set(decided))


async def test_what_a_follow_up_follows_is_written_down(
    conversation: Conversation,
) -> None:
    await said(conversation, message("山东几号截止"))
    assert "没有资料" in (await said(conversation, message("那没资料的呢")) or "")
    [row] = await conversation.unanswered.open(None)
    assert (row.text, row.region) == ("山东几号截止 那没资料的呢", "山东")


async def test_an_answer_gone_meanwhile_is_silence(conversation: Conversation) -> None:
    assert await said(conversation, message("没了")) is None


async def test_delivered_answers_outlive_the_process(database: Database) -> None:
    given_ = Given("问", ("a", "b"))
    answers = DeliveredAnswers(database)
    answers.add(GROUP, TEACHER, "m-9", given_)
    answers.add(GROUP, TEACHER, "", Given("没有消息号", ()))
    assert await answers.find(GROUP, "m-9") == given_
    await answers.close()
    later = DeliveredAnswers(database)
    assert await later.find(GROUP, "m-9") == given_
    assert await later.find(GROUP, "") is None
    assert await later.find(replace(GROUP, platform="wechat"), "m-9") is None
    assert await later.find(replace(GROUP, id="30004"), "m-9") is None


async def test_closing_in_the_middle_of_writing_loses_nothing(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.answering.given.FLUSH_SECONDS", 0)
    given_ = Given("问", ("a",))
    answers = DeliveredAnswers(database)
    answers.add(GROUP, TEACHER, "m-9", given_)
    while answers._pending:  # noqa: ASYNC110  没有别的可等
        await asyncio.sleep(0)
    await answers.close()
    assert await DeliveredAnswers(database).find(GROUP, "m-9") == given_


async def test_in_private_a_teacher_may_say_where_from(
    conversation: Conversation,
) -> None:
    private = Place("qq", PlaceKind.PRIVATE, TEACHER.id)

    async def whisper(text: str) -> str | None:
        return await said(conversation, replace(message(text), place=private))

    assert await whisper("几号截止") == "己（不知地区）"
    assert "按广西的资料" in (await whisper("我是广西的") or "")
    assert await whisper("几号截止") == "己（广西）"
    assert await whisper("那山东呢") == "己（山东）"
    assert await said(conversation, unasked("我是广西的")) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("不对，我问的是几号截止", "己（不知地区）"),
        ("打错了，是几号截止", "己（不知地区）"),
        ("2022年山东的呢", "庚：13912345678、a@example.com（山东）"),
        ("我想问的是山东的", "庚：13912345678、a@example.com（山东）"),
        ("错了错了，山东的", "庚：13912345678、a@example.com（山东）"),
    ],
)
async def test_a_slip_is_put_right(
    conversation: Conversation, text: str, said: str
) -> None:
    await _said(conversation, "审核找谁")
    assert await _said(conversation, text) == said


async def test_year_and_batch_are_changed_together(conversation: Conversation) -> None:
    assert await _said(conversation, "2022年头一次何时") == "2022年头一次（不知地区）"
    assert await _said(conversation, "第二次呢") == "2022年第二次（不知地区）"
    told = await _said(conversation, "打错了，是2020年第三批那次")
    assert told == "2020年第三批（不知地区）"
    assert await _said(conversation, "那次的邮箱") == "2020年第三批的邮箱（不知地区）"


async def test_a_number_asked_for_is_that_of_the_year_spoken_of(
    conversation: Conversation,
) -> None:
    await _said(conversation, "2022年头一次何时")
    assert await _said(conversation, "联系电话多少") == "2022年的电话（不知地区）"


async def test_a_number_asked_for_afresh_has_no_year(
    conversation: Conversation,
) -> None:
    await _said(conversation, "截止")
    assert "哪年的电话" in (await _said(conversation, "联系电话多少") or "")


async def test_a_correction_in_our_matters_gets_the_nearest(
    conversation: Conversation,
) -> None:
    await _said(conversation, "审核找谁")
    told = await _said(conversation, "不对，我问的是有些像的事")
    assert "丑" in (told or "")


@pytest.mark.parametrize(
    ("text", "anew"),
    [
        ("不对，我问的是几号截止", True),
        ("不对，我是问几号截止", True),
        ("不是，我要问的是几号截止", True),
        ("答错了，我想知道几号截止", True),
        ("不对，应该是六月", False),
        ("不对", False),
        ("我问的是几号截止", False),
    ],
)
def test_asking_anew_is_told_from_telling_what_is_right(text: str, anew: bool) -> None:
    assert asks_anew(text) is anew


@pytest.mark.parametrize(
    "text", ["邮箱呢", "电话有吗", "手机号发一下", "是批了还是没批"]
)
async def test_what_the_answer_just_given_holds_is_shown_again(
    conversation: Conversation, text: str
) -> None:
    answer = await _said(conversation, "审核找谁")
    assert await _said(conversation, text) == answer


@pytest.mark.parametrize("text", ["网址呢", "吃饭呢", "今天是晴天还是雨天呀各位"])
async def test_what_it_does_not_hold_is_not(
    conversation: Conversation, text: str
) -> None:
    answer = await _said(conversation, "审核找谁")
    assert await _said(conversation, text) != answer


async def test_a_fragment_is_asked_with_the_question_before(
    conversation: Conversation,
) -> None:
    await _said(conversation, "审核")
    assert await _said(conversation, "几天") == "辛（不知地区）"
    assert await _said(conversation, "几号截止") == "己（不知地区）"


async def _said(conversation: Conversation, text: str) -> str | None:
    return await said(conversation, message(text))


async def test_what_follows_our_matter_is_not_said_to_be_none_of_ours(
    conversation: Conversation,
) -> None:
    await _said(conversation, "审核")
    assert "没有资料" in (await _said(conversation, "那别的呢") or "")


async def test_a_kind_of_school_the_answer_names_gets_it_again(
    conversation: Conversation,
) -> None:
    await _said(conversation, "中职星级")
    assert await _said(conversation, "高职呢") == "壬：中职、高职都行（不知地区）"


def test_memory_keeps_what_was_answered_before() -> None:
    memory = Memory(timedelta(minutes=5))
    turns = [Turn(str(number), "剧本", str(number), None) for number in range(9)]
    for minute, turn in enumerate(turns):
        at = NOON + timedelta(minutes=minute)
        memory.keep(GROUP, TEACHER, Remembered(at, turn))
        memory.keep(GROUP, TEACHER, Remembered(at, turn, asked="同一次回答不算两次"))
    kept = memory.recall(GROUP, TEACHER, NOON + timedelta(minutes=8))
    assert kept is not None
    assert (kept.turn, *kept.earlier) == tuple(turns[:1:-1])
    memory.keep(GROUP, TEACHER, Remembered(NOON + timedelta(minutes=20), turns[0]))
    later = memory.recall(GROUP, TEACHER, NOON + timedelta(minutes=20))
    assert later is not None
    assert later.earlier == ()


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("只能报一次吧，要几次", True),
        ("要几次，五次对吗", True),
        ("要几次，两次对吗", False),
    ],
)
async def test_a_wrong_premise_is_said_to_be_wrong_first(
    conversation: Conversation, text: str, wrong: bool
) -> None:
    told = await _said(conversation, text) or ""
    assert told.startswith("不是这样：\n") == wrong
    assert "分两次。" in told


async def test_what_somebody_asks_in_earnest_is_kept(
    conversation: Conversation,
) -> None:
    told = await _said(conversation, "别的怎么弄？")
    assert "不在1+X试点的资料里" in (told or "")
    assert "已记下" in (told or "")
    [row] = await conversation.unanswered.open(None)
    assert row.text == "别的怎么弄？"


@pytest.mark.parametrize("text", ["闲得慌怎么办？", "别的都弄好了"])
async def test_chatter_is_not(conversation: Conversation, text: str) -> None:
    told = await _said(conversation, text)
    assert "已记下" not in (told or "")
    assert await conversation.unanswered.open(None) == []


async def test_business_is_not_a_question_nobody_could_answer(
    conversation: Conversation,
) -> None:
    for text in ("别的怎么弄", "没资料的怎么弄"):
        response = await conversation.reply(message(text), lambda _: True)
        assert response is not None
        assert "已记下" not in response.text
    assert await conversation.unanswered.open(None) == []
