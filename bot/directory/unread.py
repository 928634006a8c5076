"""一句话里没读懂的字：挨着名称的会改变所问，别处的多半只是缘由。"""

import re
from collections.abc import Collection, Container, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

from .matches import MARKED, Mention
from .phrases import FILLERS
from .talk import Talk

ASKED = "\t"
"""所问的项在原处换成的记号，一个字一个。"""
PREFIX = range(2, 5)
"""紧挨在名称前面有这么几个字，就可能是另一个名称；更长的是在说缘由。"""


@dataclass(frozen=True, slots=True)
class Unread:
    """没读懂的字。

    参数:
        every: 全部
        beside: 名称与后面所问的项之间的，没问哪一项的是名称后面的；与名称前面的几个字
        around: 同上，名称前面的多长都算
    """

    every: str
    beside: str
    around: str

    @classmethod
    def of(cls, rest: str, spoken: str, ends: Collection[int]) -> Self:
        """看哪些字没读懂、在哪里。

        参数:
            rest: 名称、所问的项换成了记号，别的读懂了的字成了空格
            spoken: 同上，套话也成了空格
            ends: 各分句到第几个字为止
        """
        unread = {place for place, char in enumerate(spoken) if _is_unread(char)}
        beside: set[int] = set()
        around: set[int] = set()
        for place in (n for n, char in enumerate(rest) if MARKED.match(char)):
            beside |= _stretch(rest, place, ends)
            before = _run_before(place, unread, ends)
            around |= before
            if len(before) in PREFIX:
                beside |= before

        def written(places: set[int]) -> str:
            return "".join(rest[n] for n in sorted(unread & places))

        return cls(written(unread), written(beside), written(beside | around))


def moved(ends: Collection[int], mentions: Sequence[Mention]) -> set[int]:
    """名称各换成一个字的记号之后，各分句到第几个字为止。"""
    return {
        end - sum(m.end - m.start - 1 for m in mentions if m.end <= end) for end in ends
    }


def clauses_of(covered: str, ends: Collection[int]) -> list[str]:
    """各分句里没读懂的字；都读懂了的分句没有。"""
    edges = [0, *sorted(ends), len(covered)]
    pieces = [joined(covered[a:b]) for a, b in pairwise(edges)]
    return [piece for piece in pieces if piece]


def name_like(
    covered: str, spoken: str, short: Container[int], ends: Collection[int]
) -> list[tuple[int, int]]:
    """连成一段、像一个名称的各处：没读懂的字，与说到的简称。

    参数:
        covered: 套话（两个字以上的）成了空格；别的同 `Unread.of`
        spoken: 单字的套话也成了空格
        short: 简称换成的记号在哪里
    """
    found: list[tuple[int, int]] = []
    start = None
    for place in range(len(covered) + 1):
        inside = place < len(covered) and (place in short or _is_unread(covered[place]))
        if start is not None and (not inside or place in ends):
            while start < place and spoken[start] == " ":
                start += 1
            if start < place:
                found.append((start, place))
            start = None
        if inside and start is None:
            start = place
    return found


def blanked(pattern: re.Pattern[str], text: str) -> str:
    """对上的换成一样长的空格。"""
    return pattern.sub(lambda match: " " * len(match[0]), text)


def telling(rest: str, talk: Talk) -> str:
    """去掉虚字与两个字以上的套话，剩下说明是哪一个的字。"""
    return joined(talk.cover(FILLERS.sub(" ", rest), shortest=2))


def joined(text: str) -> str:
    """去掉空格与所问的项的记号。"""
    return text.replace(" ", "").replace(ASKED, "")


def before_asked(rest: str, spoken: str) -> str:
    """紧挨在头一个所问的项前面、没读懂的字：“酿酒工艺的电话”。参数见 `Unread.of`。"""
    place = rest.find(ASKED)
    if place > 0 and rest[place - 1] == " ":
        place -= 1
    start = place
    while start > 0 and _is_unread(spoken[start - 1]):
        start -= 1
    return rest[start:place]


def _run_before(place: int, unread: Container[int], ends: Container[int]) -> set[int]:
    """紧挨在名称前面、没读懂的几个字。"""
    start = place
    while start and start not in ends and start - 1 in unread:
        start -= 1
    return set(range(start, place))


def _stretch(rest: str, place: int, ends: Collection[int]) -> set[int]:
    """名称后面、到所问的项为止的一段；后面没有所问的项、别处有的为空。"""
    found: set[int] = set()
    for at in range(place + 1, len(rest)):
        if rest[at] == ASKED:
            return found
        if at in ends or MARKED.match(rest[at]):
            break
        found.add(at)
    return set() if ASKED in rest else found


def _is_unread(char: str) -> bool:
    return not (char in f" {ASKED}" or MARKED.match(char))
