"""文件里的表：“见表2”说的是哪几行。"""

import re
from collections.abc import Iterable

from .shelf import Stored

_CAPTION = re.compile(r"^(?P<name>(?:附?表|Table)\s*\d+)(?!\d).*$", re.M)
_SEEN = re.compile(r"(?:附?表)\s*\d+(?!\d)")
MOST = 12
"""最多连带几行。"""


class Tables:
    """一份文件的各个表。

    参数:
        passages: 文件的各段，依次
    """

    def __init__(self, passages: Iterable[Stored]) -> None:
        self._rows: dict[str, list[Stored]] = {}
        self.captions: dict[int, str] = {}
        name, caption = "", ""
        for passage in passages:
            if not passage.is_row:
                found = [*_CAPTION.finditer(passage.text)]
                name = _plain(found[-1]["name"]) if found else ""
                caption = found[-1][0] if found else ""
                continue
            self.captions[passage.number] = caption
            if name:
                self._rows.setdefault(name, []).append(passage)

    def seen_in(self, text: str, asked: str = "", *, whole: str = "") -> list[str]:
        """一段说到的表（“见表2”）的各行；没有说到、太长的为空。

        参数:
            asked: 问的是什么；点到了其中几行的，只要那几行
            whole: `text` 摘自哪一段；整段里另外说到的表，点到了几行就要几行
        """
        named, beside = self._rows_of(text), self._rows_of(whole)
        found = self._asked_of(named, asked)
        chosen = found or named
        if not chosen:
            chosen = self._asked_of(beside, asked)
        return [row.text for row in chosen] if len(chosen) <= MOST else []

    def _rows_of(self, text: str) -> list[Stored]:
        names = dict.fromkeys(map(_plain, _SEEN.findall(text)))
        return [row for name in names for row in self._rows.get(name, ())]

    def _asked_of(self, rows: list[Stored], asked: str) -> list[Stored]:
        """首格里有问到的字样的几行；哪一行都有、标题里就有的字样不算。"""
        captions = "".join({self.captions[row.number] for row in rows})
        firsts = [_pairs(row.text.partition("；")[0]) for row in rows]
        common = set.intersection(*firsts) if len(firsts) > 1 else set[str]()
        said = _pairs(asked) - common - _pairs(captions)
        return [row for row, first in zip(rows, firsts, strict=True) if first & said]


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def _plain(name: str) -> str:
    return re.sub(r"\s", "", name)
