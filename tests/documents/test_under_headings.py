"""话里没说是做什么的日期，由各级标题说。"""

from datetime import date, datetime

import pytest

from bot import clock
from bot.deadlines import Kind
from bot.documents import Stored
from bot.documents.proposals.dates import windows_in

NOW = datetime(2026, 11, 29, 10, tzinfo=clock.ZONE)


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("申报时间", "1.第一批：2027年3月8日9时至4月16日18时。"),
        ("网上申报 申报时间", "1.第一批：2027年3月8日9时至4月16日18时。"),
        ("网上填报 起止时间", "1.2027年3月8日9时至4月16日18时。"),
        ("网上填报", "（一）起止时间\n3月8日9:00至4月16日18:00。"),
    ],
)
def test_a_window_under_its_heading(heading: str, text: str) -> None:
    passage = Stored(1, 1, "二（一）", heading, text, 1, False)
    found = [window for window, _ in windows_in(passage, "广西", 2027, "示例", NOW)]
    assert [one.kind for one in found] == [Kind.DECLARATION]
    assert found[0].opens
    assert found[0].opens.day == date(2027, 3, 8)
    assert found[0].closes.day == date(2027, 4, 16)


def test_a_report_is_not_the_end_of_the_pilot() -> None:
    text = "双周报改为月报，首期于2027年7月5日前完成。"
    passage = Stored(1, 1, "四（二）", "试点实施 进度报告", text, 1, False)
    found = [window for window, _ in windows_in(passage, "广西", 2027, "示例", NOW)]
    assert all(one.kind is not Kind.COMPLETION for one in found)
