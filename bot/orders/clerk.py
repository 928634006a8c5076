"""把要办事的话听成口令，交给口令去办；听不准的提示怎么说。

听的把握与答疑的把握放在一起比：更像问题的，让答疑去答。
"""

import re
from dataclasses import replace
from datetime import datetime

from bot import wording as house
from bot.access import Access, Role
from bot.acting import refusal
from bot.answering import Conversation
from bot.confirming import Desk, Slip, swap_in
from bot.errors import AssistantError
from bot.groups import Groups, Mode
from bot.knowledge import Lexicon
from bot.messages import Message, Quote, Reply
from bot.text import Speech, ends_asking, is_question, only_asks, speech_of

from . import wording
from .facts import Facts
from .hearing import Heard, Hearing
from .kind import ORDER, Obedience, order_slip
from .models import Elsewhere, Manner, Missing, Order, Told
from .nodding import Context, Nods
from .pending import Pending, Waiting
from .reacting import Reactions
from .recent import Recent
from .responses import Responses
from .slots import region_in
from .weighing import (
    PLAIN,
    QUESTIONED,
    SURE,
    UNASKED,
    Meant,
    is_answered,
    is_nearly,
    weigh,
)
from .writing import ORDERS

LONGEST = 2_000
_REFUSALS = {
    Role.SECRETARIAT: house.SECRETARIAT_ONLY,
    Role.SUPERUSER: house.SUPERUSER_ONLY,
}
_QUESTION = re.compile(
    r"谁|怎[么样]|咋|如何|哪|什么|啥|为何|多少|几[个点号家时]|对吧|没错吧|对[吗不]|是不是"
)
_QUOTED = re.compile(r"[「『“\"][^」』”\"]*[」』”\"]|(?<!\d)[:：].*$", re.S)
_SETTLING = re.compile(r"[/／]?(?:确认|取消)")
_TAKING_BACK = re.compile(
    r"(?:[这那]一?[条个]|一条|刚才?|它).*(?:删|撤|不要|去掉)|(?:删|撤|去)掉?(?:[这那]一?[条个]|它)"
)
_PUTS_RIGHT = re.compile(
    r"(?:[啊哎呀哦噢]|等等|[，,\s])*(?:[搞弄说打写]?错|不对|不是)[了啦啊呀]?[，,。!！\s]+\S{1,16}$"
)
"""“错，广西的”：刚办的要改。"""
_CALLING = re.compile(r"[\u4e00-\u9fff]{1,3}(?:老师|主任|处长|校长|院长|同志|[哥姐总])")
"""“张老师你把……”：在叫别人。"""
_OF_QUOTED = ("correct", "unsolved", "broadcast-correct")
"""引用助手的一条来说的，多半是这些。"""
SHOWN = 0.05
"""没听准、只是看看的，有这么大的把握就给他看：看了也不碍什么。"""
OWN = 0.5
"""自己就办得了的，有办不了的这么多的把握，就当是它。"""
_HOW = re.compile(r"怎[么样]|咋|如何")
_NEW, _CONTACT = "directory-add", "contact-update"
_TEACHING, _CORRECTING = "teach", "correct"
_REGIONAL = ("window", "report", "reminder", "broadcast")
"""这些方面的事分地区。"""
_TOPICS = {order.word.replace(" ", ""): order.topic for order in ORDERS.values()}
"""口令（不带空格）→ 说的是哪方面。"""


