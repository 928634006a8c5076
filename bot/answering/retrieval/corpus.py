"""供检索的语料：把条目变成一个个检索单元。"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from bot.knowledge import Entry
from bot.text import Equivalents

from .sparse import Ints

PLAIN = Equivalents()
"""没有同义说法。"""


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


def make_units(
    entries: Iterable[Entry], equivalents: Equivalents = PLAIN
) -> list[Unit]:
    """回答同一件事的条目合成一个单元。"""
    groups = by_matter(entries)
    return [make_unit(key, own, equivalents) for key, own in groups.items()]


def by_matter(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """每件事由哪几条回答。"""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.matter, []).append(entry)
    return groups


def flatten(units: Sequence[Unit]) -> tuple[list[str], Ints, Ints]:
    """摊开成（各句，各句所属单元号，各单元第一句的序号）。"""
    sizes = np.array([len(unit.texts) for unit in units], dtype=np.int64)
    owners = np.repeat(np.arange(len(units)), sizes)
    firsts = np.cumsum(sizes) - sizes
    return [text for unit in units for text in unit.texts], owners, firsts


@dataclass(frozen=True, slots=True)
class Renewal:
    """换一批单元：问法没变的照搬，变了的、新的接在原有的后面算。

    参数:
        fresh: 要算的单元
        texts: 它们的各句
        owners: 各句属于要算的第几个单元
        strings: 现在的各句，是“原有的接上要算的”里第几句
        units: 现在的各单元，是“原有的接上要算的”里第几个
    """

    fresh: Sequence[Unit]
    texts: Sequence[str]
    owners: Ints
    strings: Ints
    units: Ints


def renewal(before: Sequence[Unit], after: Sequence[Unit]) -> Renewal:
    """从一批单元换到另一批，哪些要算。"""
    known = {unit.texts for unit in before}
    fresh = [unit for unit in after if unit.texts not in known]
    pool = [*before, *fresh]
    places = {unit.texts: place for place, unit in enumerate(pool)}
    units = np.array([places[unit.texts] for unit in after])
    _, _, firsts = flatten(pool)
    _, owners, own = flatten(after)
    strings = firsts[units][owners] + np.arange(len(owners)) - own[owners]
    texts, owners, _ = flatten(fresh)
    return Renewal(fresh, texts, owners, strings, units)


def make_unit(key: str, members: Sequence[Entry], equivalents: Equivalents) -> Unit:
    """几个条目合成的单元；几个作者写了同样的话，算头一个作者的。"""
    authors: dict[str, str] = {}
    for text, author in (asked for member in members for asked in member.asked):
        authors.setdefault(equivalents.fold(text), author)
    return Unit(
        key,
        tuple(member.id for member in members),
        tuple(authors),
        tuple(dict.fromkeys(equivalents.fold(t) for m in members for t in m.unlike)),
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
