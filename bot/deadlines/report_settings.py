"""读双周报的设置：`首次截止 2027-01-08 17:00 [提前/顺延/不变] [@联系人]`。"""

import re
from datetime import datetime
from typing import Any

from bot import clock
from bot.errors import AssistantError
from bot.text.dates import parse_moment

from . import replies
from .models import HolidayRule, ReportSetting


class ReportError(AssistantError):
    """这样设置不了；消息说明原因。"""


def read_setting(region: str, text: str) -> ReportSetting:
    """读一句设置。

    异常:
        AssistantError: 没有日期、没有钟点，或读不懂
    """
    rule, mention = HolidayRule.UNCHANGED, False
    words = text.rstrip("。！!，, ").split()
    while words and (words[-1] in list(HolidayRule) or words[-1].endswith("联系人")):
        word = words.pop()
        if word.endswith("联系人"):
            mention = not word.startswith("不")
        else:
            rule = HolidayRule(word)
    phrase = re.sub(r"^首次截止[:：]?\s*", "", " ".join(words))
    if not phrase:
        raise ReportError(replies.REPORT_USAGE)
    anchor = parse_moment(phrase, clock.now())
    if anchor.at is None:
        raise ReportError(replies.needs_clock(anchor))
    return ReportSetting(region, anchor.start, rule, mention)


def pack(setting: ReportSetting) -> dict[str, Any]:
    """存进待确认的事。"""
    return {
        "region": setting.region,
        "anchor": setting.anchor.isoformat(),
        "holidays": setting.holidays,
        "mention": setting.mention,
    }


def unpack(payload: dict[str, Any]) -> ReportSetting:
    """从待确认的事里取出。"""
    return ReportSetting(
        payload["region"],
        clock.local(datetime.fromisoformat(payload["anchor"])),
        HolidayRule(payload["holidays"]),
        payload["mention"],
    )
