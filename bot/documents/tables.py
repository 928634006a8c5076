"""文件里的表：“见表2”说的是哪几行。"""

import re
from collections.abc import Iterable

from .shelf import Stored

_CAPTION = re.compile(r"^(?P<name>(?:附?表|Table)\s*\d+)(?!\d)", re.M)
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
                caption = passage.text[found[-1].start() :] if found else ""
                continue
            self.captions[passage.number] = caption
            if name:
                self._rows.setdefault(name, []).append(passage)

    def seen_in(self, text: str) -> list[str]:
        """一段说到的表（“见表2”）的各行；没有说到、太长的为空。"""
        names = dict.fromkeys(map(_plain, _SEEN.findall(text)))
        rows = [row.text for name in names for row in self._rows.get(name, ())]
        return rows if len(rows) <= MOST else []


def _plain(name: str) -> str:
    return re.sub(r"\s", "", name)
