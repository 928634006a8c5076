"""把一条消息切成名目、号码与文字三种片段，交给各张表去认。"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from bot.text import simplified

from .fields import Field, Form
from .labels import label_names, label_pattern
from .numbers import Shape, split_runs
from .people import SURNAME
from .vocabulary import (
    GENERIC_SCHOOL,
    PAREN_OF_NAME,
    SCHOOL_ENDING,
    TYPE_SYNONYMS,
)

MAX_LENGTH = 2000
"""超出的部分不读：登记信息不会这样长。"""

_COUNTRY = re.compile(
    r"(?<![0-9A-Za-z])\(?\+?\s?(?:0086|86)\)?[\s\-]*"
    r"(?=1[ \-]?[3-9][ \-]?\d[\d\s.\-]{8})"
)
_SPLIT_LABEL = re.compile(
    r"(?<![\u4e00-\u9fff])(?:[\u4e00-\u9fff][ \t]+){1,5}[\u4e00-\u9fff](?=\s*[:=])"
)
_FIRST = re.compile(r"(?<=手机|电话)号?码?[1一](?=\s*[:=])")
_SECOND = re.compile(r"(?:手机|电话)号?码?[2二](?=\s*[:=])")
_SPLIT_NAME = re.compile(
    rf"(?<![\u4e00-\u9fff])({SURNAME})[ \t]+([\u4e00-\u9fff])"
    r"(?:[ \t]+([\u4e00-\u9fff]))?(?![\u4e00-\u9fff])"
)
_AREA_CODE = re.compile(
    r"\((0\d{2,3}(?=\)[\s\-]*\d{7,8})|1[3-9]\d(?=\)[\s\-]*\d{4}))\)[\s\-]*"
)
_LETTERED = re.compile(
    r"(?<![A-Za-z0-9@._\-])[a-hA-H][.)、](?=[\u4e00-\u9fff]|1[3-9]\d{9}(?![\d@]))"
)
"""“a.某某学院 b.高职”的编号。"""
_ONE_BY_ONE = re.compile(
    r"(?<![0-9A-Za-z.@])(?<![0-9A-Za-z][ \t])\d(?:[ \t][0-9A-Z](?![0-9A-Za-z.@])){4,}+"
    r"(?![ \t]*\d(?!\d))"
)
"""一位一位地隔开写的号码。"""
_MARKED_MOBILE = re.compile(r"(?<!\d)(1[3-9]\d)[_/](\d{4})[_/](\d{4})(?!\d)")
_HAN_DIGITS = re.compile(
    r"[零〇一二三四五六七八九幺]{3}(?:[ \-]?[零〇一二三四五六七八九幺]{4}){2}"
)
_TO_DIGITS = str.maketrans("零〇一二三四五六七八九幺", "001234567891")
_BOXES = re.compile(r"[□☐○◯◻⬜][ \t]*[^\s□☐○◯◻⬜☑☒✓✔√■●]+")
_CIRCLED = re.compile("[①-⑳⑴-⒇⒈-⒛❶-❿]")
_TICKED = re.compile(r"[☑☒✓✔√■●]")
_SPLIT_MAIL = re.compile(
    r"(@[A-Za-z0-9\-]+)[ \t]*\.[ \t]*(?=(?:com|cn|net|edu|org)(?![A-Za-z]))", re.I
)
_NAMED_SCHOOL = re.compile(rf"[\u4e00-\u9fff]*?(?:{SCHOOL_ENDING.pattern})")
_UNDERLINES = re.compile(r"_{2,}|(?<![A-Za-z0-9])_+|_+(?![A-Za-z0-9])")
_PLUS = re.compile(
    r"(?<=[\u4e00-\u9fff])\+(?![xX])|\+(?=1[3-9]\d{9}(?!\d))|(?<=1[3-9]\d{9})\+"
)
_PRONOUNCED = re.compile(r"\((?:读?音|念)[^()\n]{1,6}\)")
_DOTS = re.compile(r"\.{3,}|(?<=[学院校大学处部])·")
"""省略号，与当作分隔的间隔号。"""
_NUMERALS = re.compile(r"(?m)^[ \t]*\(?[一二三四五六七八九十]{1,3}[)、.][ \t]*")
"""一行开头的“一、”“（二）”。"""
_TITLE = re.compile(
    r"(?m)^[^\n:=,;。]{2,30}(?:[表单书]|报备|备案|申报|回执|一览)"
    r"[】\])》]?[ \t]*\n(?=[ \t]*\S)"
)
"""一份表格的标题，自成一行、后面还有内容。"""
_NUMBERED_CONTACT = re.compile(r"(?:主要)?联系人[ \t]*[1一](?=\s*[:=])")
_SECOND_CONTACT = re.compile(r"联系人[ \t]*[2二](?=\s*[:=])")
_PAREN_OF_ADDRESS = re.compile(
    r"(?:(?<=\d号)|(?<=\d[楼栋幢室层座])|(?<=[路街村镇乡]))\((?P<inside>[\u4e00-\u9fff0-9A-Za-z、·]{1,20})\)"
)
"""地址末尾的括号：门、楼、附近的什么。"""
_GLUED_MAIL = re.compile(r"(?<=(?<!\d)1[3-9]\d{9})-?(?=[A-Za-z][\w.\-]*@)")
"""手机号后面紧接着邮箱；全是数字的邮箱不算。"""
_ADDRESS_STOPS = re.compile(r"(?:@|(?<![A-Za-z0-9])www)[A-Za-z0-9\-.。]+", re.I)
_STOP = re.compile(
    r"。(?=(?:[A-Za-z0-9\-]+[.。])*(?:com|cn|net|org|edu|gov)(?![A-Za-z0-9]))", re.I
)
_EMOTES = re.compile(
    r"\[(?:抱拳|玫瑰|强|微笑|握手|呲牙|鼓掌|捂脸|笑哭|偷笑|爱心|合十|太阳|咖啡|庆祝|"
    r"胜利|OK|ok|愉快|害羞|可爱|拥抱|比心|旺柴|机智)\]"
)

_ADDED_X = re.compile(r"(?:1|一)[ \t]*加[ \t]*[xX叉]")
_HUMMED = re.compile(r"(?<![\u4e00-\u9fff])[哦噢嗯呃额][,，。\s]*(?=[\u4e00-\u9fff])")
_SPELT = re.compile(
    r"(?:(?<=[,，。;；:：(（\s])|^)(?P<word>[\u4e00-\u9fff]{2,4})的(?P<char>[\u4e00-\u9fff]{1,3})"
    r"(?=[,，。;；)）\s]|$)"
)
"""“例子的例”：在说是哪个字。"""

_EMAIL = re.compile(
    r"(?:mailto:)?(?P<raw>[A-Za-z0-9._%+][A-Za-z0-9._%+\-]{0,63}"
    r"(?:@+(?:[A-Za-z0-9\-]+(?:\.+[A-Za-z0-9\-]+|,(?:com|cn|net|org|edu)\b)*)?"
    r"|(?<!1\d{10})[ \t]*@[ \t]*[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)*"
    r"|#(?:[A-Za-z0-9\-]+\.)+(?:com|cn|net|org)\b)"
    r"|(?<![A-Za-z0-9@])@(?:[A-Za-z0-9\-]+\.)+(?:com|cn|net|org)\b)"
)
_WEBSITE = re.compile(
    r"(?P<raw>https?[:;]?[/\\]{1,2}[^\s\u4e00-\u9fff,;()<>\"'|、。【】《》]+"
    r"|www[.,][A-Za-z0-9\-]+(?:[.,][A-Za-z0-9\-]+)+(?:/[^\s\u4e00-\u9fff,;()|]*)?"
    r"|(?<![A-Za-z0-9@.])[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){0,8}"
    r"\.(?:cn|com|net|org|edu|gov|top|vip|xyz|info)(?![A-Za-z0-9])"
    r"(?:/[^\s\u4e00-\u9fff,;()|]*)?)",
    re.I,
)
_RUN = re.compile(
    r"(?<![A-Za-z0-9@._])[0-9A-Za-z*]*\d[0-9A-Za-z*]*"
    r"(?:[ \t.\-‐–—]{1,3}[0-9A-Za-z*]*\d[0-9A-Za-z*]*)*"
)
_GROUP = re.compile(r"[0-9A-Za-z*]+")
_EXTENSION = re.compile(r"[ \t]*(?:转|分机|ext\.?)[ \t]*\d{1,6}", re.I)
BREAK = re.compile(r"[\s,;:=|→/\\、。!?~()\[\]{}<>《》【】「」『』\"'“”‘’…—–\-*#]+")


@dataclass(frozen=True, slots=True)
class Label:
    """一个名目。

    参数:
        field: 哪个字段；空表示这一项不收
        marked: 后面有冒号或“是”之类
    """

    field: Field | None
    start: int
    end: int
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """凭形状认出的号码、邮箱或网址。"""

    shape: Shape
    raw: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Word:
    """一段文字；`gap` 是它前面的分隔。"""

    text: str
    gap: str
    start: int
    end: int


Item = Label | Number | Word


def clean(text: str) -> str:
    """统一全角半角，去掉表情、国家代码和字间的空格。"""
    plain = unicodedata.normalize("NFKC", _CIRCLED.sub(" ", text[:MAX_LENGTH]))
    plain = simplified(plain)
    # 有的字统一之后是一串字
    plain = plain[:MAX_LENGTH]
    if _TICKED.search(plain):
        plain = _TICKED.sub(" ", _BOXES.sub(" ", plain))
    plain = "".join(
        " " if unicodedata.category(char) in ("So", "Sk", "Cs", "Co") else char
        for char in plain
        if unicodedata.category(char) != "Cf" and not "\ufe00" <= char <= "\ufe0f"
    )
    plain = _EMOTES.sub(" ", plain)
    plain = _HUMMED.sub(" ", _ADDED_X.sub("1+X", plain))
    plain = _SPELT.sub(_without_spelling, plain)
    # 邮箱、网址里的句号是打错的点
    plain = _ADDRESS_STOPS.sub(lambda found: _STOP.sub(".", found[0]), plain)
    plain = _SPLIT_MAIL.sub(r"\1.", plain)
    plain = _GLUED_MAIL.sub(" ", plain)
    plain = _NUMERALS.sub("", _UNDERLINES.sub(" ", plain))
    plain = _PLUS.sub(" ", _PRONOUNCED.sub(" ", plain))
    plain = _DOTS.sub(" ", plain)
    plain = PAREN_OF_NAME.sub(_glue, plain)
    plain = _PAREN_OF_ADDRESS.sub(_glue_address, plain)
    plain = _TITLE.sub(_without_title, plain)
    plain = _COUNTRY.sub("", plain)
    plain = _ONE_BY_ONE.sub(lambda found: re.sub(r"[ \t]", "", found[0]), plain)
    plain = _LETTERED.sub(" ", plain)
    plain = _AREA_CODE.sub(r"\1-", plain)
    plain = _MARKED_MOBILE.sub(r"\1\2\3", plain)
    plain = _HAN_DIGITS.sub(lambda found: found[0].translate(_TO_DIGITS), plain)
    plain = _SECOND.sub("备用手机", _FIRST.sub("", plain))
    plain = _NUMBERED_CONTACT.sub("联系人", plain)
    plain = _SECOND_CONTACT.sub("第二联系人", plain)
    plain = _SPLIT_LABEL.sub(lambda found: re.sub(r"[ \t]", "", found[0]), plain)
    return _SPLIT_NAME.sub(lambda found: "".join(filter(None, found.groups())), plain)


def _without_title(found: re.Match[str]) -> str:
    """标题里说了是哪所学校的、有号码的，还要读。"""
    names = (ending[0] for ending in _NAMED_SCHOOL.finditer(found[0]))
    told = any(not GENERIC_SCHOOL.fullmatch(name) for name in names)
    return found[0] if told or re.search(r"\d{5}|@", found[0]) else "\n"


def _without_spelling(found: re.Match[str]) -> str:
    return " " if set(found["char"]) <= set(found["word"]) else found[0]


def _glue(found: re.Match[str]) -> str:
    if found["office"]:
        return f"{found['office']}（{found['alias']}）"
    school, other = found["school"], found["other"]
    # “我们学校（某某学院）”里，括号里的才是校名
    if GENERIC_SCHOOL.fullmatch(school) or other in TYPE_SYNONYMS:
        return found[0]
    return f"{school}（{other}）"


def _glue_address(found: re.Match[str]) -> str:
    inside = found["inside"]
    apart = inside in TYPE_SYNONYMS or re.search(r"\d{7}|[A-Za-z]{4}", inside)
    return found[0] if apart else f"（{inside}）"


def scan(text: str, form: Form) -> list[Item]:
    """把规整过的文字切成片段，依次排好。"""
    labels = list(_labels(text, form))
    hidden = _hide(text, labels)
    numbers = sorted(_numbers(hidden), key=lambda item: item.start)
    hidden = _hide(hidden, numbers)
    items: list[Item] = [*labels, *numbers, *_words(hidden)]
    return sorted(items, key=lambda item: item.start)


def _hide(text: str, items: "list[Label] | list[Number]") -> str:
    """已认出的地方换成换页符，位置不变。"""
    chars = list(text)
    for item in items:
        chars[item.start : item.end] = "\f" * (item.end - item.start)
    return "".join(chars)


def _labels(text: str, form: Form) -> Iterator[Label]:
    names = label_names(form)
    for found in label_pattern(form).finditer(text):
        field, marked = names[found["label"].lower()], found["mark"] is not None
        yield Label(field, found.start(), found.end(), marked)


def _numbers(text: str) -> Iterator[Number]:
    for pattern, shape in ((_EMAIL, Shape.EMAIL), (_WEBSITE, Shape.WEBSITE)):
        found = [
            Number(shape, match["raw"], match.start(), match.end())
            for match in pattern.finditer(text)
        ]
        yield from found
        text = _hide(text, found)
    for run in _RUN.finditer(text):
        yield from _split_run(text, run)


def _split_run(text: str, run: re.Match[str]) -> Iterator[Number]:
    groups = list(_GROUP.finditer(text, run.start(), run.end()))
    position = 0
    for shape, size in split_runs([group[0] for group in groups]):
        start = groups[position].start()
        end = groups[position + size - 1].end()
        position += size
        if shape is None:
            continue
        raw = text[start:end]
        extension = _EXTENSION.match(text, end)
        yield Number(shape, raw, start, extension.end() if extension else end)


def _words(text: str) -> Iterator[Word]:
    position, gap = 0, ""
    for found in BREAK.finditer(text):
        if found.start() > position:
            yield Word(text[position : found.start()], gap, position, found.start())
        position, gap = found.end(), found[0]
    if position < len(text):
        yield Word(text[position:], gap, position, len(text))
