"""文件的头与尾：题目、文号、发给谁；落款是谁、哪一天。"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from .numbering import attachment, numbered
from .pieces import Piece, Text

_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{2,16}\s*[〔\[(（【]\s*20\d\d\s*[〕\])）】]\s*(?:第\s*)?\d{1,4}\s*号"
)
_GENRE = (
    "通知", "意见", "办法", "方案", "指南", "函", "公告", "通告", "公示", "细则",
    "规定", "手册", "要点", "计划", "安排", "清单", "汇总表", "一览表", "信息表",
    "名单", "说明",
)  # fmt: skip
_BARE_NUMBER = re.compile(
    r"[〔\[(（【]\s*20\d\d\s*[〕\])）】]\s*(?:第\s*)?\d{1,4}\s*号"
)
_SIGN = re.compile(r"[\u4e00-\u9fff]{2,12}$")
"""文号前面的代字，如“桂教职成”。"""
_FURNITURE = re.compile(
    r"^(?:首页|当前位置|您的位置)\s*[:：>»]|(?:浏览|点击|阅读|访问)(?:次数|量)\s*[:：]"
    r"|^(?:发布|发表|更新)(?:时间|日期)\s*[:：].{0,40}来源"
)
"""网页上题目前后的导航、浏览次数。"""
_LETTERHEAD = re.compile(r"(?P<issuer>.{2,30}?)(?:(?:司局|处室|办公室)?(?:函件|文件))$")
_TITLED = re.compile(
    rf"(?P<title>.{{0,30}}关于[^。《》：:]{{4,80}}?的(?:{'|'.join(_GENRE)}))\s*(?P<rest>各.+)"
)
"""题目后面紧接着抬头。"""
_ADDRESS = re.compile(
    r"^(?:各|有关|区直|省直|市直|厅直)[^。；]{2,200}[:：]$|^[^。；，]{2,30}[:：]$"
)
_DAY = re.compile(
    r"(?P<year>20\d\d|[二2][〇○Ｏ0零O][\d〇零一二三四五六七八九]{2})\s*年\s*"
    r"(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})\s*月\s*"
    r"(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})\s*日"
)
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0}
_OFFICE = re.compile(
    r"(?:厅|局|委|部|司|处|室|会|院|校|中心|秘书处|办公室|组|集团|公司|联盟)(?:办公室)?$"
)
_MARK = re.compile(r"(?:内部资料|征求意见稿|试行|仅供参考|节选|草案)")
_LONGEST_HEAD = 12
_LONGEST_TITLE = 90


@dataclass(frozen=True, slots=True)
class Head:
    """文件的开头。

    参数:
        left: 不是题目、文号、抬头，要留在正文里的
    """

    title: str
    number: str
    issuer: str
    day: date | None
    addressees: tuple[str, ...]
    left: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Tail:
    """去掉落款的正文，与落款。"""

    body: tuple[Piece, ...]
    issuer: str = ""
    day: date | None = None


def read_head(pieces: Sequence[Piece]) -> tuple[Head, Sequence[Piece]]:
    """开头，与后面的各段。"""
    pieces = _separated(pieces)
    end = _end_of_head(pieces)
    opening, rest = list(pieces[:end]), pieces[end:]
    texts = [piece for piece in opening if isinstance(piece, Text)]
    number = next((m[0] for t in texts if (m := _NUMBER.search(t.text))), "")
    title_at, title_count = _title(texts)
    title = "".join(t.text for t in texts[title_at : title_at + title_count])
    used = {id(t) for t in texts[title_at : title_at + title_count]}
    issuer, day, offices = "", None, list[str]()
    addressees: tuple[str, ...] = ()
    for text in texts:
        plain = text.text.strip()
        if id(text) in used:
            continue
        if _NUMBER.fullmatch(plain) or _FURNITURE.search(plain):
            used.add(id(text))
        elif match := _LETTERHEAD.fullmatch(plain):
            issuer = match["issuer"]
            used.add(id(text))
        elif _ADDRESS.match(plain) and title:
            addressees = _split(plain.rstrip(":："))
            used.add(id(text))
        elif _stands_alone(plain):
            day = day or day_in(plain)
            if office := _office(plain):
                offices.append(office)
                used.update({id(text)} if office == plain else ())
    left = tuple(piece for piece in opening if id(piece) not in used)
    issuer = issuer or "、".join(dict.fromkeys(offices))
    return Head(title, _tight(number), issuer, day, addressees, left), rest


def _separated(pieces: Sequence[Piece]) -> list[Piece]:
    """开头几段里，题目、文号、抬头挤在一行的分开。"""
    kept: list[Piece] = []
    for place, piece in enumerate(pieces):
        if place >= _LONGEST_HEAD or not isinstance(piece, Text):
            return [*kept, *pieces[place:]]
        if numbered(piece.text) is not None:
            return [*kept, *pieces[place:]]
        kept += [replace(piece, text=text) for text in _parted(piece.text)]
    return kept


def _parted(text: str) -> list[str]:
    """一行里的题目、文号、抬头；没有挤在一起的就是它自己。"""
    if "《" in text:
        return [text]
    if (found := _BARE_NUMBER.search(text)) and not _NUMBER.fullmatch(text.strip()):
        before, rest = text[: found.start()], text[found.end() :].strip()
        sign = _sign(before)
        head = before[: len(before) - len(sign)].strip()
        if head.endswith(("（", "(")) and rest[:1] in ("）", ")"):
            head, rest = head[:-1].strip(), rest[1:].strip()
        if sign and (not head or head.endswith((*_GENRE, "文件", "函件"))):
            several = [head, f"{sign}{found[0]}", *(_parted(rest) if rest else ())]
            return [one for one in several if one]
    if (found := _TITLED.match(text)) and len(found["rest"]) > 3:
        address, colon, lead = found["rest"].partition("：")
        several = [found["title"], f"{address}{colon}", lead.strip()]
        return [one for one in several if one]
    return [text]


def _sign(before: str) -> str:
    """文号的代字：题目、抬头的末尾不算。"""
    match = _SIGN.search(before)
    sign = match[0] if match else ""
    for tail in (*_GENRE, "文件", "函件"):
        place = sign.rfind(tail)
        if place >= 0 and len(sign) - place - len(tail) >= 2:
            sign = sign[place + len(tail) :]
    return sign


def read_tail(pieces: Sequence[Piece]) -> Tail:
    """正文末尾（附件之前）的落款：单位一行，日期一行。"""
    end = next(
        (n for n, p in enumerate(pieces) if isinstance(p, Text) and attachment(p.text)),
        len(pieces),
    )
    for place in range(end - 1, max(end - 5, -1), -1):
        piece = pieces[place]
        if not isinstance(piece, Text):
            break
        day = _signed_day(piece.text)
        if day is None:
            continue
        used, issuer = [place], ""
        signed = _DAY.sub("", piece.text).strip(" （）()")
        above = pieces[place - 1] if place else None
        if signed:
            issuer = signed
        elif isinstance(above, Text) and _is_office(above.text):
            issuer = above.text.strip()
            used.append(place - 1)
        body = tuple(p for n, p in enumerate(pieces) if n not in used)
        return Tail(body, issuer, day)
    return Tail(tuple(pieces))


def day_in(text: str) -> date | None:
    """文字里的一个日期；没有、或不存在的为 `None`。"""
    match = _DAY.search(text)
    if match is None:
        return None
    year = "".join(str(_DIGITS.get(c, c)) for c in match["year"])
    year = re.sub(r"[ＯO]", "0", year)
    try:
        return date(int(year), _count(match["month"]), _count(match["day"]))
    except ValueError:
        return None


def _end_of_head(pieces: Sequence[Piece]) -> int:
    """抬头、第一个编号或第一段正文为止。"""
    for place, piece in enumerate(pieces[:_LONGEST_HEAD]):
        if not isinstance(piece, Text) or attachment(piece.text):
            return place
        if numbered(piece.text) is not None and not _ends_a_title(piece.text):
            return place
        if place and _ADDRESS.match(piece.text):
            return place + 1
        if len(piece.text) > _LONGEST_TITLE or piece.text.endswith("。"):
            return place
    return min(len(pieces), _LONGEST_HEAD)


def _title(texts: Sequence[Text]) -> tuple[int, int]:
    """题目从第几段起、有几段。"""
    for start, text in enumerate(texts):
        if not re.match(r".{0,30}关于", text.text):
            continue
        for count in range(1, 5):
            if start + count > len(texts):
                break
            if _ends_a_title("".join(t.text for t in texts[start : start + count])):
                return start, count
    for start, text in enumerate(texts):
        plain = text.text.strip()
        if _ends_a_title(plain) and not _LETTERHEAD.fullmatch(plain):
            return _with_before(texts, start)
    for start, text in enumerate(texts):
        if text.prominent and not _NUMBER.search(text.text):
            return start, 1
    good = (n for n, t in enumerate(texts) if _could_be_title(t.text))
    start = next(good, len(texts))
    return start, min(1, len(texts) - start)


def _with_before(texts: Sequence[Text], start: int) -> tuple[int, int]:
    """题目排成两行的，前一行也算；前一行是抬头、文号、单位的不算。"""
    if start and texts[start].prominent and texts[start - 1].prominent:
        before = texts[start - 1].text.strip()
        if not (
            _LETTERHEAD.fullmatch(before)
            or _NUMBER.search(before)
            or _is_office(before)
            or attachment(before)
        ):
            return start - 1, 2
    return start, 1


def _ends_a_title(text: str) -> bool:
    plain = re.sub(r"[（(][^（()）]*[)）]$", "", text.strip())
    return len(plain) >= 4 and plain.endswith(_GENRE) and len(plain) <= _LONGEST_TITLE


def _could_be_title(text: str) -> bool:
    plain = text.strip()
    return (
        4 <= len(plain) <= 50
        and not plain.endswith(tuple("。；：:;"))
        and not _NUMBER.search(plain)
        and not _LETTERHEAD.fullmatch(plain)
    )


def _stands_alone(text: str) -> bool:
    """题目下面单独一行的单位、日期。"""
    return len(text) <= 50 and not text.endswith("。")


def _office(text: str) -> str:
    plain = _DAY.sub("", text).strip(" （）()")
    return plain if _is_office(plain) and not _MARK.search(plain) else ""


def _is_office(text: str) -> bool:
    plain = text.strip(" （）()")
    return 3 <= len(plain) <= 40 and _OFFICE.search(plain) is not None


def _signed_day(text: str) -> date | None:
    """落款的日期：一行里除了单位没有别的。"""
    rest = _DAY.sub("", text, count=1).strip(" （）()")
    return day_in(text) if not rest or (_is_office(rest) and len(text) < 45) else None


def _split(text: str) -> tuple[str, ...]:
    parts = re.split(r"[，,、；;]", text)
    return tuple(part.strip() for part in parts if part.strip())


def _tight(number: str) -> str:
    plain = re.sub(r"\s", "", number)
    return re.sub(r"[〔\[(（【](20\d\d)[〕\])）】]", r"〔\1〕", plain)


def _count(text: str) -> int:
    if text.isdecimal():
        return int(text)
    tens, _, ones = text.rpartition("十")
    if "十" not in text:
        return _DIGITS[text] if len(text) == 1 else 0
    return (_DIGITS.get(tens, 1) if tens else 1) * 10 + _DIGITS.get(ones, 0)
