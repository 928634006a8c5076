"""对话：把一条消息当作提问来答，含追问、选号与十分钟不重复。"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from loguru import logger

from bot.errors import NotStored
from bot.groups import Groups, Mode
from bot.knowledge import Lexicon
from bot.messages import Message, Place
from bot.text import SoundReader, Speech, plain, speech_of

from . import wording
from .arbiter import Arbiter, Decision, Outcome
from .following import Reading, read_follow_up
from .given import DeliveredAnswers, Given
from .memory import Memory, Remembered
from .pointing import pointed_at
from .scope import pose
from .several import read_several
from .sources import Answer, Candidate, Question, Turn
from .unanswered import UnansweredQuestions

_NUMBER = re.compile(
    r"^[(（\[]?\s*(?:我?选|我?要|问题)?\s*第?\s*(?P<number>[1-9一二三])\s*"
    r"(?:个|号|条|项|吧|的)*\s*[)）\].、。!！]?$"
)
_NONE_OF_THEM = re.compile(
    r"^(?:都|全)?(?:不是|不对|没有)(?:这[几些个]个?|我.{0,4})?[。.!！]?$"
)
_HOME = re.compile(
    r"^(?:我们?|咱们?|本校|我校|我们学校)(?:是|在)(?P<region>[^的省]{2,6})省?(?:的|这边)?"
    r"(?:学校|老师)?[。.!！]?$"
)
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
        sounds: 认只打了拼音的话
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
        sounds: SoundReader | None = None,
    ) -> None:
        self.arbiter = arbiter
        self.memory = memory
        self.delivered = delivered
        self.unanswered = unanswered
        self._groups = groups
        self._lexicon = lexicon
        self._repeat = repeat
        self._now = now
        self._sounds = sounds or SoundReader(())
        self._said: dict[tuple[Place, str], datetime] = {}

    async def reply(self, message: Message) -> Response | None:
        """回应一条当作提问的消息；`None` 表示不出声。"""
        mode = self._groups.get(message.place).mode
        if mode is Mode.OFF and not message.addressed:
            return None
        message = replace(message, text=self._written(message.text))
        message = pointed_at(message, self.memory, self._now())
        if (picked := await self._picked(message)) is not None:
            return picked
        if (home := self._told_home(message)) is not None:
            return home
        speech = speech_of(message.text)
        if speech not in (Speech.ASKING, Speech.TELLING):
            return _civil(speech, message.text) if message.addressed else None
        question = self.question(message)
        reading = read_follow_up(question, self.arbiter, self._lexicon)
        addressed = message.addressed or (reading is not None and reading.follows)
        if not addressed:
            self.memory.hear(message.place, message.person, message.text, self._now())
            if mode is not Mode.AUTO or speech is Speech.TELLING:
                return None
        if reading is None:
            decided = self.arbiter.decide(question, addressed=addressed)
            if message.addressed and (
                several := read_several(question, decided, self.arbiter)
            ):
                return self._answer_several(message, several)
            reading = Reading(question, decided)
        asked, decision = reading.question, reading.decision
        if decision.outcome in (Outcome.ANSWER, Outcome.NEAREST):
            response = self._answer(message, asked, decision.best, addressed=addressed)
            return self._with_others(message, asked, decision, response)
        if not message.addressed:
            return None
        return await self._not_sure(message, asked, decision)

    def _answer_several(
        self, message: Message, several: Sequence[tuple[Question, Decision]]
    ) -> Response | None:
        """一条消息里的几个问题，依次答。"""
        responses = [
            response
            for asked, decision in several
            if (response := self._answer(message, asked, decision.best, addressed=True))
        ]
        if not responses:
            return None
        entries = [i for r in responses if r.given for i in r.given.entries]
        text = "\n\n".join(response.text for response in responses)
        return Response(text, Given(message.text, tuple(entries)))

    def question(self, message: Message) -> Question:
        """把消息变成带背景的问话。"""
        kept = self.memory.recall(message.place, message.person, self._now())
        turn = kept.turn if kept else None
        region = self._groups.get(message.place).region
        if turn is not None and not message.place.is_group:
            region = turn.region
        return replace(
            self.pose(message.text, region),
            addressed=message.addressed,
            previous=turn if turn and turn.question else None,
        )

    def pose(self, text: str, region: str | None) -> Question:
        """一句没有上下文的问话。"""
        return pose(self._written(text), region, self._now(), self._lexicon)

    def _written(self, text: str) -> str:
        """平常的写法：繁体、全角、“一加叉”、只打了拼音的，都写成一样。"""
        return self._sounds.read(plain(text))

    def say(self, question: Question, decision: Decision) -> str:
        """裁决的结果对人怎么说；不出声的为空。"""
        match decision.outcome:
            case Outcome.ANSWER | Outcome.NEAREST:
                answer = self._fetch(decision.best, question)
                return self._framed(decision, answer.text) if answer else ""
            case Outcome.OFFER:
                return wording.offer(self.arbiter.offered(decision))
            case Outcome.OFF_TOPIC:
                return wording.OFF_TOPIC
            case Outcome.UNKNOWN:
                return wording.unknown(self._lexicon.guides.of(question.region))
            case Outcome.SILENT:
                return ""

    def _framed(self, decision: Decision, text: str) -> str:
        """没有十分把握的答案：说明答的是哪一问，附上别的读法。"""
        nearest = decision.outcome is Outcome.NEAREST
        return wording.framed(text, self.arbiter.offered(decision), nearest=nearest)

    def _with_others(
        self,
        message: Message,
        question: Question,
        decision: Decision,
        response: Response | None,
    ) -> Response | None:
        """没有十分把握的，附上别的读法，等着人选。"""
        if response is None or not message.addressed:
            return response
        kept = self.memory.recall(message.place, message.person, self._now())
        offered = self.arbiter.offered(decision)
        if kept is not None and len(offered) > 1:
            kept = replace(kept, asked=question.text, offered=offered)
            self.memory.keep(message.place, message.person, kept)
        return replace(response, text=self._framed(decision, response.text))

    def last_asked(self, message: Message) -> str | None:
        """这个人刚才问的、已经答过的问题。"""
        kept = self.memory.recall(message.place, message.person, self._now())
        return (kept.turn.question or None) if kept and kept.turn else None

    def last_given(self, message: Message) -> Given | None:
        """这个人刚得到的答案用了哪些条目。"""
        kept = self.memory.recall(message.place, message.person, self._now())
        turn = kept.turn if kept else None
        if turn is None or turn.source not in self.arbiter.sources:
            return None
        question = self._asked_before(message, turn.question)
        answer = self.arbiter.sources[turn.source].answer(turn.key, question)
        return Given(turn.question, answer.entries) if answer else None

    async def _picked(self, message: Message) -> Response | None:
        """从刚列的候选里选了一个，或说都不是。"""
        kept = self.memory.recall(message.place, message.person, self._now())
        if kept is None or not kept.offered:
            return None
        text = message.text.strip()
        question = self._asked_before(message, kept.asked)
        if _NONE_OF_THEM.match(text):
            self.memory.settle(message.place, message.person)
            return await self._admit(message, question)
        match = _NUMBER.match(text)
        if match is None:
            return None
        number = _DIGITS.get(match["number"]) or int(match["number"])
        if number > len(kept.offered):
            too_big = wording.choose_within(len(kept.offered))
            return Response(too_big) if message.addressed else None
        chosen = kept.offered[number - 1]
        response = self._answer(message, question, chosen, addressed=True)
        self.memory.offer_again(message.place, message.person, kept)
        return response

    def _told_home(self, message: Message) -> Response | None:
        """私聊里说了自己是哪里的：接下来几分钟按那里的资料答。"""
        match = _HOME.match(message.text.strip())
        region = self._lexicon.regions.named(match["region"]) if match else None
        if region is None or message.place.is_group:
            return None
        turn = Turn("", "", "", region)
        self.memory.keep(message.place, message.person, Remembered(self._now(), turn))
        known = region in self._lexicon.regions.names
        return Response(wording.home(region, known=known))

    def _asked_before(self, message: Message, text: str) -> Question:
        """列候选时的那句问话。"""
        named = self._lexicon.regions.find(text)
        question = replace(self.question(message), words=text, previous=None)
        return replace(question, region=named or question.region, named_region=named)

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
        asked = question.in_full
        turn = Turn(asked, chosen.source, chosen.key, question.region)
        self.memory.keep(message.place, message.person, Remembered(now, turn))
        return Response(answer.text, Given(asked, answer.entries))

    async def _not_sure(
        self, message: Message, question: Question, decision: Decision
    ) -> Response:
        if decision.outcome is Outcome.UNKNOWN:
            return await self._admit(message, question)
        if decision.outcome is Outcome.OFFER:
            offered = self.arbiter.offered(decision)
            turn = Turn(question.in_full, "", "", question.region)
            kept = Remembered(self._now(), turn, question.text, offered)
            self.memory.keep(message.place, message.person, kept)
        return Response(self.say(question, decision))

    async def _admit(self, message: Message, question: Question) -> Response:
        """没有资料：照实说，记下来转给秘书处。"""
        asked = question.in_full
        try:
            await self.unanswered.add(message, asked, question.region)
            kept = f"\n{wording.KEPT}"
        except NotStored as error:
            # 回答不靠写库：没记下的，就不说记下了
            logger.warning("没答上来的问题没能记下：{}", error)
            kept = ""
        turn = Turn(asked, "", "", question.region)
        self.memory.keep(message.place, message.person, Remembered(self._now(), turn))
        text = wording.unknown(self._lexicon.guides.of(question.region))
        return Response(f"{text}{kept}", Given(asked, ()))

    def _fetch(self, chosen: Candidate, question: Question) -> Answer | None:
        return self.arbiter.sources[chosen.source].answer(chosen.key, question)

    def _said_recently(self, spoken: tuple[Place, str], now: datetime) -> bool:
        self._said = {
            key: at for key, at in self._said.items() if now - at < self._repeat
        }
        return spoken in self._said


def _civil(speech: Speech, text: str) -> Response | None:
    """不是提问，该怎么应：只应一声的、只发个表情的，不必再应。"""
    match speech:
        case Speech.HELLO:
            return Response(wording.GREETING)
        case Speech.THANKS:
            return Response(wording.WELCOME)
        case Speech.NOTHING if re.search(r"[\w?？]", text):
            return Response(wording.SAY_MORE)
        case _:
            return None
