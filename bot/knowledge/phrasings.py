"""不同的人怎样问：`knowledge/phrasings/<作者>/<常见问题文件名>.txt`，一行一句。

# 作者：教务处新手，第一次接手
[bus-start]
校车几点走呀
头班车啥时候开
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.errors import KnowledgeError
from bot.text import normalise

from .models import Entry, Phrasing
from .sections import at, read_sections


@dataclass(slots=True)
class _Block:
    """一个条目的一段问法。"""

    entry: str
    label: str
    line: int
    phrasings: list[Phrasing] = field(default_factory=list)


def phrasings_folder(faq: Path) -> Path:
    """一个常见问题文件夹的问法放在它旁边。"""
    return faq.parent / "phrasings"


def phrasing_paths(folder: Path) -> list[Path]:
    """全部问法文件；没有为空。"""
    return sorted(folder.glob("*/*.txt"))


def with_phrasings(
    entries: Sequence[Entry], paths: Iterable[Path]
) -> tuple[list[Entry], list[str]]:
    """把各人的问法加到条目里。

    返回:
        加过的条目；同一地区两个条目都有、因而谁也没给的问法

    异常:
        KnowledgeError: 有任何错误，逐项带文件与行号
    """
    problems: list[str] = []
    known = {entry.id: entry for entry in entries}
    found: dict[str, list[Phrasing]] = {entry.id: [] for entry in entries}
    for path in paths:
        for block in _read(path, problems):
            if block.entry in known:
                found[block.entry] += block.phrasings
            else:
                reason = f"没有条目 {block.entry}"
                problems.append(at(block.label, block.line, reason))
    if problems:
        raise KnowledgeError(problems)
    clashing = _clashing(entries, found)
    notes: set[str] = set()
    result: list[Entry] = []
    for entry in entries:
        kept: dict[str, Phrasing] = {}
        for phrasing in found[entry.id]:
            plain = normalise(phrasing.text)
            if (entry.source.region, plain) in clashing:
                notes.add(
                    f"问法「{phrasing.text}」{entry.source.region}有两条都能答，不用"
                )
            else:
                kept.setdefault(plain, phrasing)
        result.append(entry.model_copy(update={"phrasings": tuple(kept.values())}))
    return result, sorted(notes)


def _read(path: Path, problems: list[str]) -> list[_Block]:
    """读一个文件；错误记到 `problems` 里。"""
    label = f"phrasings/{path.parent.name}/{path.name}"
    blocks: list[_Block] = []
    seen: dict[str, int] = {}
    for section in read_sections(path, label, problems, "条目编号"):
        block = _Block(section.name, label, section.line)
        for number, line in section.lines:
            plain = normalise(line)
            if not plain:
                problems.append(at(label, number, "只有标点，不成问法"))
            elif plain in seen:
                reason = f"与第 {seen[plain]} 行的问法相同"
                problems.append(at(label, number, reason))
            else:
                seen[plain] = number
                block.phrasings.append(Phrasing(line, path.parent.name))
        if not section.lines:
            reason = f"{section.name} 下面没有问法"
            problems.append(at(label, section.line, reason))
        blocks.append(block)
    return blocks


def _clashing(
    entries: Sequence[Entry], found: dict[str, list[Phrasing]]
) -> set[tuple[str, str]]:
    """同一地区里不止一件事都有的问法。"""
    owners: dict[tuple[str, str], str] = {}
    clashing: set[tuple[str, str]] = set()
    for entry in entries:
        own = (*entry.wordings, *(phrasing.text for phrasing in found[entry.id]))
        for text in own:
            key = entry.source.region, normalise(text)
            if owners.setdefault(key, entry.matter) != entry.matter:
                clashing.add(key)
    return clashing
