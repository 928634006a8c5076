"""听出“双周报已交”：各种自然的说法，问句和别的话不算。"""

import re
import unicodedata
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from bot.text import ends_asking

_COURTESY = re.compile(
    r"(?:各位)?老师们?好?|您好|你好|大家好|报告|麻烦|谢谢.*|感谢.*|辛苦.*|"
    r"请(?:您|老师)?查收.*|请知悉.*|[^\w\s]+"
)
_CLAUSE = re.compile(r"[,。!;~\n]+")
_HAND_IN = r"(?:提交|上交|上报|报送|交|报|发)"
_DONE = re.compile(
    r"(?P<before>撤销|撤回|取消)?(?P<who>.{0,30}?)的?"
    r"(?:[这本上]一?[期次周]|今天)?的?双周报(?:[我本][校院们]?)?[都也]?"
    rf" ?(?:已经?{_HAND_IN}|{_HAND_IN}(?:上去|过去|好|完|过)?(?=[了啦咯]))"
    r"(?:上去|过去|好|完|过)?[了啦咯哈]*(?P<rest>.*)"
)
_OURSELVES = re.compile(r"(?:[我本](?:们)?(?:学?校|学?院|单位)?)?")
_UNDO = re.compile(r"(?:撤销|撤回|取消|[报说发弄搞]错了?)$")

_NOT_DONE = re.compile(r"还没|没交|没有交|不是")


_LAST = re.compile(r"上一?[期次周]|补交")
_THIS = re.compile(r"[这本]一?[期次周]|本期|提前")


class Which(Enum):
    """哪一期。"""

    THIS = auto()
    LAST = auto()


@dataclass(frozen=True, slots=True)
class Done:
    """说的是哪所学校交了；没点名就是本校。

    参数:
        beside: 别的分句里说的，也许是校名：“甲学院，双周报已交”
        which: 点明了是哪一期；没点明为 `None`
    """

    school: str
    is_undo: bool
    beside: tuple[str, ...] = ()
    which: Which | None = field(default=None, compare=False)


def read_done(text: str) -> Done | None:
    """听一句话；不是说双周报已交则为 `None`。"""
    if ends_asking(text) or _NOT_DONE.search(text):
        return None
    text = unicodedata.normalize("NFKC", text)
    which = _which(text)
    clauses = _CLAUSE.split(re.sub(r"(?<=已交) *[上本这]一?期(?=$| )", "", text))
    plain = [" ".join(_COURTESY.sub(" ", clause).split()) for clause in clauses]
    for index, clause in enumerate(plain):
        if match := _DONE.fullmatch(clause):
            beside = [*plain[:index], *plain[index + 1 :]]
            found = _done(match, tuple(part for part in beside if part))
            return found and replace(found, which=which)
    return None


def _which(text: str) -> Which | None:
    if _LAST.search(text):
        return Which.LAST
    return Which.THIS if _THIS.search(text) else None


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
