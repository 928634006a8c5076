"""公文里的编号：一、（一）1.（1）①，以及第几章、附件几。"""

import re
from typing import NamedTuple

_HAN = "一二三四五六七八九十百"
_FORMS = (
    rf"第[{_HAN}\d]{{1,4}}[章编篇部分]",
    rf"第[{_HAN}\d]{{1,4}}[条节]",
    rf"[{_HAN}]{{1,3}}\s*[、．.]",
    rf"[（(]\s*[{_HAN}]{{1,3}}\s*[)）]",
    r"\d{1,2}\s*[.．、](?!\s*\d)|\d{1,2}\s*[.．](?=20\d\d\s*年)",
    r"[（(]\s*\d{1,2}\s*[)）]|\d{1,2}\s*[)）]",
    r"[①-⑳㉑-㉟]",
)
"""编号的各种写法，大的在前。"""
_PATTERNS = [re.compile(rf"[-·•●\s]*({form})\s*") for form in _FORMS]
_UNITS = "倍万亿元米平毫厘公克吨分秒小时折成个名人页份次天周月年日号％%℃°"
_DEEPER = re.compile(
    rf"\s*(\d{{1,2}}(?:[.．]\d{{1,2}}){{1,3}})[.．、]?\s*(?=[^\d\s.．、，。{_UNITS}])"
)
"""1.1、2.3.1 这样的多级编号；后面是量词、年月日的是数。"""
_ATTACHMENT = re.compile(
    rf"\s*(?P<number>附件\s*(?:\d{{1,2}}|[{_HAN}]{{1,2}})?)\s*(?P<rest>[:：、.．\s].*)?$"
)


class Number(NamedTuple):
    """一个编号。

    参数:
        rank: 大的编号数小，附件最小
        written: 文件里的写法
        short: 拼进“三（二）2”里的写法
        rest: 编号后面的文字
    """

    rank: int
    written: str
    short: str
    rest: str


ATTACHMENT = 0


def numbered(text: str) -> Number | None:
    """一段文字开头的编号；没有为 `None`。"""
    if match := _DEEPER.match(text):
        depth = re.split(r"[.．]", match[1])
        rank = _rank(4) + len(depth) - 1
        return Number(rank, match[1], match[1], text[match.end() :])
    for place, pattern in enumerate(_PATTERNS):
        if match := pattern.match(text):
            written = re.sub(r"\s", "", match[1])
            return Number(_rank(place), written, _short(written), text[match.end() :])
    return None


def attachment(text: str) -> Number | None:
    """独占一段的“附件1”，后面可以接着标题；列附件的“附件：1.……”不算。"""
    match = _ATTACHMENT.match(text)
    if match is None or len(text) > 60:
        return None
    rest = (match["rest"] or "").strip(" :：、.．")
    written = re.sub(r"\s", "", match["number"])
    listing = numbered(rest) is not None or (written == "附件" and match["rest"])
    if listing or rest.endswith(("。", "；")):
        return None
    return Number(ATTACHMENT, written, written, rest)


def lists_attachments(text: str) -> bool:
    """“附件：1.……”：正文末尾列出的附件；后面的几个可以另起一段。"""
    return re.match(r"[-·\s]*附件\s*[:：]", text) is not None


def _rank(place: int) -> int:
    """给多级编号留出位置。"""
    return 1 + place if place <= 4 else 4 + place


def _short(written: str) -> str:
    if re.match(r"[（(]", written):
        return f"（{written.strip('（）()')}）"
    return written.rstrip("、.．)）")
