"""听出“双周报已交”：各种自然的说法，问句和别的话不算。"""

import re
import unicodedata
from dataclasses import dataclass

from bot.text import ends_asking

_COURTESY = re.compile(
    r"(?:各位)?老师们?好?|您好|你好|大家好|报告|麻烦|谢谢.*|感谢.*|辛苦.*|"
    r"请(?:您|老师)?查收.*|请知悉.*|[^\w\s]+"
)
_CLAUSE = re.compile(r"[,。!;~\n]+")
_HAND_IN = r"(?:提交|上交|上报|报送|交|报|发)"
_DONE = re.compile(
    r"(?P<before>撤销|撤回|取消)?(?P<who>.{0,30}?)的?"
    r"(?:[这本]一?[期次周]|今天)?的?双周报(?:[我本][校院们]?)?[都也]?"
    rf" ?(?:已经?{_HAND_IN}|{_HAND_IN}(?:上去|过去|好|完|过)?(?=[了啦咯]))"
    r"(?:上去|过去|好|完|过)?[了啦咯哈]*(?P<rest>.*)"
)
_OURSELVES = re.compile(r"(?:[我本](?:们)?(?:学?校|学?院|单位)?)?")
_UNDO = re.compile(r"(?:撤销|撤回|取消|[报说发弄搞]错了?)$")

_NOT_DONE = re.compile(r"还没|没交|没有交|不是")


@dataclass(frozen=True, slots=True)
class Done:
    """说的是哪所学校交了；没点名就是本校。

    参数:
        beside: 别的分句里说的，也许是校名：“甲学院，双周报已交”
    """

    school: str
    is_undo: bool
    beside: tuple[str, ...] = ()


def read_done(text: str) -> Done | None:
    """听一句话；不是说双周报已交则为 `None`。"""
    if ends_asking(text) or _NOT_DONE.search(text):
        return None
    clauses = _CLAUSE.split(unicodedata.normalize("NFKC", text))
    plain = [" ".join(_COURTESY.sub(" ", clause).split()) for clause in clauses]
    for index, clause in enumerate(plain):
        if match := _DONE.fullmatch(clause):
            beside = [*plain[:index], *plain[index + 1 :]]
            return _done(match, tuple(part for part in beside if part))
    return None


def _done(match: re.Match[str], beside: tuple[str, ...]) -> Done | None:
    rest = match["rest"].strip()
    undone = _UNDO.sub("", rest)
    named = [part for part in (match["who"].strip(), undone.strip()) if part]
    schools = [part for part in named if not _OURSELVES.fullmatch(part)]
    if len(schools) > 1:
        return None
    others = tuple(part for part in beside if not _UNDO.fullmatch(part))
    is_undo = bool(match["before"]) or undone != rest or others != beside
    return Done(schools[0] if schools else "", is_undo, others)
