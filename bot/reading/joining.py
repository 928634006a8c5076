"""把断开的行拼成段：看编号、标点、一行多宽、缩进与居中。"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from bot.text.cleaning import clean

from .numbering import attachment, lists_attachments, numbered
from .pieces import Line, Text

_FINISHED = tuple("。！？!?；;：:")
_CLOSED = re.compile(r"[。！？!?；;：:][”’\"'）)》>]*$")
_PAGE_NUMBER = re.compile(
    r"[-—–－·\s]*(?:\d{1,3}|[ivxIVX]{1,5})[-—–－·\s]*"
    r"|第\s*\d{1,3}\s*页(?:\s*[,，/、]?\s*共\s*\d{1,3}\s*页)?|\d{1,3}\s*/\s*\d{1,3}"
)
_DASHED = re.compile(r"[-—–－−一]+\s*\d{1,3}\s*[-—–－−一]+")
"""这样写的，在哪里都是页码；文字识别会把横线认作“一”。"""
_ADDRESSED = re.compile(r"各[^。；，]{2,40}[:：]$|各[^。；]{2,80}[，、][^。；]*[:：]$")
"""开头几段里独占一行的抬头，不接在题目后面。"""
_HEAD = 4
_EDGE = 2
"""每页最上、最下各几行可能是页眉页脚。"""
_HAN = r"[\u2e80-\u9fff\uf900-\ufaff\u3000-\u303f\uff00-\uffef“”‘’]"
_BETWEEN_HAN = re.compile(rf"(?<={_HAN})[ \t\u3000]+(?={_HAN})")
_AROUND_NUMBER = re.compile(rf"(?<={_HAN}) (?=[\d+])|(?<=[\d+%]) (?={_HAN})")
_ADDRESS = re.compile(r"https?://\S*$|www\.\S*$|[\w.+-]+@[\w.-]*$|\d{3,4}-\d{1,3}$")
_ADDRESS_GOES_ON = re.compile(r"[\w./?=&%#:~+-]+")
_UNBREAKABLE = re.compile(r"[\w.@:/+-]+", re.A)
_LONGEST_HEADING = 40
_WRAPPED = 0.4
"""这么多行一样宽，就是排好版断开的。"""


def joined(lines: Sequence[Line]) -> list[Text]:
    """拼成段。"""
    lines = without_page_marks(lines)
    width = _wrap_width(lines)
    margin, edge = _edges(lines)
    paragraphs: list[list[Line]] = []
    for line in lines:
        line_text = line.text.strip()
        if not line_text:
            continue
        group = paragraphs[-1] if paragraphs else None
        opens = len(paragraphs) <= _HEAD and _ADDRESSED.match(line_text)
        if group and not opens and _goes_on(group, line, width, margin, edge):
            group.append(line)
        else:
            paragraphs.append([line])
    usual = Counter(round(line.size) for line in lines).most_common(1)
    body = usual[0][0] if usual else 0
    return [_paragraph(group, body) for group in paragraphs]


def tidy(text: str) -> str:
    """一段的文字：去掉汉字之间排版用的空格。"""
    text = re.sub(r"[ \t\u3000]+", " ", clean(text)).strip()
    return _AROUND_NUMBER.sub("", _BETWEEN_HAN.sub("", text))


def without_page_marks(lines: Sequence[Line]) -> list[Line]:
    """去掉页码，与各页上下重复的页眉页脚。"""
    pages: dict[int, list[int]] = {}
    for place, line in enumerate(lines):
        if line.text.strip():
            pages.setdefault(line.page, []).append(place)
    edges = {p for ps in pages.values() for p in (*ps[:_EDGE], *ps[-_EDGE:])}
    if len(pages) < 2:
        edges = set(range(len(lines))) if _counts_up(lines) else set()
    seen = Counter(_mask(lines[place].text) for place in edges)
    least = max(2, len(pages) // 2)

    def is_mark(place: int) -> bool:
        text = lines[place].text.strip()
        if _DASHED.fullmatch(text):
            return True
        if place not in edges:
            return False
        repeated = len(pages) > 1 and seen[_mask(text)] >= least
        return repeated or _PAGE_NUMBER.fullmatch(text) is not None

    return [line for place, line in enumerate(lines) if not is_mark(place)]


def _counts_up(lines: Iterable[Line]) -> bool:
    """没有页的文字里，独占一行的数是不是一页一页往上数的页码。"""
    found = [
        int(match[0])
        for line in lines
        if _PAGE_NUMBER.fullmatch(line.text.strip())
        and (match := re.search(r"\d+", line.text))
    ]
    return len(found) > 1 and found == sorted(set(found)) and found[0] <= 2


def _mask(text: str) -> str:
    return re.sub(r"\d+", "#", "".join(text.split()))


def _wrap_width(lines: Sequence[Line]) -> float:
    """一行排满有多宽（汉字算一）；不是排好版断开的为 0。"""
    widths = sorted(w for line in lines if (w := breadth(line.text)) > 8)
    if len(widths) < 6:
        return 0.0
    full = widths[int(len(widths) * 0.8)]
    near = sum(abs(width - full) <= 2.5 for width in widths)
    return full if near >= _WRAPPED * len(widths) and full <= 60 else 0.0


def _edges(lines: Sequence[Line]) -> tuple[float, float]:
    """正文的左边与右边；没有位置的都为 0。"""
    placed = [line for line in lines if line.right > 0 and not line.centred]
    if not placed:
        return 0.0, 0.0
    lefts = Counter(round(line.left / 3) * 3 for line in placed)
    common = [left for left, n in lefts.items() if n >= max(2, len(placed) * 0.08)]
    rights = sorted(line.right for line in placed)
    margin = min(common, default=min(line.left for line in placed))
    return margin, rights[int(len(rights) * 0.9)]


def _goes_on(
    group: Sequence[Line], line: Line, width: float, margin: float, edge: float
) -> bool:
    """这一行是不是接着上一行的。"""
    last, text = group[-1], line.text.strip()
    before = last.text.strip()
    if attachment(before) is not None or attachment(text) is not None:
        return False
    if numbered(text) is not None or lists_attachments(text):
        return False
    if _ADDRESS.search(before) and _ADDRESS_GOES_ON.match(text):
        return not _CLOSED.search(before)
    if edge:
        return _goes_on_in_place(group, line, margin, edge)
    if _CLOSED.search(before):
        return False
    if width:
        return breadth(before) >= width * 0.85
    first = group[0].text.strip()
    heading = numbered(first) is not None and breadth(first) <= _LONGEST_HEADING
    return breadth(before) > _LONGEST_HEADING and not heading


def _goes_on_in_place(
    group: Sequence[Line], line: Line, margin: float, edge: float
) -> bool:
    last = group[-1]
    size = max(last.size, 1.0)
    if last.centred or line.centred:
        same = last.page == line.page and abs(last.size - line.size) < 0.15 * size
        full = last.centred or last.right >= edge - 1.5 * size
        finished = re.search(r"[）)〕号。]$", last.text.strip()) is not None
        return line.centred and same and full and not finished
    if abs(last.size - line.size) > 1.5:
        return False
    if line.left > margin + 1.2 * line.size and line.left > last.left - 1:
        # 缩进开头的是新的一段；整段都缩进的（签名、引文）看上一行满没满
        return (
            len(group) > 1
            and abs(line.left - last.left) < 1
            and (last.right >= edge - 1.5 * size)
        )
    # 断不开的西文排不下，整个移到下一行
    word = _UNBREAKABLE.match(line.text.strip())
    room = len(word[0]) * size / 2 if word else 0.0
    return last.right + room >= edge - 2.2 * size


def breadth(text: str) -> float:
    """有多宽：汉字算一，字母数字算半个。"""
    wide = sum(unicodedata.east_asian_width(c) in "WFA" for c in text.strip())
    return wide + (len(text.strip()) - wide) / 2


def _paragraph(group: Sequence[Line], body: int) -> Text:
    text = ""
    for line in group:
        text = _appended(text, line.text.strip())
    first = group[0]
    prominent = first.centred or (body > 0 and first.size > body + 1.5)
    return Text(tidy(text), first.page, prominent)


def _appended(text: str, more: str) -> str:
    """西文的词在行末断开的，中间要空一格；网址与号码断开的不空。"""
    if not text:
        return more
    words = re.search(r"[A-Za-z0-9,.]$", text) and re.match(r"[A-Za-z0-9]", more)
    if words and not _ADDRESS.search(text):
        return f"{text} {more}"
    return text + more
