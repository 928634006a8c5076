"""装好的助手请模型挑：读到的是条目自己的话；没有设、不成的，与原来一样。"""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.answering import Arbiter, Decision, Outcome, Question
from bot.answering.explaining import explain
from bot.errors import StartupError
from bot.messages import Message
from bot.settings import load_settings
from tests.conftest import OpenHouse
from tests.unit.conftest import message

from .chat_server import ChatServer

DOUBTFUL = "大巴在哪边等啊，几点走的那种"


@pytest.fixture
async def server() -> AsyncIterator[ChatServer]:
    running = ChatServer()
    yield running
    await running.stop()


@pytest.fixture
def in_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    """学到的把握都减半：什么都没有十分把握。"""
    decide = Arbiter.decide

    def unsure(self: Arbiter, question: Question, *, addressed: bool) -> Decision:
        found = decide(self, question, addressed=addressed).candidates
        halved = tuple(replace(c, confidence=c.confidence / 2) for c in found)
        return Decision(Outcome.NEAREST, halved)

    monkeypatch.setattr(Arbiter, "decide", unsure)


def asked(text: str) -> Message:
    """每次换一个人问，免得接着上一句。"""
    person = replace(message("").person, id=str(hash(text) % 10**8))
    return replace(message(text), person=person)


@pytest.mark.usefixtures("in_doubt")
async def test_the_text_is_always_the_entrys_own(
    open_house: OpenHouse, server: ChatServer
) -> None:
    url = await server.start()
    house = await open_house(llm_base_url=url, llm_model="示例模型")
    conversation = house.conversation
    for number in (1, 2):
        server.answers = lambda _, number=number: str(number)
        question = conversation.pose(f"{DOUBTFUL}{number}", "广西")
        decided = conversation.arbiter.decide(question, addressed=True)
        considered = await conversation.consider(question, decided)
        chosen = decided.candidates[number - 1]
        answer = conversation.arbiter.sources[chosen.source].answer(
            chosen.key, question
        )
        assert answer is not None
        assert conversation.say(question, considered.decision) == answer.text
        shown = explain(
            house.faq.matcher, question, considered.decision, considered.note
        )
        assert f"模型：选了第 {number} 个" in shown


@pytest.mark.usefixtures("in_doubt")
async def test_what_it_refuses_is_kept_for_the_secretariat(
    open_house: OpenHouse, server: ChatServer
) -> None:
    server.answers = lambda _: "0"
    url = await server.start()
    house = await open_house(llm_base_url=url, llm_model="示例模型")
    response = await house.conversation.reply(asked(DOUBTFUL))
    assert response is not None
    assert "已记下" in response.text
    [row] = await house.conversation.unanswered.open(None)
    assert row.text == DOUBTFUL


async def test_sure_or_unaddressed_it_is_not_asked(
    open_house: OpenHouse, server: ChatServer
) -> None:
    url = await server.start()
    house = await open_house(llm_base_url=url, llm_model="示例模型")
    assert await house.conversation.reply(asked("校车几点发车？"))
    await house.conversation.reply(replace(asked(DOUBTFUL), addressed=False))
    assert server.asked == []


@pytest.mark.usefixtures("in_doubt")
async def test_without_it_or_when_it_fails_all_is_as_before(
    open_house: OpenHouse, server: ChatServer
) -> None:
    plain = await open_house()
    before = await plain.conversation.reply(asked(DOUBTFUL))
    await plain.close()
    server.answers = lambda _: 503
    url = await server.start()
    house = await open_house(llm_base_url=url, llm_model="示例模型")
    after = await house.conversation.reply(asked(DOUBTFUL))
    assert before is not None
    assert after is not None
    assert server.asked
    assert after.text == before.text


def test_half_a_setting_is_refused(tmp_path: Path) -> None:
    nowhere = tmp_path / "none.env"
    for environ in (
        {"LLM_BASE_URL": "http://127.0.0.1:11434/v1"},
        {"LLM_MODEL": "示例模型"},
        {"LLM_BASE_URL": "127.0.0.1", "LLM_MODEL": "示例模型"},
    ):
        with pytest.raises(StartupError, match="LLM_BASE_URL"):
            load_settings(nowhere, environ)
    key = {"LLM_DAILY": "-1", "LLM_API_KEY": "sk-secret"}
    with pytest.raises(StartupError) as caught:
        load_settings(nowhere, key)
    assert "sk-secret" not in str(caught.value)
    blank = {"LLM_BASE_URL": "", "LLM_MODEL": "", "LLM_API_KEY": ""}
    assert load_settings(nowhere, blank).llm_model is None
