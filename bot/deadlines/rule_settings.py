"""读提醒规则的设置：`窗口 开始 7 3 1 当天`、`双周报 2 当天`、`时间 9:15`。"""

import re
from dataclasses import replace

from bot import clock
from bot.errors import AssistantError
from bot.outbox import OPENS
from bot.text.dates import parse_moment

from . import wording
from .models import Rule
from .planning import LATEST

MAX_LEAD = 60
"""最多提前几天。"""

_NAMES = frozenset({"开始", "截止", "截止前", "提前", "前"})
"""说明后面的天数是离什么的，不是天数。"""


class RuleError(AssistantError):
    """规则不能这样设；消息说明原因。"""


def changed_rule(rule: Rule, text: str) -> Rule:
    """照一句设置改过的规则。

    异常:
        AssistantError: 读不懂，或起发时刻太早太晚
    """
    what, *words = re.split(r"[\s,，、]+", text.strip())
    if what == "时间" and words:
        moment = parse_moment(f"今天 {' '.join(words)}", clock.now())
        if moment.at is None:
            raise RuleError(wording.RULE_USAGE)
        if not OPENS <= moment.at <= LATEST:
            raise RuleError(wording.HOURS_REFUSED)
        return replace(rule, at=moment.at)
    if what not in ("窗口", "双周报"):
        raise RuleError(wording.RULE_USAGE)
    opening = "开始" in words
    leads = tuple(
        sorted({_lead(word) for word in words if word not in _NAMES}, reverse=True)
    )
    if what == "双周报":
        return replace(rule, report_leads=leads)
    return replace(rule, opening=opening, window_leads=leads)


def _lead(word: str) -> int:
    match = re.fullmatch(r"(?:前|提前)?(\d{1,2})天?", word)
    days = 0 if word == "当天" else int(match[1]) if match else -1
    if not 0 <= days <= MAX_LEAD:
        raise RuleError(wording.RULE_USAGE)
    return days
