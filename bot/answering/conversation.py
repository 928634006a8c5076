"""对话：把一条消息当作提问来答，含追问、选号与十分钟不重复。"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.groups import Groups, Mode
from bot.knowledge import Lexicon
from bot.messages import Message, Place

from . import wording
from .arbiter import Arbiter, Decision, Outcome
from .memory import Memory, Remembered
from .records import DeliveredAnswers, Given, UnansweredQuestions
from .scope import pose
from .sources import Answer, Candidate, Question, Turn

_FOLLOW_UP = re.compile(r"^(那|那么)?(?P<core>.{1,12}?)(的)?(呢|咧|哩)?[?？。!！]*$")
_MARKED = re.compile(r"^那|[呢咧哩][?？。!！]*$|的[?？]?$")
_NUMBER = re.compile(r"^[(（\[]?\s*([1-9一二三])\s*[)）\].、。]?$")
_GREETING = re.compile(
    r"^(在吗|在不在|你好|您好|hi|hello|哈喽|嗨|小助手)?[?？!！。~～]*$", re.I
)
_BARE = re.compile(r"^[\W\d_]{1,12}$|^\w$")
_DIGITS = {"一": 1, "二": 2, "三": 3}


@dataclass(frozen=True, slots=True)
class Response:
    """对一条消息的回应；`given` 是可引用更正的答案。"""

    text: str
    given: Given | None = None


class Conversation:
    """一问一答，记得刚才说过什么。

    参数:
        repeat: 多久之内同一个会话不主动重复同一个答案
    """

    def __init__(
        self,
        arbiter: Arbiter,
        memory: Memory,
        groups: Groups,
        lexicon: Lexicon,
        unanswered: UnansweredQuestions,
        delivered: DeliveredAnswers,
        repeat: timedelta,
        now: Callable[[], datetime],
    ) -> None:
        self.arbiter = arbiter
        self.memory = memory
        self.delivered = delivered
        self.unanswered = unanswered
        self._groups = groups
        self._lexicon = lexicon
        self._repeat = repeat
        self._now = now
        self._said: dict[tuple[Place, str], datetime] = {}

    async def reply(self, message: Message) -> Response | None:
        """回应一条当作提问的消息；`None` 表示不出声。"""
        mode = self._groups.get(message.place).mode
        if mode is Mode.OFF and not message.addressed:
            return None
        if (picked := self._pick(message)) is not None:
            return picked
        if _BARE.match(message.text.strip()):
            return Response(wording.SAY_MORE) if message.addressed else None
        question = self.question(message)
        follow_up = self._follow_up(question)
        addressed = message.addressed or follow_up is not None
        if not addressed and mode is not Mode.AUTO:
            return None
        asked = follow_up or question
        decision = self.arbiter.decide(asked, addressed=addressed)
        if decision.outcome is Outcome.ANSWER:
            return self._answer(message, asked, decision.best, addressed=addressed)
        if not message.addressed:
            return None
        return await self._not_sure(message, asked, decision)

    def question(self, message: Message) -> Question:
        """把消息变成带背景的问话。"""
        kept = self.memory.recall(message.place, message.person, self._now())
        return replace(
            self.pose(message.text, self._groups.get(message.place).region),
            addressed=message.addressed,
            place=message.place,
            person=message.person,
            previous=kept.turn if kept else None,
        )

    def pose(self, text: str, region: str | None) -> Question:
        """一句没有上下文的问话。"""
        return pose(text, region, self._now(), self._lexicon)

    def say(self, question: Question, decision: Decision) -> str:
        """裁决的结果对人怎么说；不出声的为空。"""
        match decision.outcome:
            case Outcome.ANSWER:
                answer = self._fetch(decision.best, question)
                return answer.text if answer else ""
            case Outcome.OFFER:
                return wording.offer(self.arbiter.offered(decision))
            case Outcome.OFF_TOPIC:
                return wording.OFF_TOPIC
            case Outcome.UNKNOWN:
                return wording.unknown(self._lexicon.guides.of(question.region))
            case Outcome.SILENT:
                return ""

    def last_asked(self, message: Message) -> str | None:
        """这个人刚才问的、已经答过的问题。"""
        kept = self.memory.recall(message.place, message.person, self._now())
        return kept.turn.question if kept and kept.turn else None

    def _pick(self, message: Message) -> Response | None:
        kept = self.memory.recall(message.place, message.person, self._now())
        match = _NUMBER.match(message.text.strip())
        if kept is None or not kept.offered or match is None:
            return None
        number = _DIGITS.get(match[1]) or int(match[1])
        if number > len(kept.offered):
            return None
        self.memory.settle(message.place, message.person)
        question = replace(self.question(message), text=kept.asked)
        named = self._lexicon.regions.find(kept.asked)
        question = replace(question, region=named or question.region)
        chosen = kept.offered[number - 1]
        return self._answer(message, question, chosen, addressed=True)

    def _follow_up(self, question: Question) -> Question | None:
        """“山东的呢”换地区重问；“截止时间呢”接着上一问问。"""
        previous = question.previous
        match = _FOLLOW_UP.match(question.text.strip())
        if previous is None or match is None:
            return None
        core = match["core"]
        region = self._lexicon.regions.named(core)
        if region is not None:
            return replace(
                question,
                text=f"{region}{_without(previous.question, self._lexicon)}",
                region=region,
                named_region=region,
            )
        if not _MARKED.search(question.text.strip()):
            return None
        alone = self.arbiter.decide(question, addressed=True)
        if alone.outcome is Outcome.ANSWER:
            return question
        joined = replace(
            question,
            text=f"{previous.question} {core}",
            region=question.region or previous.region,
        )
        together = self.arbiter.decide(joined, addressed=True)
        if together.outcome is not Outcome.ANSWER:
            return None
        # 接上去还是原来的答案，说明这句没有问新的（“好的呢”）
        return None if together.best.key == previous.key else joined

    def _answer(
        self,
        message: Message,
        question: Question,
        chosen: Candidate,
        *,
        addressed: bool,
    ) -> Response | None:
        answer = self._fetch(chosen, question)
        if answer is None:
            return None
        now = self._now()
        spoken = (message.place, f"{chosen.source}:{chosen.key}")
        if not addressed and self._said_recently(spoken, now):
            return None
        self._said[spoken] = now
        turn = Turn(question.text, chosen.source, chosen.key, question.region)
        self.memory.keep(message.place, message.person, Remembered(now, turn))
        return Response(answer.text, Given(question.text, answer.entries))

    async def _not_sure(
        self, message: Message, question: Question, decision: Decision
    ) -> Response:
        now = self._now()
        if _GREETING.match(message.text.strip()):
            return Response(wording.GREETING)
        text = self.say(question, decision)
        if decision.outcome is Outcome.OFFER:
            offered = self.arbiter.offered(decision)
            kept = Remembered(now, question.previous, question.text, offered)
            self.memory.keep(message.place, message.person, kept)
        elif decision.outcome is Outcome.UNKNOWN:
            await self.unanswered.add(message, question.text, question.region)
            return Response(f"{text}\n{wording.KEPT}", Given(question.text, ()))
        return Response(text)

    def _fetch(self, chosen: Candidate, question: Question) -> Answer | None:
        return self.arbiter.sources[chosen.source].answer(chosen.key, question)

    def _said_recently(self, spoken: tuple[Place, str], now: datetime) -> bool:
        self._said = {
            key: at for key, at in self._said.items() if now - at < self._repeat
        }
        return spoken in self._said


def _without(text: str, lexicon: Lexicon) -> str:
    """去掉问话里原来的地区名，换成新的地区才不打架。"""
    for alias, _ in lexicon.regions.aliases:
        text = text.replace(alias, "")
    return text
