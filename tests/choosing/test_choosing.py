"""请模型挑：挑得对、太慢、回坏了、拒绝、没开；它只能说一个号，话总是条目的。"""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering import Answer, Arbiter, Found, Outcome, Question, Turn
from bot.answering.arbiter import Decision
from bot.answering.choosing import wording
from bot.answering.choosing.chooser import MOST_OPTIONS, Chooser, Considered
from bot.answering.choosing.client import ChatClient
from bot.answering.choosing.hiding import Hider
from bot.answering.choosing.limits import FAILURES, REST
from bot.answering.choosing.prompt import read_number
from tests.unit.conftest import NOON
from tests.weighing import Said, as_said

from .chat_server import ChatServer, Reply

NAMES = ("欧阳示例", "陈示例")
PHONE = "13912345678"


class Shelf:
    """摆着几条答案的来源。"""

    name = "书架"

    def __init__(self, chances: list[float], ours: float = 0.9) -> None:
        self.chances = chances
        self.ours = ours

    def candidates(self, question: Question) -> list[Found]:
        return [
            Found(self.name, f"第{n}条", f"题目{n}？", Said(chance, self.ours))
            for n, chance in enumerate(self.chances, 1)
        ]

    def answer(self, key: str, question: Question) -> Answer | None:
        return None if key == "第3条" else Answer(f"{key}的答案，找陈示例 {PHONE}。")


class Now:
    """拨得动的钟。"""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
async def server() -> AsyncIterator[ChatServer]:
    running = ChatServer()
    yield running
    await running.stop()


@pytest.fixture
def now() -> Now:
    return Now()


@pytest.fixture
async def choosers(
    server: ChatServer, now: Now
) -> AsyncIterator[Callable[..., Chooser]]:
    """备好的挑选；`url` 可以换成没人听的。"""
    opened: list[Chooser] = []
    url = await server.start()

    def make(a_day: int = 100, limit: float = 5, url: str = url) -> Chooser:
        client = ChatClient(url, "key-1", "示例模型", limit)
        opened.append(Chooser(client, Hider(lambda: NAMES), a_day, now))
        return opened[-1]

    yield make
    for chooser in opened:
        await chooser.close()


UNSURE = [0.3, 0.29, 0.2, 0.1, 0.05, 0.04, 0.03, 0.02, 0.02, 0.01]
QUESTION = Question("我的材料怎么传？", "广西", NOON)


async def considered(
    chooser: Chooser, shelf: Shelf | None = None, question: Question = QUESTION
) -> Considered:
    arbiter = Arbiter([shelf or Shelf(UNSURE)], as_said)
    decision = arbiter.decide(question, addressed=True)
    return await chooser.consider(question, decision, arbiter, "张示例")


async def test_the_one_it_names_is_answered(
    server: ChatServer, choosers: Callable[..., Chooser]
) -> None:
    server.answers = lambda _: "2"
    told = await considered(choosers())
    assert told.decision.outcome is Outcome.ANSWER
    assert told.decision.best.key == "第2条"
    assert told.note == wording.chose(2, "题目2？")
    [asked] = server.asked
    assert asked["model"] == "示例模型"
    assert server.paths == ["/v1/chat/completions"]
    assert "authorization: bearer key-1" in server.headers[0].lower()
    options = re.findall(r"(\d+)\. 问：题目(\d+)", asked["messages"][1]["content"])
    # 已经没有的第3条不给它看，号照旧连着
    assert options == [("1", "1"), ("2", "2"), ("3", "4"), ("4", "5"), ("5", "6"),
                       ("6", "7"), ("7", "8")]  # fmt: skip


async def test_numbers_stand_for_what_was_shown(
    server: ChatServer, choosers: Callable[..., Chooser]
) -> None:
    server.answers = lambda _: "3"
    assert (await considered(choosers())).decision.best.key == "第4条"


async def test_none_of_them_is_no_answer(
    server: ChatServer, choosers: Callable[..., Chooser]
) -> None:
    server.answers = lambda _: "0"
    told = await considered(choosers())
    assert (told.decision.outcome, told.note) == (Outcome.UNKNOWN, wording.NONE)
    off = await considered(choosers(), Shelf([0.05], ours=0.05))
    assert off.decision.outcome is Outcome.OFF_TOPIC


BAD: list[Reply] = [
    "", "第2个", "2 或 3", "-1", "8", "99", "我选2", "2\n因为……", "２。。", "two",
    b"not json", b"[]", b'{"choices": []}', b'{"choices": [{"message": {}}]}',
    b'{"choices": [{"message": {"content": 2}}]}', b"{" * 100_000,
    400, 401, 403, 404, 429, 500, 503,
]  # fmt: skip


@pytest.mark.parametrize("reply", BAD, ids=lambda r: str(r)[:20])
async def test_whatever_else_comes_back_changes_nothing(
    server: ChatServer, choosers: Callable[..., Chooser], reply: Reply
) -> None:
    server.answers = lambda _: reply
    before = Arbiter([Shelf(UNSURE)], as_said).decide(QUESTION, addressed=True)
    told = await considered(choosers())
    assert told.decision == before
    assert "照原来的" in told.note


