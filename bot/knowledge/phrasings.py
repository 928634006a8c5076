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

_HEADER = "# 作者："


@dataclass(slots=True)
class _Block:
    """一个条目的一段问法。"""

    entry: str
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
                problems.append(_at(path, block.line, f"没有条目 {block.entry}"))
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
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        problems.append(f"{_name(path)}：读不了，请用 UTF-8 编码保存")
        return []
    if not lines or not lines[0].startswith(_HEADER):
        problems.append(_at(path, 1, f"第一行要写“{_HEADER}……”"))
    blocks: list[_Block] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(map(str.strip, lines), start=1):
        if not line or line.startswith("#"):
            continue
        if line.startswith("[") and line.endswith("]"):
            blocks.append(_Block(line[1:-1].strip(), number))
            continue
        plain = normalise(line)
        if not blocks:
            problems.append(_at(path, number, "前面还没有 [条目编号]"))
        elif not plain:
            problems.append(_at(path, number, "只有标点，不成问法"))
        elif plain in seen:
            before = seen[plain]
            problems.append(_at(path, number, f"与第 {before} 行的问法相同"))
        else:
            seen[plain] = number
            blocks[-1].phrasings.append(Phrasing(line, path.parent.name))
    problems.extend(
        _at(path, block.line, f"{block.entry} 下面没有问法")
        for block in blocks
        if not block.phrasings
    )
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


def _at(path: Path, line: int, reason: str) -> str:
    return f"{_name(path)} 第 {line} 行：{reason}"


def _name(path: Path) -> str:
    return f"phrasings/{path.parent.name}/{path.name}"
