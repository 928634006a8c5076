"""供检索的语料：把条目变成一个个检索单元。"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.knowledge import Entry
from bot.text import fold


@dataclass(frozen=True, slots=True)
class Unit:
    """检索的最小单位：一个条目，或不同文件里回答同一个问题的几个条目。

    参数:
        key: 单元名
        members: 条目编号
        texts: 折叠后的问法，不重复
        unlike: 折叠后的、很像但不该由它回答的问法
        authors: 各种问法的作者，与 `texts` 一一对应；不分作者的为空
    """

    key: str
    members: tuple[str, ...]
    texts: tuple[str, ...]
    unlike: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()


def make_units(entries: Iterable[Entry]) -> list[Unit]:
    """回答同一件事的条目合成一个单元。"""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.matter, []).append(entry)
    return [_unit(key, members) for key, members in groups.items()]


def _unit(key: str, members: Sequence[Entry]) -> Unit:
    """几个作者写了同样的话，算头一个作者的。"""
    authors: dict[str, str] = {}
    for text, author in (asked for member in members for asked in member.asked):
        authors.setdefault(fold(text), author)
    return Unit(
        key,
        tuple(member.id for member in members),
        tuple(authors),
        tuple(dict.fromkeys(fold(t) for m in members for t in m.unlike)),
        tuple(authors.values()),
    )


def fingerprint(units: Sequence[Unit], *more: str) -> str:
    """语料的指纹，用作训练结果的缓存名。"""
    digest = hashlib.sha256()
    for unit in units:
        digest.update("\x1f".join([unit.key, *unit.members, *unit.texts]).encode())
        digest.update("\x1f".join(["", *unit.unlike]).encode())
        digest.update("\x1f".join(["", *unit.authors]).encode())
        digest.update(b"\x1e")
    for text in more:
        digest.update(text.encode() + b"\x1e")
    return digest.hexdigest()[:24]
