"""没有摆着等确认的事，却应了一声：缺的还没补，或上一句已经当即办了。"""

from dataclasses import dataclass

from bot.access import Access, Role
from bot.confirming.wording import NOTHING
from bot.messages import Message, Reply
from bot.text.assent import Assent

from . import wording
from .pending import Pending, Waiting
from .reacting import Reactions
from .recent import Recent
from .weighing import PLAIN, Meant


@dataclass(frozen=True, slots=True)
class Context:
    """应的这一声之前。

    参数:
        said: 整句就是答应或不要的，是哪一种
        meant: 当作要办的事来听的结果
        pending: 问了他一样、还没补的
        settled: 他刚在这里确认了一件
    """

    said: Assent | None
    meant: Meant | None
    pending: Pending | None
    settled: bool


class Nods:
    """听是不是只应了一声，回什么。"""

    def __init__(
        self, reactions: Reactions, recent: Recent, waiting: Waiting, access: Access
    ) -> None:
        self._reactions = reactions
        self._recent = recent
        self._waiting = waiting
        self._access = access

    def hears(self, message: Message, context: Context) -> bool:
        """只是应了一声，不是要办什么；没有上文的“修改记录”不是在应什么。"""
        said, meant = context.said, context.meant
        taken = meant is not None and meant.taken
        if said is not None:
            return meant is None or (not taken and _only_nods(said, meant))
        about = context.settled or context.pending or self._recent.done(message)
        if not about or not self._is_ours(message):
            return False
        sure = meant is not None and taken and meant.confidence >= PLAIN
        return not sure and self._reactions.nods(message.text)

    def reply(self, message: Message, context: Context) -> Reply | None:
        """问了他一样的，再问一遍；上一句已经办了的，说结果；

        要办什么的（“OK 记吧”）说没有等着的，光说好的不必。
        """
        said, pending = context.said, context.pending
        if not message.addressed:
            return None
        if pending is not None and pending.asked and (said is None or said.yes):
            self._waiting.keep(
                message, pending.order, pending.text, asked=pending.asked
            )
            return Reply(pending.asked)
        doing = said is None or said.plain or bool(said.acts)
        if not doing or not self._is_ours(message):
            return None
        done = self._recent.done(message)
        return Reply(wording.done_already(done) if done else NOTHING)

    def _is_ours(self, message: Message) -> bool:
        return self._access.rights(message.person).role > Role.EVERYONE


def _only_nods(said: Assent, meant: Meant) -> bool:
    """没有等着的事，只应了一声的，不是要办什么；“嗯，恢复”是。"""
    return meant.order.acts not in said.acts
