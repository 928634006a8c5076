"""把要办事的话听成口令，交给口令去办；听不准的提示怎么说。

听的把握与答疑的把握放在一起比：更像问题的，让答疑去答。
"""

import re
from dataclasses import dataclass, replace

from bot import wording as house
from bot.access import Access, Role
from bot.answering import Conversation, Decision, Outcome
from bot.confirming import Desk
from bot.errors import AssistantError
from bot.groups import Groups, Mode
from bot.knowledge import Lexicon
from bot.messages import Message, Reply
from bot.text import Speech, ends_asking, only_asks, speech_of

from . import wording
from .facts import Facts
from .hearing import Hearing
from .kind import Obedience, order_slip
from .models import Manner, Order, Told
from .pending import Waiting
from .writing import ORDERS

OURS, THEIRS = 0.2, 0.6
"""秘书处的、别人的话，当作要办事所需的把握。"""
LIKELY, SHARE = 0.4, 0.6
"""秘书处的人多半在办事：有 `LIKELY`，又有当作问题的把握的 `SHARE` 这么多，就够。"""
QUESTIONED = 0.5
"""话里有“谁”“怎么”，而这件事不会这样说：把握打的折扣。"""
PLAIN = 0.8
"""有这么大的把握，不必再看像不像问题。"""
SURE = 0.6
"""一句话能改回来的，有这么大的把握就照办。"""
UNASKED = 0.9
"""没对着助手说，也当真所需的把握。"""
HINTED, HINTED_THEM = 0.02, 0.2
"""答疑也答不上来时，给秘书处的、别人的人提示最像的一件，所需的把握。"""
LONGEST = 2_000
_REFUSALS = {
    Role.SECRETARIAT: house.SECRETARIAT_ONLY,
    Role.SUPERUSER: house.SUPERUSER_ONLY,
}
_STUCK = (Outcome.UNKNOWN, Outcome.OFF_TOPIC)
"""答疑也答不上来。"""
_QUESTION = re.compile(
    r"谁|怎[么样]|咋|如何|哪|什么|啥|为何|多少|几[个点号家时]|对吧|没错吧|对[吗不]|是不是"
)
_QUOTED = re.compile(r"[「『“\"][^」』”\"]*[」』”\"]|(?<!\d)[:：].*$", re.S)
_FILLER = re.compile(r"[\W一下个把吧了请帮我的给]")


@dataclass(frozen=True, slots=True)
class Meant:
    """听出来的；`taken` 为假的只够提示他怎么说。"""

    order: Order
    confidence: float
    taken: bool


