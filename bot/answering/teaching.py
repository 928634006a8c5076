"""秘书处教、更正、答：记为知识，发回原处；有个人号码的先问。"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.access import Access, Role
from bot.confirming import After, Kind, Proposal, Slip
from bot.knowledge import Knowledge
from bot.messages import Person, Place
from bot.outbox import DeliveryService
from bot.text import Masker
from bot.wording import not_your_region

from . import receipts
from .faq import FaqSource
from .posting import posting
from .unanswered import UnansweredQuestions

TEACHING = "teaching"


@dataclass(frozen=True, slots=True)
class Lesson:
    """要教的一条。

    参数:
        region: 算哪个地区的；不知是哪里的只发回、不记，为 `None`
        entry: 更正哪一条；空为教
        asked: 答的是哪个没答上来的问题；0 为没有
        places: 要发回几处
    """

    question: str
    answer: str
    region: str | None
    entry: str = ""
    asked: int = 0
    places: int = 0


class Teaching:
    """教、更正、答。"""

    def __init__(
        self,
        knowledge: Knowledge,
        faq: FaqSource,
        unanswered: UnansweredQuestions,
        delivery: DeliveryService,
        masker: Masker,
    ) -> None:
        self._knowledge = knowledge
        self._faq = faq
        self._unanswered = unanswered
        self._delivery = delivery
        self.masker = masker

    def slip(self, lesson: Lesson) -> Slip | None:
        """答案里有个人号码的，先放上确认台；没有为 `None`。"""
        if not self.masker.private(lesson.answer):
            return None
        return Slip(TEACHING, asdict(lesson), f"teaching:{lesson.question}")

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
        return receipts.taught(change, lesson.region)

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
    """答案里有个人号码的一条：说清谁会读到，答应了才记。"""

    name = TEACHING
    titles = ("教", "更正", "答")

    def __init__(self, teaching: Teaching, access: Access) -> None:
        self._teaching = teaching
        self._access = access

    async def show(self, proposal: Proposal, place: Place) -> str:
        """谁会读到。"""
        lesson = _lesson(proposal.payload)
        hidden = self._teaching.masker.private(lesson.answer)
        return receipts.asks_first(
            hidden, lesson.region, lesson.places, proposal.number
        )

    def brief(self, proposal: Proposal, place: Place) -> str:
        """哪个问题。"""
        question = self._teaching.masker.mask(proposal.payload["question"])
        return receipts.brief(question)

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


def _lesson(payload: Mapping[str, Any]) -> Lesson:
    return Lesson(**payload)
