"""把一句话里会变的都换成记号：日子、钟点、编号、号码、地区、校名、要发的原文。

办什么事看的是剩下的话：“窗口3延到6月20日”与“窗口1延到月底”是同一句。
"""

import re
import unicodedata

from bot.text import Regions, plain
from bot.text.dates.numbers import NUMBER as COUNT

DAY, CLOCK, NUMBER, CODE, PLACE, SCHOOL, TEXT, MAIL = "DCNKPSTM"
_YEAR = r"(?:(?:20)?\d\d|[二〇零一两三四五六七八九]{2,4}|[今明去后本])年度?"
_WEEKDAY = r"(?:[上这本下]{0,2}个?(?:周|星期|礼拜)[一二三四五六日天末](?!次))"
_APART = "的是我们把给让在有请查看帮将了和与吗这那哪各登记删同"
"""校名里不会有的字。"""
_PATTERNS = tuple(
    (re.compile(pattern), mark)
    for pattern, mark in (
        (r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+", MAIL),
        (r"[「『“\"]([^」』”\"]{4,})[」』”\"]", TEXT),
        (r"\d{3,4}-\d{7,8}|(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)\d{5,}(?!\d)", CODE),
        (
            rf"(?:{_YEAR})?(?:{COUNT}月份?|下个?月|本月|这个?月)(?:{COUNT}[日号]?|[底末初])"
            rf"|\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[-/.]\d{{1,2}}(?![\d.])"
            rf"|{_YEAR}|{COUNT}月份?|{_WEEKDAY}|[今明后][天日]|大后天|月底|年底"
            rf"|(?<!第){COUNT}[日号](?![提窗问那通条登])",
            DAY,
        ),
        (
            rf"(?:凌晨|早上|早晨|上午|中午|下午|傍晚|晚上)?"
            rf"(?:\d{{1,2}}[:：]\d\d|{COUNT}[点时](?:半|整|一刻|三刻|{COUNT}分?)?)(?!钟)",
            CLOCK,
        ),
        (
            rf"[^\W\d_{_APART}]{{2,10}}?(?:职业)?(?:技术)?"
            r"(?:学院|大学|学校|中专|职校|职教中心)",
            SCHOOL,
        ),
        (r"\d+", NUMBER),
        (r"第[一二两三四五六七八九十]+", f"第{NUMBER}"),
    )
)
_SPOKEN = re.compile(r"[:：=＝→]\s*(?P<text>.{4,})$", re.S)
_PAIR = re.compile(
    r"(?:^|(?<=[\s:：，,。]))[^\s:：=＝，,。][^:：=＝]{2,}[=＝]+>?\s*[^=＝]+$"
)
"""“问题=答案”。"""
_LOOSE = re.compile(
    r"(?<=\d)\s+(?=[年月日号点时条个处项到至\-~])|(?<=[年月第号日到至\-~])\s+(?=\d)"
)
"""日期、编号里的空格。"""
_ENDED = str.maketrans("啦咯喽嘞", "了了了了", "呀啊哦噢呗嘛哟欸诶唉")
"""语气换了，说的还是同一件事。"""
_CALLED = re.compile(r"@\s*[\u4e00-\u9fff]{2,3}")
_LONGEST = 160


def blank(text: str, regions: Regions) -> str:
    """换成记号，去掉标点，小写；问号留着。"""
    written = unicodedata.normalize("NFKC", plain(text)).lower().translate(_ENDED)
    written = _CALLED.sub("@", _LOOSE.sub("", written))
    written = _PAIR.sub(f"{TEXT}={TEXT}", written)
    if spoken := _SPOKEN.search(written):
        written = f"{written[: spoken.start()]}{TEXT}"
    for pattern, mark in _PATTERNS:
        written = pattern.sub(mark, written)
    named = regions.find(written)
    if named:
        written = written.replace(named, PLACE)
    asking = "?" in written
    bare = "".join(c for c in written if c.isalnum() or c == "+" or c == "@")
    bare = re.sub(rf"(?:{DAY}[到至]?)+{DAY}", DAY, bare)
    return bare[:_LONGEST] + ("?" if asking else "")
