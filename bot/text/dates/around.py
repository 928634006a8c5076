"""日期说得明白、旁边还有闲话的：哪一处是开始、哪一处是截止，看紧挨着的字。

只有一两处日期，各是开始还是截止都听得出，别处没有像日期、拿不准的话，才收。
"""

import re
from dataclasses import dataclass

from .mentions import clock_spans, date_spans
from .numbers import CHINESE
from .vague import why_unsaid, why_vague

_SIDES = re.compile(
    r"(?P<opens>开(?:张|整|门|始|放|启|闸|报)?|启|始|起|放开?|[就才]能|可以[报填])|"
    r"(?P<closes>关(?:门|闭|闸)?|截止?|止|结束|收(?:尾|官|摊|口|工)?|停|完|打烊|拉倒|前|到头)"
)
_TO = re.compile(r"(?:到|至|—|–|-|~)\D{0,2}$")
_FROM = re.compile(r"(?:从|自|打)\D{0,2}$")
_ROUGH = re.compile(
    r"[或约]|还是|要么|可能|也许|好像|似乎|大概|差不多|左右|暂|待|未定|再定|另行|再说|记不|忘|不定|"
    r"不是|不对|改[为成到]|延|听[^,，]{0,8}说|不晓得|不知|准不准|别急|先别|推|提前|一样|照旧|原[来定先]|来着|[吗么?？]|看情况|旬|[上下]半年|学期|多[号日天]"
)
"""有一句拿不准、在更正的，就整句不收。"""
_LOOKS_DATED = re.compile(
    rf"\d|[{CHINESE}]+[月号日天周]|(?:周|星期|礼拜)[一二三四五六日天末]|[今明后昨前]天|"
    r"月[初中底末]|年[初中底末]|元旦|国庆|五一|六一|节|假|本月|下月|[本上下]周"
)
_CHAT = re.compile(
    r"[了咯哈啊嘛吧哦呗呀嗷哟噢呢哎唉嗯喂谢你您我咱俺请麻烦帮记抓各位大家老师助手没就都也还又真那这]|"
    r"报$|报名|申报|窗口|时间|日子|日期|当天|系统|半夜|夜里|然后|同年|^年$"
)
"""闲话里总有的字；一个也没有的，可能是没读懂的要紧话（“广西”“缴费”）。"""
_NEAR = 5
_BREAK = re.compile(r"[,，。;；、!！\s]")


@dataclass(frozen=True, slots=True)
class _Mention:
    """一处日期，与紧挨着的前后几个字。"""

    text: str
    before: str
    after: str

    @property
    def is_opening(self) -> bool | None:
        """说是开始、是截止；听不出为 `None`。

        “到……”“从……”最明白，其次是后面紧跟着的，再其次是前面的。
        """
        if _TO.search(self.before):
            return False
        if _FROM.search(self.before):
            return True
        said = _SIDES.search(self.after) or next(
            iter([*_SIDES.finditer(self.before)][::-1]), None
        )
        return None if said is None else said["opens"] is not None

    @property
    def is_doing(self) -> bool:
        """后面紧跟着在那天做的事：“12月1日缴费”。"""
        return bool(self.after.strip("到至—–-~")) or bool(self.before.strip(" 的"))


def dates_around(text: str) -> str | None:
    """话里的起止，写成语法认的；听不准的为 `None`。

    参数:
        text: 规整过的整句
    """
    if why_unsaid(text) or why_vague(text) or _ROUGH.search(text):
        return None
    spans = date_spans(text)
    beside = _without(text, spans)
    if not 1 <= len(spans) <= 2 or _LOOKS_DATED.search(beside):
        return None
    if any(not _CHAT.search(clause) for clause in _clauses(beside)):
        return None
    told = [_mention(text, spans, place) for place in range(len(spans))]
    if len(told) == 2 and told[0].text == told[1].text:
        told = told[:1]
    if len(told) == 1:
        return f"截至{told[0].text}" if told[0].is_opening is False else None
    one, other = told
    if one.is_opening is False and other.is_opening:
        one, other = other, one
    wrong = one.is_opening is False or other.is_opening
    unclear = other.is_opening is None or (one.is_opening is None and one.is_doing)
    if wrong or unclear:
        return None
    return f"{one.text}至{other.text}"


def _mention(text: str, spans: list[tuple[int, int]], place: int) -> _Mention:
    start, end = spans[place]
    low = spans[place - 1][1] if place else 0
    high = spans[place + 1][0] if place + 1 < len(spans) else len(text)
    before = _BREAK.split(text[max(low, start - _NEAR) : start])[-1]
    after = _BREAK.split(text[end : min(high, end + _NEAR)])[0]
    return _Mention(text[start:end], before, after)


def _clauses(text: str) -> list[str]:
    """日期之外的各个分句，去掉说开始、截止的字。"""
    plain = _SIDES.sub(" ", re.sub(r"\[[^\[\]]{1,6}\]", " ", text))
    plain = re.sub(r"从|自|到|至|[—–~-]", " ", plain)
    return [part for part in _BREAK.split(plain) if re.search(r"\w", part)]


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    """日期与钟点之外的话。"""
    blanks = [*spans, *clock_spans(text)]
    kept = [c for n, c in enumerate(text) if not any(a <= n < b for a, b in blanks)]
    return "".join(kept)
