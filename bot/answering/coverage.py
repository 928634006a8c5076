"""问话里的字，各条的问与答里有多少。

刚教的只有一种问法，问的人说的又常是答案里的名称：字写在哪一条里，也是凭据。
号码、邮箱更是：写着它的就是所问的。
"""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.text import normalise
from bot.text.contacts import EMAIL_IN_TEXT

MOST = 3
"""最多另外提出几条。"""
_CODE = re.compile(r"\(?\d[\d()\- ]{5,}\d")
_SHORTEST_CODE = 7
"""号码至少几位；年份、批次不算，不写区号的固定电话算。"""


@dataclass(frozen=True, slots=True)
class Covered:
    """问话里的字，一条里有多少。

    参数:
        share: 占多大的份量，越少见的字份量越大；0 到 1
        only: 只有它写着的字组有几个（对数）
        code: 问话里的号码或邮箱，它写着
    """

    share: float = 0.0
    only: float = 0.0
    code: bool = False


NOT_COVERED = Covered()


class Coverage:
    """各条写着哪些字组。

    参数:
        written: 各条的编号，与它的问法、答案
    """

    def __init__(self, written: Mapping[str, Sequence[str]]) -> None:
        self._holders: defaultdict[str, list[str]] = defaultdict(list)
        self._codes: dict[str, set[str]] = {}
        for key, texts in written.items():
            for pair in {pair for text in texts for pair in _pairs(text)}:
                self._holders[pair].append(key)
            if codes := {code for text in texts for code in codes_in(text)}:
                self._codes[key] = codes
        self._count = len(written)

    def of(self, text: str, codes: Collection[str] = ()) -> dict[str, Covered]:
        """写着问话里的字的各条。

        参数:
            codes: 问话里的号码、邮箱（见 `codes_in`）
        """
        pairs = _pairs(text)
        total = 0.0
        shares: defaultdict[str, float] = defaultdict(float)
        only: Counter[str] = Counter()
        for pair in pairs:
            holders = self._holders.get(pair, ())
            # 哪条都没有的，与只有一条有的一样少见
            weight = math.log1p(self._count / max(len(holders), 1))
            total += weight
            for key in holders:
                shares[key] += weight
            if len(holders) == 1:
                only[holders[0]] += 1
        coded = self._coded(tuple(codes))
        return {
            key: Covered(share / total, math.log1p(only[key]), key in coded)
            for key, share in shares.items()
        }

    def _coded(self, asked: tuple[str, ...]) -> set[str]:
        """写着这些号码、邮箱的各条。"""
        return {
            key
            for key, codes in self._codes.items()
            if asked and any(code.endswith(asked) for code in codes)
        }


def leading(covered: Mapping[str, Covered], but: Iterable[str]) -> list[str]:
    """写着得最多的几条。

    参数:
        but: 已经有了的
    """
    had = frozenset(but)
    found = sorted(covered, key=lambda key: (-covered[key].code, -covered[key].share))
    return [key for key in found[:MOST] if key not in had]


def codes_in(text: str) -> set[str]:
    """话里的号码与邮箱：号码只留数字，邮箱小写。"""
    plain = unicodedata.normalize("NFKC", text)
    mails = {mail.replace(" ", "").lower() for mail in EMAIL_IN_TEXT.findall(plain)}
    runs = _CODE.findall(EMAIL_IN_TEXT.sub(" ", plain))
    numbers = (re.sub(r"\D", "", run) for run in runs)
    return mails | {number for number in numbers if len(number) >= _SHORTEST_CODE}


def _pairs(text: str) -> set[str]:
    """相邻两个字的各种；只有一个字的就是它。"""
    plain = normalise(text)
    return {plain[i : i + 2] for i in range(max(len(plain) - 1, 1))} - {""}
