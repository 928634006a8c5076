"""话里说的是哪一年：2022、22年、去年。"""

import re
from functools import lru_cache

_FULL = re.compile(r"(?<!\d)(20[0-4]\d|20\d\d(?=年))(?!\d|年?[级届制])")
_SHORT = re.compile(r"(?<!\d)(1[5-9]|2\d)年(?![级届制])")
_RELATIVE = re.compile(
    r"(?<!以)前年|去年|今年|本年|(?<![说证表])明年|(?<![以之业])后年"
)
_SHIFTS = {"前年": -2, "去年": -1, "今年": 0, "本年": 0, "明年": 1, "后年": 2}
_EXPERIENCE = re.compile(
    r"(?<!\d)(?:20\d\d年?|\d\d年)(?=内|以|的?时间|入学|招生|参加|已|就|起)"
)
"""年份后面跟着这些，说的是经历，不是问那一年的事。"""
_BY_NOW = (
    r"(?<!通)过(?![了去期程审])|了(?![吗没么吧?？])|就(?:是|[报批搞做过])|[批过]的|获批"
)
_SOON = r"(?=[^，。,？?；;]{0,8}?"
_STORY = re.compile(
    rf"(?:前年|去年|往年|上一?[次年回]){_SOON}(?:没(?!有(?!.{{0,3}}过)|了)|{_BY_NOW}))|"
    rf"(?<!\d)(?:20\d\d年?|\d\d年){_SOON}(?:{_BY_NOW}))"
)
"""“去年没报过”“2021年批的证书”：说的是自己的事。"""


def years_in(text: str, this_year: int) -> list[int]:
    """写到的各个年份：写全的、只写两位的、“去年”这样的，依次排。

    “2020级”“15年制”不是年份。
    """
    found = [int(year) for year in _FULL.findall(text)]
    found += [2000 + int(year) for year in _SHORT.findall(text)]
    found += [this_year + _SHIFTS[word] for word in _RELATIVE.findall(text)]
    return list(dict.fromkeys(found))


def without_story(text: str) -> str:
    """去掉说自己哪年怎样的那个年份，剩下的年份才是问的。"""
    return _STORY.sub("", _EXPERIENCE.sub("", text))


@lru_cache(maxsize=256)
def year_meant(text: str, this_year: int) -> int | None:
    """问的是哪一年的事；没说为 `None`。"""
    return next(iter(years_in(without_story(text), this_year)), None)
