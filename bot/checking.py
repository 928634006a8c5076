"""检查全部知识：逐部分读一遍，把所有错误一次说全。"""

from collections.abc import Callable, Collection
from pathlib import Path

from bot.access import NATIONWIDE
from bot.deadlines import read_calendar
from bot.directory import SAYINGS, build, read_folder, read_sayings
from bot.directory import check as check_directory
from bot.errors import KnowledgeError
from bot.knowledge import (
    Lexicon,
    faq_paths,
    lookup_paths,
    phrasing_paths,
    read_entries,
    read_lookups,
    with_phrasings,
)


def check_all(folder: Path) -> list[str]:
    """检查 `knowledge` 文件夹，返回每部分的概况。

    异常:
        KnowledgeError: 有任何错误，逐项带文件与行号
    """
    lines: list[str] = []
    problems: list[str] = []
    checks = (
        _check_faq, _check_phrasings, _check_lookups, _check_directory, _check_sayings,
        _check_lexicon, _check_calendar,
    )  # fmt: skip
    for check in checks:
        _collect(check, folder, lines, problems)
    if problems:
        raise KnowledgeError(problems)
    return [*lines, "没有发现问题。"]


def _collect(
    check: Callable[[Path], str], folder: Path, lines: list[str], problems: list[str]
) -> None:
    try:
        lines.append(check(folder))
    except KnowledgeError as error:
        problems.extend(error.problems)


def _check_faq(folder: Path) -> str:
    paths = faq_paths(folder / "faq")
    entries = read_entries(paths)
    variants = sum(len(entry.variants) for entry in entries)
    return f"常见问题：{len(paths)} 个文件，{len(entries)} 条，{variants} 种问法"


def _check_phrasings(folder: Path) -> str:
    try:
        entries = read_entries(faq_paths(folder / "faq"))
    except KnowledgeError:
        return "各人的问法：常见问题改好之后再查"
    paths = phrasing_paths(folder / "phrasings")
    widened, dropped = with_phrasings(entries, paths)
    authors = {path.parent for path in paths}
    count = sum(len(entry.phrasings) for entry in widened)
    summary = f"各人的问法：{len(authors)} 位作者，{count} 句"
    return "\n  ".join([summary, *dropped])


def _check_regions(folder: Path, names: Collection[str]) -> None:
    """常见问题的地区都要在地区词表里，否则没有人问得到。"""
    try:
        entries = read_entries(faq_paths(folder / "faq"))
    except KnowledgeError:
        return
    strange = {entry.source.region for entry in entries} - {NATIONWIDE, *names}
    known = "、".join([NATIONWIDE, *names])
    if strange:
        raise KnowledgeError(
            [f"常见问题的地区「{r}」不认识，只能是：{known}" for r in sorted(strange)]
        )


def _check_directory(folder: Path) -> str:
    return check_directory(folder / "directory")


def _check_lookups(folder: Path) -> str:
    found = read_lookups(lookup_paths(folder / "lookups"))
    return f"查名录、问时间的问法：{len(found)} 句"


def _check_sayings(folder: Path) -> str:
    try:
        catalogue = build(read_folder(folder / "directory"))
    except KnowledgeError:
        return "不说名称的说法：名录改好之后再查"
    found = read_sayings(folder / SAYINGS, catalogue)
    return (
        f"不说名称的说法：{len({one.author for one in found})} 位作者，{len(found)} 句"
    )


def _check_calendar(folder: Path) -> str:
    calendar = read_calendar(folder / "calendar")
    return f"申报窗口：{len(calendar.windows)} 个，{len(calendar.contacts)} 个地区"


def _check_lexicon(folder: Path) -> str:
    lexicon = Lexicon(folder / "lexicon")
    _check_regions(folder, lexicon.regions.names)
    chatter = lexicon.chatter
    sentences = len(chatter.chatter) + len(chatter.other_questions)
    return (
        f"词表：{sentences} 句不该回答的话，{len(lexicon.regions.forms)} 个地区叫法，"
        f"{len(lexicon.equivalents.root)} 组同义说法"
    )