class Clerk:
    """听懂要办的事，照办或先放上确认台。

    参数:
        hearing: 听是要办哪件事
        responses: 听怎样应刚出示的事
        obedience: 谁来照口令办
    """

    def __init__(
        self,
        hearing: Hearing,
        responses: Responses,
        access: Access,
        groups: Groups,
        desk: Desk,
        conversation: Conversation,
        lexicon: Lexicon,
        facts: Facts,
        obedience: Obedience,
    ) -> None:
        self.hearing = hearing
        self.reactions = Reactions(responses, desk, lexicon.assents)
        self._access = access
        self._groups = groups
        self._desk = desk
        self._conversation = conversation
        self._lexicon = lexicon
        self.facts = facts
        self._waiting, self._recent = Waiting(), Recent()
        self._nods = Nods(self.reactions, self._recent, self._waiting, access)
        self._obedience = obedience

    def heard(self, message: Message, word: str) -> None:
        """他说了一句口令。"""
        plain = word.replace(" ", "")
        if topic := _TOPICS.get(plain):
            self._recent.remember(message, topic)
        if topic == _TEACHING:
            self._conversation.delivered.passed_by(message.place)

    def did(self, message: Message, reply: Reply) -> None:
        """他说的口令照办了，是这样回的；出示了什么、还等着的不算。"""
        if not self._desk.attention.standing(message):
            self._recent.did(message, reply.text.partition("\n")[0])

    async def complete(self, message: Message, *, is_word: bool) -> Reply | None:
        """刚问了他一样，这句是不是在答；不是为 `None`。

        参数:
            is_word: 开头是口令
        """
        self._recent.turn(message)
        pending = self._waiting.find(message)
        if pending is None:
            return None
        said = self._lexicon.assents.read(message.text)
        if pending.number:
            # 是不是它由确认台去定；说了别的，就不再等
            self._waiting.drop(message)
            # 一字不差又说一遍的，不是在应它：对面也许是个机器人
            again = message.text == pending.text
            about = said is not None or (
                not again and self.reactions.is_about(message.text)
            )
            if not about and not _SETTLING.match(message.text):
                await self._desk.drop([pending.number], message.person)
            return None
        if said is not None and (said.yes or pending.passed):
            return None
        if said is not None:
            self._waiting.drop(message)
            return Reply(wording.DROPPED)
        if not is_word and (told := await self._completed(message, pending)):
            self._waiting.drop(message)
            return await self._do(*told, 1.0)
        self._waiting.passed_by(message)
        return None

    async def _completed(
        self, message: Message, pending: Pending
    ) -> tuple[Told, Order, str] | None:
        """连着先前说的，够写成口令了；是在问、在说另一件的为 `None`。"""
        order = pending.order
        if ends_asking(message.text) and not order.asked:
            return None
        other = self.hearing.hear(message.text)
        if other and other.order != order.name and other.confidence >= PLAIN:
            return None
        told = await self._told(message, f"{pending.text}，{message.text}", order)
        try:
            return told, order, await order.write(told)
        except AssistantError:
            return None

    async def take(self, message: Message) -> Reply | None:
        """当作要办事来听；不是、或不归他办的为 `None`。"""
        pending = self._waiting.find(message)
        self._waiting.drop(message)
        settled = await self._desk.just_settled(message)
        topic = self._recent.topic(message, _topic_settled(settled))
        meant = self.meant(message, topic)
        if proposal := await self.reactions.standing(message):
            reply = await self.reactions.take(message, proposal, meant)
            if reply is not None:
                return reply
        said = self._lexicon.assents.read(message.text)
        before = Context(said, meant, pending, settled is not None)
        if self._nods.hears(message, before):
            return self._nods.reply(message, before)
        if meant is None:
            return None
        role = self._access.rights(message.person).role
        if role >= meant.order.role:
            self._recent.remember(message, meant.order.topic)
            if refused := self._refused(message, meant.order):
                return Reply(refused)
            if meant.taken:
                begun = _begun(pending, meant.order)
                return await self._carry_out(message, meant, begun)
            return await self._hint(message, meant)
        refused = _REFUSALS[meant.order.role].format(word=meant.order.word)
        return Reply(refused) if message.addressed else None

    def meant(self, message: Message, topic: str = "") -> Meant | None:
        """听出要办的事；不像要办事的为 `None`。

        参数:
            topic: 刚跟他办的是哪方面的
        """
        role = self._access.rights(message.person).role
        if not self._listens(message, role):
            return None
        heard = self._heard(message, role, topic)
        order = ORDERS.get(heard.order) if heard else None
        if heard is None or order is None:
            return None
        confidence, said = heard.confidence, _QUOTED.sub("", message.text)
        if order.topic == topic and role >= order.role and _PUTS_RIGHT.match(said):
            confidence = max(confidence, PLAIN)
        if not order.asked and only_asks(said):
            return self._how(message, order, confidence, role)
        if not order.asked and _QUESTION.search(said):
            confidence *= QUESTIONED
        if not message.addressed:
            plain = heard.clear >= UNASKED and role >= order.role
            plain = plain and confidence == heard.confidence
            return Meant(order, heard.clear, taken=True) if plain else None
        decision = None
        if confidence < PLAIN or role < order.role:
            decision = self._conversation.judge(message)
        telling = confidence >= PLAIN and not is_question(message.text)
        asking = is_answered(decision, order, message.text) and not telling
        if role < order.role and asking:
            return None
        return weigh(order, confidence, decision, role, message.text)

    def _how(
        self, message: Message, order: Order, confidence: float, role: Role
    ) -> Meant | None:
        """秘书处在问自己的事怎么办：答疑答不上来的，说口令怎么写。"""
        own = role >= order.role > Role.EVERYONE and message.addressed
        if not own or confidence < SURE or not _HOW.search(message.text):
            return None
        decision = self._conversation.judge(message)
        if is_answered(decision, order, message.text):
            return None
        return Meant(order, confidence, taken=False)

    def _heard(self, message: Message, role: Role, topic: str) -> Heard | None:
        """听一句；自己就办得了的也像，就不往办不了的上面想。"""
        text = f"{'@' if message.mentions else ''}{message.text}"
        likely = [name for name, order in ORDERS.items() if order.topic == topic]
        if message.quote and message.quote.by_assistant:
            likely += _OF_QUOTED
        # 名录里已经有的证书，说的不会是要加它
        unlikely = [_NEW] if self.facts.has_certificate(message.text) else []
        answered = self._conversation.delivered.latest(message.place)
        if answered and not self.facts.has_entity(message.text):
            # 刚答过一条，又没说是谁的：要改的是那条答案
            unlikely.append(_CONTACT)
            likely.append(_CORRECTING)
        if likely and topic and _takes_back(message.text, topic):
            unlikely = [name for name in ORDERS if name not in likely]
        if swap_in(message.text):
            # 说了改成什么，就不是只看看
            unlikely += [name for name, order in ORDERS.items() if order.shows]
        ours = role > Role.EVERYONE
        heard = self.hearing.hear(text, likely, unlikely, tails=ours)
        order = ORDERS.get(heard.order) if heard else None
        if heard is None or order is None or role >= order.role:
            return heard
        above = [name for name, order in ORDERS.items() if order.role > role]
        own = self.hearing.hear(text, likely, above)
        return own if own and own.confidence >= OWN * heard.confidence else heard

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
        others = message.mentions or _CALLING.match(text)
        return role > Role.EVERYONE and mode is Mode.AUTO and not others

    async def _told(self, message: Message, text: str, order: Order) -> Told:
        region, answered = self._groups.get(message.place).region, None
        delivered = self._conversation.delivered
        if order.name == _CORRECTING and message.quote is None:
            # 只有更正说的是刚答的；广播、导入引用了什么，就要取那条的内容
            if latest := delivered.latest(message.place):
                message = replace(message, quote=Quote(latest, by_assistant=True))
        if self._lacks_region(message, text, order):
            # 接着刚才那个地区的说
            text = "，".join(filter(None, [self._recent.region(message), text]))
        if quote := message.quote:
            answered = await delivered.find(message.place, quote.message_id)
        return Told(
            text,
            message,
            region,
            self._lexicon.regions,
            self.facts,
            answered,
            self._recent.command(message),
        )

    def _lacks_region(self, message: Message, text: str, order: Order) -> bool:
        """分地区的事，管着各地的人没说是哪个地区，这里也没有绑定。"""
        if order.topic not in _REGIONAL or self._groups.get(message.place).region:
            return False
        everywhere = self._access.rights(message.person).everywhere
        regions = self._lexicon.regions
        return everywhere and region_in(_QUOTED.sub("", text), regions) is None

    def _refused(self, message: Message, order: Order) -> str:
        """说的是他管不着的地区：怎么回绝；管得着、没说地区的为空。"""
        said = _QUOTED.sub("", message.text)
        region = region_in(said, self._lexicon.regions)
        if order.role is Role.EVERYONE or order.topic not in _REGIONAL or not region:
            return ""
        return refusal(self._access.rights(message.person), region)

    async def _carry_out(self, message: Message, meant: Meant, begun: str) -> Reply:
        """办。

        参数:
            begun: 同一件事，先前说了而没有说全的
        """
        order = meant.order
        text = f"{begun}，{message.text}" if begun else message.text
        told = await self._told(message, text, order)
        try:
            command = await order.write(told)
        except Elsewhere as error:
            return Reply(str(error))
        except AssistantError as error:
            self._waiting.keep(message, order, text, asked=str(error))
            return Reply(str(error))
        return await self._do(told, order, command, meant.confidence)

    async def _do(
        self, told: Told, order: Order, command: str, confidence: float
    ) -> Reply:
        message = told.message
        self._recent.wrote(message, command)
        if region := region_in(command.partition("：")[0][:20], told.regions):
            self._recent.spoke_of(message, region)
        restated = order.manner is Manner.RESTATED or order.restates(told)
        direct = (
            order.manner is Manner.DIRECT
            or restated
            or (order.manner is Manner.LIGHT and confidence >= SURE and not told.notes)
        )
        argument = command.removeprefix(order.word).strip()
        listing = order.lists and argument in ("", *self._lexicon.regions.names)
        if direct or listing or is_nearly(message.text, command):
            return await self._obey(message, order, command)
        slip = order_slip(
            order, command, "；".join([*told.notes, *told.glosses]), message
        )
        return await self._propose(message, slip)

    async def _obey(self, message: Message, order: Order, command: str) -> Reply:
        """照口令办。"""
        reply = await self._obedience.obey(replace(message, text=command))
        if reply and not order.shows:
            self.did(message, reply)
        return reply or Reply(wording.hint(order.title, order.how))

    async def _propose(self, message: Message, slip: Slip) -> Reply:
        """放上确认台；这里正等着的就是它，又换句话说了一遍，就是照办。"""
        for waiting in await self._desk.opened(message.person, slip.kind):
            same = waiting.payload["command"] == slip.payload["command"]
            if same and waiting.place == message.place:
                return await self._desk.agree(message, waiting)
        return await self._desk.propose(slip, message)

    async def _hint(self, message: Message, meant: Meant) -> Reply:
        """说最像的是哪一件；只是看看的就给他看，别的他说“对”、或补上缺的就照办。"""
        order, confidence = meant.order, meant.confidence
        told = await self._told(message, message.text, order)
        try:
            how = await order.write(told)
        except Elsewhere as error:
            return Reply(str(error))
        except Missing as error:
            if not await self._desk.opened(message.person, ORDER):
                # 另有一件等着的，接着说的多半是它
                self._waiting.keep(message, order, message.text, asked=str(error))
            return Reply(wording.hint_lacking(order.title, str(error), order.how))
        except AssistantError:
            return Reply(wording.hint(order.title, order.how))
        if order.manner is Manner.RESTATED or order.restates(told):
            return await self._obey(message, order, how)
        if order.shows and confidence >= SHOWN:
            shown = await self._obey(message, order, how)
            return Reply(wording.shown_at_once(order.title, shown.text))
        slip = order_slip(order, how, "", message, unsure=True)
        reply = await self._propose(message, slip)
        if number := self._desk.attention.standing(message):
            self._waiting.keep(message, order, message.text, number=number)
        return reply


def _begun(pending: Pending | None, order: Order) -> str:
    """同一件事，先前说了而没有说全的；没有为空。"""
    if pending is None or pending.number or pending.order is not order:
        return ""
    return pending.text


def _takes_back(text: str, topic: str) -> bool:
    """“这条不要了”：指着刚办的说要去掉，又没有提到别的事。"""
    named = (o.word.split()[0] for o in ORDERS.values() if o.topic != topic)
    others = any(len(word) > 1 and word in text for word in named)
    return not others and _TAKING_BACK.search(text) is not None


def _topic_settled(
    settled: tuple[str, datetime] | None,
) -> tuple[str, datetime] | None:
    """刚确认的那类事是哪方面的。"""
    if settled is None:
        return None
    title, at = settled
    topics = (topic for word, topic in _TOPICS.items() if title in word)
    topic = next(topics, "")
    return (topic, at) if topic else None
