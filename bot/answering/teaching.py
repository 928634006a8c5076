"""秘书处教、更正、答：记为知识，发回原处；有个人号码的先问。"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.access import Access, Role
from bot.confirming import After, Kind, Proposal, Slip
from bot.knowledge import Change, Knowledge
from bot.messages import Person, Place
from bot.outbox import DeliveryService
from bot.text import Masker
from bot.wording import not_your_region

from . import receipts
from .checking_lessons import also_answers, collision, lacks_year
from .conversation import Conversation
from .faq import FaqSource
from .posting import posting

TEACHING = "teaching"


@dataclass(frozen=True, slots=True)
class Lesson:
    """要教的一条。

    参数:
        region: 算哪个地区的；不知是哪里的只发回、不记，为 `None`
        entry: 更正哪一条；空为教
        asked: 答的是哪个没答上来的问题；0 为没有
        places: 要发回几处
        like: 与它像是同一问的（问、现在的答、来源）；没有为空
        instead: 像的那一条的编号，可以改它；不能改的为空
    """

    question: str
    answer: str
    region: str | None
    entry: str = ""
    asked: int = 0
    places: int = 0
    like: tuple[str, str, str] | tuple[()] = ()
    instead: str = ""


class Teaching:
    """教、更正、答。"""

    def __init__(
        self,
        knowledge: Knowledge,
        faq: FaqSource,
        conversation: Conversation,
        delivery: DeliveryService,
        masker: Masker,
    ) -> None:
        self._knowledge = knowledge
        self._faq = faq
        self._conversation = conversation
        self._unanswered = conversation.unanswered
        self._delivery = delivery
        self.masker = masker

    def compared(self, lesson: Lesson) -> Lesson:
        """要新教的，看它与已有的是不是同一问。"""
        if lesson.region is None or lesson.entry or lesson.asked:
            return lesson
        found = collision(
            self._conversation, self._knowledge, lesson.question, lesson.region
        )
        if found is None:
            return lesson
        entry = found.entry
        own = entry is not None and entry.source.region == lesson.region
        title, answer = self.masker.mask(found.title), found.answer
        like = (title, answer, "" if entry else found.source)
        return replace(lesson, like=like, instead=entry.id if entry and own else "")

    def slip(self, lesson: Lesson) -> Slip | None:
        """答案里有个人号码的、与已有的像是同一问的，先放上确认台；没有为 `None`。"""
        if not lesson.like and not self.masker.private(lesson.answer):
            return None
        question = self.masker.mask(lesson.question)
        payload = asdict(replace(lesson, question=question))
        return Slip(TEACHING, payload, f"teaching:{question}")

    async def give(self, lesson: Lesson, by: Person, place: Place) -> str:
        """照办，返回回执；问题里的号码遮住，答案照写。

        异常:
            KeyError: 要更正的已经没有了
        """
        if lesson.asked:
            return await self._answer(lesson, by, place)
        if lesson.entry:
            change = await self._knowledge.correct(
                lesson.entry, lesson.answer, by, place
            )
            await self._faq.refresh()
            return receipts.corrected(change)
        assert lesson.region is not None
        question = self.masker.mask(lesson.question)
        change = await self._knowledge.teach(
            question, lesson.answer, lesson.region, by, place
        )
        await self._faq.refresh()
        return await self._taught(change, lesson)

    async def _taught(self, change: Change, lesson: Lesson) -> str:
        assert lesson.region is not None
        assert change.entry is not None
        waiting = await self._unanswered.open(frozenset({lesson.region}))
        asked = [one.text for one in waiting]
        also = also_answers(self._conversation, change.entry, lesson.region, asked)
        lacks = lacks_year(lesson.question, lesson.answer)
        year = change.entry.source.year if lacks else 0
        return receipts.taught(change, lesson.region, also, year)

    async def _answer(self, lesson: Lesson, by: Person, place: Place) -> str:
        change = None
        if lesson.region is not None:
            question = self.masker.mask(lesson.question)
            change = await self._knowledge.teach(
                question, lesson.answer, lesson.region, by, place
            )
            await self._faq.refresh()
        number = change.number if change else None
        asked = await self._unanswered.settle(lesson.asked, number)
        if not asked:
            return receipts.already_answered(str(lesson.asked))
        await self._delivery.outbox.put(
            posting(
                one,
                receipts.posted(self.masker.mask(one.text), lesson.answer),
                lesson.region,
                by,
                place,
            )
            for one in asked
        )
        reaches = self._delivery.reporting.reaches(by)
        return receipts.answered(change, len(asked), reaches=reaches)


class TeachingKind(Kind):
    """先要问一声的一条：答案里有个人号码的说清谁会读到，像已有的说清像哪条。"""

    name = TEACHING
    titles = ("教", "更正", "答")

    def __init__(self, teaching: Teaching, access: Access) -> None:
        self._teaching = teaching
        self._access = access

    def acts(self, proposal: Proposal) -> frozenset[str]:
        """记下，或改。"""
        return frozenset({"add", "change"})

    async def show(self, proposal: Proposal, place: Place) -> str:
        """谁会读到。"""
        lesson = _lesson(proposal.payload)
        asks: list[str] = []
        if lesson.like:
            title, answer, source = lesson.like
            asks.append(
                receipts.collides(
                    title,
                    answer,
                    proposal.number,
                    source,
                    changeable=bool(lesson.instead),
                )
            )
        if hidden := self._teaching.masker.private(lesson.answer):
            asks.append(
                receipts.asks_first(
                    hidden, lesson.region, lesson.places, proposal.number
                )
            )
        return "\n".join(asks)

    def brief(self, proposal: Proposal, place: Place) -> str:
        """哪个问题。"""
        masker = self._teaching.masker
        private = bool(masker.private(proposal.payload["answer"]))
        return receipts.brief(
            masker.mask(proposal.payload["question"]), private=private
        )

    def refusal(self, proposal: Proposal, by: Person) -> str:
        """还管得着。"""
        rights, region = self._access.rights(by), proposal.payload["region"]
        if region:
            return "" if rights.covers(region) else not_your_region(region)
        return "" if rights.role >= Role.SECRETARIAT else not_your_region("这里")

    async def apply(
        self, session: AsyncSession, proposal: Proposal, by: Person
    ) -> After:
        """提交之后再教：教自己写库。"""
        lesson = _lesson(proposal.payload)

        async def after() -> str:
            try:
                return await self._teaching.give(lesson, by, proposal.place)
            except KeyError:
                return receipts.GONE

        return after


def instead(proposal: Proposal) -> Lesson | None:
    """不新增，改与它像的那一条；那条不归这个地区改的为 `None`。"""
    lesson = _lesson(proposal.payload)
    if not lesson.instead:
        return None
    return replace(lesson, entry=lesson.instead, like=(), instead="")


def _lesson(payload: Mapping[str, Any]) -> Lesson:
    return Lesson(**{**payload, "like": tuple(payload.get("like", ()))})