class Clerk:
    """听懂要办的事，照办或先放上确认台。

    参数:
        obedience: 谁来照口令办
    """

    def __init__(
        self,
        hearing: Hearing,
        access: Access,
        groups: Groups,
        desk: Desk,
        conversation: Conversation,
        lexicon: Lexicon,
        facts: Facts,
        obedience: Obedience,
    ) -> None:
        self.hearing = hearing
        self._access = access
        self._groups = groups
        self._desk = desk
        self._conversation = conversation
        self._lexicon = lexicon
        self._facts = facts
        self._waiting = Waiting()
        self._obedience = obedience

    async def complete(self, message: Message) -> Reply | None:
        """刚问了他缺的一样，这句是不是在补；不是为 `None`，也就不再等。"""
        pending = self._waiting.take(message)
        if pending is None:
            return None
        assent = self._lexicon.assents.read(message.text)
        if assent is not None and not assent.yes:
            return Reply(wording.DROPPED)
        if pending.command:
            if assent is None:
                return None
            told = self._told(message, pending.text)
            return await self._do(told, pending.order, pending.command, 1.0)
        told = self._told(message, f"{pending.text}，{message.text}")
        try:
            command = await pending.order.write(told)
        except AssistantError:
            return None
        return await self._do(told, pending.order, command, 1.0)

    async def take(self, message: Message) -> Reply | None:
        """当作要办事来听；不是、或不归他办的为 `None`。"""
        meant = self.meant(message)
        if meant is None:
            return None
        role = self._access.rights(message.person).role
        if role >= meant.order.role:
            if meant.taken:
                return await self._carry_out(message, meant)
            return await self._hint(message, meant.order)
        refusal = _REFUSALS[meant.order.role].format(word=meant.order.word)
        return Reply(refusal) if message.addressed else None

    def meant(self, message: Message) -> Meant | None:
        """听出要办的事；不像要办事的为 `None`。"""
        role = self._access.rights(message.person).role
        if not self._listens(message, role):
            return None
        heard = self.hearing.hear(message.text)
        order = ORDERS.get(heard.order) if heard else None
        if heard is None or order is None:
            return None
        confidence, said = heard.confidence, _QUOTED.sub("", message.text)
        if not order.asked and only_asks(said):
            return None
        if not order.asked and _QUESTION.search(said):
            confidence *= QUESTIONED
        if not message.addressed:
            plain = heard.clear >= UNASKED and role >= order.role
            plain = plain and confidence == heard.confidence
            return Meant(order, heard.clear, taken=True) if plain else None
        decision = None
        if confidence < PLAIN or role < order.role:
            decision = self._conversation.judge(message)
        if role < order.role and _is_answered(decision, order, message.text):
            return None
        if role is Role.EVERYONE:
            asking = ends_asking(message.text) and not order.asked
            return _weigh(order, confidence, decision, PLAIN if asking else THEIRS)
        return _weigh_ours(order, confidence, decision)

    def _listens(self, message: Message, role: Role) -> bool:
        text = message.text
        if not text or len(text) > LONGEST or message.person.is_anonymous:
            return False
        if not re.search(r"[^\W\d]{2}", text):
            return False
        if speech_of(text) not in (Speech.ASKING, Speech.TELLING):
            return False
        if message.addressed:
            return True
        # 没点名的只听秘书处的，而且不是在对别人说
        mode = self._groups.get(message.place).mode
        return role > Role.EVERYONE and mode is Mode.AUTO and not message.mentions

    def _told(self, message: Message, text: str) -> Told:
        region = self._groups.get(message.place).region
        return Told(text, message, region, self._lexicon.regions, self._facts)

    async def _carry_out(self, message: Message, meant: Meant) -> Reply:
        order = meant.order
        told = self._told(message, message.text)
        try:
            command = await order.write(told)
        except AssistantError as error:
            self._waiting.keep(message, order, message.text)
            return Reply(str(error))
        return await self._do(told, order, command, meant.confidence)

    async def _do(
        self, told: Told, order: Order, command: str, confidence: float
    ) -> Reply:
        message = told.message
        direct = order.manner is Manner.DIRECT or (
            order.manner is Manner.LIGHT and confidence >= SURE
        )
        listing = order.lists and command == order.word
        if direct or listing or is_nearly(message.text, command):
            reply = await self._obedience.obey(replace(message, text=command))
            return reply or Reply(wording.hint(order.title, order.how))
        slip = order_slip(order, command, "；".join(told.notes), message)
        return await self._desk.propose(slip, message)

    async def _hint(self, message: Message, order: Order) -> Reply:
        """说最像的是哪一件；他说“对”就照办。"""
        try:
            how = await order.write(self._told(message, message.text))
        except AssistantError:
            return Reply(wording.hint(order.title, order.how))
        self._waiting.keep(message, order, message.text, how)
        return Reply(wording.hint_ready(order.title, how))


def _is_answered(decision: Decision | None, order: Order, text: str) -> bool:
    """他本来就办不了，答疑又答得上来的：是在问，不必拒绝。"""
    if decision is None:
        return False
    near = order.asked and ends_asking(text) and decision.outcome is Outcome.NEAREST
    return near or decision.outcome is Outcome.ANSWER


def _weigh(
    order: Order, confidence: float, decision: Decision | None, least: float
) -> Meant | None:
    """别人的话：比当作问题更有把握才算；不够而答疑也答不上来的，只提示。"""
    if confidence >= max(least, _rival(decision)):
        return Meant(order, confidence, taken=True)
    hinted = _is_stuck(decision) and confidence >= HINTED_THEM
    return Meant(order, confidence, taken=False) if hinted else None


def _weigh_ours(
    order: Order, confidence: float, decision: Decision | None
) -> Meant | None:
    """秘书处的话：多半在办事。"""
    rival = _rival(decision)
    enough = SHARE * rival if order.role > Role.EVERYONE else rival
    if confidence >= max(OURS, rival) or confidence >= max(LIKELY, enough):
        return Meant(order, confidence, taken=True)
    stuck = _is_stuck(decision) or confidence > rival
    hinted = stuck and confidence >= HINTED
    return Meant(order, confidence, taken=False) if hinted else None


def is_nearly(text: str, command: str) -> bool:
    """差不多就是这个口令：除了口令里的字和几个虚字，没有别的。"""
    said = _FILLER.sub("", text)
    left = [char for char in said if char not in command]
    return len(said) > 1 and not left


def _is_stuck(decision: Decision | None) -> bool:
    """答疑答不上来。"""
    return decision is not None and decision.outcome in _STUCK


def _rival(decision: Decision | None) -> float:
    """当作问题的把握；没有问为零。"""
    if decision is None or not decision.candidates:
        return 0.0
    return decision.best.confidence
