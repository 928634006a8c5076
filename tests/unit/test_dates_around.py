"""日期夹在闲话里：听得准的收，听不准的不收。"""

from datetime import date, datetime

import pytest

from bot import clock
from bot.text.dates import DateError, split_trailing

NOW = datetime(2026, 11, 29, 10, tzinfo=clock.ZONE)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("申报 跟您说一声哈，12月6号开整，12月16号拉倒", (12, 6), (12, 16)),
        ("申报 关门日子12月22号。开门日子12月8号。就这些了", (12, 8), (12, 22)),
        ("补报 麻烦了，后天开，开到12月15号", (12, 1), (12, 15)),
        ("申报 报名关到12月23号，从12月1号就能报了", (12, 1), (12, 23)),
        ("申报 12月17号就打烊了哦", None, (12, 17)),
    ],
)
def test_dates_amid_chat(
    text: str, first: tuple[int, int] | None, last: tuple[int, int]
) -> None:
    _, span = split_trailing(text, NOW)
    assert (span.first and span.first.day) == (first and date(2026, *first))
    assert span.last.day == date(2026, *last)


@pytest.mark.parametrize(
    "text",
    [
        "申报 12月6号还是12月8号开，12月16号拉倒哈",  # 拿不准
        "申报 听老王说12月6号开，12月16号关哦",
        "申报 12月6号开会，12月16号聚餐哦",  # 不是起止
        "申报 12月16号开，大概12月20号关吧",
        "申报 12月6号开了，别的再说",  # 没说截止
        "申报 12月6号开，12月16号关，12月20号开会哈",  # 还有一处
        "申报 12月6号关，12月16号关哈",  # 两处都是截止
        "申报 3月14日至6月10日 广西",  # 别的话可能要紧
        "申报 12月1日缴费 截至12月20日",
    ],
)
def test_unsure_dates_amid_chat_are_refused(text: str) -> None:
    with pytest.raises(DateError):
        split_trailing(text, NOW)


@pytest.mark.parametrize(
    "text",
    [
        "申报 12月3日至12月17日，你先别录，我再去问一下",
        "申报 3月14日至6月10日，还没定",
    ],
)
def test_what_is_not_settled_yet_is_refused(text: str) -> None:
    with pytest.raises(DateError, match="还没定下来"):
        split_trailing(text, NOW)
