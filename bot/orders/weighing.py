"""听出来的事，与当作问题、当作闲话比，够不够当真。"""

import re
from dataclasses import dataclass

from bot.access import Role
from bot.answering import Decision, Outcome
from bot.directory import SOURCE as LOOK_UPS
from bot.text import ends_asking, is_question

from .models import Order
from .slots import written

OURS, THEIRS = 0.2, 0.6
"""秘书处的、别人的话，当作要办事所需的把握。"""
LIKELY, SHARE = 0.4, 0.6
"""秘书处的人多半在办事：有 `LIKELY`，又有当作问题的把握的 `SHARE` 这么多，就够。"""
QUESTIONED = 0.5
"""话里有“谁”“怎么”，而这件事不会这样说：把握打的折扣。"""
STATED = 0.3
"""没在问的，当作问题的把握打的折扣。"""
PLAIN = 0.8
"""有这么大的把握，不必再看像不像问题。"""
FAINT = 0.1
"""答疑只有这么点把握，与答不上来差不多。"""
SURE = 0.6
"""一句话能改回来的，有这么大的把握就照办。"""
UNASKED = 0.9
"""没对着助手说，也当真所需的把握。"""
HINTED, HINTED_THEM = 0.02, 0.15
"""答疑也答不上来时，给秘书处的、别人的人提示最像的一件，所需的把握；秘书处的没在问，
总要提示：没听懂的吩咐不是老师的问题。"""
_STUCK = (Outcome.UNKNOWN, Outcome.OFF_TOPIC)
"""答疑也答不上来。"""
_CHANGING = re.compile(r"[改换变更新停错补加添删记登]|现在|离职|不对|不用|作废")
"""说了要动什么。"""
_REPORTING = re.compile(r"[了过啦](?:$|[,，。!！~\s])")
_WANTING = re.compile(r"[把你您请帮]|麻烦|劳驾|助手|机器人")
"""“截止日期延了”是在说事，“把提醒停了”是要人办。"""
_FILLER = re.compile(r"[\W一下个把吧了请帮我的给]")


@dataclass(frozen=True, slots=True)
class Meant:
    """听出来的；`taken` 为假的只够提示他怎么说。"""

    order: Order
    confidence: float
    taken: bool


def weigh(
    order: Order, confidence: float, decision: Decision | None, role: Role, text: str
) -> Meant | None:
    """够不够办，够不够提示；都不够为 `None`。

    参数:
        decision: 当作问题来听的结果；不必看的为 `None`
    """
    if _is_look_up(decision, text):
        return None
    asking = is_question(text)
    if role is Role.EVERYONE:
        least = THEIRS
        reporting = _REPORTING.search(text) and not _WANTING.search(text)
        if (ends_asking(text) and not order.asked) or (reporting and role < order.role):
            least = PLAIN
        return _weigh(order, confidence, decision, least, asking=asking)
    rival = _rival(decision) * (1.0 if asking else STATED)
    least = HINTED if asking else 0.0
    return _weigh_ours(order, confidence, decision, rival, least)


def _weigh(
    order: Order,
    confidence: float,
    decision: Decision | None,
    least: float,
    *,
    asking: bool,
) -> Meant | None:
    """别人的话：比当作问题更有把握才算；不够而答疑答不上来的，只提示；

    他自己就办得了的，又不是在问，答疑更没有把握也提示。他办不了的，又是在问：
    答不上来也是问题，记下来，不提示。
    """
    rival = _rival(decision)
    if confidence >= max(least, rival):
        return Meant(order, confidence, taken=True)
    own = order.role is Role.EVERYONE and confidence > rival and not asking
    his = order.role is Role.EVERYONE or not asking
    hinted = his and confidence >= HINTED_THEM and (own or _is_stuck(decision))
    return Meant(order, confidence, taken=False) if hinted else None


def _weigh_ours(
    order: Order,
    confidence: float,
    decision: Decision | None,
    rival: float,
    least: float,
) -> Meant | None:
    """秘书处的话：多半在办事。

    参数:
        rival: 当作问题的把握
    """
    enough = SHARE * rival if order.role > Role.EVERYONE else rival
    if confidence >= max(OURS, rival) or confidence >= max(LIKELY, enough):
        return Meant(order, confidence, taken=True)
    stuck = _is_stuck(decision) or confidence > rival
    hinted = stuck and confidence >= least
    return Meant(order, confidence, taken=False) if hinted else None


def is_answered(decision: Decision | None, order: Order, text: str) -> bool:
    """他本来就办不了，答疑又答得上来的：是在问，不必拒绝。"""
    if decision is None:
        return False
    if decision.outcome is Outcome.NEAREST:
        asks = order.asked and ends_asking(text)
        return asks or decision.best.confidence >= LIKELY
    return decision.outcome is Outcome.ANSWER


def is_nearly(text: str, command: str) -> bool:
    """差不多就是这个口令：除了口令里的字和几个虚字，没有别的。"""
    said = _FILLER.sub("", written(text))
    left = [char for char in said if char not in command]
    return len(said) > 1 and not left


def _is_look_up(decision: Decision | None, text: str) -> bool:
    """“物流管理的联系人”：名录答得上来，又没说要改什么，就是在查。"""
    if decision is None or decision.outcome is not Outcome.ANSWER:
        return False
    return decision.best.source == LOOK_UPS and not _CHANGING.search(text)


def _is_stuck(decision: Decision | None) -> bool:
    """答疑答不上来，或只有极不像的。"""
    if decision is None or decision.outcome in _STUCK:
        return decision is not None
    nearest = decision.outcome is Outcome.NEAREST
    return nearest and decision.best.confidence < FAINT


def _rival(decision: Decision | None) -> float:
    """当作问题的把握；没有问为零。"""
    return decision.chance if decision else 0.0
