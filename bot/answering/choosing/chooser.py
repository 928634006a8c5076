"""没有把握的，请模型从八个候选里挑；它只能说一个号，说不成就照原来的。"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from loguru import logger

from bot.answering.arbiter import SURE, Arbiter, Decision, Outcome, is_earnest
from bot.answering.sources import Candidate, Question

from . import wording
from .client import ChatClient, ModelError
from .hiding import Hider
from .limits import Breaker, Budget, Choices
from .prompt import RULES, Option, compose, read_number

MOST_OPTIONS = 8


@dataclass(frozen=True, slots=True)
class Considered:
    """问过模型之后的裁决；`note` 说明问没问、选了什么。"""

    decision: Decision
    note: str = wording.OFF


class Chooser:
    """请模型挑。

    参数:
        client: 哪个模型
        hider: 送出去之前遮住人名与号码
        a_day: 一天最多问几次
    """

    def __init__(
        self, client: ChatClient, hider: Hider, a_day: int, now: Callable[[], datetime]
    ) -> None:
        self._client = client
        self._hider = hider
        self._budget = Budget(a_day, now)
        self._breaker = Breaker(now)
        self._choices = Choices()

    async def consider(
        self, question: Question, decision: Decision, arbiter: Arbiter, name: str = ""
    ) -> Considered:
        """裁决没有把握的，让模型挑一个，或说都不是。

        参数:
            name: 提问的人的称呼，也要遮住
        """
        if not _is_unsure(question, decision):
            return Considered(decision, wording.NOT_ASKED)
        candidates, options = _options(question, decision, arbiter)
        asked = self._hider.hide(compose(question, options), name)
        number, note = await self._choice(asked, len(options))
        if number is None:
            return Considered(decision, note)
        if number == 0:
            return Considered(_none_of_them(decision), wording.NONE)
        chosen = replace(candidates[number - 1], confidence=SURE)
        others = tuple(c for c in decision.candidates if c.key != chosen.key)
        decided = Decision(Outcome.ANSWER, (chosen, *others))
        return Considered(decided, wording.chose(number, chosen.title))

    async def close(self) -> None:
        """断开。"""
        await self._client.close()

    async def _choice(self, asked: str, most: int) -> tuple[int | None, str]:
        """选了第几个；没有问成的为 `None`，连同为什么。"""
        if (known := self._choices.get(asked)) is not None:
            return known, ""
        if self._breaker.is_open:
            return None, wording.RESTING
        if not self._budget.spend():
            return None, wording.SPENT
        try:
            reply = await self._client.complete(RULES, asked)
        except ModelError as error:
            self._breaker.failed()
            logger.warning("请模型挑答案没有成：{}", error)
            return None, wording.failed(str(error))
        number = read_number(reply, most)
        if number is None:
            self._breaker.failed()
            logger.warning("模型回的不是一个号，不用")
            return None, wording.MALFORMED
        self._breaker.succeeded()
        self._choices.keep(asked, number)
        return number, ""


def _is_unsure(question: Question, decision: Decision) -> bool:
    """有候选而没有把握；闲谈不问。"""
    if not decision.candidates or decision.best.confidence >= SURE:
        return False
    off_topic = decision.outcome is Outcome.OFF_TOPIC
    return not off_topic or is_earnest(question.words, decision)


def _options(
    question: Question, decision: Decision, arbiter: Arbiter
) -> tuple[list[Candidate], list[Option]]:
    """头八个还答得出的候选。"""
    candidates: list[Candidate] = []
    options: list[Option] = []
    for candidate in decision.candidates[:MOST_OPTIONS]:
        source = arbiter.sources[candidate.source]
        if (answer := source.answer(candidate.key, question)) is not None:
            candidates.append(candidate)
            options.append(Option(candidate.title, answer.text))
    return candidates, options


def _none_of_them(decision: Decision) -> Decision:
    """都不是：没有资料；本来就不像我们的事的照旧。"""
    if decision.outcome is Outcome.OFF_TOPIC:
        return decision
    return Decision(Outcome.UNKNOWN, decision.candidates)


def open_chooser(
    base_url: str | None,
    key: str | None,
    model: str | None,
    a_day: int,
    names: Callable[[], Iterable[str]],
    now: Callable[[], datetime],
) -> Chooser | None:
    """设了模型的，备好请它挑；没有设为 `None`。

    参数:
        names: 已知的人名，送出去之前遮住
    """
    if base_url is None or model is None:
        return None
    return Chooser(ChatClient(base_url, key, model), Hider(names), a_day, now)
