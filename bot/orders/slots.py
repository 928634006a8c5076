"""从要办事的话里读各样东西：编号、地区、日期、冒号后面的原文、去掉客套剩下的。"""

import re
import unicodedata
from collections.abc import Iterable

from bot.listing import Numbered
from bot.text import Regions
from bot.text.dates import DateError, clock_mentions, date_spans
from bot.text.dates.numbers import CHINESE, number_of

_COUNT = rf"(?:\d{{1,6}}|[{CHINESE}]{{1,3}})"
_ORDINAL = re.compile(
    rf"(?:第\s*(?P<nth>{_COUNT})|(?<![月\d])(?P<no>[{CHINESE}]{{1,3}})(?=号))(?:\s*[到至\-~～—]\s*第?(?P<upto>{_COUNT}))?"
    r"\s*(?:个|条|项|问|号|位)?(?![次批期季])"
)
_PLAIN = re.compile(
    r"(?P<no>)(?:编号|序号|[#＃])?\s*(?<!\d)(?P<nth>\d{1,6})(?:\s*[到至\-~～—]\s*(?P<upto>\d{1,6}))?"
    r"(?!\d|\s*(?:个群|次|天|份|人|年|月|小时|分钟|[点时]|[:：]\d|%))"
)
_MARKED = re.compile(r"#\s*(\d{1,6})")
_COLON = re.compile(r"(?<!\d)[:：](?!//)|(?<=\d)[:：](?!\d)|——")
_QUOTED = re.compile(r"[「『“\"](?P<text>[^」』”\"]+)[」』”\"]")
_QUARTERS = (("一刻", "15分"), ("三刻", "45分"))
_POLITE = (
    r"请?(?:帮忙|帮我们|帮我|帮)|麻烦(?:您|你)?|给我们|给我|请(?:您|你)?|(?:您|你)?好|小助手|助手|"
    r"谢谢(?:您|你)?|辛苦了?|一下(?:子)?|吧|哈|啊|呀|哦|喽|啦|呗"
)
_EDGES = re.compile(
    rf"^(?:[\s，,。;；、!！~～]|{_POLITE})+|(?:[\s，,。;；、!！~～]|{_POLITE})+$"
)
_REQUEST = re.compile(
    r"[，,。;；\s]+(?:(?:你|您|请|麻烦|劳驾|有劳|就|再|来|快)*(?:帮|给)(?:我们|我|忙|个忙)?|"
    r"(?:你|您)?(?:请|麻烦)(?:你|您)?|"
    r"(?:你|您)(?:就|再|快)?(?=更?改|更新|换|记|登|修改|更正|处理|弄|办|录|存|调))"
    r"(?:把(?:它|这个)?)?(?:改改|更?改|更新|换|记|登|修改|更正|处理|弄|办|查|看|设|录|存|调)?"
    r"(?:成|过来|一?下|好|上|掉)*(?:可以|好|行)?[吗吧啊呀哈了。！!？?\s]*$"
)
"""说完内容之后请人办的话。"""
_MOST = 30
_FIRST = re.compile(r"[头首]一?(?=[个条项问号位])")
"""“头一个”“首条”。"""


def written(text: str) -> str:
    """统一写法：全角半角，“一刻”写成分钟。"""
    plain = unicodedata.normalize("NFKC", text).strip()
    for said, minutes in _QUARTERS:
        plain = re.sub(rf"(?<=[点时]){said}", minutes, plain)
    return plain


_BARE_DAY = re.compile(rf"{_COUNT}[日号]|\d+[\-/.]\d+")
_NOT_THIS = re.compile(r"不是[^\s，,。]{2,4}")


def without_dates(text: str, *, bare_days: bool = True) -> str:
    """去掉日期与钟点。

    参数:
        bare_days: “5号”“1-9”也算日期；说的是编号时不算
    """
    for start, end in reversed(date_spans(text)):
        if bare_days or not _BARE_DAY.fullmatch(text[start:end]):
            text = f"{text[:start]} {text[end:]}"
    for clock in clock_mentions(text):
        text = text.replace(clock, " ")
    return text


def numbers_in(text: str) -> list[int]:
    """说到的编号，依次；“1到3”是三个，“第二条”“二号”是二。日期、钟点里的不算。"""
    plain = without_dates(_FIRST.sub("第一", written(text)), bare_days=False)
    found: dict[int, None] = {}
    ordinals = list(_ORDINAL.finditer(plain))
    for match in ordinals or list(_PLAIN.finditer(plain)):
        try:
            first = number_of(match["nth"] or match["no"])
            last = number_of(match["upto"]) if match["upto"] else first
        except DateError:
            continue
        found |= dict.fromkeys(range(first, min(last, first + _MOST) + 1))
    if ordinals:
        rest = _ORDINAL.sub(" ", plain)
        found |= {
            int(m["nth"]): None for m in re.finditer(r"[、和,，](?P<nth>\d+)", rest)
        }
    return [number for number in found if number > 0][:_MOST]


def numbered_in(text: str) -> list[Numbered]:
    """说到的编号，依次；`#` 开头的是一直不变的。"""
    marked = set(map(int, _MARKED.findall(written(text))))
    return [Numbered(number, number in marked) for number in numbers_in(text)]


def first_number(text: str) -> tuple[int | None, str]:
    """头一个编号，与它后面的话；没有编号为 `None`。"""
    text = _FIRST.sub("第一", text)
    match = _ORDINAL.search(text) or _PLAIN.search(text)
    if match is None:
        return None, text
    try:
        return number_of(match["nth"] or match["no"]), text[match.end() :]
    except DateError:
        return None, text


def likeness(title: str, text: str) -> int:
    """名称里有几个两字的词也在话里。"""
    pairs = {title[i : i + 2] for i in range(len(title) - 1)}
    return sum(pair in text for pair in pairs)


def region_in(text: str, regions: Regions) -> str | None:
    """说到的地区；一个字一个字都算，“给江西的群”也是。"""
    text = _NOT_THIS.sub("", text)
    if found := regions.find(text):
        return found
    forms = (f for f, place in regions.forms.items() if place.city is None)
    named = [f for f in forms if len(f) > 1 and f in text and f not in regions.words]
    return regions.forms[max(named, key=len)].region if named else None


def regions_in(text: str, regions: Regions) -> list[str]:
    """说到的各个地区，依次。"""
    placed = {text.find(name): name for name in regions.regions if name in text}
    return [placed[at] for at in sorted(placed)]


def after_colon(text: str) -> tuple[str, str]:
    """第一个冒号（或换行）前面的与后面的；后面的照原样。没有则后面为空。"""
    if match := _COLON.search(text):
        return text[: match.start()], text[match.end() :].strip()
    head, _, body = text.partition("\n")
    return head, body.strip()


def quoted(text: str) -> str:
    """引号里的；没有为空。"""
    match = _QUOTED.search(text)
    return match["text"].strip() if match else ""


def bare(text: str, *more: str) -> str:
    """去掉头尾的客套与标点；`more` 是另外要去掉的（正则）。"""
    before = None
    while text != before:
        before = text
        text = _EDGES.sub("", text)
        for pattern in more:
            text = re.sub(pattern, "", text)
    return text.strip()


def without_request(text: str) -> str:
    """去掉末尾请人办的话：“……13900000000，你帮我改下”到逗号为止。"""
    return _REQUEST.sub("", text)


def joined(*parts: str | None) -> str:
    """用空格连起来，空的略过。"""
    return " ".join(part for part in parts if part)


def listed(items: Iterable[object]) -> str:
    """几样并排。"""
    return "、".join(map(str, items))
