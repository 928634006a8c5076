"""把一条消息切成名目、号码与文字三种片段，交给各张表去认。"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from .fields import (
    COLON_LABELS,
    IGNORED_LABELS,
    INNER_LABELS,
    START_LABELS,
    Field,
    Form,
)
from .numbers import Shape, split_runs
from .people import SURNAME

MAX_LENGTH = 2000
"""超出的部分不读：登记信息不会这样长。"""

_COUNTRY = re.compile(
    r"(?<![0-9A-Za-z])\(?\+?\s?(?:0086|86)\)?[\s\-]*(?=1[3-9]\d[\d\s.\-]{8})"
)
_SPLIT_LABEL = re.compile(
    r"([姓手地邮电单学职网部类性])[ \t]+([名机址箱话位校务编门型质])(?=\s*[:=])"
)
_SPLIT_NAME = re.compile(
    rf"(?<![\u4e00-\u9fff])({SURNAME})[ \t]+([\u4e00-\u9fff])(?![\u4e00-\u9fff])"
)
_CAMPUS = re.compile(r"\(([^()\s]{0,10}(?:校区|分校|校本部|本部))\)")
_ADDRESS_STOPS = re.compile(r"(?:@|(?<![A-Za-z0-9])www)[A-Za-z0-9\-.。]+", re.I)
_STOP = re.compile(
    r"。(?=(?:[A-Za-z0-9\-]+[.。])*(?:com|cn|net|org|edu|gov)(?![A-Za-z0-9]))", re.I
)
_EMOTES = re.compile(
    r"\[(?:抱拳|玫瑰|强|微笑|握手|呲牙|鼓掌|捂脸|笑哭|偷笑|爱心|合十|太阳|咖啡|庆祝|"
    r"胜利|OK|ok|愉快|害羞|可爱|拥抱|比心|旺柴|机智)\]"
)

_EMAIL = re.compile(
    r"(?:mailto:)?(?P<raw>[A-Za-z0-9._%+\-]+"
    r"(?:@+(?:[A-Za-z0-9\-]+(?:\.+[A-Za-z0-9\-]+|,(?:com|cn|net|org|edu)\b)*)?"
    r"|[ \t]*@[ \t]*[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+))"
)
_WEBSITE = re.compile(
    r"(?P<raw>https?[:;]?[/\\]{1,2}[^\s\u4e00-\u9fff,;()<>\"'|、。【】《》]+"
    r"|www[.,][A-Za-z0-9\-]+(?:[.,][A-Za-z0-9\-]+)+(?:/[^\s\u4e00-\u9fff,;()|]*)?"
    r"|(?<![A-Za-z0-9@.])[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)*"
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
BREAK = re.compile(r"[\s,;:=|/\\、。!?~()\[\]{}<>《》【】「」『』\"'“”‘’…—–\-*#]+")


@dataclass(frozen=True, slots=True)
class Label:
    """一个名目；`field` 为空表示这一项不收。"""

    field: Field | None
    start: int
    end: int


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
    plain = unicodedata.normalize("NFKC", text[:MAX_LENGTH])
    plain = "".join(
        " " if unicodedata.category(char) in ("So", "Sk", "Cs", "Co") else char
        for char in plain
        if unicodedata.category(char) != "Cf" and not "\ufe00" <= char <= "\ufe0f"
    )
    plain = _EMOTES.sub(" ", plain)
    # 邮箱、网址里的句号是打错的点
    plain = _ADDRESS_STOPS.sub(lambda found: _STOP.sub(".", found[0]), plain)
    plain = _CAMPUS.sub(r"（\1）", plain)
    plain = _COUNTRY.sub("", plain)
    plain = _SPLIT_LABEL.sub(r"\1\2", plain)
    return _SPLIT_NAME.sub(r"\1\2", plain)


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


@lru_cache(maxsize=4)
def _label_pattern(form: Form) -> tuple[re.Pattern[str], dict[str, Field | None]]:
    names: dict[str, Field | None] = {}
    parts: list[tuple[str, str]] = []
    tables = ((INNER_LABELS, "i"), (START_LABELS, "s"), (COLON_LABELS, "c"))
    for table, mode in tables:
        for field, listed in table.items():
            if field in form.fields or field is Field.REGION:
                for name in listed.split():
                    names.setdefault(name.lower(), field)
                    parts.append((name, mode))
    for name in IGNORED_LABELS.split():
        names[name.lower()] = None
        parts.append((name, "i"))
    parts.sort(key=lambda part: -len(part[0]))
    joined = "|".join(_one_label(name, mode) for name, mode in parts)
    tail = (
        r"(?:(?:及|和|与|、|/)(?:职务|部门|电话|手机号?|联系方式|邮箱))?\*?(?:\([^()\n]{0,40}\))?\s*"
        r"(?:(?:应该?)?(?:改为|改成|换成|更正为|更改为|变更为|是|为|叫)[ \t]*|[:=]\s*)?"
    )
    # 编号如 1. 或 ① 一并去掉
    number = r"(?:(?<![0-9A-Za-z])\d{1,2}[.、)][ \t]*|(?:(?<=[\n\]】;,])|\A)\d{1,2})?"
    return re.compile(rf"{number}(?P<label>{joined}){tail}", re.I), names


def _one_label(name: str, mode: str) -> str:
    escaped = re.escape(name)
    if name.isascii():
        return rf"(?<![A-Za-z0-9.@\-]){escaped}(?![A-Za-z.@])"
    if mode == "i":
        return escaped
    # 前面是汉字就不是名目，如“校企合作单位”；“我校类型”“的类型”除外
    opening = r"(?<![\u4e00-\u9fffA-Za-z])"
    if mode == "s":
        opening = rf"(?:{opening}|(?<=[的校们家]))"
    closing = r"(?=\s*\*?(?:\([^()\n]{0,40}\))?\s*(?:[:=\s【\[「]|是|为|改)|$)"
    return opening + escaped + (closing if mode == "c" else "")


def _labels(text: str, form: Form) -> Iterator[Label]:
    pattern, names = _label_pattern(form)
    for found in pattern.finditer(text):
        yield Label(names[found["label"].lower()], found.start(), found.end())


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
