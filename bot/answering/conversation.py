"""对话：把一条消息当作提问来答，含追问、选号与十分钟不重复。"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.groups import Groups, Mode
from bot.knowledge import Lexicon
from bot.messages import Message
from bot.text import SoundReader, Speech, speech_of

from . import wording
from .arbiter import SURE, Arbiter, Decision, Outcome, is_earnest
from .choosing import Chooser, Considered
from .following import Reading, asks_anew, read_follow_up
from .given import DeliveredAnswers, Given
from .memory import Memory, Remembered, Repeats
from .picking import (
    is_none_of_them,
    picked_by_words,
    picked_number,
)
from .posing import Posing
from .premise import is_contradicted
from .reading import Heard, Readings
from .responding import Response, joined
from .scope import said_home
from .several import read_several
from .sources import Answer, Candidate, Question, Turn
from .unanswered import UnansweredQuestions

MISSED = 0.4
"""最接近的只有这么点把握，也记作没答上来的问题。"""
SHORT = 160
"""第二个答案不长过这么多字，才一并答上。"""


class Conversation:
    """一问一答，记得刚才说过什么。

    参数:
        repeat: 多久之内同一个会话不主动重复同一个答案
        sounds: 认只打了拼音的话
        chooser: 没有把握时请它挑；没有设模型为 `None`
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
        chooser: Chooser | None = None,
    ) -> None:
        self.arbiter = arbiter
        self.memory = memory
        self.delivered = delivered
        self.unanswered = unanswered
        self._chooser = chooser
        self._groups = groups
        self._lexicon = lexicon
        self._repeats = Repeats(repeat)
        self._now = now
        self._posing = Posing(groups, lexicon, memory, now, sounds or SoundReader(()))
        self._readings = Readings(arbiter, lexicon, self._posing)

    async def reply(
        self, message: Message, is_business: Callable[[str], bool] = lambda _: False
    ) -> Response | None:
        """回应一条当作提问的消息；`None` 表示不出声。

        参数:
            is_business: 是不是口令、登记这样的事；答不上来也不算没答上的问题
        """
        mode = self._groups.get(message.place).mode
        if mode is Mode.OFF and not message.addressed:
            return None
        heard = self._readings.hear(message)
        try:
            return await self._reply(heard, mode, is_business)
        finally:
            self._readings.forget()

    async def _reply(
        self, heard: Heard, mode: Mode, is_business: Callable[[str], bool]
    ) -> Response | None:
        message = heard.message
        if (picked := await self._picked(message)) is not None:
            return picked
        if (home := self._told_home(message)) is not None:
            return home
        speech = speech_of(message.text)
        if speech not in (Speech.ASKING, Speech.TELLING):
            told = wording.civil(speech, message.text) if message.addressed else ""
            return Response(told) if told else None
        followed = self._readings.follow_up(heard)
        addressed = message.addressed or (followed is not None and followed.follows)
        if not addressed:
            self.memory.hear(message.place, message.person, message.text, self._now())
            if mode is not Mode.AUTO or speech is Speech.TELLING:
                return None
        reading = self._readings.read(heard)
        if several := self._several(heard, reading):
            return self._answer_several(message, several)
        asked, decision = reading.question, reading.decision
        if message.addressed:
            considered = await self.consider(asked, decision, message.person.name)
            decision = considered.decision
        if decision.outcome in (Outcome.ANSWER, Outcome.NEAREST):
            response = self._answer(message, asked, decision.best, addressed=addressed)
            if self._is_missed(decision) and not is_business(message.text):
                await self.unanswered.note(message, asked.in_full, asked.region)
            return self._with_others(message, asked, decision, response)
        if not message.addressed:
            return None
        return await self._not_sure(message, asked, decision, is_business)

    @staticmethod
    def _is_missed(decision: Decision) -> bool:
        """拿出了最接近的，却多半不是所问的。"""
        nearest = decision.outcome is Outcome.NEAREST
        return nearest and decision.best.confidence < MISSED

    async def consider(
        self, question: Question, decision: Decision, name: str = ""
    ) -> Considered:
        """没有把握的，设了模型就请它从候选里挑。

        参数:
            name: 提问的人的称呼，送出去之前遮住
        """
        if self._chooser is None:
            return Considered(decision)
        return await self._chooser.consider(question, decision, self.arbiter, name)

    async def corrected(self, message: Message) -> Response | None:
        """“不对，我要的是……”：改答要的那个；还是原来那个的为 `None`。

        没说“我问的是”而又没把握改答的，也为 `None`：多半是来说答错了的。
        """
        message = replace(message, text=self._posing.written(message.text))
        question = self._posing.question(message)
        reading = read_follow_up(question, self.arbiter, self._lexicon)
        if reading is None or not reading.follows:
            return None
        asked, decision = reading.question, reading.decision
        before = question.previous.key if question.previous else None
        sure = decision.outcome is Outcome.ANSWER
        told = sure or decision.outcome is Outcome.NEAREST
        if (told and decision.best.key == before) or not (
            sure or asks_anew(message.text)
        ):
            return None
        if not told:
            return await self._not_sure(message, asked, decision, lambda _: False)
        response = self._answer(message, asked, decision.best, addressed=True)
        return self._with_others(message, asked, decision, response)

    def _several(
        self, heard: Heard, reading: Reading
    ) -> Sequence[tuple[Question, Decision]]:
        """一条消息里的几个问题；只有一个的为空。"""
        if reading.follows or not heard.message.addressed:
            return ()
        return read_several(heard.question, reading.decision, self.arbiter)

    def _answer_several(
        self, message: Message, several: Sequence[tuple[Question, Decision]]
    ) -> Response | None:
        """一条消息里的几个问题，依次答。"""
        responses = [
            response
            for asked, decision in several
            if (response := self._answer(message, asked, decision.best, addressed=True))
        ]
        return joined(responses, message.text)

    def judge(self, message: Message) -> Decision:
        """当作提问会怎样裁决，接着上文的也算；不回应，也不记下。"""
        return self._readings.read(self._readings.hear(message)).decision

    def pose(self, text: str, region: str | None) -> Question:
        """一句没有上下文的问话。"""
        return self._posing.pose(text, region)

    def say(self, question: Question, decision: Decision) -> str:
        """裁决的结果对人怎么说；不出声的为空。"""
        match decision.outcome:
            case Outcome.ANSWER | Outcome.NEAREST:
                answer = self._fetch(decision.best, question)
                return self._framed(decision, question, answer.text) if answer else ""
            case Outcome.OFFER:
                return wording.offer(self.arbiter.offered(decision))
            case Outcome.OFF_TOPIC:
                return wording.OFF_TOPIC
            case Outcome.UNKNOWN:
                return wording.unknown(self._lexicon.guides.of(question.region))
            case Outcome.SILENT:
                return ""

    def _framed(self, decision: Decision, question: Question, text: str) -> str:
        """没有十分把握的答案：说明答的是哪一问，附上别的读法。"""
        nearest = decision.outcome is Outcome.NEAREST
        return wording.framed(
            text,
            self.arbiter.offered(decision),
            nearest=nearest,
            beside=self._beside(decision, question),
        )

    def _beside(self, decision: Decision, question: Question) -> str:
        """没有把握的，差不多的第二个也答上，省得人再回一个数；长的不答。"""
        second = self.arbiter.beside(decision)
        answer = self._fetch(second, question) if second else None
        return answer.text if answer and len(answer.text) <= SHORT else ""

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
        return replace(response, text=self._framed(decision, question, response.text))

    def last_asked(self, message: Message) -> str | None:
        """这个人刚才问的、已经答过的问题。"""
        turn = self.last_turn(message)
        return (turn.question or None) if turn else None

    def last_turn(self, message: Message) -> Turn | None:
        """这个人刚才问的与得到的回答。"""
        kept = self.memory.recall(message.place, message.person, self._now())
        return kept.turn if kept else None

    def last_given(self, message: Message) -> Given | None:
        """这个人刚得到的答案用了哪些条目。"""
        kept = self.memory.recall(message.place, message.person, self._now())
        turn = kept.turn if kept else None
        if turn is None or turn.source not in self.arbiter.sources:
            return None
        question = self._posing.asked_before(message, turn.question)
        answer = self.arbiter.sources[turn.source].answer(turn.key, question)
        return Given(turn.question, answer.entries) if answer else None

    async def _picked(self, message: Message) -> Response | None:
        """从刚列的候选里选了一个，或说都不是。"""
        kept = self.memory.recall(message.place, message.person, self._now())
        if kept is None or not kept.offered:
            return None
        text = " ".join(message.text.split())
        question = self._posing.asked_before(message, kept.asked)
        if is_none_of_them(text):
            self.memory.settle(message.place, message.person)
            return await self._admit(message, question)
        number = picked_number(text)
        if number is None:
            chosen = picked_by_words(message, kept)
            if chosen is None:
                return None
        elif number > len(kept.offered):
            too_big = wording.choose_within(len(kept.offered))
            return Response(too_big) if message.addressed else None
        else:
            chosen = kept.offered[number - 1]
        response = self._answer(message, question, chosen, addressed=True)
        self.memory.offer_again(message.place, message.person, kept)
        return response

    def _told_home(self, message: Message) -> Response | None:
        """私聊里说了自己是哪里的：接下来几分钟按那里的资料答。"""
        region = said_home(message.text, self._lexicon.regions)
        if region is None or message.place.is_group:
            return None
        turn = Turn("", "", "", region)
        self.memory.keep(message.place, message.person, Remembered(self._now(), turn))
        known = region in self._lexicon.regions.names
        return Response(wording.home(region, known=known))

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
        said = f"{chosen.source}:{chosen.key}"
        if not addressed and self._repeats.recently(message.place, said, now):
            return None
        self._repeats.note(message.place, said, now)
        asked = question.in_full
        turn = Turn(asked, chosen.source, chosen.key, question.region, answer.text)
        self.memory.keep(message.place, message.person, Remembered(now, turn))
        return Response(answer.text, Given(asked, answer.entries))

    async def _not_sure(
        self,
        message: Message,
        question: Question,
        decision: Decision,
        is_business: Callable[[str], bool],
    ) -> Response:
        if decision.outcome is Outcome.UNKNOWN or is_earnest(message.text, decision):
            keeps = not is_business(message.text)
            return await self._admit(message, question, decision.outcome, keeps=keeps)
        offered = ()
        if decision.outcome is Outcome.OFFER:
            offered = self.arbiter.offered(decision)
        turn = Turn(question.in_full, "", "", question.region)
        kept = Remembered(self._now(), turn, question.text, offered)
        self.memory.keep(message.place, message.person, kept)
        return Response(self.say(question, decision))

    async def _admit(
        self,
        message: Message,
        question: Question,
        outcome: Outcome = Outcome.UNKNOWN,
        *,
        keeps: bool = True,
    ) -> Response:
        """没有资料、不在资料里：照实说；`keeps` 的记下来转给秘书处。"""
        asked = question.in_full
        text = self.say(question, Decision(outcome, ()))
        if keeps and await self.unanswered.note(message, asked, question.region):
            text = f"{text}\n{wording.KEPT}"
        turn = Turn(asked, "", "", question.region)
        self.memory.keep(message.place, message.person, Remembered(self._now(), turn))
        return Response(text, Given(asked, ()))

    def _fetch(self, chosen: Candidate, question: Question) -> Answer | None:
        """取答案；有把握答的，与问话里先认定的不合，先说不是这样。"""
        answer = self.arbiter.sources[chosen.source].answer(chosen.key, question)
        sure = answer is not None and chosen.confidence >= SURE
        if answer and sure and is_contradicted(question.words, answer.text):
            return replace(answer, text=f"{wording.NOT_SO}\n{answer.text}")
        return answer
