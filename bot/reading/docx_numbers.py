"""Word 的自动编号：文字里没有“一、”，要照编号的设置数出来。"""

from collections import defaultdict
from dataclasses import dataclass
from xml.etree import ElementTree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HAN = "零一二三四五六七八九"
_CHINESE = frozenset(
    {
        "chineseCounting", "chineseCountingThousand", "chineseLegalSimplified",
        "ideographDigital", "japaneseCounting", "taiwaneseCounting",
        "taiwaneseCountingThousand", "ideographTraditional",
    }
)  # fmt: skip
_CIRCLED = frozenset(
    {"decimalEnclosedCircle", "decimalEnclosedCircleChinese", "ideographEnclosedCircle"}
)


@dataclass(frozen=True, slots=True)
class _Level:
    """一级编号：从几数起、怎么写。"""

    start: int
    format: str
    text: str


class Numbering:
    """一份文档里的全部自动编号；一段段依次问它。"""

    def __init__(
        self, tree: ElementTree.Element | None, styles: ElementTree.Element | None
    ) -> None:
        abstract: dict[str, dict[int, _Level]] = {}
        self._levels: dict[str, dict[int, _Level]] = {}
        for item in [] if tree is None else tree.iter(f"{W}abstractNum"):
            key = str(item.get(f"{W}abstractNumId"))
            abstract[key] = dict(map(_level, item.iter(f"{W}lvl")))
        self._groups: dict[str, str] = {}
        for item in [] if tree is None else tree.iter(f"{W}num"):
            link = item.find(f"{W}abstractNumId")
            key, group = str(item.get(f"{W}numId")), _value(link)
            levels = dict(abstract.get(group, {}))
            restarts = False
            for override in item.iter(f"{W}lvlOverride"):
                place = int(override.get(f"{W}ilvl") or 0)
                start = override.find(f"{W}startOverride")
                if start is not None and place in levels:
                    known = levels[place]
                    levels[place] = _Level(
                        int(_value(start) or 1), known.format, known.text
                    )
                    restarts = True
            self._levels[key] = levels
            self._groups[key] = key if restarts else group
        self._styles = _style_numbers(styles)
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)

    def next(self, paragraph: ElementTree.Element) -> str:
        """这一段的编号；没有自动编号的为空。"""
        number, place = self._numbered(paragraph)
        levels = self._levels.get(number)
        if not levels or place not in levels:
            return ""
        counts = self._counts[self._groups[number]]
        level = levels[place]
        counts[place] = counts.get(place, level.start - 1) + 1
        for deeper in [k for k in counts if k > place]:
            del counts[deeper]
        if level.format in ("bullet", "none"):
            return ""
        shown = level.text
        for k in range(place + 1):
            known = levels.get(k, level)
            shown = shown.replace(f"%{k + 1}", _write(counts.get(k, 1), known.format))
        return shown if shown.endswith(("、", "）", ")", ".", "．")) else f"{shown} "

    def _numbered(self, paragraph: ElementTree.Element) -> tuple[str, int]:
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return "", 0
        style = _value(properties.find(f"{W}pStyle"))
        number, place = self._styles.get(style, ("", 0))
        own = properties.find(f"{W}numPr")
        if own is not None:
            number = _value(own.find(f"{W}numId")) or number
            place = int(_value(own.find(f"{W}ilvl")) or place)
        return number, place


def _level(item: ElementTree.Element) -> tuple[int, _Level]:
    start = int(_value(item.find(f"{W}start")) or 1)
    shape = _value(item.find(f"{W}numFmt")) or "decimal"
    return int(item.get(f"{W}ilvl") or 0), _Level(
        start, shape, _value(item.find(f"{W}lvlText"))
    )


def _style_numbers(styles: ElementTree.Element | None) -> dict[str, tuple[str, int]]:
    """样式自带的编号；从别的样式来的也算。"""
    own: dict[str, tuple[str, int]] = {}
    parents: dict[str, str] = {}
    for style in [] if styles is None else styles.iter(f"{W}style"):
        name = str(style.get(f"{W}styleId"))
        parents[name] = _value(style.find(f"{W}basedOn"))
        numbering = style.find(f"{W}pPr/{W}numPr")
        if numbering is not None:
            number = _value(numbering.find(f"{W}numId"))
            own[name] = number, int(_value(numbering.find(f"{W}ilvl")) or 0)
    for name in parents:
        seen, above = {name}, parents[name]
        while name not in own and above and above not in seen:
            if above in own:
                own[name] = own[above]
            seen.add(above)
            above = parents.get(above, "")
    return own


def _write(count: int, shape: str) -> str:
    if shape in _CHINESE:
        return _han(count)
    if shape in _CIRCLED:
        return chr(ord("①") + count - 1) if count <= 20 else str(count)
    if shape in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (count - 1) % 26)
        return letter.upper() if shape.startswith("upper") else letter
    return str(count)


def _han(count: int) -> str:
    tens, ones = divmod(count, 10)
    if not tens:
        return _HAN[ones]
    return f"{_HAN[tens] if tens > 1 else ''}十{_HAN[ones] if ones else ''}"


def _value(element: ElementTree.Element | None) -> str:
    return "" if element is None else element.get(f"{W}val") or ""
