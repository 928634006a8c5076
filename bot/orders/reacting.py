"""对刚出示、等着确认的一件事，用自己的话说照办、不要了、先放着，或要改一处。

整句就是“确认”“算了”的，确认台自己听得懂；这里的由各人的说法学来（见 `responses`）。
"""

import re

from bot.confirming import Desk, Proposal, loose_swap, swap_in
from bot.messages import Message, Reply
from bot.text import is_question
from bot.text.assent import Assents

from . import wording
from .figures import has_figures, has_only
from .responses import Felt, Reaction, Responses
from .weighing import PLAIN, Meant

LIKELY = 0.4
"""像是在说它，所需的把握。"""
SURE = 0.6
"""在问的，要有这么大的把握；不要了的，有这么大的把握就不再问：什么也没做，再提就是。"""


_MORE = re.compile(r"但|不|别|先|等|再|还|另|除|只|[?？吗]|什么")
"""答应之外也许另有条件、另有内容。"""
_CONDITION = re.compile(r"但|不过|除|[?？吗]")
"""听来再像答应，带着这些就另有条件、是在问。"""
LONGEST_ECHO = 2
AFFIRMED, AGREED, CERTAIN = 0.5, 0.6, 0.9
"""不必再问一遍就照办所需的把握：头一句已经明说了对的；没有明说，也没有带着别的内容的；带着的。"""


NODDED = 0.75
"""没有摆着的事，头一句也没有明说，听作答应所需的把握。"""


class Reactions:
    """听人怎样应刚出示的事。

    参数:
        responses: 照 `reactions.yaml` 学的
        assents: 听得出答应的
    """

    def __init__(self, responses: Responses, desk: Desk, assents: Assents) -> None:
        self.responses = responses
        self._desk = desk
        self._assents = assents

    async def standing(self, message: Message) -> Proposal | None:
        """这句话可能是在应哪一件；没有为 `None`。"""
        attention = self._desk.attention
        answers = message.addressed or attention.answering(message) is not None
        return await self._desk.standing(message) if answers else None

    async def take(
        self, message: Message, proposal: Proposal, meant: Meant | None
    ) -> Reply | None:
        """应的是它就照着做；不是、更像要办别的事为 `None`。

        参数:
            meant: 当作另一件要办的事来听的结果
        """
        if self._echoes(message.text):
            return await self._desk.agree(message, proposal)
        felt = self.responses.hear(message.text)
        least = SURE if is_question(message.text) else LIKELY
        explicit = swap_in(message.text) is not None
        sure = felt.reaction is not Reaction.OTHER and felt.confidence >= least
        if not sure and not explicit:
            return None
        reaction = felt.reaction if sure else Reaction.CHANGE
        other = meant is not None and meant.taken
        if meant is not None and other:
            # “打错了，甲是乙”说的是刚出示的：不是另一件同类的事
            same = explicit and meant.order.topic == proposal.kind
            least = PLAIN if explicit else felt.confidence
            if meant.confidence >= least and not same:
                return None
            reaction = Reaction.CHANGE if same else reaction
        if explicit and reaction in (Reaction.WAIT, Reaction.AGREE):
            # “等等，是四点”：说得出改成什么的，就是要改
            changed = await self._change(message, proposal, asks=False)
            if changed is not None:
                return changed
        match reaction:
            case Reaction.AGREE if self._is_plain(message, felt) and has_only(
                message.text, await self._desk.shown(message, proposal)
            ):
                return await self._desk.agree(message, proposal)
            case Reaction.AGREE:
                return await self._desk.again(message, proposal)
            case Reaction.DECLINE if felt.confidence >= SURE:
                return await self._desk.decline(message, proposal)
            case Reaction.DECLINE:
                return await self._desk.again(message, proposal)
            case Reaction.WAIT:
                await self._desk.show(message, proposal.number)
                return Reply(wording.kept_waiting(proposal.number))
            case Reaction.CHANGE:
                return await self._change(message, proposal, asks=explicit or not other)
            case Reaction.OTHER:
                return None

    def is_about(self, text: str) -> bool:
        """像是在应摆着的事：答应、不要、先放着，或要改一处。"""
        felt = self.responses.hear(text)
        answering = felt.reaction is not Reaction.OTHER and felt.confidence >= LIKELY
        return answering or swap_in(text) is not None

    def nods(self, text: str) -> bool:
        """没有摆着的事，整句不是现成的答应，也听得出是在答应。"""
        if is_question(text) or has_figures(text):
            return False
        felt = self.responses.hear(text)
        least = AGREED if self._assents.opens_yes(text) else NODDED
        return felt.reaction is Reaction.AGREE and felt.confidence >= least

    def _is_plain(self, message: Message, felt: Felt) -> bool:
        """“对，就是他”“嗯呢，就按这个走”：听来就是答应，没有别的内容，不必再问一遍。"""
        if felt.confidence >= CERTAIN and not _CONDITION.search(message.text):
            return True
        if _MORE.search(message.text):
            return False
        affirmed = self._assents.opens_yes(message.text)
        return felt.confidence >= (AFFIRMED if affirmed else AGREED)

    def _echoes(self, text: str) -> bool:
        """“对呀对呀，挂”：说了对，后面只有一两个字。"""
        head, comma, tail = text.strip("。.!！~～ ").partition("，")
        said = self._assents.read(head) if comma else None
        short = 0 < len(tail) <= LONGEST_ECHO and not _MORE.search(tail)
        return said is not None and said.yes and short

    async def _change(
        self, message: Message, proposal: Proposal, *, asks: bool
    ) -> Reply | None:
        """照话里的改。

        参数:
            asks: 看不出改成什么的，问；不问的为 `None`
        """
        swap = loose_swap(message.text)
        changed = await self._desk.change(message, proposal, swap) if swap else None
        if changed is not None:
            return changed
        if not asks:
            return None
        await self._desk.show(message, proposal.number)
        return Reply(wording.change_what(proposal.number))
