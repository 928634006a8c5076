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


def years_in(text: str, this_year: int) -> list[int]:
    """写到的各个年份：写全的、只写两位的、“去年”这样的，依次排。

    “2020级”“15年制”不是年份。
    """
    found = [int(year) for year in _FULL.findall(text)]
    found += [2000 + int(year) for year in _SHORT.findall(text)]
    found += [this_year + _SHIFTS[word] for word in _RELATIVE.findall(text)]
    return list(dict.fromkeys(found))


@lru_cache(maxsize=256)
def year_meant(text: str, this_year: int) -> int | None:
    """问的是哪一年的事；没说为 `None`。"""
    return next(iter(years_in(_EXPERIENCE.sub("", text), this_year)), None)