async def test_slow_and_down_change_nothing(
    server: ChatServer, choosers: Callable[..., Chooser]
) -> None:
    server.answers = lambda _: None
    before = Arbiter([Shelf(UNSURE)], as_said).decide(QUESTION, addressed=True)
    slow = await considered(choosers(limit=0.05))
    assert slow.decision == before
    assert "没有回答" in slow.note
    listening = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    listening.close()
    await listening.wait_closed()
    down = await considered(choosers(url=f"http://127.0.0.1:{port}/v1"))
    assert down.decision == before
    assert "连不上" in down.note


async def test_it_rests_after_failing_and_tries_again(
    server: ChatServer, choosers: Callable[..., Chooser], now: Now
) -> None:
    server.answers = lambda _: 500
    chooser = choosers()
    for _ in range(FAILURES):
        await considered(chooser)
    told = await considered(chooser)
    assert (told.note, len(server.asked)) == (wording.RESTING, FAILURES)
    now.at += REST + timedelta(seconds=1)
    server.answers = lambda _: "1"
    assert (await considered(chooser)).note == wording.chose(1, "题目1？")


async def test_a_budget_a_day(
    server: ChatServer, choosers: Callable[..., Chooser], now: Now
) -> None:
    chooser = choosers(a_day=2)
    notes = [
        (await considered(chooser, question=replace(QUESTION, words=f"{n}？"))).note
        for n in range(3)
    ]
    assert notes[2] == wording.SPENT
    assert len(server.asked) == 2
    now.at += timedelta(days=1)
    told = await considered(chooser, question=replace(QUESTION, words="3？"))
    assert told.note == wording.chose(1, "题目1？")


async def test_what_was_asked_once_is_not_asked_again(
    server: ChatServer, choosers: Callable[..., Chooser]
) -> None:
    chooser = choosers(a_day=1)
    first, second = await considered(chooser), await considered(chooser)
    assert first == second
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("chances", "ours"), [([0.9, 0.5], 0.9), ([], 0.9), ([0.05], 0.001)]
)
async def test_it_is_asked_only_when_in_doubt(
    server: ChatServer,
    choosers: Callable[..., Chooser],
    chances: list[float],
    ours: float,
) -> None:
    told = await considered(choosers(), Shelf(chances, ours))
    assert told.note == wording.NOT_ASKED
    assert server.asked == []


async def test_no_names_and_no_numbers_leave_the_house(
    server: ChatServer, choosers: Callable[..., Chooser]
) -> None:
    turn = Turn("找欧阳示例老师", "书架", "第1条", "广西", f"陈示例：{PHONE}")
    words = (
        f"我是张示例，电话{PHONE}、0771-5815000，a.b@example.com，王老师说问李示例主任"
    )
    question = replace(QUESTION, words=words, previous=turn)
    await considered(choosers(), question=question)
    sent = server.last
    for hidden in (*NAMES, "张示例", "王老师", "李示例", PHONE, "5815000", "a.b@"):
        assert hidden not in sent, hidden
    assert "前面问过" in sent
    assert "题目1" in sent


def test_what_is_not_a_name_stays() -> None:
    hider = Hider()
    for text in (
        "高职、本科、中职",
        "2022年3月14日—6月10日",
        "平台怎么登录，账号",
        "安排专人，时间到6月10日",
        "https://vslc.ncb.edu.cn/csr-home",
    ):
        assert hider.hide(text) == text


@given(st.text(max_size=12), st.integers(0, MOST_OPTIONS))
def test_only_a_bare_number_is_read(text: str, most: int) -> None:
    number = read_number(text, most)
    if number is not None:
        assert 0 <= number <= most
        assert re.fullmatch(r"\W*\d{1,2}\W*", text)


@pytest.mark.parametrize("text", ["3", " 3\n", "３", "3.", "3。"])
def test_a_bare_number_is_read(text: str) -> None:
    assert read_number(text, 8) == 3


@given(st.integers(0, 8), st.lists(st.floats(0, 0.7), min_size=1, max_size=10))
async def test_whatever_it_chooses_was_among_the_candidates(
    number: int, chances: list[float]
) -> None:
    class Says:
        async def complete(self, rules: str, asked: str) -> str:
            return str(number)

    fake: Any = Says()
    chooser = Chooser(fake, Hider(), 10, lambda: NOON)
    arbiter = Arbiter([Shelf(sorted(chances, reverse=True))], as_said)
    before = arbiter.decide(QUESTION, addressed=True)
    after = (await chooser.consider(QUESTION, before, arbiter)).decision
    keys = {candidate.key for candidate in before.candidates}
    assert {candidate.key for candidate in after.candidates} == keys
    assert isinstance(after, Decision)
    assert json.dumps([c.title for c in after.candidates])
