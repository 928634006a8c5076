"""读双周报的设置：`首次截止 2027-01-08 17:00 [提前/顺延/不变] [@联系人]`。"""

import re
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot import clock
from bot.errors import AssistantError
from bot.text.dates import parse_moment

from . import replies
from .models import DAY_END, HolidayRule, ReportSetting


class ReportError(AssistantError):
    """这样设置不了；消息说明原因。"""


_REST = r"(?:放假|节假日|假期|休息日|周末|过节|节日)"
_LATER = re.compile(r"顺延|往后[延推顺拖挪]|[推延]后|后延|推迟")
_EARLIER = re.compile(rf"提前|往前|{_REST}[^，,]{{0,6}}之前")
_ABOUT_RULE = re.compile(
    rf"[，,;；\s]*(?:如果?|要是|若)?(?:遇到?|逢|碰到?|赶上)?[^，,;；\d]{{0,4}}(?:{_REST}[^，,;；\d]{{0,6}}?)?"
    r"(?:顺延|提前|不变|[往推延]后[延推]?|后延|推迟|往前[提挪]?|照旧)(?:一天|到下一?个?工作日|处理)?(?=[，,;；。\s]|$)"
)
_MENTIONED = re.compile(
    r"[，,;；\s]*(?P<no>不|别)?(?:用|要)?(?:@|艾特|点名)(?:一下)?(?:没交的?)?(?:学校的?)?(?:联系人|学校)"
)


def holiday_rule(text: str) -> HolidayRule:
    """遇休息日怎么办；没说照原定。"""
    if _LATER.search(text):
        return HolidayRule.LATER
    return HolidayRule.EARLIER if _EARLIER.search(text) else HolidayRule.UNCHANGED


def mentions_asked(text: str) -> bool:
    """说了要@没交的联系人。"""
    match = _MENTIONED.search(text)
    if match is None:
        return text.rstrip("。！!，, ").endswith("联系人") and "不" not in text[-5:]
    return not match["no"]


def read_setting(region: str, text: str) -> ReportSetting:
    """读一句设置；没写几点的到当天结束。

    异常:
        AssistantError: 没有日期，或读不懂
    """
    rule, mention = holiday_rule(text), mentions_asked(text)
    phrase = _ABOUT_RULE.sub(" ", _MENTIONED.sub(" ", text))
    words = phrase.rstrip("。！!，,;； ").split()
    while words and words[-1].endswith("联系人"):
        words.pop()
    phrase = re.sub(r"^首次截止[:：]?\s*", "", " ".join(words))
    if not phrase:
        raise ReportError(replies.REPORT_USAGE)
    anchor = parse_moment(phrase, clock.now())
    if anchor.at is None:
        anchor = replace(anchor, at=DAY_END)
    return ReportSetting(region, anchor.start, rule, mention)


def phrased(setting: ReportSetting) -> str:
    """写成一句设置，读回来还是它。"""
    rule = "" if setting.holidays is HolidayRule.UNCHANGED else setting.holidays
    mention = "@联系人" if setting.mention else ""
    return " ".join(filter(None, [f"{setting.anchor:%Y-%m-%d %H:%M}", rule, mention]))


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
