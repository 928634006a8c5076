"""请值班的人来：答案没用、要找人工的，私聊告诉这个地区的秘书处。"""

import re
from datetime import timedelta

from bot import clock
from bot.groups import Groups
from bot.messages import Message, Person, Place, PlaceKind
from bot.outbox import DeliveryService, Outgoing, collect_within
from bot.storage import Database
from bot.text import Masker

from . import receipts
from .unanswered import UnansweredQuestions

CALLED = "called"
"""请人的话在发件箱里的名字。"""
APART = timedelta(minutes=3)
"""同一个人至少隔这么久才收到下一条；之间的攒在一起。"""
LASTS = timedelta(days=3)
_BEFORE = (
    r"(?:您好|你好|请|麻烦|劳驾|帮|给|我|那|就|能不能|能|可不可以|可以|有没有|有|想|要|"
    r"直接|还是|快|赶紧)*"
)
_AFTER = r"(?:[来回解处答复理决说聊问看吗吧呢啊呀嘛了么下一行好]|可以|谢谢)*"
_FOR_A_PERSON = re.compile(
    rf"{_BEFORE}(?:转接?|找|叫|接|换|联系|呼叫|喊|派)?(?:一?[个位下])?"
    rf"(?:人工(?:客服|服务|[座坐]席)?|真人|活人|值班(?:的)?(?:人员?|老师))(?:老师)?{_AFTER}|"
    rf"{_BEFORE}(?:转|叫|喊|让|派)[给接]?(?:一?[个位])?秘书处(?:的)?(?:人|老师)?{_AFTER}"
)
_LONGEST = 20


def wants_a_person(text: str) -> bool:
    """“转人工”“有没有人工”“叫个真人来”：整句话就是要找人。"""
    bare = re.sub(r"[\W_]+", "", text)
    return len(bare) <= _LONGEST and _FOR_A_PERSON.fullmatch(bare) is not None


class Calling:
    """请值班的人来。"""

    def __init__(
        self,
        database: Database,
        unanswered: UnansweredQuestions,
        delivery: DeliveryService,
        groups: Groups,
        masker: Masker,
    ) -> None:
        self._database = database
        self._unanswered = unanswered
        self._delivery = delivery
        self._groups = groups
        self._masker = masker

    async def call(
        self,
        message: Message,
        question: str,
        answer: str,
        region: str | None,
        attached: str = "",
    ) -> tuple[int, int]:
        """记下问题，告诉管这里的人。返回问题的编号、告诉了几个人。

        参数:
            answer: 说没用的那条答案；没有为空
            attached: 问题还附着什么，只写在告诉人的话里
        """
        number = await self._unanswered.add(message, question, region)
        asker = Person(message.person.platform, message.person.id)
        people = [
            person
            for person in self._delivery.reporting.people([region])
            if person != asker
        ]
        text = receipts.called(
            number,
            self._where(message.place, region),
            self._masker.mask(question) + attached,
            self._masker.mask(answer),
        )
        now, outbox = clock.now(), self._delivery.outbox
        items = [
            Outgoing(
                CALLED,
                f"{number}:{now:%Y%m%d%H%M%S%f}",
                Place(person.platform, PlaceKind.PRIVATE, person.id),
                text,
                now,
                expires_at=now + LASTS,
            )
            for person in people
        ]
        async with self._database.write() as session:
            await collect_within(session, outbox, items, APART)
        outbox.changed.set()
        return number, len(people)

    def _where(self, place: Place, region: str | None) -> str:
        """在哪里问的。"""
        name = self._groups.get(place).name if place.is_group else ""
        where = f"群「{name}」" if name else "群里" if place.is_group else "私聊"
        return f"{region}，{where}" if region else where
