"""问话里先认定了一个数：“只能申报一次吧”，与答案里的不合，就先说不是这样。

只比数目、日期、长号码这样一眼看得出的；拿不准的不说。
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.text import plain

_CONFIRMING = re.compile(
    r"(?:吧|[对是]吗|对不对|是不是(?:这样)?|没错)[\s?？。.!！~～]*$|是不是|对[吧吗]|没错吧|是吧"
)
_CLAUSE = re.compile(r"[,，。;；!！?？\s]+")
_SHORTEST_CLAUSE = 3
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2, "首": 1}
_NUMBER = r"(?:\d+(?:\.\d+)?|[零一二两三四五六七八九十]{1,3}|首)"
_LEAST = r"至少|最少|起码|不少于|不低于|不得少于|多于|超过"
_MOST = r"最多|至多|不超过|不得超过|不能超过|不多于|上限"
_QUANTITY = re.compile(
    rf"(?P<limit>{_LEAST}|{_MOST})?(?P<only>[只就仅])?[^\d\W]{{0,4}}?(?P<order>第)?"
    rf"(?P<number>{_NUMBER})(?P<unit>次|个|张|份|天|MB?|兆|KB?|%|人|条|位|家|批|星|页|分钟)",
    re.I,
)
_DATE = re.compile(r"(?<!\d)(\d{1,2})\s*[月.](\d{1,2})(?!\d|%)")
_CODE = re.compile(r"(?<!\d)\d{5,}(?!\d)")
_UNLIMITED = re.compile(
    r"不(?:再|做|作|设|受|加)*限(?!于)|没有(?:数量)?(?:上限|限制)|不封顶"
)
_SAME_UNITS = {"兆": "M", "MB": "M", "KB": "K"}


@dataclass(frozen=True, slots=True)
class Quantity:
    """一个数目；`limit` 为 1 是至少，-1 是最多，0 是就这么多。"""

    number: float
    unit: str
    limit: int

    def excludes(self, claim: "Quantity") -> bool:
        """规定是这样，就不会是 `claim`。"""
        if self.limit == claim.limit:
            return self.number != claim.number
        if self.limit > 0:
            return claim.number < self.number
        return claim.number > self.number if self.limit else False


def is_contradicted(asked: str, answer: str) -> bool:
    """问话里认定的，答案里明明不是这样。"""
    asked = _claimed(plain(asked))
    body = answer.partition("\n——")[0]
    for pattern in (_DATE, _CODE):
        claimed, known = set(pattern.findall(asked)), set(pattern.findall(body))
        if claimed and known:
            return not claimed <= known
    claim = next(iter(reversed(list(_quantities(asked)))), None)
    if claim is None:
        return False
    if claim.limit < 0 and _UNLIMITED.search(body):
        return True
    same = [one for one in _quantities(body) if one.unit == claim.unit]
    return bool(same) and all(one.excludes(claim) for one in same)


def _claimed(text: str) -> str:
    """要人确认的那半句；不是要人确认的为空。"""
    before = ""
    for clause in _CLAUSE.split(text):
        if (found := _CONFIRMING.search(clause)) is None:
            before = clause or before
            continue
        rest = clause[: found.start()] + clause[found.end() :]
        told = len(rest) >= _SHORTEST_CLAUSE or _QUANTITY.search(rest)
        return clause if told else before
    return ""


def _quantities(text: str) -> Iterable[Quantity]:
    """写到的数目；“第二次”是次序，“一个学校”不是数目。"""
    for match in _QUANTITY.finditer(text):
        unit = match["unit"].upper()
        unit = _SAME_UNITS.get(unit, unit)
        number = _value(match["number"])
        stated = match["limit"] or match["only"]
        ordinal = match["order"] is not None and unit != "批"
        if ordinal or (number == 1 and match["number"] == "一" and not stated):
            continue
        limit = match["limit"] or ""
        at_least = re.fullmatch(_LEAST, limit) is not None
        yield Quantity(number, unit, 1 if at_least else -1 if limit else 0)


def _value(text: str) -> float:
    if text[0].isdecimal():
        return float(text)
    if "十" not in text:
        return float(_DIGITS[text[-1]])
    tens, _, ones = text.partition("十")
    return 10.0 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0)
